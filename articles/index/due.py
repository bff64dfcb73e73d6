"""Which stories changed since the index took them in: told in the transaction that changes them, and read from there.

So what a transaction changed is found, changed or gone within it, and after its rollback as before: what is due does not
count as the disk has it, and is read from the database's own rows.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from secrets import randbits
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from articles.index import postgres_rows
from articles.index.keeping_words import WordCounts, rows_of
from articles.index.sheet import Sheet, sheets_of
from articles.index.typed import Typed
from articles.models.edition import Edition
from articles.models.search_index import IndexDue, IndexWord, random_token
from newsroom.prepared import prepared
from newsroom.rows import Rows

# So many are read from their rows in a search; where more are due, those beyond wait for the fold, and readers are told.
MOST_READ = 1_000
# Of more new stories than that the words are counted at once, where rows are what is searched; no more are noted each.
FEW = 100
# On PostgreSQL so many that changed since the others were counted are looked at one by one; beyond, all is counted together.
MOST_LATELY = 200
DUE = Rows(IndexDue, "story", "token", "is_known")


def mark_due(
    story_ids: Iterable[int], *, new: Iterable[int] = (), typed: Typed | None = None
) -> dict[int, str]:
    """Note in this transaction that stories changed; of `new` ones no index can know anything yet.

    `typed` are all their editions as the index takes them, where somebody has them already. Returns the token of each
    story that is due now. Where rows of PostgreSQL are searched, which are written at once, none is: what is noted there
    is what was not so when others were counted.
    """
    fresh, keys = set(new), sorted(set(story_ids))
    if not postgres_rows.are_searched():
        rows = [(key, random_token(), key not in fresh) for key in keys]
        DUE.merge(rows, ["story"], put=["token"])
        return {story: token for story, token, _ in rows}
    if typed is None:
        postgres_rows.write_stories(keys, counting=len(fresh) > FEW)
    else:
        postgres_rows.write_rows(typed.fields, counts=typed.words)
    # Many are noted together, by a number that is no story's: whatever was counted is counted anew.
    changed = [(key, key not in fresh) for key in keys] if len(keys) <= FEW else [(-randbits(48), True)]
    DUE.merge([(key, random_token(), is_known) for key, is_known in changed], ["story"], put=["token"])
    return {}


def done_with(due: Iterable[tuple[int, str]]) -> None:
    """Forget what was due, each story with its token, unless it has changed again since."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM articles_indexdue WHERE story = %s AND token = %s", list(due))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a search is told first: the live index and its generation, and what is due beside it.

    `tokens` are those of stories to be read from their rows; `known` the stories that do not count as the disk has them.
    """

    folder: str
    generation: str
    tokens: dict[int, str]
    known: list[int]
    is_cut: bool


def waiting() -> Waiting:
    """Read what is due: one query, two while very much is."""
    return waiting_and()[0]


def waiting_and(*others: str) -> tuple[Waiting, tuple[Any, ...]]:
    """Read what is due, and in the same query other values: each one an expression, or a SELECT of one in brackets."""
    asked = "".join(f", {other}" for other in others)
    with connection.cursor() as cursor:
        # The expressions are our own.
        cursor.execute(
            f"SELECT s.folder, s.generation, d.story, d.token, d.is_known{asked} FROM (SELECT 1 AS one) AS o"  # noqa: S608
            " LEFT JOIN articles_indexstate AS s ON s.id = 1 LEFT JOIN articles_indexdue AS d ON 1 = 1 LIMIT %s",
            [MOST_READ + 1],
        )
        rows = cursor.fetchall()
    folder, generation = rows[0][0] or "", rows[0][1] or ""
    due = [row[2:5] for row in rows if row[2] is not None]
    is_cut = len(due) > MOST_READ
    known = (
        list(IndexDue.objects.filter(is_known=True).values_list("story", flat=True))
        if is_cut
        else [story for story, _, is_known in due if is_known]
    )
    tokens = {story: token for story, token, _ in due[:MOST_READ]}
    return Waiting(folder, generation, tokens, sorted(known), is_cut), tuple(rows[0][5:])


@dataclass(frozen=True, slots=True)
class _Read:
    sheet: Sheet
    words: dict[str, IndexWord]


# By token and edition: what a token stands for never changes. The oldest are forgotten first.
_read: OrderedDict[tuple[str, int], _Read] = OrderedDict()


def read_due(tokens: dict[int, str], moment: datetime | None) -> tuple[list[Sheet], dict[str, IndexWord]]:
    """Return the sheets of due stories that readers see at `moment`, and their words."""
    if not tokens:
        return [], {}
    rows = {(tokens[story], key): None for key, story in _public(list(tokens), moment=moment)}
    missing = [key for key in rows if key not in _read]
    held = {key: one for key in rows if (one := _read.get(key)) is not None}
    if missing:
        by_key = {edition: key for key in missing for edition in [key[1]]}
        for edition, sheet, written in sheets_of(_whole(list(by_key), moment=moment)):
            tally = WordCounts()
            tally.add(sheet, written)
            one = _Read(sheet, {row.word: row for row in rows_of(tally)})
            held[by_key[edition.pk]] = _read[by_key[edition.pk]] = one
        while len(_read) > 2 * MOST_READ:
            _read.popitem(last=False)
    words: dict[str, IndexWord] = {}
    for one in held.values():
        words |= one.words
    return [one.sheet for one in held.values()], words


@prepared
def _public(stories: list[int], *, moment: datetime | None) -> QuerySet[Edition, Any]:
    return Edition.objects.at(moment).filter(story_id__in=stories).values_list("pk", "story_id")


@prepared
def _whole(keys: list[int], *, moment: datetime | None) -> QuerySet[Edition]:
    return Edition.objects.at(moment).filter(pk__in=keys).defer("rendered")
