"""What runs out: the rights that end in the coming twelve months by week and month, what has ended and is still shown, whose they are."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Edition, EditionPicture
from articles.picture_desk.lists import wanting
from media.models import Picture, RightsState
from media.models.rights import in_state

DAYS, WEEKS = 365, 53
MOST_LISTED = 100
# The drawing: a bar a week, in units of the SVG's own box.
BAR, GAP, TALL = 14, 4, 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One week of the drawing: its Monday, how many run out, how many of them readers see, and where its bars stand."""

    monday: date
    count: int
    live: int
    left: int
    top: int
    height: int
    live_top: int
    live_height: int
    begins_month: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the forecast: its first day, how many run out, how many of them readers see."""

    first: date
    count: int
    live: int


def with_live_uses(rows: QuerySet[Picture]) -> QuerySet[Any]:
    """Add `live_uses`: in how many stories readers see the picture now."""
    live = EditionPicture.objects.filter(
        picture=OuterRef("pk"), edition__in=Edition.objects.at().values("pk")
    )
    counted = live.order_by().values("picture").annotate(n=Count("pk")).values("n")
    return rows.annotate(live_uses=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def ending(first: date, last: date) -> QuerySet[Picture]:
    """Return the pictures whose rights end from `first` to `last`, both included, soonest first."""
    rows = wanting().filter(rights_end_on__gte=first, rights_end_on__lte=last)
    return with_live_uses(rows).order_by("rights_end_on", "-live_uses", "pk")


def ended_and_shown() -> QuerySet[Picture]:
    """Return the pictures whose rights ran out and that readers still see, those in most stories first."""
    rows = wanting().filter(in_state(RightsState.EXPIRED, timezone.localdate()))
    return with_live_uses(rows).filter(live_uses__gt=0).order_by("-live_uses", "rights_end_on", "pk")


def days_of(today: date) -> list[tuple[date, int, int]]:
    """Return (day, how many run out, how many of those readers see) for each day of the coming year that has any: one query."""
    shown = EditionPicture.objects.filter(edition__in=Edition.objects.at().values("pk"))
    rows = wanting().filter(rights_end_on__gte=today, rights_end_on__lte=today + timedelta(days=DAYS))
    counts = rows.order_by("rights_end_on").values_list("rights_end_on")
    live = Count("pk", filter=Q(pk__in=shown.values("picture")))
    return [(day, every, seen) for day, every, seen in counts.annotate(n=Count("pk"), seen=live) if day]


def months_of(today: date, days: list[tuple[date, int, int]]) -> list[Month]:
    """Return the thirteen calendar months that the coming year touches, those without an end among them."""
    every, live = Counter[date](), Counter[date]()
    for day, count, seen in days:
        every[day.replace(day=1)] += count
        live[day.replace(day=1)] += seen
    first, months = today.replace(day=1), []
    for _ in range(13):
        months.append(Month(first, every[first], live[first]))
        first = (first + timedelta(days=32)).replace(day=1)
    return months


def bars_of(today: date, days: list[tuple[date, int, int]]) -> list[Bar]:
    """Return the drawing's bars, one a week from this one on, the tallest `TALL` high."""
    start = today - timedelta(days=today.weekday())
    every, live = Counter[date](), Counter[date]()
    for day, count, seen in days:
        monday = day - timedelta(days=day.weekday())
        every[monday] += count
        live[monday] += seen
    tallest = max([1, *every.values()])
    bars = []
    for week in range(WEEKS):
        monday = start + timedelta(weeks=week)
        height = _tall(every[monday], tallest)
        seen = _tall(live[monday], tallest)
        begins = week == 0 or monday.day <= 7
        bars.append(
            Bar(
                monday,
                every[monday],
                live[monday],
                week * (BAR + GAP),
                TALL - height,
                height,
                TALL - seen,
                seen,
                begins,
            )
        )
    return bars


def _tall(count: int, tallest: int) -> int:
    return max(4, round(TALL * count / tallest)) if count else 0


def holders(today: date) -> list[dict[str, object]]:
    """Return who holds what runs out in the coming year: name, how many, the first and the last day; most first."""
    rows = wanting().filter(rights_end_on__gte=today, rights_end_on__lte=today + timedelta(days=DAYS))
    grouped = rows.order_by().values(holder=F("rights_holder"))
    counts = grouped.annotate(count=Count("pk"), first=Min("rights_end_on"), last=Max("rights_end_on"))
    return [dict(row) for row in counts.order_by("-count", "holder")[:MOST_LISTED]]


HEAD = [
    "Media ID",
    "Caption",
    "Credit",
    "Rights",
    "Holder",
    "Terms",
    "Rights end on",
    "Days left",
    "Uses allowed",
    "Stories that show it now",
]


def table() -> Iterator[list[str]]:
    """Give the rows of the forecast as a spreadsheet takes them: first what ran out and is shown, then the coming year."""
    today = timezone.localdate()
    yield HEAD
    for rows in (ended_and_shown(), ending(today, today + timedelta(days=DAYS))):
        for picture in rows.defer("said_in_file", "search_text", "likeness").iterator(500):
            yield [plain(cell) for cell in _cells(picture, today)]


def _cells(picture: Picture, today: date) -> list[str]:
    end = picture.rights_end_on
    return [
        picture.media_id or "", picture.caption_in_force or "", picture.credit, str(picture.get_rights_class_display()),
        picture.rights_holder, picture.rights_terms, end.isoformat() if end else "", str((end - today).days) if end else "",
        str(picture.get_uses_display()), str(getattr(picture, "live_uses", 0)),
    ]  # fmt: skip


def plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: one that begins like one is quoted."""
    is_number = cell.removeprefix("-").isdigit()
    return (
        f"'{cell}"
        if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n")) and not is_number
        else cell
    )
