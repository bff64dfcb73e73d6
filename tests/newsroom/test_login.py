"""Guessing a password is slow, and tells nothing about who works here; a session is good as long as it is meant to be."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.builders import make_article

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


def test_session_is_good_until_it_is_over_or_ended_elsewhere(client, chief, django_assert_num_queries):
    client.force_login(chief)
    assert client.get("/admin/").status_code == 200
    with django_assert_num_queries(1):
        assert client.session["_auth_user_id"] == str(chief.pk)
    for seconds, answer in ((-60, 200), (60, 302)):
        at = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE + seconds)
        with time_machine.travel(at, tick=False):
            assert client.get("/admin/").status_code == answer
    client.force_login(chief)
    Session.objects.all().delete()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("key", ["", "x", "a" * 32, "a\x00b" * 8, "'; --" * 8, "é" * 20])
def test_key_that_no_session_has_is_a_stranger(client, chief, key):
    client.force_login(chief)
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/admin/").status_code in (302, 400)


def test_account_that_is_switched_off_or_lost_its_role_is_so_with_the_next_click(client, editor):
    client.force_login(editor)
    story = make_article(editor)
    page = f"/admin/articles/article/{story.pk}/change/"
    assert client.get(page).status_code == 200
    editor.groups.clear()
    editor.desks.clear()
    assert client.get(page).status_code in (403, 404)
    editor.is_active = False
    editor.save()
    assert client.get(page).status_code == 302
