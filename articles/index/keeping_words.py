"""Keeps the list of the archive's words: how many editions have each, and how often it is written with a capital."""

from collections.abc import Iterable, Iterator

from django.db import connection

from articles.index import alike
from articles.index.sheet import Cased, read
from articles.models.edition import Edition
from articles.models.search_index import IndexWord

# As many rows as one statement writes, of five values each.
A_STATEMENT = 150


# Of a word: how many editions have it, how often it is seen in running text, and how often with a capital.
Counted = dict[str, tuple[int, int, int]]


def words_of(editions: Iterable[Edition]) -> dict[str, IndexWord]:
    """Return the words of editions, counted."""
    counted: Counted = {}
    for edition in editions:
        add_words(counted, read(edition)[1])
    return {row.word: row for row in rows_of(counted)}


def add_words(counted: Counted, cased: Cased) -> None:
    """Count the words of one more edition."""
    for word, (seen, capitals) in cased.items():
        held = counted.get(word)
        counted[word] = (
            (1, seen, capitals) if held is None else (held[0] + 1, held[1] + seen, held[2] + capitals)
        )


def rows_of(counted: Counted) -> Iterator[IndexWord]:
    """Return words that were counted as rows."""
    for word, (editions, seen, capitals) in counted.items():
        yield IndexWord(
            word=word, editions=editions, seen=seen, capitals=capitals, alike=alike.key(word)[:60]
        )


def count_words(counted: Counted) -> None:
    """Add words that were counted to the archive's list."""
    table = IndexWord._meta.db_table
    # In order, so that no two writers wait for each other.
    every = sorted(counted)
    sums = ", ".join(f"{one} = {table}.{one} + excluded.{one}" for one in ("editions", "seen", "capitals"))
    for start in range(0, len(every), A_STATEMENT):
        some = every[start : start + A_STATEMENT]
        holes = ", ".join(["(%s, %s, %s, %s, %s)"] * len(some))
        # The names are those of our own columns, and every value is a parameter.
        added = f"INSERT INTO {table} (word, editions, seen, capitals, alike) VALUES {holes}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(
                f"{added} ON CONFLICT (word) DO UPDATE SET {sums}",
                [value for word in some for value in (word, *counted[word], alike.key(word)[:60])],
            )
