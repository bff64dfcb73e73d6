"""On this day: what ran on one day of the calendar, in every year that has any."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import prose
from articles.archive.linked_facts import list_facts
from articles.models.edition import Edition, EditionQuerySet
from articles.models.front_page import weight_on_its_day
from articles.models.shelf import LEAP, days_of_years, name_of_day
from articles.models.shelf_count import ShelfCount, ShelfKind, day_of, first_day
from articles.paper.page import masthead, page
from newsroom.prepared import prepared

# Of each year the stories before it leads to that day's paper.
OF_A_YEAR = 4


@require_safe
def today(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """Show what ran on this day in every year. Three queries."""
    now = timezone.localdate(moment)
    return _page(request, now.month, now.day, moment)


@require_safe
def on(request: HttpRequest, month: int, day: int, *, moment: datetime | None = None) -> HttpResponse:
    """Show what ran on a day of the calendar in every year. Three queries."""
    return _page(request, month, day, moment)


def _page(request: HttpRequest, month: int, day: int, moment: datetime | None) -> HttpResponse:
    try:
        of_a_leap_year = date(LEAP, month, day)
    except ValueError as no_such_day:
        raise Http404 from no_such_day
    head = masthead(moment)
    days: list[date] = []
    if head.first_on and head.last_on:
        days = days_of_years(month, day, head.first_on.year, head.last_on.year)
    found = _years(days, moment) if days else []
    stories = [edition for one in found for edition in one["editions"]]
    path = f"/on-this-day/{of_a_leap_year:%m/%d}/"
    name = name_of_day(of_a_leap_year)
    context = {
        "day": of_a_leap_year,
        "before": _shifted(of_a_leap_year, -1),
        "after": _shifted(of_a_leap_year, 1),
        "years": found,
        "feed_name": name,
        "linked_facts": [prose.as_data(list_facts(name, path, stories))],
    }
    return page(request, "archive/this_day.html", context, head=head)


def _years(days: list[date], moment: datetime | None) -> list[dict[str, Any]]:
    """Return of each of these days that has any its first stories, and how many there are: two queries."""
    counts: dict[date, int] = {}
    if moment is None:
        counts = {first_day(period): stories for period, stories in _counted(*map(day_of, days))}
    by_day: dict[date, list[Edition]] = {}
    for edition in _led(*days, moment=moment):
        if edition.published_on is not None:
            by_day.setdefault(edition.published_on, []).append(edition)
    return [
        {
            "on": day,
            "editions": sorted(by_day[day], key=weight_on_its_day, reverse=True),
            "more": max(0, counts.get(day, 0) - len(by_day[day])),
        }
        for day in days
        if day in by_day
    ]


@prepared
def _led(*days: date, moment: datetime | None) -> EditionQuerySet:
    public = Edition.objects.at(moment)
    walks = [public.on_day(day).order_by("-listed_at", "-story_id").values("pk")[:OF_A_YEAR] for day in days]
    first, *others = [public.filter(pk__in=walk).order_by().values("pk") for walk in walks]
    return public.filter(pk__in=first.union(*others)).listed()


@prepared
def _counted(*periods: int) -> QuerySet[ShelfCount, Any]:
    rows = ShelfCount.objects.of(ShelfKind.SITE).filter(period__in=periods)
    return rows.values_list("period", "stories")


def _shifted(day: date, step: int) -> date:
    return date.fromordinal(day.toordinal() + step).replace(year=LEAP)
