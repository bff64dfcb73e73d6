"""Names are found by their words: listed or not yet, renamed in this transaction, merged, and without reading every name."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.index import ask, find, keep_index
from articles.index.asked import Filing
from articles.index.engines import current
from articles.index.resolving import resolved
from articles.models import Contributor, NameWord, Tag
from articles.models.keys import keys_of
from tests.builders import make_archived, make_contributor, make_tag

pytestmark = pytest.mark.django_db


def names(text):
    """Return the names in which anything of a question stands, as they are filed."""
    known, _ = resolved(ask(text).whole, {})
    return {(one.filing, one.slug) for one in known.names if one.filing is not Filing.SECTION}


@pytest.fixture(params=["listed", "not listed"])
def cast(request):
    """Make some names, with their words listed or not; the answers are the same."""
    make_tag("Old Quay", "place")
    make_tag("Harbour cities", "topic")
    make_tag("الحوثي", "person")
    make_tag("ألمانيا", "place")
    make_contributor("Nadia O'Quayle")
    if request.param == "listed":
        keep_index()
        assert not Tag.objects.filter(worded="").exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("quays", {(Filing.TAG, "old-quay")}),
        ("city", {(Filing.TAG, "harbour-cities")}),
        ("حوثي", {(Filing.TAG, "الحوثي")}),
        ("المانيا", {(Filing.TAG, "ألمانيا")}),
        ("tag:ألمانيا", {(Filing.TAG, "ألمانيا")}),
        ("tag:المانيا", {(Filing.TAG, "ألمانيا")}),
        ("oquayle", {(Filing.PERSON, "nadia-o'quayle")}),
        ("quay*", {(Filing.TAG, "old-quay")}),
        ("tag:old-quay", {(Filing.TAG, "old-quay")}),
        ('"harbour cities"', {(Filing.TAG, "harbour-cities")}),
        ("lighthouse", set()),
    ],
)
def test_name_is_found_by_any_word_of_it(cast, text, found):
    assert {one for one in names(text) if one in found} == found
    assert found or not names(text)


def test_renamed_name_is_found_by_what_it_is_called_now_and_no_more_by_what_it_was(cast):
    Tag.objects.filter(slug="harbour-cities").update(name="Xylograph", **keys_of("Xylograph"))
    make_archived(tags=("Xylograph",))
    for _ in range(2):
        assert find(ask("xylographs")).total == 1
        assert names("xylograph") == {(Filing.TAG, "harbour-cities")}
        assert find(ask("tag:cities")).total == 0
        # Once more when its new words are listed.
        keep_index()
    assert not NameWord.objects.filter(word="cities").exists()


def test_words_go_with_their_name(cast):
    keep_index()
    Contributor.objects.all().delete()
    Tag.objects.filter(slug="harbour-cities").delete()
    assert set(NameWord.objects.values_list("word", flat=True)) == {"old", "quay", "الحوثي", "المانيا"}


def test_no_search_reads_every_name(cast):
    keep_index()
    with CaptureQueriesContext(connection) as asked:
        resolved(ask('quay "of the" harb* tag:old-quay').whole, current().new_words())
    said = next(one["sql"] for one in asked.captured_queries if "nameword" in one["sql"])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {said}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {said}")
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    assert "tags_not_worded" in plan, plan
    assert "people_not_worded" in plan, plan
    assert not re.search(r"SCAN articles_(tag|contributor|nameword)$", plan, re.MULTILINE), plan
    assert not re.search(r"Seq Scan on articles_(tag|contributor|nameword)\b", plan), plan
