"""The engine on PostgreSQL: how a site's first stories come in, and what of a row is in its index."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.index import (
    ask,
    counted,
    disk,
    due,
    facets,
    find,
    intake,
    keep_index,
    keeping_index,
    postgres,
    postgres_rows,
)
from articles.index.due import mark_due
from articles.index.keeping_index import _count_anew
from articles.index.postgres_query import lexemes_of
from articles.index.sheet import sheet_of
from articles.models import Edition, IndexDue, IndexedEdition, IndexState
from tests.builders import make_archived, make_published

pytestmark = pytest.mark.skipif(not postgres_rows.are_searched(), reason="the index of words is on disk")


def is_laid():
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('indexed_lexemes') IS NOT NULL")
        return cursor.fetchone()[0]


def state():
    return IndexState.objects.get(pk=1).folder


def headlines(text):
    return [one.headline for one in find(ask(text)).editions]


@pytest.mark.django_db(transaction=True)
def test_index_of_lexemes_is_laid_when_a_sites_first_stories_are_here():
    with intake():
        assert (is_laid(), state()) == (False, "")
        make_archived(headline="Ferry 1")
        # Few enough to be read one by one.
        assert headlines("ferry") == ["Ferry 1"]
    assert (is_laid(), state()) == (True, postgres_rows.WHOLE)
    assert headlines("ferry") == ["Ferry 1"]
    with intake():
        assert (is_laid(), state()) == (True, postgres_rows.WHOLE)
        make_archived(headline="Ferry 2")
        assert set(headlines("ferry")) == {"Ferry 1", "Ferry 2"}
    assert set(headlines("ferry")) == {"Ferry 1", "Ferry 2"}


@pytest.mark.django_db(transaction=True)
def test_index_moves_from_the_database_to_the_disk_and_back(settings):
    make_archived(headline="Ferry 1")
    keep_index()
    # Many that changed together are noted under a number that is no story's.
    mark_due(range(10_000_000, 10_000_000 + due.FEW + 1))
    assert (state(), IndexDue.objects.filter(story__lt=0).count()) == (postgres_rows.WHOLE, 1)
    settings.SEARCH_INDEX = "disk"
    make_archived(headline="Ferry 2")
    assert set(headlines("ferry")) == {"Ferry 1", "Ferry 2"}
    keep_index()
    assert disk.path_of(state()).is_dir()
    assert (IndexedEdition.objects.count(), IndexDue.objects.count()) == (0, 0)
    make_archived(headline="Ferry 3")
    assert (IndexedEdition.objects.count(), IndexDue.objects.count()) == (0, 1)
    assert set(headlines("ferry")) == {"Ferry 1", "Ferry 2", "Ferry 3"}
    keep_index()
    assert (set(headlines("ferry")), IndexDue.objects.count()) == ({"Ferry 1", "Ferry 2", "Ferry 3"}, 0)
    settings.SEARCH_INDEX = "database"
    make_archived(headline="Ferry 4")
    assert set(headlines("ferry")) == {f"Ferry {number}" for number in range(1, 5)}
    keep_index()
    assert (state(), IndexedEdition.objects.count()) == (postgres_rows.WHOLE, 4)
    assert set(headlines("ferry")) == {f"Ferry {number}" for number in range(1, 5)}


@pytest.mark.django_db(transaction=True)
def test_run_that_was_stopped_leaves_the_index_to_the_next_who_keeps_it():
    def bring():
        with intake():
            make_archived(headline="Ferry 1")
            IndexedEdition.objects.all().delete()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring()
    assert (is_laid(), state()) == (False, "")
    assert headlines("ferry") == ["Ferry 1"]
    keep_index()
    assert (is_laid(), state()) == (True, postgres_rows.WHOLE)
    assert headlines("ferry") == ["Ferry 1"]


@pytest.mark.django_db(transaction=True)
def test_beside_another_writer_the_index_stays_where_it_is():
    with keeping_index.alone(), intake():
        assert is_laid()
        make_archived(headline="Ferry 1")
    assert is_laid()
    assert headlines("ferry") == ["Ferry 1"]


@pytest.mark.django_db
def test_lexeme_says_what_no_other_says_already():
    make_archived(headline="Ferries and a ferry", body="<p>It is to be.</p>", bylines=[], section="City")
    edition = Edition.objects.get()
    lexemes = lexemes_of(sheet_of(edition)).split()
    assert sorted(one for one in lexemes if one.startswith("h")) == [
        "h=a", "h=and", "h=ferries", "h=ferry", "h^a", "h^and", "h^fer", "h~ferri",
    ]  # fmt: skip
    assert {
        "a+it_is",
        "a+ferries_and",
        "a+a_ferry",
        "a+is_to",
        "a+to_be",
        f"#s{edition.section_id}",
        "#len",
        "#i0",
    } <= set(lexemes)
    assert len(lexemes) == len(set(lexemes))


@pytest.mark.django_db
def test_story_that_comes_in_while_others_are_counted_is_not_counted_twice(monkeypatch):
    make_archived(headline="Ferry 1")
    keep_index()
    total = postgres._total

    def slowly(which):
        make_archived(headline="Ferry 2")
        return total(which)

    with monkeypatch.context() as patched:
        patched.setattr(postgres, "_total", slowly)
        assert find(ask("ferry")).total == 2
    assert find(ask("ferry")).total == 2
    assert facets(ask("ferry")).total == 2


@pytest.mark.django_db
def test_stories_noted_as_changed_are_counted_among_the_others_when_the_index_is_kept(editor, monkeypatch):
    monkeypatch.setattr(keeping_index, "MOST_LATELY", 4)
    keep_index()
    made_of = []
    monkeypatch.setattr(
        counted,
        "keep",
        lambda key, value, *_: made_of.append(value.total if key[0] is postgres._counts else value),
    )
    for number in range(1, 4):
        assert IndexDue.objects.count() == number - 1
        make_published(editor, headline=f"Ferry {number}")
        assert find(ask("ferry")).total == facets(ask("ferry")).total == number
    keep_index()
    assert not IndexDue.objects.exists()
    assert find(ask("ferry")).total == facets(ask("ferry")).total == 3
    assert made_of == [0, 0] * 3 + [3, 3]


@pytest.mark.django_db
def test_many_that_change_at_once_are_noted_together(monkeypatch):
    editions = [make_archived(headline="Ferry") for _ in range(3)]
    keep_index()
    _count_anew()
    assert find(ask("ferry")).total == 3
    monkeypatch.setattr(due, "FEW", 2)
    IndexedEdition.objects.filter(pk=editions[0].pk).update(is_shown=False)
    mark_due([edition.story_id for edition in editions])
    assert [one.story < 0 for one in IndexDue.objects.all()] == [True]
    assert find(ask("ferry")).total == facets(ask("ferry")).total == 3


@pytest.mark.django_db(transaction=True)
def test_rows_are_written_anew_after_the_way_back_and_forth():
    make_archived(headline="Ferry 1")
    for target in ("0029_days_led_by_their_index", "0030_lexemes_in_their_index"):
        MigrationExecutor(connection).migrate([("articles", target)])
    assert not IndexedEdition.objects.exists()
    IndexState.objects.all().delete()
    assert headlines("ferry") == ["Ferry 1"]
    keep_index()
    assert headlines("ferry") == ["Ferry 1"]
    assert is_laid()
