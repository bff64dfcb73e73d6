"""Every refusal is a page with a sentence, and none of them needs the database."""

import pytest
from django.db import OperationalError
from django.template import TemplateSyntaxError
from django.test import Client, RequestFactory

from newsroom import errors
from newsroom.away import NO_DATABASE

pytestmark = pytest.mark.urls("tests.newsroom.urls_for_tests")


@pytest.mark.parametrize("status", sorted(errors.SENTENCES))
def test_error_page_needs_no_database_and_says_what_to_do(status):
    response = errors.page(RequestFactory().get("/somewhere/"), status)
    body = response.content.decode()
    assert response.status_code == status
    assert "<!doctype html>" in body.lower()
    assert 'href="/' in body
    assert "<h1" in body


@pytest.mark.parametrize("status", sorted(errors.SENTENCES))
def test_error_page_without_a_working_template_is_plain_words(status, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise TemplateSyntaxError("on purpose")

    monkeypatch.setattr(errors.loader, "render_to_string", broken)
    response = errors.page(None, status)
    assert response.status_code == status
    assert str(errors.SENTENCES[status]) in response.content.decode()
    assert "could not be made" in caplog.text


def test_sentence_on_the_plain_page_is_escaped(monkeypatch):
    monkeypatch.setattr(errors.loader, "render_to_string", lambda *a, **k: 1 / 0)
    assert b"<script>" not in errors.page(None, 404, "<script>alert(1)</script>").content


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "method", "status"), [("/test/plain/", "post", 405), ("/test/withdrawn/", "get", 410)]
)
def test_bare_answer_gets_a_page(address, method, status):
    response = getattr(Client(), method)(address)
    assert response.status_code == status
    assert b"<h1" in response.content
    if status == 405:
        assert response.headers["Allow"] == "GET, HEAD"


def test_broken_page_answers_with_the_papers_own_page_and_no_trace():
    response = Client(raise_request_exception=False).get("/test/breaks/")
    assert response.status_code == 500
    assert b"broken on purpose" not in response.content
    assert b"Traceback" not in response.content


@pytest.mark.django_db
def test_form_without_its_token_is_refused_with_advice(django_user_model):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "reload the page" in response.content.decode()


def test_who_meets_a_database_that_is_away_is_told_when_to_ask_again():
    request = RequestFactory().get("/")
    try:
        raise OperationalError("gone: secret.host.example")
    except OperationalError:
        answer = errors.server_error(request)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert b"secret.host" not in answer.content
    assert request.META[NO_DATABASE]
    try:
        raise ValueError
    except ValueError:
        assert errors.server_error(request).status_code == 500
