"""Makes of editions what the index on disk takes, in whichever process: plain values, and the words counted."""

import gc
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from articles.index import disk
from articles.index.keeping_words import Counted, WordCounts
from articles.index.sheet import read, with_filing
from articles.models.edition import Edition


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
    """Editions as the index takes them, the words of those that it did not have, and the last one's key."""

    fields: list[dict[str, Any]] = field(default_factory=list)
    words: Counted = field(default_factory=dict)
    last: int = 0


def of_editions(stretch: tuple[int, int]) -> Typed:
    """Return the editions behind one key up to another as the index takes them."""
    after, upto = stretch
    return _typed(Edition.objects.filter(pk__gt=after, pk__lte=upto), frozenset())


def of_stories(task: tuple[list[int], frozenset[int]]) -> Typed:
    """Return every edition of some stories; words are counted of those that are not among the known ones."""
    story_ids, known = task
    return _typed(Edition.objects.filter(story_id__in=story_ids), known)


def _typed(editions: Any, known: Collection[int]) -> Typed:
    made, tally, now = Typed(), WordCounts(), timezone.now()
    # Rows hold no circles, and looking for some again and again takes a good part of the time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        for edition in with_filing(editions.order_by("pk")):
            sheet, cased = read(edition)
            made.fields.append(disk.fields_of(edition, sheet, now))
            made.last = edition.pk
            if edition.pk not in known:
                tally.add(cased)
    finally:
        if was_on:
            gc.enable()
    made.words = tally.counted()
    return made
