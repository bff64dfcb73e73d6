"""What is asked most is asked of the index that was made for it, on whichever database: nothing is read from end to end."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.index import Order, ask, find, postgres, postgres_rows
from articles.index.asked import Zone
from articles.index.postgres_query import condition_of
from articles.index.resolving import Said
from articles.models import Edition, EditionByline, EditionTag, IndexedEdition, IndexState, IndexWord, Section
from articles.models.front_page import day_leads
from articles.models.shelf import walk_of
from articles.models.shelf_count import ShelfCount
from newsroom.keyset import Cursor
from tests.builders import an_archive, moment

# One process makes the archive, and tries it all.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("plans")]
MANY = 600


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """An archive of whose values the database knows how they are spread, made once for all tests of this module."""
    with django_db_blocker.unblock(), an_archive(MANY):
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield


@pytest.fixture
def archive(made, db):
    """The archive; what a test changes in it is taken back."""


def plan(sql, *, is_walk=False):
    """Return how a statement would be answered; on PostgreSQL without reading whole tables, small as these are.

    Nor does it gather the two rows of a walk from its index, to put them in order afterwards.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"SET LOCAL enable_bitmapscan = {'off' if is_walk else 'on'}")
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            return json.dumps(cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(row[3] for row in cursor.fetchall())


def plan_of(rows, *, is_walk=False):
    with CaptureQueriesContext(connection) as asked:
        list(rows)
    return plan(asked.captured_queries[-1]["sql"], is_walk=is_walk)


def shelf(**narrowed):
    return Edition.objects.at().filter(**narrowed).order_by("-listed_at", "-story_id").values_list("pk")[:20]


def commonest_tag():
    totals = ShelfCount.objects.totals("t").order_by("-stories")
    return totals.values_list("shelf", flat=True)[0]


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (shelf, "editions_listed"),
        (lambda: shelf(section=Section.objects.get(slug="city")), "editions_by_section"),
        (
            lambda: EditionTag.objects.filter(tag=commonest_tag()).order_by("-listed_at", "-story_number").values_list("edition")[:20],
            "editions_by_tag",
        ),
        (lambda: Edition.objects.at().filter(published_on="2012-05-03").values_list("pk"), "editions_by_day"),
        (lambda: ShelfCount.objects.of("a").filter(period=0), "a_period_once_a_shelf|sqlite_autoindex_articles_shelfcount"),
        (lambda: IndexWord.objects.filter(alike__in=["wat.r", "m.s."]), "index_words_by_alike"),
        (lambda: IndexWord.objects.filter(word__in=["water", "river"]), "articles_indexword_pkey|sqlite_autoindex_articles_indexword|indexword_word"),
    ],
    ids=["all", "section", "tag", "day", "counts", "alike", "words"],
)  # fmt: skip
def test_list_walks_its_own_index(archive, asked, index):
    found = plan_of(asked())
    assert re.search(index, found), found
    assert not re.search(r"^SCAN articles_\w+$", found, re.MULTILINE), found


def is_sorted(found):
    """Whether rows are put in order after they were read, so that all of them are read."""
    return "TEMP B-TREE FOR ORDER BY" in found or '"Sort"' in found


def test_who_led_a_day_is_the_first_in_an_index_of_what_leads(archive):
    arm = day_leads(Edition.objects.at(), [date(2012, 5, 3)])[0]
    found = plan_of(arm)
    assert found.count("editions_by_weight") == 2, found
    assert not is_sorted(found), found


def test_list_of_a_month_reads_nothing_of_the_days_it_passes_by(archive):
    since, until = moment(2012, 4, 30), moment(2012, 6, 2)
    walk = walk_of("period", None, since, until, date(2012, 5, 1), date(2012, 5, 31))[:21].values("pk")
    found = plan_of(walk)
    if connection.vendor == "sqlite":
        assert "COVERING INDEX editions_listed" in found, found
    assert "editions_listed" in found, found


