"""Ctrl-K's door: everything is found by whoever may know of it, in whatever spelling, and by nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from tests import builders
from tests.planning.shelves import cost, logged_in, token, whole_scans

pytestmark = pytest.mark.django_db
FIND = reverse("admin:desk_find")


def found(person, typed, kind=None):
    answer = logged_in(person).get(FIND, {"q": typed})
    assert answer.status_code == 200
    return [one["name"] for one in answer.json()["found"] if kind in (None, one["kind"])]


def test_story_is_found_by_headline_slug_and_number(reporter):
    article = builders.make_article(reporter, headline="Café owners’ strike ends", slug="cafe-strike")
    for typed in ("café", "CAFE", "owners' strike", "strike ends", "cafe-str", str(article.pk)):
        assert found(reporter, typed, "story") == ["Café owners’ strike ends"], typed
    assert found(reporter, "tram", "story") == []


def test_arabic_headline_is_found_without_its_vowels(reporter):
    builders.make_article(reporter, headline="العبّارةُ تعود إلى الرصيف", language="ar")
    assert found(reporter, "العبارة", "story") == ["العبّارةُ تعود إلى الرصيف"]


def test_story_long_unchanged_is_found_by_how_its_slug_begins(reporter, monkeypatch):
    builders.make_article(reporter, headline="Old and quiet", slug="harbour-survey")
    builders.make_article(reporter, headline="Newer")
    monkeypatch.setattr("articles.planning.finding.LATELY", 1)
    assert found(reporter, "harbour-sur", "story") == ["Old and quiet"]
    assert found(reporter, "quiet", "story") == []


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
    assert found(stranger, "lantern") == ["Search all copy for “lantern”", "Search the library for “lantern”"]


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
    assert len(queries) <= 8, len(queries)
    assert whole_scans(queries) == []
