"""The preview for somebody outside: one story, for a while, until it is taken back; and how a story is shared and found."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Event, PreviewLink
from articles.workflow.copy import contents_of
from articles.workflow.outsiders import open_preview, revoke_preview
from articles.workflow.placing import printed
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(editor):
    return builders.make_article(
        editor, headline="Ships wait", standfirst="", body="<p>Nobody outside knows yet.</p>"
    )


def opened(editor, story, **facts):
    made = open_preview(
        by=editor, story_id=story.pk, **({"ends_at": timezone.now() + timedelta(days=3)} | facts)
    )
    return made, reverse("outsider", args=[made.key])


def test_link_opens_one_story_for_somebody_without_a_login(client, editor, story):
    made, address = opened(editor, story, for_whom="the lawyer")
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Nobody outside knows yet." in answer.content.decode()
    assert "the lawyer" in answer.content.decode()
    assert reverse("admin:articles_article_change", args=[story.pk]) not in answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    made.link.refresh_from_db()
    assert made.link.opened == 1
    assert made.key not in json.dumps(list(PreviewLink.objects.values("key_digest")))
    assert Event.objects.filter(verb="open_preview", story_id=story.pk).exists()


def test_link_shows_what_is_typed_after_it_was_made(client, editor, story):
    _, address = opened(editor, story)
    article = Article.objects.get(pk=story.pk)
    contents = contents_of(article).changed(headline="Ships go")
    workflow.save(by=editor, story_id=story.pk, token=article.token, contents=contents)
    assert "Ships go" in client.get(address).content.decode()


@pytest.mark.parametrize("how", ["revoked", "ended", "forged", "spiked", "account closed", "desk changed"])
def test_link_that_opens_nothing_is_the_same_404(client, editor, chief, story, how):
    made, address = opened(editor, story)
    article = Article.objects.get(pk=story.pk)
    if how == "revoked":
        revoke_preview(by=editor, link_id=made.link.pk)
    elif how == "ended":
        PreviewLink.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    elif how == "forged":
        address = reverse("outsider", args=[made.key[:-2] + ("aa" if made.key[-2:] != "aa" else "bb")])
    elif how == "spiked":
        workflow.spike(by=editor, story_id=story.pk, token=article.token, note="not now")
    elif how == "account closed":
        editor.is_active = False
        editor.save()
    else:
        Article.objects.update(desk=builders.make_desk("Sport"), writer=chief)
    found, never = client.get(address), client.get(reverse("outsider", args=["nothing"]))
    assert (found.status_code, never.status_code) == (404, 404)
    assert "Ships wait" not in found.content.decode()


def test_pictures_of_the_story_are_seen_through_the_link_and_no_others(client, editor, story):
    mine, other = builders.make_picture(), builders.make_picture()
    builders.make_copy(mine, name="aaaaaaaaaaaaaaaa")
    builders.make_copy(other, name="bbbbbbbbbbbbbbbb")
    article = Article.objects.get(pk=story.pk)
    contents = contents_of(article).changed(pictures=(printed(mine),))
    workflow.save(by=editor, story_id=story.pk, token=article.token, contents=contents)
    made, address = opened(editor, story)
    assert f"{address}images/aaaaaaaaaaaaaaaa.jpg" in client.get(address).content.decode()
    assert b"".join(client.get(f"{address}images/aaaaaaaaaaaaaaaa.jpg").streaming_content)
    assert client.get(f"{address}images/bbbbbbbbbbbbbbbb.jpg").status_code == 404
    assert client.get("/images/aaaaaaaaaaaaaaaa.jpg").status_code == 404
    mine.refresh_from_db()
    workflow.kill_picture(by=editor, picture_id=mine.pk, token=mine.token, reason="not ours")
    assert client.get(f"{address}images/aaaaaaaaaaaaaaaa.jpg").status_code == 404
    revoke_preview(by=editor, link_id=made.link.pk)
    assert client.get(f"{address}images/aaaaaaaaaaaaaaaa.jpg").status_code == 404


def test_link_lasts_thirty_days_at_most_and_is_made_by_those_who_may_read(editor, story):
    with pytest.raises(workflow.Refused, match="30 days"):
        opened(editor, story, ends_at=timezone.now() + timedelta(days=31))
    with pytest.raises(workflow.Refused, match="30 days"):
        opened(editor, story, ends_at=timezone.now())
    with pytest.raises(workflow.Refused, match="120"):
        opened(editor, story, for_whom="x" * 121)
    outsider = builders.make_person("omar", "reporter", builders.make_desk("Sport"))
    with pytest.raises(workflow.Refused, match="no such story"):
        opened(outsider, story)
    made, _ = opened(editor, story)
    with pytest.raises(workflow.Refused, match="no such link"):
        revoke_preview(by=outsider, link_id=made.link.pk)


def test_door_makes_lists_and_takes_back(editor, story):
    page = Client()
    page.force_login(editor)

    def ask(**letter):
        door = reverse("admin:desk_preview_links", args=[story.pk])
        return page.post(
            door, json.dumps(letter), content_type="application/json", headers={"X-CSRFToken": "x"}
        )

    assert ask(make=400).status_code == 422
    made = ask(make=3, for_whom="the lawyer").json()
    assert made["address"].startswith("http")
    (link,) = made["links"]
    assert link["for_whom"] == "the lawyer"
    assert ask().json()["address"] == ""
    assert ask(revoke=link["link"] + 99).status_code == 404
    assert ask(revoke=link["link"]).json()["links"] == []


def test_shared_card_and_search_result_are_shown_at_the_desk(client, editor, story):
    client.force_login(editor)
    answer = client.get(reverse("admin:desk_shared", args=[story.pk]))
    shown = answer.content.decode()
    assert "Ships wait" in shown
    assert "Nobody outside knows yet." in shown
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
