"""Keeps the list of the archive's words: how many editions have each, and how often it is written with a capital."""

from collections.abc import Iterable

from django.db import connection

from articles.index import alike
from articles.index.sheet import cased
from articles.models.edition import Edition
from articles.models.search_index import IndexWord

# As many rows as one statement writes, of five values each.
A_STATEMENT = 150


def words_of(editions: Iterable[Edition]) -> dict[str, IndexWord]:
    """Return the words of editions, counted."""
    rows: dict[str, IndexWord] = {}
    for edition in editions:
        add_words(rows, edition)
    return rows


def add_words(rows: dict[str, IndexWord], edition: Edition) -> None:
    """Count the words of an edition into `rows`."""
    for word, (seen, capitals) in cased(edition).items():
        row = rows.get(word)
        if row is None:
            row = rows[word] = IndexWord(word=word, alike=alike.key(word)[:60])
        row.editions += 1
        row.seen += seen
        row.capitals += capitals


def count_words(rows: Iterable[IndexWord]) -> None:
    """Add words as they are counted in `rows` to the archive's list."""
    table = IndexWord._meta.db_table
    # In order, so that no two writers wait for each other.
    every = sorted(rows, key=lambda row: row.word)
    sums = ", ".join(f"{one} = {table}.{one} + excluded.{one}" for one in ("editions", "seen", "capitals"))
    for start in range(0, len(every), A_STATEMENT):
        some = every[start : start + A_STATEMENT]
        holes = ", ".join(["(%s, %s, %s, %s, %s)"] * len(some))
        # The names are those of our own columns, and every value is a parameter.
        added = f"INSERT INTO {table} (word, editions, seen, capitals, alike) VALUES {holes}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(
                f"{added} ON CONFLICT (word) DO UPDATE SET {sums}",
                [
                    value
                    for row in some
                    for value in (row.word, row.editions, row.seen, row.capitals, row.alike)
                ],
            )
