"""A story is linked to its translations: filing, both ways, with an event, taken back; what is hidden leads nowhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Event, Translation
from articles.workflow import Refused, translating
from tests.builders import make_archived, make_article, make_published

pytestmark = pytest.mark.django_db


def link(by, story, original, token=None):
    story_id = getattr(story, "story_id", story.pk)
    other = getattr(original, "story_id", original.pk)
    token = translating.token_of(story_id) if token is None else token
    return workflow.link_translation(by=by, story_id=story_id, original=other, token=token)


@pytest.fixture
def english(editor):
    return make_published(editor, headline="Ferry resumes", slug="ferry")


@pytest.fixture
def arabic(editor):
    return make_published(editor, headline="العبّارة تعود", slug="ferry-ar", language="ar")


def test_link_leads_both_ways_and_is_taken_back(client, editor, english, arabic, settings):
    link(editor, arabic, english)
    said = ("Read this in Arabic:", "اقرأ هذه المادة باللغة الإنجليزية:")
    for here, there, sentence in ((english, arabic, said[0]), (arabic, english, said[1])):
        text = client.get(here.get_absolute_url()).content.decode()
        assert sentence in text
        assert f'<a href="{there.get_absolute_url()}" hreflang="{there.language}"' in text
        for language, edition in (("en", english), ("ar", arabic), ("x-default", english)):
            wanted = f'<link rel="alternate" hreflang="{language}" href="{settings.SITE_URL}{edition.get_absolute_url()}">'
            assert text.count(wanted) == 1, wanted
    assert (
        client.get(f"/story/{english.story_id}/ferry.json").json()["translations"][0]["is_original"] is False
    )
    assert (
        client.get(f"/story/{arabic.story_id}/ferry-ar.json").json()["translations"][0]["is_original"] is True
    )
    workflow.unlink_translation(
        by=editor, story_id=english.story_id, token=translating.token_of(english.story_id)
    )
    assert "hreflang" not in client.get(english.get_absolute_url()).content.decode()
    verbs = list(Event.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs[-2:] == ["link_translation", "unlink_translation"]


def test_sitemap_names_the_languages_of_each_translation(client, editor, english, arabic, settings):
    link(editor, arabic, english)
    when = english.live_from
    text = client.get(f"/sitemap-{when:%Y-%m}.xml").content.decode()
    for language, edition in (("en", english), ("ar", arabic)):
        wanted = f'<xhtml:link rel="alternate" hreflang="{language}" href="{settings.SITE_URL}{edition.get_absolute_url()}"/>'
        assert text.count(wanted) == 2


@pytest.mark.parametrize("state", ["draft", "scheduled", "killed"])
def test_hidden_translation_is_as_if_it_were_not(client, editor, english, state):
    before = client.get(english.get_absolute_url()).content
    article = make_article(editor, headline="سر", language="ar")
    if state == "scheduled":
        at = timezone.now() + timedelta(hours=1)
        workflow.publish(by=editor, story_id=article.pk, token=article.token, at=at)
    if state == "killed":
        workflow.publish(by=editor, story_id=article.pk, token=article.token)
        article.refresh_from_db()
        workflow.kill(by=editor, story_id=article.pk, token=article.token, reason="made up")
    link(editor, article, english)
    assert client.get(english.get_absolute_url()).content == before
    month = client.get(f"/sitemap-{english.live_from:%Y-%m}.xml").content.decode()
    assert "xhtml:link" not in month


def test_link_that_makes_no_sense_is_refused_with_what_to_do(editor, reporter, english, arabic):
    second = make_archived(headline="Ferry again")
    for by, story, original, said in (
        (reporter, arabic, english, "Your role does not allow this"),
        (editor, arabic, arabic, "no translation of itself"),
        (editor, second, english, "same language already"),
    ):
        with pytest.raises(Refused, match=said):
            link(by, story, original)
    with pytest.raises(Refused, match="There is no story 10000001"):
        workflow.link_translation(
            by=editor, story_id=arabic.story_id, original=10_000_001, token=str(arabic.story_id)
        )
    with pytest.raises(Refused, match="Look again"):
        link(editor, arabic, english, token="1")
    with pytest.raises(Refused, match="which version"):
        link(editor, arabic, english, token="")
    link(editor, arabic, english)
    with pytest.raises(Refused, match="has translations already"):
        link(editor, arabic, second)
    assert Translation.objects.count() == 1


def test_desk_links_and_takes_back_on_a_page_of_its_own(client, editor, reporter, english, arabic):
    page = f"/admin/articles/article/{arabic.story_id}/translations/"
    client.force_login(reporter)
    assert client.get(page).status_code == 403
    client.force_login(editor)
    assert page in client.get(f"/admin/articles/article/{arabic.story_id}/change/").content.decode()
    token = translating.token_of(arabic.story_id)
    wrong = client.post(page, {"original": "nonsense", "token": token})
    assert (wrong.status_code, "has eight digits" in wrong.content.decode()) == (422, True)
    address = f"http://localhost:8000{english.get_absolute_url()}"
    text = client.post(page, {"original": address, "token": token}, follow=True).content.decode()
    assert "Ferry resumes" in text
    assert Translation.objects.get().original_id == english.story_id
    stale = client.post(page, {"unlink": "1", "token": token}, follow=True)
    assert "Look again" in stale.content.decode()
    client.post(page, {"unlink": "1", "token": translating.token_of(arabic.story_id)})
    assert not Translation.objects.exists()
    assert client.get("/admin/articles/article/10000001/translations/").status_code == 404
