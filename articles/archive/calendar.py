"""The archive by date: a year's days, a month's calendar, a day's paper, each with the nearest that has any."""

from calendar import Calendar, monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from articles import prose
from articles.archive import drawing, month_leads
from articles.archive.linked_facts import collection
from articles.archive.lists import paged, part_of
from articles.models import shelf as shelves
from articles.models.edition import Edition
from articles.models.front_page import paper_of
from articles.models.shelf_count import ShelfCount, ShelfKind, day_of
from articles.paper.page import masthead, one_of, page
from newsroom.keyset import cursor_in
from newsroom.prepared import prepared

WEEK = Calendar(firstweekday=0)
# So many stories of a day stand on its first page.
A_PAPER = 60


@dataclass(frozen=True, slots=True)
class Square:
    """One square of a calendar: a day, whether it belongs to the month, how many stories ran on it, and its lead."""

    day: date
    is_in_month: bool
    count: int
    lead: Edition | None = None

    @property
    def path(self) -> str:
        """Return the address of the day's paper."""
        return f"/{self.day:%Y/%m/%d}/"


@dataclass(frozen=True, slots=True)
class Nearest:
    """The days before and after a period on which any story ran."""

    before: date | None
    after: date | None


@require_safe
def year(request: HttpRequest, year: int, *, moment: datetime | None = None) -> HttpResponse:
    """Show a year's months with their counts, and its days as a strip. Three queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = counted(first, last, moment)
    _refuse_tomorrow(first, days, moment)
    counts = _by_month(days)
    most = max(counts.values(), default=1)
    months = [(day, counts.get(day, 0)) for day in (date(year, month, 1) for month in range(1, 13))]
    context: dict[str, Any] = {
        "first": first,
        "months": [(day, n, drawing.shade(n, most)) for day, n in months],
        "strip": drawing.strip(year, days),
        "total": sum(counts.values()),
        "nearest": nearest(first, last, moment),
    }
    if counts:
        named = [(date_format(day, "F Y"), f"/{day:%Y/%m}/") for day, count in months if count]
        context["linked_facts"] = [prose.as_data(collection(str(year), f"/{year}/", named))]
    return page(request, "archive/year.html", context)


@paged
def month(request: HttpRequest, year: int, month: int, *, moment: datetime | None = None) -> HttpResponse:
    """Show a month as a calendar with the lead of each day, and its stories. Three queries, of an empty one two."""
    after = cursor_in(request)
    first = date(year, month, 1)
    last = date(year, month, monthrange(year, month)[1])
    shelf = shelves.month(year, month, moment)
    part, leads = month_leads.month_and_leads(shelf, first, last, after, moment)
    counts = counted(first, last, moment) if part["editions"] else {}
    _refuse_tomorrow(first, part["editions"], moment)
    context: dict[str, Any] = {
        **part,
        "first": first,
        "weeks": _weeks(first, counts, leads),
        "total": sum(counts.values()),
    }
    if moment is None:
        head = masthead(beside_of=(month_leads.neighbours, first, last))
    else:
        head = masthead(moment, beside=month_leads.neighbours(first, last, moment))
    context["nearest"] = Nearest(*month_leads.found_near(head.beside))
    return page(request, "archive/month.html", context, head=head)


@paged
def day(
    request: HttpRequest, year: int, month: int, day: int, *, moment: datetime | None = None
) -> HttpResponse:
    """Show a day's paper, or say that none is known and offer the nearest. Three queries."""
    after = cursor_in(request)
    try:
        on = date(year, month, day)
    except ValueError as no_such_day:
        raise Http404 from no_such_day
    context = part_of(shelves.day(on, moment), after, A_PAPER)
    _refuse_tomorrow(on, context["editions"], moment)
    head = masthead(moment)
    if after is None:
        context["paper"] = paper_of(context["editions"], head.sections)
    context |= {"on": on, "nearest": nearest(on, on, moment)}
    return page(request, "archive/day.html", context, head=head)


def counted(first: date, last: date, moment: datetime | None) -> dict[date, int]:
    """Return how many stories ran on each day that has any: from the rows kept of it, at another moment counted anew."""
    if moment is not None:
        return dict(Edition.objects.at(moment).between(first, last).counted_by("day"))
    return drawing.in_days(_days(day_of(first), day_of(last)))


@prepared
def _days(first: int, last: int) -> QuerySet[Any, Any]:
    return ShelfCount.objects.of(ShelfKind.SITE).in_periods(first, last).values_list("period", "stories")


def nearest(first: date, last: date, moment: datetime | None = None) -> Nearest:
    """Return the days with stories nearest to a period: one query, two looks in an index."""
    rows = list(_nearest(first, last, moment=moment)) if moment else _nearest_now(first, last)
    found = [on for (on,) in rows if on is not None]
    return Nearest(
        next((on for on in found if on < first), None), next((on for on in found if on > last), None)
    )


@prepared
def _nearest_now(first: date, last: date) -> QuerySet[Edition, Any]:
    return _nearest(first, last)


def _nearest(first: date, last: date, *, moment: datetime | None = None) -> QuerySet[Edition, Any]:
    dated = Edition.objects.at(moment).dated(moment)
    before = one_of(dated.filter(published_on__lt=first), "-published_on").values_list("published_on")
    after = one_of(dated.filter(published_on__gt=last), "published_on").values_list("published_on")
    return before.union(after, all=True)


def _by_month(days: Mapping[date, int]) -> dict[date, int]:
    months: dict[date, int] = {}
    for day, count in days.items():
        months[day.replace(day=1)] = months.get(day.replace(day=1), 0) + count
    return months


def _weeks(first: date, counts: Mapping[date, int], leads: Mapping[date, Edition]) -> list[list[Square]]:
    weeks = WEEK.monthdatescalendar(first.year, first.month)
    return [
        [
            Square(day, day.month == first.month, counts.get(day, 1 if day in leads else 0), leads.get(day))
            for day in week
        ]
        for week in weeks
    ]


def _refuse_tomorrow(first: date, stories: Iterable[Any], moment: datetime | None) -> None:
    """Let no crawler walk into the future: a day to come has a page only if something is there."""
    if not any(True for _ in stories) and first > timezone.localdate(moment):
        raise Http404
