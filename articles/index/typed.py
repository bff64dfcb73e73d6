"""Makes of editions what the engine takes, in whichever process: plain values, and the words counted."""

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from articles.index import disk
from articles.index.keeping_words import Counted, WordCounts
from articles.index.sheet import Filed, read
from articles.models import EditionByline, EditionTag
from articles.models.edition import Edition

# All that a sheet is made from, and no more: a row with every column takes twice as long to read.
READ = (
    "pk", "story_id", "listed_at", "section_id", "published_on", "language", "pictures", "shown_pictures", "headline", "kicker",
    "standfirst", "byline", "dateline", "body", "live_from", "live_until", "suppressed_at",
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
        rows = list(editions.order_by("pk").only(*READ))
        filed = _filed([edition.pk for edition in rows])
        for edition in rows:
            sheet, written = read(edition, filed[edition.pk])
            made.fields.append(disk.fields_of(edition, sheet, now))
            made.last = edition.pk
            if edition.pk not in known:
                tally.add(sheet, written)
    finally:
        if was_on:
            gc.enable()
    made.words = tally.counted()
    return made


def _filed(keys: list[int]) -> Mapping[int, Filed]:
    """Return what editions are filed under, without an object for each of its rows."""
    found = defaultdict[int, Filed](lambda: Filed({}, set()))
    tags = EditionTag.objects.filter(edition__in=keys).order_by()
    for edition, tag, kind in tags.values_list("edition_id", "tag_id", "tag__kind"):
        found[edition].tags[tag] = kind
    people = EditionByline.objects.filter(edition__in=keys).order_by()
    for edition, person in people.values_list("edition_id", "contributor_id"):
        found[edition].people.add(person)
    return found