def test_list_of_a_day_is_one_walk_along_the_days(archive):
    for after in (None, Cursor(moment(2012, 5, 3, 12), 7)):
        found = plan_of(walk_of("day", after, date(2012, 5, 3))[:61], is_walk=True)
        assert "editions_by_day" in found, found
        assert not is_sorted(found), found


def test_page_of_a_contributor_looks_up_their_spellings(archive, client):
    slug = EditionByline.objects.values_list("contributor__slug", flat=True)[0]
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/by/{slug}/").status_code == 200
    plans = [plan(one["sql"]) for one in asked.captured_queries if "articles_spelling" in one["sql"]]
    assert plans
    for found in plans:
        assert "SCAN articles_spelling" not in found, found
        assert not re.search(r'"Seq Scan"[^}]*"articles_spelling"', found), found


def test_part_of_a_sitemap_is_a_walk_along_the_days(archive, client):
    with CaptureQueriesContext(connection) as asked:
        client.get("/sitemap-2012-05.xml")
    found = plan(asked.captured_queries[0]["sql"], is_walk=True)
    assert "editions_by_day" in found, found
    assert not is_sorted(found), found


def test_no_search_reads_a_table_of_editions_or_words_from_end_to_end(archive):
    with CaptureQueriesContext(connection) as asked:
        find(ask("water"))
    plans = [plan(one["sql"]) for one in asked.captured_queries if one["sql"].startswith("SELECT")]
    assert plans
    for found in plans:
        assert not re.search(r"SCAN articles_(edition|indexword)\b(?! USING)", found), found
        assert not re.search(r'"Seq Scan"[^}]*"articles_(edition|indexword|indexededition)"', found), found


QUESTIONS = (
    "nowhereq", "harbour", "harbour the", "harbour -the", "-harbour", "harbour OR (the -city)", "har*", "ha*", "harbou*",
    'the -"in the harbour"', 'harbour OR "in the harbour"', '-(harbour "in the harbour")', 'the -(harbour OR "in the harbour")',
    "headline:harbour from:2012", "-from:2012 harbour", "byline:layla OR harbour OR from:2030", '"in the harbour" OR from:2012',
    '("in the harbour" OR from:2012) harbour', '(harbour ("in the harbour" OR -from:2012)) OR ha*',
)  # fmt: skip


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("asked", QUESTIONS)
def test_lexemes_of_a_row_are_looked_up_and_never_made_to_be_looked_at(archive, monkeypatch, asked, order):
    if not postgres_rows.are_searched():
        pytest.skip("the index of words is on disk")
    assert IndexedEdition.objects.count() == MANY
    IndexState.objects.update_or_create(pk=1, defaults={"folder": postgres_rows.WHOLE})
    monkeypatch.setattr(postgres, "MUCH", 3)
    monkeypatch.setattr(postgres, "A_LOOK", 20)
    monkeypatch.setattr(postgres, "MOST_ERAS", 400)
    with CaptureQueriesContext(connection) as captured:
        found = find(ask(asked), order=order, most=5)
        find(ask(asked), order=order, most=5, after=found.next)
    statements = [one["sql"] for one in captured.captured_queries if "articles_lexemes" in one["sql"]]
    assert statements, captured.captured_queries
    for statement in statements:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            plan = json.dumps(cursor.fetchall())
        assert "indexed_lexemes" in plan, (statement, plan)
        assert not re.search(r'Filter": "[^"]*articles_lexemes', plan), (statement, plan)


def test_phrase_of_common_words_is_looked_up_by_its_pairs(archive):
    if not postgres_rows.are_searched():
        pytest.skip("the index of words is on disk")
    for phrase, strings in (
        ("of the", 0),
        ("the harbour", 0),
        ("in the harbour", 1),
        ("harbour of ferries", 1),
    ):
        condition, values = condition_of(Said(Zone.TEXT, tuple(phrase.split())))
        assert condition.count("strpos") == strings, condition
        assert f"'a+{'_'.join(phrase.split()[:2])}'" in str(values)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                f"EXPLAIN (FORMAT JSON) SELECT spot FROM articles_indexededition AS i WHERE {condition}",
                values,
            )
            assert "indexed_lexemes" in json.dumps(cursor.fetchall())
