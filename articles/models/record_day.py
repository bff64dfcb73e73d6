"""A day of the public record as readers and machines see it: its head, the heads around it, and a line for each edition."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from articles.models.day_head import DayHead, entered_on, from_place, place_of
from articles.models.edition import Edition, EditionQuerySet
from newsroom.keyset import Cursor

LINES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class RecordLine:
    """An edition that entered the record. `headline` and `path` are empty where readers may not see it any more."""

    story_id: int
    number: int
    digest: str
    entered_at: datetime
    headline: str
    language: str
    path: str


@dataclass(frozen=True, slots=True)
class RecordDay:
    """A day: its parts (none while it is not closed), the last head before it and the next after, one page of its lines."""

    day: date
    parts: list[DayHead]
    before: DayHead | None
    after: DayHead | None
    lines: list[RecordLine]
    next: Cursor | None

    @property
    def path(self) -> str:
        """Return the address of its page."""
        return f"/record/{self.day:%Y/%m/%d}/"

    @property
    def head(self) -> DayHead | None:
        """Return the day's head: that of its last part."""
        return self.parts[-1] if self.parts else None

    @property
    def editions(self) -> int:
        """Return how many editions its head covers."""
        return sum(part.editions for part in self.parts)

    @property
    def is_open(self) -> bool:
        """Say whether something entered the record on it and no head covers that yet."""
        return bool(self.lines) and not self.parts


def heads(moment: datetime | None = None) -> QuerySet[DayHead]:
    """Return every part of every closed day, as known at `moment`."""
    rows = DayHead.objects.order_by("day", "part")
    return rows.filter(closed_at__lte=moment) if moment else rows


def latest_heads(moment: datetime | None = None) -> QuerySet[DayHead]:
    """Return the heads of the days that are closed, the last day first."""
    return heads(moment).filter(is_last=True).order_by("-day")


def read_day(on: date, after: Cursor | None = None, moment: datetime | None = None) -> RecordDay | None:
    """Return a day of the record, its lines from the one after `after` on: two queries.

    None for a day to come and for one before the record begins.
    """
    if on > (moment or timezone.now()).astimezone(UTC).date():
        return None
    last = heads(moment).filter(is_last=True)
    before = last.filter(day__lt=on).order_by("-day").values("pk")[:1]
    following = last.filter(day__gt=on).order_by("day").values("pk")[:1]
    near = list(heads(moment).filter(Q(day=on) | Q(pk=Subquery(before)) | Q(pk=Subquery(following))))
    rows = list(_lines(on, after, moment)[: LINES_A_PAGE + 1])
    found = RecordDay(
        day=on,
        parts=[one for one in near if one.day == on],
        before=next((one for one in near if one.day < on), None),
        after=next((one for one in near if one.day > on), None),
        lines=[_line(row) for row in rows[:LINES_A_PAGE]],
        next=_place(rows[LINES_A_PAGE - 1]).of(list_name(on)) if len(rows) > LINES_A_PAGE else None,
    )
    return found if found.parts or found.before or found.lines else None


def list_name(on: date) -> str:
    """Return what a cursor knows the record of a day by."""
    return f"record/{on}"


def read_part(on: date, part: int, moment: datetime | None = None) -> DayHead | None:
    """Return one part of a closed day: one query."""
    return heads(moment).filter(day=on, part=part).first()


def _lines(on: date, after: Cursor | None, moment: datetime | None) -> EditionQuerySet:
    standing = Edition.objects.at(moment).filter(story=OuterRef("story")).order_by("-number")
    rows = entered_on(on, moment).annotate(slug_now=Subquery(standing.values("slug")[:1]))
    rows = rows.only(
        "story_id", "number", "digest", "headline", "language", "live_from", "made_at", "suppressed_at"
    )
    # From the one behind the last that was shown: no edition's number is so high that the next is another story's.
    return from_place(rows, after.listed_at, after.number + 1) if after else rows


def _place(row: Edition) -> Cursor:
    return Cursor(row.entered_at, place_of(row.story_id, row.number))


def _line(row: Any) -> RecordLine:
    is_shown = row.suppressed_at is None and row.slug_now is not None
    return RecordLine(
        story_id=row.story_id,
        number=row.number,
        digest=row.digest,
        entered_at=cast(datetime, row.entered_at),
        headline=row.headline if is_shown else "",
        language=row.language,
        path=f"/story/{row.story_id}/{row.slug_now}/editions/{row.number}/" if is_shown else "",
    )
