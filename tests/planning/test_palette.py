"""Ctrl-K's door: everything is found by whoever may know of it, in whatever spelling, and by nobody else."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Address
from tests import builders
from tests.planning.shelves import cost, logged_in, token, whole_scans

pytestmark = pytest.mark.django_db
FIND = reverse("admin:desk_find")


def answer(person, typed):
    """What the page shows in the end: at once, and on top of it where more is to be looked at one by one."""
    browser = Client()
    browser.force_login(person)
    answered = browser.get(FIND, {"q": typed})
    assert answered.status_code == 200
    first = answered.json()["found"]
    on_top = (
        browser.get(FIND, {"q": typed, "further": 1}).json()["found"] if answered.json()["further"] else []
    )
    return first + [one for one in on_top if one not in first]


def searches(words):
    return [f"Search {one} for “{words}”" for one in ("all copy", "earlier versions", "the library")]


def found(person, typed, kind=None):
    return [one["name"] for one in answer(person, typed) if kind in (None, one["kind"])]


def test_story_is_found_by_headline_slug_and_number(reporter):
    article = builders.make_article(reporter, headline="Café owners’ strike ends", slug="cafe-strike")
    for typed in ("café", "CAFE", "owners' strike", "strike ends", "cafe-str", str(article.pk)):
        assert found(reporter, typed, "story") == ["Café owners’ strike ends"], typed
    assert found(reporter, "tram", "story") == []


def test_arabic_headline_is_found_without_its_vowels(reporter):
    builders.make_article(reporter, headline="العبّارةُ تعود إلى الرصيف", language="ar")
    for typed in ("العبارة", "عبارة", "رصيف"):
        assert found(reporter, typed, "story") == ["العبّارةُ تعود إلى الرصيف"]


def test_story_is_found_however_many_changed_since(reporter, monkeypatch):
    builders.make_article(reporter, headline="Old and quiet", slug="harbour-survey")
    out = builders.make_archived(headline="Quiet waters run")
    for number in range(3):
        builders.make_article(reporter, headline=f"Newer {number}")
        builders.make_archived(headline=f"Newer still {number}", day=date(2020, 1, 1 + number))
    for most in (2_000, 0):  # along the index of words, and on the way from the newest back
        monkeypatch.setattr("articles.planning.found_stories.MANY", most)
        for typed in ("harbour-sur", "survey harb", "quiet old", "qu"):
            assert found(reporter, typed, "story") == ["Old and quiet"], typed
        assert found(reporter, "quiet", "published") == [out.headline]
        assert found(reporter, "q", "story") == [], "a letter alone says nothing of a story"
        assert found(reporter, "quiet newer") == searches("quiet newer")


def test_words_follow_the_headline(reporter, editor):
    article = builders.make_article(reporter, headline="Ferry stopped", slug="")
    contents = builders.make_contents(headline="Tram stopped", slug="")
    workflow.save(by=reporter, story_id=article.pk, token=token(article), contents=contents)
    assert found(reporter, "ferry", "story") == []
    assert found(reporter, "tram stop", "story") == ["Tram stopped"]
    workflow.publish(by=editor, story_id=article.pk, token=token(article))
    contents = builders.make_contents(headline="Bus stopped", slug="")
    workflow.save(by=editor, story_id=article.pk, token=token(article), contents=contents)
    stranger = builders.make_person("stranger", "reporter", builders.make_desk("Sport"))
    assert found(stranger, "tram", "published") == ["Tram stopped"]
    assert found(stranger, "bus", "published") == []
    workflow.update(by=editor, story_id=article.pk, token=token(article))
    assert found(stranger, "tram", "published") == []
    assert found(stranger, "bus", "published") == ["Bus stopped"]


def test_pasted_address_leads_to_its_story_picture_or_shelf(reporter, chief):
    picture = builders.make_picture(caption="Gulls over the mole")
    copy = builders.make_copy(picture)
    out = builders.make_archived(headline="Lighthouse lit again", pictures=[picture])
    article = builders.make_article(reporter, headline="Draft of it", pictures=[picture])
    Address.objects.create(path="/old/column/lighthouse", story_id=out.story_id)
    tag = builders.make_tag("Aleppo", "place")
    person = builders.make_contributor("Salma Haddad")
    story = f"/story/{out.story_id}/another-slug/"
    for typed in (
        story,
        f"https://paper.example{story}?from=mail#top",
        f"paper.example{story}",
        f"<{story}>",
    ):
        assert found(reporter, typed) == ["Lighthouse lit again"], typed
    assert found(reporter, "https://old.example/old/Column/Lighthouse/") == ["Lighthouse lit again"]
    assert found(reporter, f"/admin/articles/article/{article.pk}/change/") == ["Draft of it"]
    page = f"https://paper.example/media/{picture.media_id}/"
    assert found(reporter, page) == ["Draft of it", "Lighthouse lit again", "Gulls over the mole"]
    for typed in (f"/admin/media/picture/{picture.pk}/change/", f"/images/{copy.name}.jpg"):
        assert found(reporter, typed) == ["Gulls over the mole"], typed
    assert found(reporter, f"https://paper.example{tag.get_absolute_url()}") == ["Aleppo"]
    assert found(reporter, person.get_absolute_url()) == ["Salma Haddad"]
    assert found(reporter, "/section/world/") == ["World"]
    assert found(reporter, "https://elsewhere.example/nowhere/") == []
    assert "Search all copy for “and/or”" in found(reporter, "and/or")


def test_beginning_of_a_media_id_finds_pictures_a_merged_one_as_what_it_became(reporter):
    kept = builders.make_picture(media_id="81000001", caption="Kept")
    builders.make_picture(media_id="8100", caption="Short number")
    builders.make_picture(media_id="81000002", caption="Merged", alias_of=kept)
    assert found(reporter, "8100", "picture") == ["Short number", "Kept"]
    assert found(reporter, "Media ID 8100 0002", "picture") == ["Kept"]


def test_media_id_finds_the_stories_that_show_the_picture(reporter):
    picture = builders.make_picture()
    out = builders.make_archived(headline="Lighthouse lit again", pictures=[picture])
    builders.make_article(reporter, headline="Draft of it", pictures=[picture])
    assert found(reporter, picture.media_id, "story") == ["Draft of it"]
    assert found(reporter, picture.media_id, "published") == [out.headline]
    stranger = builders.make_person("stranger", "reporter", builders.make_desk("Sport"))
    assert found(stranger, picture.media_id, "story") == []


@pytest.mark.parametrize("typed", ["moussa", "Musa", "Mousa", "موسى", "ali mousa", "musa ali"])
def test_person_is_found_by_sound_in_any_part_of_the_name(reporter, typed):
    builders.make_contributor("Ali Moussa")
    builders.make_contributor("Nadia Farouk")
    assert found(reporter, typed, "person") == ["Ali Moussa"]


def test_section_is_found_by_name_and_leads_its_chief_to_its_page(reporter, chief):
    section = builders.make_section("City Life")
    row = next(one for one in answer(reporter, "life") if one["kind"] == "section")
    assert row["address"] == section.get_absolute_url()
    row = next(one for one in answer(chief, "city") if one["kind"] == "section")
    assert row["address"] == reverse("admin:articles_section_change", args=[section.pk])


def test_picture_person_tag_and_command_are_found(reporter, editor):
    picture = builders.make_picture(caption="Gulls over the mole", credit="Idris")
    builders.make_contributor("Salma Haddad")
    builders.make_tag("Aleppo", "place")
    assert found(reporter, picture.media_id, "picture") == ["Gulls over the mole"]
    assert found(reporter, "gulls mole", "picture") == ["Gulls over the mole"]
    assert found(reporter, "haddad", "person") == ["Salma Haddad"]
    assert found(reporter, "alep", "tag") == ["Aleppo"]
    assert "New interview" in found(reporter, "interview", "command")
    assert "Budget" in found(reporter, "", "command")
    assert "Tags" not in found(reporter, "tags", "command")
    assert "Tags" in found(editor, "tags", "command")


def test_nobody_finds_what_they_may_not_know(reporter, editor, chief, picture_desk):
    builders.make_article(reporter, headline="Zebra crossing moved")
    stranger = builders.make_person("stranger", "editor", builders.make_desk("Sport"))
    assert found(stranger, "zebra", "story") == []
    assert found(picture_desk, "zebra", "story") == []
    for person in (reporter, editor, chief):
        assert found(person, "zebra", "story") == ["Zebra crossing moved"]


def test_embargoed_story_is_found_by_its_slug_alone(reporter, editor):
    embargo = timezone.now() + timedelta(days=1)
    article = builders.make_article(
        reporter, headline="Merger told", slug="quiet-deal", embargo_until=embargo
    )
    colleague = builders.make_person("colleague", "reporter", builders.make_desk())
    assert found(colleague, "quiet-deal", "story") == ["quiet-deal"]
    assert found(colleague, "merger", "story") == []
    assert found(colleague, str(article.pk), "story") == []
    whole = logged_in(colleague).get(FIND, {"q": "quiet"}).content.decode()
    assert str(article.pk) not in whole
    assert found(editor, "merger", "story") == ["Merger told"]


def test_archive_is_searched_as_readers_see_it(reporter, editor):
    builders.make_archived(headline="Lighthouse lit again")
    out = builders.make_published(editor, headline="Lantern out")
    workflow.kill(by=editor, story_id=out.story_id, token=token(out.story.article), reason="Wrong.")
    assert found(reporter, "lighthouse", "published") == ["Lighthouse lit again"]
    stranger = builders.make_person("stranger", "reporter", builders.make_desk("Sport"))
    assert found(stranger, "lantern") == searches("lantern")


def test_older_pictures_and_inner_words_of_names_come_on_top(reporter, monkeypatch):
    builders.make_picture(caption="Gulls over the mole")
    builders.make_picture(caption="Gulls on the roof")
    builders.make_tag("East Aleppo", "place")
    monkeypatch.setattr("articles.planning.found_pictures.LATELY", 1)
    browser = logged_in(reporter)
    first = browser.get(FIND, {"q": "gulls"}).json()
    on_top = browser.get(FIND, {"q": "gulls", "further": "1"}).json()
    assert [one["name"] for one in first["found"] if one["kind"] == "picture"] == ["Gulls on the roof"]
    assert first["further"] is True
    assert [one["name"] for one in on_top["found"]] == ["Gulls over the mole"]
    assert on_top["further"] is False
    assert found(reporter, "aleppo", "tag") == ["East Aleppo"]
    assert browser.get(FIND, {"q": "/tag/aleppo/"}).json()["further"] is False


@pytest.mark.parametrize(
    "typed", ["%", "_", "\\", "' OR 1=1", "9" * 40, "٣" * 9, "<b>", "a" * 5000, "\ud800"]
)
def test_anything_may_be_typed(reporter, typed):
    builders.make_article(reporter, headline="Plain words")
    answer = logged_in(reporter).get(FIND, {"q": typed.encode("utf-8", "replace").decode()})
    assert answer.status_code == 200
    assert "Plain words" not in answer.content.decode()


def test_finding_costs_a_few_queries_along_indexes(reporter, editor):
    for number in range(12):
        builders.make_article(reporter, headline=f"Ferry {number}")
        builders.make_published(editor, headline=f"Ferry out {number}")
    queries = cost(logged_in(reporter), f"{FIND}?q=ferry")
    assert len(queries) <= 15, len(queries)
    assert whole_scans(queries) == []
