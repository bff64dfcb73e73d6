"""Counts what PostgreSQL finds, by every kind of filing, in one statement."""

from collections.abc import Iterable, Sequence
from typing import Any

from articles.index.found import Counts
from articles.index.postgres_query import Condition, rows_of
from articles.index.sheet import Sheet

# What has few values is counted by all of them together; what a row has several of, in a pass of its own.
_PASSES = """
SELECT section, language, has_picture, kinds, NULL::bigint, count(*) FROM m GROUP BY 1, 2, 3, 4
UNION ALL SELECT NULL, NULL, NULL, NULL, one, count(*) FROM (SELECT unnest(filed) AS one FROM m) AS f GROUP BY 5
"""
# In what a row is filed under, a tag is its key, a contributor the same below zero, a month its number from here on.
FIRST_MONTH = 1 << 40


def filed_of(sheet: Sheet) -> list[int]:
    """Return what of an edition is counted one by one, as `FIRST_MONTH` says."""
    months = [] if sheet.on is None else [FIRST_MONTH + sheet.on.year * 12 + sheet.on.month - 1]
    return [*sorted(sheet.tags), *sorted(-key for key in sheet.people), *months]


def counting(which: Sequence[Condition]) -> Condition:
    """Return the query that counts the editions that meet any of some conditions, with its values, for `counts_of` to read.

    What reads whole texts, or has several conditions, is asked once. Any other is asked for each pass: the server then shares the
    pass among its processes, and keeps nothing in between.
    """
    rows, values = rows_of(which, "section, language, has_picture, kinds, filed")
    kept = "MATERIALIZED" if "strpos" in rows or len(which) > 1 else "NOT MATERIALIZED"
    return f"WITH m AS {kept} ({rows}) {_PASSES}", values


def counts_of(rows: Iterable[tuple[Any, ...]]) -> Counts:
    """Return what the rows of `counting` say."""
    counts = Counts()
    for section, language, has_picture, kinds, one, stories in rows:
        if one is None:
            counts.total += stories
            counts.pictured += stories if has_picture else 0
            counts.languages[language] += stories
            counts.kinds.update(dict.fromkeys(kinds.split(), stories))
            if section is not None:
                counts.sections[section] += stories
        elif one < 0:
            counts.people[-one] = stories
        elif one < FIRST_MONTH:
            counts.tags[one] = stories
        else:
            year, month = divmod(one - FIRST_MONTH, 12)
            counts.months[year, month + 1] = stories
    return counts
