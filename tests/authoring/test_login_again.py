"""A form sent after the session ended asks for the login, holds what was typed, and then saves it."""

import pytest
from django.test import Client

from articles.models import Article
from tests.authoring.desk_form import ADD, fields_of, log_in, page_of, sentences
from tests.builders import make_article

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass-phrase"


def test_text_travels_through_the_login_and_is_saved(client, reporter):
    article = make_article(reporter)
    typed = fields_of(log_in(client, reporter).get(page_of(article))) | {
        "headline": "Typed\t<b>late</b>",
        "note": "\nNew line first",
    }
    client.logout()
    asked = client.post(page_of(article), typed)
    assert asked.status_code == 401
    assert "Log in to keep what you wrote" in sentences(asked)
    assert ("headline", "Typed\t<b>late</b>") in asked.context["kept"]
    assert "<b>late</b>" not in asked.content.decode()
    wrong = client.post(page_of(article), typed | {"username": "reporter", "password": "wrong"})
    assert wrong.status_code == 401
    assert ("note", "\nNew line first") in wrong.context["kept"]
    assert Article.objects.get().headline == article.headline
    right = client.post(page_of(article), typed | {"username": "reporter", "password": PASSWORD})
    assert right.status_code == 302
    assert Article.objects.get().headline == "Typed <b>late</b>"


def test_new_story_survives_as_well_and_another_account_gets_no_further_than_its_role(
    client, reporter, picture_desk
):
    typed = fields_of(log_in(client, reporter).get(ADD)) | {"headline": "Begun in the evening"}
    client.logout()
    assert client.post(ADD, typed | {"username": "picture_desk", "password": PASSWORD}).status_code == 403
    client.logout()
    assert client.post(ADD, typed | {"username": "reporter", "password": PASSWORD}).status_code == 302
    assert Article.objects.get().writer == reporter


def test_stranger_gets_nothing_but_their_own_words_back(client, reporter):
    article = make_article(reporter, headline="Not for strangers")
    answer = client.post(page_of(article), {"headline": "Mine"})
    never = client.post(page_of(10_000_001), {"headline": "Mine"})
    assert "Not for strangers" not in answer.content.decode()
    assert sentences(answer) == sentences(never)
    assert Client(enforce_csrf_checks=True).post(page_of(article), {"headline": "x"}).status_code == 403
    assert client.get(page_of(article)).status_code == 302
