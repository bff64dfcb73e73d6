"""The rows in which a site on PostgreSQL searches: one for each edition, written in the transaction that changes it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from articles.index import postgres_query as sql
from articles.index.asked import Zone
from articles.index.disk import micros
from articles.index.keeping_words import WordCounts, count_words
from articles.index.postgres_counted import filed_of
from articles.index.sheet import Sheet, sheets_of
from articles.models.edition import Edition
from articles.models.search_index import IndexDue, IndexedEdition, IndexState, random_token

STEP, LARGE_STEP = 200, 1_000
# What `IndexState.folder` says where every edition has its row, with these lexemes; raised when they become others.
WHOLE = "postgresql-7"
COLUMNS = (
    "edition_id", "story", "spot", "since", "until", "is_shown", "on", "section", "language", "has_picture", "filed",
    "kinds", "said_h", "said_l", "said_a", "said_b", "said_c", "said_p", "lexemes",
)  # fmt: skip
FEW_ROWS = 20
_UNPACKED = ", ".join(
    f'ALTER "{name}" SET STORAGE EXTERNAL' for name in COLUMNS if name[:5] in ("said_", "lexem")
)


def is_postgres() -> bool:
    """Say whether the database is PostgreSQL."""
    return connection.vendor == "postgresql"


def are_searched() -> bool:
    """Say whether these rows are what is searched: on PostgreSQL, unless the site wants its index on disk."""
    return is_postgres() and settings.SEARCH_INDEX == "database"


def give_up() -> None:
    """Empty the rows, and what was noted of them alone, in the transaction from which on the index on disk is searched."""
    if is_postgres() and IndexedEdition.objects.exists():
        IndexDue.objects.filter(story__lt=0).delete()
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE articles_indexededition")


def write_stories(story_ids: Iterable[int], *, counting: bool = False) -> None:
    """Write the rows of every edition of these stories as they are now; `counting` as in `write`."""
    keys = sorted(set(story_ids))
    step = LARGE_STEP if counting else STEP
    for start in range(0, len(keys), step):
        some = Edition.objects.filter(story_id__in=keys[start : start + step]).order_by("pk")
        write(some, counting=counting)


def write(editions: Any, *, counting: bool = False) -> None:
    """Write the rows of editions, many at once; a row that says the same already is left as it is.

    `counting` counts the words of those that are new, which marks them now: a mark that is set later is a row written twice,
    and each of its words put into the index of words again.
    """
    read_ones = list(sheets_of(editions.defer("rendered")))
    tally = WordCounts()
    if counting:
        keys = [edition.pk for edition, _, _ in read_ones]
        known = set(IndexedEdition.objects.filter(pk__in=keys).values_list("pk", flat=True))
        for edition, sheet, written in read_ones:
            if edition.pk not in known:
                tally.add(sheet, written)
    write_rows(
        [row_of(edition, sheet) for edition, sheet, _ in read_ones], counts=tally if counting else None
    )


def write_rows(rows: Sequence[Sequence[Any]], *, counts: WordCounts | None) -> None:
    """Write rows that `row_of` made; `counts` are the words of those that are new, where they are counted now.

    They are copied into a table of this connection's own, and go from there into the index in one statement: its index of
    lexemes takes those of all rows in their order.
    """
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in COLUMNS[1:])
    differs = (
        ", ".join(f'i."{name}"' for name in COLUMNS[1:]),
        ", ".join(f'excluded."{name}"' for name in COLUMNS[1:]),
    )
    # The names are those of our own columns.
    with connection.cursor() as cursor:
        like = f"SELECT {names} FROM {sql.TABLE}"  # noqa: S608
        cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS arriving AS {like} WITH NO DATA")
        if len(rows) > FEW_ROWS:
            # What goes on at once is not worth packing.
            cursor.execute(f"ALTER TABLE arriving {_UNPACKED}")
        cursor.execute("TRUNCATE arriving")
        with cursor.copy(f"COPY arriving ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(
            f"INSERT INTO {sql.TABLE} AS i ({names}, is_counted)"  # noqa: S608
            f" SELECT {names}, {counts is not None} FROM arriving ORDER BY edition_id"
            f" ON CONFLICT (edition_id) DO UPDATE SET {sets} WHERE ({differs[0]}) IS DISTINCT FROM ({differs[1]})"
        )
    if counts is not None:
        count_words(counts)


def gather_words(*, is_on: bool) -> None:
    """Let the index of lexemes gather the words of many rows before it takes them in, or take in what it gathered and stop.

    While it does, each search reads what is gathered: for as long as very many rows are written beside it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('indexed_lexemes') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return
        cursor.execute(f"ALTER INDEX indexed_lexemes SET (fastupdate = {'on' if is_on else 'off'})")
        if not is_on:
            cursor.execute("SELECT gin_clean_pending_list('indexed_lexemes'::regclass)")


@contextmanager
def gathering() -> Iterator[None]:
    """Let the index of lexemes gather words while very many stories come in, and take them in at the end, however it ends.

    Within a transaction nothing is changed: PostgreSQL lets nobody alter an index of a table that was written to in it.
    """
    if not is_postgres() or connection.in_atomic_block:
        yield
        return
    gather_words(is_on=True)
    try:
        yield
    finally:
        gather_words(is_on=False)


@contextmanager
def laying() -> Iterator[None]:
    """Do without the index of lexemes while the first stories of a site come in, and lay it when they are here.

    Who is stopped meanwhile leaves it to `keep_index`, which writes every row anew.
    """
    mark("")
    drop_word_index()
    yield
    make_word_index()
    mark(WHOLE)


def mark(folder: str) -> None:
    """Say that every edition has its row, where this is `WHOLE`; else that nothing is to be looked for in them."""
    IndexState.objects.update_or_create(pk=1, defaults={"folder": folder, "generation": random_token()})


def drop_word_index() -> None:
    """Do without the index of lexemes while very many rows are written."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS indexed_lexemes")


def make_word_index() -> None:
    """Make the index of lexemes where there is none; written at once, so that no search reads a list of what waits."""
    with transaction.atomic(), connection.cursor() as cursor:
        # With what a server has for it by itself, the index of a million would be written many times over.
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(
            "CREATE INDEX IF NOT EXISTS indexed_lexemes ON articles_indexededition"
            " USING gin (articles_lexemes(lexemes)) WITH (fastupdate = off)"
        )


def row_of(edition: Edition, sheet: Sheet) -> list[Any]:
    """Return the row of an edition, its values in the order of `COLUMNS`."""
    return [
        sheet.edition_id, sheet.story_id, sheet.spot - sql.SHIFT, micros(edition.live_from), micros(edition.live_until),
        edition.suppressed_at is None, sheet.on, sheet.section, sheet.language, sheet.has_picture, filed_of(sheet),
        " ".join(sorted(sheet.kinds)), *(sheet.said[zone] for zone in Zone),
        sql.lexemes_of(sheet),
    ]  # fmt: skip


@transaction.atomic
def count_new_words(most: int = STEP) -> int:
    """Count the words of editions that the archive's list has not heard of; return how many those were."""
    waiting = IndexedEdition.objects.select_for_update(skip_locked=True).filter(is_counted=False)
    keys = list(waiting.order_by("pk").values_list("pk", flat=True)[:most])
    tally = WordCounts()
    tally.add_all(one[1:] for one in sheets_of(Edition.objects.filter(pk__in=keys).defer("rendered")))
    count_words(tally)
    IndexedEdition.objects.filter(pk__in=keys).update(is_counted=True)
    return len(keys)
