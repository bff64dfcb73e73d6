"""Guessing a password is slow, and tells nothing about who works here."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

pytestmark = pytest.mark.django_db
RIGHT = "correct horse battery"


@pytest.fixture
def account(django_user_model):
    return django_user_model.objects.create_superuser("chief", password=RIGHT)


def attempt(username, password, address="192.0.2.1"):
    return Client(REMOTE_ADDR=address).post(
        "/admin/login/", {"username": username, "password": password, "next": "/admin/"}
    )


def test_sixth_attempt_waits_whether_or_not_the_name_exists(account):
    answers = {}
    for name in ("chief", "nobody"):
        statuses = [attempt(name, "wrong").status_code for _ in range(5)]
        last = attempt(name, "wrong")
        answers[name] = (statuses, last.status_code, last.content, last.headers["Retry-After"])
    assert answers["chief"] == answers["nobody"]
    assert answers["chief"][1] == 429
    assert b"15 minutes" in answers["chief"][2]


def test_wrong_password_reads_the_same_for_known_and_unknown_names(account):
    known, unknown = attempt("chief", "wrong"), attempt("nobody", "wrong")
    assert known.status_code == unknown.status_code == 200
    token = b"csrfmiddlewaretoken"
    assert [line for line in known.content.splitlines() if token not in line and b"chief" not in line] == [
        line for line in unknown.content.splitlines() if token not in line and b"nobody" not in line
    ]


def test_right_password_is_refused_while_locked_and_taken_after_a_quarter_of_an_hour(account):
    now = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        for _ in range(5):
            attempt("chief", "wrong")
        assert attempt("chief", RIGHT).status_code == 429
    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        assert attempt("chief", RIGHT).status_code == 302


def test_colleague_and_other_address_are_not_locked_out(account, django_user_model):
    django_user_model.objects.create_superuser("editor", password=RIGHT)
    for _ in range(5):
        attempt("chief", "wrong")
    assert attempt("editor", RIGHT).status_code == 302
    assert attempt("chief", RIGHT, address="192.0.2.2").status_code == 302


def test_success_forgets_earlier_slips(account):
    for _ in range(4):
        attempt("chief", "wrong")
    assert attempt("chief", RIGHT).status_code == 302
    assert attempt("chief", "wrong").status_code == 200


@pytest.mark.parametrize("name", ["\x00", "a" * 10_000, "\u202e", "' OR 1=1 --", "%00", "{{ 7*7 }}"])
def test_no_user_name_breaks_the_login(name):
    assert attempt(name, "x").status_code in (200, 429)


def test_login_leads_to_our_own_pages_only(account):
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        response = Client().post("/admin/login/", {"username": "chief", "password": RIGHT, "next": elsewhere})
        assert response.status_code == 302
        assert response.headers["Location"] == "/admin/"
