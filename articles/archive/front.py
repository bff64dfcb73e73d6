"""The front page: what editors put there and the newest stories by weight, a river by section, this day in other years."""

from calendar import isleap
from datetime import date, datetime

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import prose
from articles.archive.linked_facts import list_facts
from articles.models.edition import Edition, EditionQuerySet
from articles.models.front_page import layout
from articles.paper.page import Masthead, masthead, none_before_the_first, page
from newsroom.prepared import prepared

YEARS_BACK, REMEMBERED = 79, 4
# What is shown of such a story, and since when it is as it is.
_REMEMBERED = ("story_id", "slug", "headline", "language", "published_on", "live_from", "made_at")


@require_safe
def front_page(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """Show the front page as it stands (or stood at `moment`): three queries."""
    head = masthead(moment)
    none_before_the_first(request, head)
    remembered = _on_this_day(timezone.localdate(moment), head, moment)
    laid_out = layout(head.sections, moment)
    context = {
        "layout": laid_out,
        "remembered": remembered,
        "linked_facts": [prose.as_data(list_facts("", "/", laid_out.editions()))],
    }
    return page(request, "archive/front.html", context, head=head)


def _on_this_day(today: date, head: Masthead, moment: datetime | None) -> list[Edition]:
    """Return the last story each of the last years in which any ran on this day."""
    if head.first_on is None:
        return []
    is_leap_day = (today.month, today.day) == (2, 29)
    years = range(today.year - 1, max(head.first_on.year, today.year - YEARS_BACK) - 1, -1)
    days = [today.replace(year=year) for year in years if isleap(year) or not is_leap_day]
    if not days:
        return []
    return list(_ran_on(*days, moment=moment)) if moment else _ran_now(*days)


@prepared
def _ran_now(*days: date) -> EditionQuerySet:
    return _ran_on(*days)


def _ran_on(*days: date, moment: datetime | None = None) -> EditionQuerySet:
    """Look once at each of these days: of a day with hundreds of stories none but the last is read."""
    public = Edition.objects.at(moment)
    first, *others = [
        public.filter(pk=Subquery(public.on_day(day).order_by("-listed_at", "-story_id").values("pk")[:1]))
        .order_by()
        .values("pk")
        for day in days
    ]
    ran = public.filter(pk__in=first.union(*others, all=True)).only(*_REMEMBERED)
    return ran.order_by("-published_on")[:REMEMBERED]
