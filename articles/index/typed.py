"""Makes of editions what the engine takes, in whichever process: plain values, and the words counted."""

import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from articles.index import disk, postgres_rows
from articles.index.keeping_words import WordCounts
from articles.index.sheet import TOGETHER, Filed, filing_of, read_many
from articles.models.edition import Edition

# All that a sheet is made from, and no more: a row with every column takes twice as long to read.
READ = (
    "pk", "story_id", "listed_at", "section_id", "published_on", "language", "pictures", "shown_pictures", "headline", "kicker",
    "standfirst", "byline", "bylines", "dateline", "body", "live_from", "live_until", "suppressed_at",
)  # fmt: skip


def stretches(last: int, most: int, is_stopped: Callable[[], bool]) -> Iterator[tuple[int, int]]:
    """Yield (from behind this key, up to that key) for stretches of `most` editions, until there are no more."""
    while not is_stopped():
        following = Edition.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
        keys = list(following[:most])
        if not keys:
            break
        yield last, keys[-1]
        last = keys[-1]


@dataclass(slots=True)
class Typed:
    """Editions as the engine takes them, the words of those that it did not have, and the last one's key."""

    fields: list[Any] = field(default_factory=list)
    words: WordCounts = field(default_factory=WordCounts)
    last: int = 0


def typed(
    editions: Sequence[Edition], filed: Sequence[Filed], now: datetime, known: Collection[int] = ()
) -> Typed:
    """Return editions, of which it is said how each is filed, as the index takes them; words of the known ones are not counted."""
    made = Typed()
    is_rows = postgres_rows.are_searched()
    for start in range(0, len(editions), TOGETHER):
        some = editions[start : start + TOGETHER]
        sheets = read_many(some, filed[start : start + TOGETHER])
        for edition, (sheet, _) in zip(some, sheets, strict=True):
            made.fields.append(
                postgres_rows.row_of(edition, sheet) if is_rows else disk.fields_of(edition, sheet, now)
            )
        made.words.add_all(one for one in sheets if one[0].edition_id not in known)
        made.last = some[-1].pk
    return made


def of_editions(stretch: tuple[int, int]) -> Typed:
    """Return the editions behind one key up to another as the index takes them."""
    after, upto = stretch
    return _typed(Edition.objects.filter(pk__gt=after, pk__lte=upto), frozenset())


def of_stories(task: tuple[list[int], frozenset[int]]) -> Typed:
    """Return every edition of some stories; words are counted of those that are not among the known ones."""
    story_ids, known = task
    return _typed(Edition.objects.filter(story_id__in=story_ids), known)


def _typed(editions: Any, known: Collection[int]) -> Typed:
    # Rows hold no circles, and looking for some again and again takes a good part of the time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        rows = list(editions.order_by("pk").only(*READ))
        return typed(rows, filing_of([edition.pk for edition in rows]), timezone.now(), known)
    finally:
        if was_on:
            gc.enable()
