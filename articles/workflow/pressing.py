"""Takes new stories into the archive by the thousand: set in one process or several, printed off in one transaction a batch."""

import random
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.index.due import mark_due
from articles.index.sheet import Filed as Under
from articles.index.typed import Typed, typed
from articles.models import Edition, EditionKind, Story
from articles.models.shelf_count import Filed, ShelvedStory
from articles.models.story import FIRST_ID, LAST_ID
from articles.workflow import announcing, shelving
from articles.workflow.copy import cleaned
from articles.workflow.editions import HANGING, Filing, add_rows, compose, rows_of
from articles.workflow.events import Act, record_all
from articles.workflow.ingest import Arrival
from newsroom.rows import Row, Rows, next_keys

STORIES = Rows(Story, "id", "made_at")
EDITIONS = Rows(Edition, *(column.attname for column in Edition._meta.concrete_fields))
SHELVED = Rows(ShelvedStory, "story_id", "is_counted", "on", "section", "tags", "people", "due_at")
AT_ONCE = 900
# Story IDs that this process gave out last: what is set and not printed off yet is in no table.
_given: deque[set[int]] = deque(maxlen=64)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What many arrivals are given before they are set: story IDs, keys of their editions, the moment they come in."""

    stories: Sequence[int]
    editions: Sequence[int]
    now: datetime

    @classmethod
    def taken(cls, count: int) -> "Numbers":
        """Take as many as `count` arrivals need."""
        return cls(_free_story_ids(count), next_keys(Edition, count), timezone.now())


@dataclass(slots=True)
class Galley:
    """Stories that are set and not printed off yet: nothing but rows, so that one process can hand it to another."""

    numbers: Numbers
    digests: list[str] = field(default_factory=list)
    editions: list[Row] = field(default_factory=list)
    hanging: dict[str, list[Row]] = field(default_factory=dict)
    shelved: list[Row] = field(default_factory=list)
    counts: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    pairs: Counter[tuple[Any, ...]] = field(default_factory=Counter)
    typed: Typed | None = None


def set_up(
    arrivals: Iterable[Arrival], numbers: Numbers, filing: Filing, *, by: Any = None, is_typed: bool = False
) -> Galley:
    """Set arrivals, each a new story; asks the database nothing. Raises `Refused` where one can never be printed.

    With `is_typed` they are ready for the search index as well.
    """
    galley = Galley(numbers)
    editions: list[Edition] = []
    under: list[Under] = []
    for story_id, key, one in zip(numbers.stories, numbers.editions, arrivals, strict=True):
        contents = cleaned(one.contents)
        edition = compose(
            story_id=story_id,
            previous=None,
            kind=EditionKind.IMPORT,
            contents=contents,
            filing=filing,
            live_from=one.begins(numbers.now),
            dating=one.dating,
            completeness=one.completeness,
            reason=one.reason,
            by=by,
        )
        edition.pk, edition.made_at = key, numbers.now
        # What is yet to come is announced when it does.
        edition.announced_at = None if one.is_to_come(numbers.now) else numbers.now
        galley.digests.append(edition.digest)
        galley.editions.append(EDITIONS.of(edition))
        for kind, row in rows_of(edition, contents, filing):
            galley.hanging.setdefault(kind.table, []).append(row)
        filed = [filing.tags[name] for name in contents.tags if name in filing.tags]
        tags = sorted({tag.pk for tag in filed})
        named = [filing.contributors.get(line.contributor) for line in contents.bylines]
        people = sorted({person.pk for person in named if person})
        _shelve(galley, edition, Filed(edition.published_on, edition.section_id, tuple(tags), tuple(people)))
        if is_typed:
            editions.append(edition)
            under.append(({tag.pk: str(tag.kind) for tag in filed}, people))
    if is_typed:
        galley.typed = typed(editions, under, numbers.now)
    return galley


def _shelve(galley: Galley, edition: Edition, filed: Filed) -> None:
    """Count a story as `shelving.recount` would: where it stands, or when it will."""
    if edition.announced_at is None:
        galley.shelved.append(SHELVED.row(edition.story_id, False, None, None, [], [], edition.live_from))
        return
    row = (edition.story_id, True, filed.on, filed.section, list(filed.tags), list(filed.people), None)
    galley.shelved.append(SHELVED.row(*row))
    galley.counts.update(filed.counts())
    galley.pairs.update(filed.pairs())


# Without a savepoint, for which SQLite copies each page that is written: eight times the work.
@transaction.atomic(savepoint=False)
def print_off(galley: Galley, *, by: Any = None, verb: str = "import") -> dict[int, str]:
    """Publish what was set: as many statements as there are kinds of rows, whole or not at all.

    Returns under which token each story is due in the search index.
    """
    stories, now = galley.numbers.stories, galley.numbers.now
    STORIES.write([STORIES.row(number, now) for number in stories])
    EDITIONS.write(galley.editions)
    add_rows((kind, row) for kind in HANGING for row in galley.hanging.get(kind.table, ()))
    SHELVED.write(galley.shelved)
    shelving.add_up(galley.counts, galley.pairs)
    due = mark_due(stories, new=stories, typed=galley.typed)
    announcing.many_change(stories)
    acts = [
        Act(verb, story_id, {"edition": 1, "digest": digest})
        for story_id, digest in zip(stories, galley.digests, strict=True)
    ]
    record_all(acts, by=by)
    return due


def admit_many(
    *, arrivals: Sequence[Arrival], by: Any = None, verb: str = "import", filing: Filing | None = None
) -> list[int]:
    """Publish many arrivals at once, each a new story, and return their story IDs.

    The tags, contributors, sections and pictures they name must exist; `filing` may be passed in, looked up once
    for many batches.
    """
    with transaction.atomic():
        numbers = Numbers.taken(len(arrivals))
        rows = filing or Filing.of([one.contents for one in arrivals])
        print_off(set_up(arrivals, numbers, rows, by=by), by=by, verb=verb)
    return list(numbers.stories)


def _free_story_ids(count: int) -> list[int]:
    chosen: set[int] = set()
    source = random.SystemRandom()
    while len(chosen) < count:
        wanted = {source.randint(FIRST_ID, LAST_ID) for _ in range(count - len(chosen))} - chosen
        taken = wanted.intersection(chain(*_given))
        every = list(wanted)
        for start in range(0, len(every), AT_ONCE):
            taken |= set(
                Story.objects.filter(pk__in=every[start : start + AT_ONCE]).values_list("pk", flat=True)
            )
        chosen |= wanted - taken
    _given.append(chosen)
    return list(chosen)
