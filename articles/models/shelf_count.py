"""How many public stories stand on each shelf, by month and by day, and which other shelves they share: rows kept beside the editions.

Nothing is counted while a reader waits. The verbs that change what is public call `workflow.shelving.recount` in
their own transaction; a story whose embargo ends by itself is counted by the next `release_due`: late, never early.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet

from articles.models.story import Story

# The periods that are no year (2016), month (201611) or day (20161103).
TOTAL, UNDATED = 0, 1
# The first and the last number that stands for a year, and for a month.
YEARS, MONTHS = (1_000, 9_999), (100_000, 999_999)
# Of a story filed under more tags than this, the pairs of the first alone are counted: they grow by the square.
MOST_PAIRED = 20


class ShelfKind(models.TextChoices):
    """Which sort of shelf is counted."""

    SITE = "a", "the whole paper"
    SECTION = "s", "a section"
    TAG = "t", "a tag"
    PERSON = "p", "a contributor"


def month_of(day: date) -> int:
    """Return a month as the number that stands for it: 201611."""
    return day.year * 100 + day.month


def day_of(day: date) -> int:
    """Return a day as the number that stands for it: 20161103."""
    return month_of(day) * 100 + day.day


def first_day(period: int) -> date:
    """Return the first day of a month or a day written as a number."""
    year, month = divmod(period, 100) if period < 1_000_000 else divmod(period // 100, 100)
    return date(year, month, 1 if period < 1_000_000 else period % 100)


# Asked for some ten times a story.
_SECTION, _TAG, _PERSON = (str(kind.value) for kind in (ShelfKind.SECTION, ShelfKind.TAG, ShelfKind.PERSON))


@dataclass(frozen=True, slots=True)
class Filed:
    """Where one story stands: its day, None if undated, and the keys of its section, tags and contributors."""

    on: date | None
    section: int | None
    tags: tuple[int, ...] = ()
    people: tuple[int, ...] = ()

    def _shelves(self) -> Iterator[tuple[str, int]]:
        if self.section is not None:
            yield _SECTION, self.section
        yield from ((_TAG, key) for key in self.tags)
        yield from ((_PERSON, key) for key in self.people)

    def counts(self) -> Iterator[tuple[str, int, int]]:
        """Give each (kind, shelf, period) in which the story is counted once."""
        periods = (TOTAL, self.on.year, month_of(self.on)) if self.on else (TOTAL, UNDATED)
        for kind, shelf in (("a", 0), *self._shelves()):
            yield from ((kind, shelf, period) for period in periods)
        if self.on:
            yield "a", 0, day_of(self.on)

    def pairs(self) -> Iterator[tuple[str, int, str, int]]:
        """Give each (kind, shelf, kind, other shelf) that the story stands on together: tags of all, sections of people."""
        tags = self.tags[:MOST_PAIRED]
        for kind, shelf in self._shelves():
            yield from ((kind, shelf, "t", tag) for tag in tags if (kind, shelf) != ("t", tag))
            if kind == "p" and self.section is not None:
                yield kind, shelf, "s", self.section


class ShelfCountQuerySet(QuerySet["ShelfCount"]):
    """Reading the counts; rows of nothing are left out."""

    def of(self, kind: str, shelf: int = 0) -> Self:
        """Return the rows of one shelf that count anything."""
        return self.filter(kind=kind, shelf=shelf, stories__gt=0)

    def totals(self, kind: str) -> Self:
        """Return of each shelf of a kind the row that counts all its stories, where there are any."""
        return self.filter(kind=kind, period=TOTAL, stories__gt=0)

    def by_year(self) -> Self:
        """Return the years, and what is in none."""
        return self.filter(Q(period=UNDATED) | Q(period__range=YEARS))

    def by_month(self) -> Self:
        """Return the months, and what is in none."""
        return self.filter(Q(period=UNDATED) | Q(period__range=MONTHS))

    def months(self, first: date | None = None, last: date | None = None) -> Self:
        """Return the months (from that of `first` to that of `last`), in order."""
        bounds = (month_of(first) if first else MONTHS[0], month_of(last) if last else MONTHS[1])
        return self.filter(period__range=bounds).order_by("period")

    def days(self, first: date, last: date) -> Self:
        """Return the days from `first` to `last`, both included, in order."""
        return self.in_periods(day_of(first), day_of(last))

    def in_periods(self, first: int, last: int) -> Self:
        """Return the periods from `first` to `last`, as rows name them, both included, in order."""
        return self.filter(period__range=(first, last)).order_by("period")


class ShelfCount(models.Model):
    """The number of public stories on one shelf in one period; days are counted of the whole paper alone."""

    kind = models.CharField(max_length=1, choices=ShelfKind.choices)
    shelf = models.BigIntegerField()
    period = models.PositiveIntegerField()
    stories = models.IntegerField(default=0)

    objects = ShelfCountQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "shelf", "period"], name="a_period_once_a_shelf"),
        ]

    def __str__(self) -> str:
        return f"{self.stories} on {self.kind}{self.shelf} in {self.period}"


class ShelfPair(models.Model):
    """The number of public stories that stand on two shelves at once."""

    kind = models.CharField(max_length=1, choices=ShelfKind.choices)
    shelf = models.BigIntegerField()
    other_kind = models.CharField(max_length=1, choices=ShelfKind.choices)
    other = models.BigIntegerField()
    stories = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "shelf", "other_kind", "other"], name="two_shelves_once_a_pair"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "shelf", "other_kind", "-stories", "other"], name="pairs_by_stories")
        ]

    def __str__(self) -> str:
        return f"{self.stories} on {self.kind}{self.shelf} and {self.other_kind}{self.other}"


class ShelvedStory(models.Model):
    """What one story was last counted under, so that it is taken off exactly there; `due_at` is when that changes by itself."""

    story = models.OneToOneField(
        Story, related_name="shelved", primary_key=True, on_delete=models.CASCADE, db_index=False
    )
    is_counted = models.BooleanField(default=False)
    on = models.DateField(null=True)
    section = models.BigIntegerField(null=True)
    tags = models.JSONField(default=list)
    people = models.JSONField(default=list)
    due_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="stories_to_count")
        ]

    def __str__(self) -> str:
        return f"story {self.story_id}"

    @property
    def filed(self) -> Filed | None:
        """Return where the story is counted, None if nowhere."""
        if not self.is_counted:
            return None
        return Filed(self.on, self.section, tuple(self.tags), tuple(self.people))

    def keep(self, filed: Filed | None, due_at: datetime | None) -> None:
        """Note that the story is counted there from now on."""
        held = filed or Filed(None, None)
        self.is_counted = filed is not None
        self.on, self.section, self.due_at = held.on, held.section, due_at
        self.tags, self.people = list(held.tags), list(held.people)


def top_tags(kind: str, shelf: int, most: int) -> QuerySet[Any]:
    """Return the keys of the tags that most stories of a shelf carry beside it, for a subquery: one walk along an index."""
    rows = ShelfPair.objects.filter(kind=kind, shelf=shelf, other_kind=ShelfKind.TAG, stories__gt=0)
    return rows.order_by("-stories", "other").values("other")[:most]
