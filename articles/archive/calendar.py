"""The archive by date: a year's months, a month's days, a day's paper, each with the nearest that has any."""

from calendar import Calendar, monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.archive.lists import cursor_in, paged, part_of
from articles.archive.paper import one_of, page
from articles.models import shelf as shelves
from articles.models.edition import Edition

WEEK = Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Square:
    """One square of a calendar: a day, whether it belongs to the month, how many stories ran on it."""

    day: date
    is_in_month: bool
    count: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """The days before and after a period on which any story ran."""

    before: date | None
    after: date | None


@require_safe
def year(request: HttpRequest, year: int, *, moment: datetime | None = None) -> HttpResponse:
    """Show a year's months with their counts, drawn as small calendars would be. Three queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    counts = dict(Edition.objects.at(moment).between(first, last).counted_by("month"))
    _refuse_tomorrow(first, counts, moment)
    months = [(day, counts.get(day, 0)) for day in (date(year, month, 1) for month in range(1, 13))]
    most = max(counts.values(), default=1)
    context = {
        "first": first,
        "months": [(day, n, -(-n * 5 // most)) for day, n in months],
        "total": sum(counts.values()),
        "nearest": nearest(first, last, moment),
    }
    return page(request, "archive/year.html", context)


@paged
def month(request: HttpRequest, year: int, month: int, *, moment: datetime | None = None) -> HttpResponse:
    """Show a month as a calendar, and its stories. Three queries."""
    after = cursor_in(request)
    first = date(year, month, 1)
    last = date(year, month, monthrange(year, month)[1])
    before, following = _days_around(first, last)
    counts = dict(Edition.objects.at(moment).between(before, following).counted_by("day"))
    inside = {day: n for day, n in counts.items() if first <= day <= last}
    context: dict[str, Any] = {
        "first": first,
        "weeks": _weeks(first, inside),
        "total": sum(inside.values()),
        "nearest": Nearest(
            max((day for day in counts if day < first), default=None),
            min((day for day in counts if day > last), default=None),
        ),
    }
    if inside:
        context |= part_of(shelves.month(year, month, moment), after)
    else:
        _refuse_tomorrow(first, inside, moment)
        context |= {"editions": [], "nearest": nearest(first, last, moment)}
    return page(request, "archive/month.html", context)


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
    context = part_of(shelves.day(on, moment), after)
    _refuse_tomorrow(on, context["editions"], moment)
    return page(request, "archive/day.html", {"on": on, **context, "nearest": nearest(on, on, moment)})


def nearest(first: date, last: date, moment: datetime | None = None) -> Nearest:
    """Return the days with stories nearest to a period: one query, two looks in an index."""
    dated = Edition.objects.at(moment).dated(moment)
    before = one_of(dated.filter(published_on__lt=first), "-published_on").values_list("published_on")
    after = one_of(dated.filter(published_on__gt=last), "published_on").values_list("published_on")
    found = [on for (on,) in before.union(after, all=True) if on is not None]
    return Nearest(
        next((on for on in found if on < first), None), next((on for on in found if on > last), None)
    )


def _days_around(first: date, last: date) -> tuple[date, date]:
    before = (first - timedelta(days=1)).replace(day=1)
    after = last + timedelta(days=1)
    return before, after.replace(day=monthrange(after.year, after.month)[1])


def _weeks(first: date, counts: dict[date, int]) -> list[list[Square]]:
    weeks = WEEK.monthdatescalendar(first.year, first.month)
    return [[Square(day, day.month == first.month, counts.get(day, 0)) for day in week] for week in weeks]


def _refuse_tomorrow(first: date, stories: Iterable[Any], moment: datetime | None) -> None:
    """Let no crawler walk into the future: a day to come has a page only if something is there."""
    if not any(True for _ in stories) and first > timezone.localdate(moment):
        raise Http404
