"""Addresses of the old site lead to the story's own, only where nothing else stands."""

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Address, Article
from media.models import Picture
from tests.builders import make_archived, make_article, make_picture, make_published

pytestmark = pytest.mark.django_db
OLD = "/amir-taheri/opinion/some-slug"


@pytest.mark.parametrize(
    "asked",
    [OLD, f"{OLD}/", f"{OLD}?share=facebook", f"{OLD}/?share=x&nb=1", "/Amir-Taheri/Opinion/some-slug"],
)
@pytest.mark.parametrize("kept", [OLD, f"{OLD}/"])
def test_old_address_redirects_for_good(client, kept, asked):
    edition = make_archived()
    Address.objects.create(path=kept, story_id=edition.story_id)
    for ask in (client.get, client.head):
        response = ask(asked)
        assert (response.status_code, response.headers["Location"]) == (301, edition.get_absolute_url())
    assert client.post(asked).status_code == 404


def test_old_arabic_address_is_found_as_written_and_as_encoded(client):
    edition = make_archived()
    Address.objects.create(path="/رأي/مقال", story_id=edition.story_id)
    assert client.get("/رأي/مقال/").status_code == 301


def test_old_address_of_a_killed_story_is_gone_and_of_a_hidden_one_unknown(client, editor):
    killed = make_published(editor, headline="Killed headline")
    token = Article.objects.get(pk=killed.story_id).token
    workflow.kill(by=editor, story_id=killed.story_id, token=token, reason="made up", notice="Not confirmed.")
    Address.objects.create(path="/old/killed", story_id=killed.story_id)
    Address.objects.create(path="/old/draft", story_id=make_article(editor).pk)
    gone = client.get("/old/killed")
    assert gone.status_code == 410
    assert "Not confirmed." in gone.content.decode()
    assert "Killed headline" not in gone.content.decode()
    hidden, never = client.get("/old/draft"), client.get("/old/never")
    assert (hidden.status_code, hidden.content) == (404, never.content)


def test_old_address_of_a_picture_leads_to_its_page(client):
    shown, hidden = make_picture(), make_picture()
    make_archived(pictures=[shown])
    Address.objects.create(path="/old/attachment/shown", picture=shown)
    Address.objects.create(path="/old/attachment/hidden", picture=hidden)
    assert client.get("/old/attachment/shown").headers["Location"] == f"/media/{shown.media_id}/"
    assert client.get("/old/attachment/hidden").status_code == 404
    Picture.objects.update(killed_at=timezone.now())
    assert client.get("/old/attachment/shown").status_code == 410


def test_old_list_leads_to_another_path_of_ours_only(client):
    Address.objects.create(path="/category/opinion", to_path="/section/opinion/")
    Address.objects.create(path="/elsewhere", to_path="//evil.example/")
    assert client.get("/category/opinion/").headers["Location"] == "/section/opinion/"
    assert client.get("/elsewhere").status_code == 404


def test_page_that_stands_is_never_hidden_by_an_old_address(client):
    edition = make_archived()
    Address.objects.create(path="/undated/", story_id=edition.story_id)
    assert client.get("/undated/").status_code == 200
