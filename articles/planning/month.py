"""Shows a month as a calendar: what is due, scheduled, embargoed and published on each day, by slug."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from articles import roles
from articles.models import Edition
from articles.planning import known, whose_turn

# How many published stories a day shows before it sends one to the paper's own page of that day.
PUBLISHED_SHOWN = 4
# A month of more copy than this shows the first of it; the budget lists the rest.
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One story on one day: why it stands there (due, scheduled, embargoed or published), at what hour, under which slug."""

    kind: str
    at: datetime | None
    slug: str
    words: str
    address: str
    story_id: int
    token: str = ""
    is_overdue: bool = False


@dataclass(slots=True)
class Day:
    """One square of the calendar."""

    on: date
    is_in_month: bool
    is_today: bool
    entries: list[Entry] = field(default_factory=list)
    published: int = 0

    @property
    def more(self) -> int:
        """How many stories ran that day beside those shown."""
        shown = sum(entry.kind == "published" for entry in self.entries)
        return max(0, self.published - shown)


@require_safe
def this_month(request: HttpRequest) -> HttpResponse:
    """Show the month that it is."""
    today = timezone.localdate()
    return _page(request, date(today.year, today.month, 1))


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show the month of an address."""
    if not (MINYEAR < year < MAXYEAR and 1 <= month <= 12):
        raise Http404
    return _page(request, date(year, month, 1))


def _page(request: HttpRequest, first: date) -> HttpResponse:
    if not roles.has_role(request.user, "start"):
        raise PermissionDenied
    days = _days(first)
    _fill(days, request.user)
    context = {
        **admin.site.each_context(request),
        "title": date_format(first, "F Y"),
        "first": first,
        "before": first - timedelta(days=1),
        "after": (first + timedelta(days=31)).replace(day=1),
        "today": timezone.localdate(),
        "weekdays": [days[n].on for n in range(7)],
        "weeks": [days[n : n + 7] for n in range(0, len(days), 7)],
        "zone": timezone.get_current_timezone_name(),
    }
    return TemplateResponse(request, "planning/month.html", context)


def _days(first: date) -> list[Day]:
    """Return the squares of a month: whole weeks from Monday, those of the neighbours among them."""
    start = first - timedelta(days=first.weekday())
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    end = last + timedelta(days=6 - last.weekday())
    today = timezone.localdate()
    squares = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return [Day(on, on.month == first.month, on == today) for on in squares]


def _fill(days: list[Day], user: Any) -> None:
    """Put every story on its days: three queries, whatever the month holds."""
    squares = {day.on: day for day in days}
    first = timezone.make_aware(datetime.combine(days[0].on, time.min))
    until = timezone.make_aware(datetime.combine(days[-1].on + timedelta(days=1), time.min))
    found: dict[date, list[Entry]] = defaultdict(list)
    for entry in (*_copy(user, first, until), *_scheduled(user, first, until)):
        if entry.at is not None:
            found[timezone.localdate(entry.at)].append(entry)
    for on, entries in found.items():
        if on in squares:
            squares[on].entries += sorted(entries, key=lambda one: (one.at, one.slug))
    for edition in _published(days[0].on, days[-1].on):
        day = squares[edition.published_on]
        day.published = edition.ran_that_day
        at = edition.published_at if edition.is_time_known else None
        day.entries.append(
            Entry(
                "published", at, edition.slug, edition.headline, edition.get_absolute_url(), edition.story_id
            )
        )


def _copy(user: Any, first: datetime, until: datetime) -> Iterable[Entry]:
    due = Q(due_at__gte=first, due_at__lt=until, state__in=whose_turn.ON_ITS_WAY)
    held = Q(embargo_until__gte=first, embargo_until__lt=until)
    now = timezone.now()
    rows = whose_turn.copy_for(user).filter(due | held).order_by("due_at", "pk")
    for article in rows[:MOST]:
        told = (known.slug_shown(article), str(article), known.address_of(article), article.pk)
        if article.due_at and first <= article.due_at < until and article.state in whose_turn.ON_ITS_WAY:
            yield Entry("due", article.due_at, *told, article.token, is_overdue=article.due_at < now)
        if article.embargo_until and first <= article.embargo_until < until:
            yield Entry("embargoed", article.embargo_until, *told)


def _scheduled(user: Any, first: datetime, until: datetime) -> Iterable[Entry]:
    waiting = Edition.objects.waiting().begun_between(first, until)
    rows = whose_turn.copy_for(user).filter(pk__in=waiting.values("story_id"))
    for article in rows.order_by("pk")[:MOST]:
        told = (known.slug_shown(article), str(article), known.address_of(article), article.pk)
        yield Entry("scheduled", article.scheduled_at, *told)


def _published(first: date, last: date) -> Iterable[Any]:
    """Return of each day the first stories that readers see now and that ran that day, and how many there are."""
    day = F("published_on")
    rows = Edition.objects.at().between(first, last).annotate(
        nth=Window(RowNumber(), order_by=[F("listed_at").asc(), F("story_id").asc()], partition_by=day),
        ran_that_day=Window(Count("pk"), partition_by=day),
    )  # fmt: skip
    shown = ("story_id", "slug", "headline", "published_on", "published_at", "is_time_known")
    return rows.filter(nth__lte=PUBLISHED_SHOWN).only(*shown).order_by("published_on", "nth")
