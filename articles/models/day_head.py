"""The day's head: one hash over all that became public on a day, chained to the day before, for anybody to keep.

It is the SHA-256 of a plain text that readers can save: the head before it, the day, and a line for each edition that
entered the record on that day, `<story ID> <number> <digest>`. A day of very many editions is in several such
parts, each chained to the one before; the day's head is that of its last. Days are those of UTC, and a day is closed
some time after its end: what is still to become public stands in none. Decision 14 says what that proves and what not.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from articles.models.edition import ENTRY, Edition, EditionQuerySet

# Lines in one part: about 200 KB of text.
MOST_LINES = 2_500
NONE = "none"
_PLACES = 1_000_000


class DayHead(models.Model):
    """One part of a closed day: how many editions it covers, from where in the day's order, its hash and the one before.

    Written once by whoever keeps the record, never changed: it can be recomputed from the editions at any time.
    """

    day = models.DateField()
    part = models.PositiveIntegerField(default=1)
    is_last = models.BooleanField(default=True)
    editions = models.PositiveIntegerField()
    begins_at = models.DateTimeField()
    begins_with = models.BigIntegerField()
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    closed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["day", "part"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "part"], name="a_part_of_a_day_once"),
            models.UniqueConstraint(fields=["previous_digest"], name="one_head_follows_another"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-day"], condition=Q(is_last=True), name="heads_by_day"),
        ]

    def __str__(self) -> str:
        return f"head of {self.day}, part {self.part}"

    @property
    def path(self) -> str:
        """Return the address of the day's page."""
        return f"/record/{self.day:%Y/%m/%d}/"

    @property
    def text_path(self) -> str:
        """Return where the text stands of which `digest` is the hash."""
        return f"{self.path}{self.part}.txt"


def bounds(day: date) -> tuple[datetime, datetime]:
    """Return when a day of the record begins and when the next one does."""
    first = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return first, first + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """An edition in a day's text, and its place in the day's order: since when, and `place`."""

    entered_at: datetime
    story_id: int
    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.story_id} {self.number} {self.digest}"

    @property
    def place(self) -> int:
        """Return story and edition in one number, which orders the editions of one moment."""
        return place_of(self.story_id, self.number)


def place_of(story_id: int, number: int) -> int:
    """Return the place of an edition among those of its moment."""
    return story_id * _PLACES + number


def entered_on(day: date, moment: datetime | None = None) -> EditionQuerySet:
    """Return the editions that entered the record on `day`, public until `moment`, in the order of its text."""
    return Edition.objects.once_public(moment).entered(*bounds(day)).in_order_of_entry()


def from_place(rows: EditionQuerySet, at: datetime, place: int) -> EditionQuerySet:
    """Return of `rows`, which are in their order of entry, those from a place on: one walk along the index."""
    story, number = divmod(place, _PLACES)
    same_moment = Q(story_id__gt=story) | Q(story_id=story, number__gte=number)
    return rows.alias(at=ENTRY).filter(Q(at__gt=at) | same_moment, at__gte=at)


def lines_in(rows: EditionQuerySet) -> Iterator[Line]:
    """Give a line for each of `rows`, which are narrowed and in order already: one query."""
    found = rows.annotate(at=ENTRY).values_list("at", "story_id", "number", "digest")
    for at, story, number, digest in found.iterator(chunk_size=2_000):
        yield Line(at, story, number, digest)


def lines_of(head: DayHead) -> Iterator[Line]:
    """Give the lines that a head covers: one query."""
    rows = from_place(entered_on(head.day, head.closed_at), head.begins_at, head.begins_with)
    return lines_in(rows[: head.editions])


def text_of(day: date, part: int, previous: str, lines: Iterable[str]) -> bytes:
    """Return the text of one part of a day, of which its head is the SHA-256."""
    head = [f"previous {previous or NONE}", f"day {day.isoformat()} part {part}"]
    return "".join(f"{line}\n" for line in [*head, *lines]).encode()


def hash_of(text: bytes) -> str:
    """Return the SHA-256 (hex) of a part's text."""
    return hashlib.sha256(text).hexdigest()
