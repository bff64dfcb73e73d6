"""The engine on PostgreSQL: how a site's first stories come in, and what of a row is in its index."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.index import ask, find, intake, keep_index, keeping_index, postgres
from articles.index.postgres_query import lexemes_of
from articles.index.sheet import sheet_of
from articles.models import Edition, IndexedEdition, IndexState
from tests.builders import make_archived

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's index of words is on disk"
)


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
    assert (is_laid(), state()) == (True, postgres.WHOLE)
    assert headlines("ferry") == ["Ferry 1"]
    with intake():
        assert (is_laid(), state()) == (True, postgres.WHOLE)
        make_archived(headline="Ferry 2")
        assert set(headlines("ferry")) == {"Ferry 1", "Ferry 2"}
    assert set(headlines("ferry")) == {"Ferry 1", "Ferry 2"}


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
    assert (is_laid(), state()) == (True, postgres.WHOLE)
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
