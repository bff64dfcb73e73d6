"""The front page: what editors put there and the newest stories by weight, a river by section, this day in other years."""

from calendar import isleap
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import prose
from articles.archive.linked_facts import list_facts
from articles.models.edition import Edition, EditionQuerySet
from articles.models.front_page import layout
from articles.paper.page import masthead, none_before_the_first, page
from newsroom.prepared import prepared

YEARS_BACK, REMEMBERED = 80, 4


@require_safe
def front_page(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """Show the front page as it stands (or stood at `moment`): three queries."""
    head = masthead(moment)
    none_before_the_first(request, head)
    remembered = _on_this_day(timezone.localdate(moment), moment)
    laid_out = layout(head.sections, moment)
    context = {
        "layout": laid_out,
        "remembered": remembered,
        "linked_facts": [prose.as_data(list_facts("", "/", laid_out.editions()))],
    }
    return page(request, "archive/front.html", context, head=head)


def _on_this_day(today: date, moment: datetime | None) -> list[Edition]:
    """Return one story each from the last years in which some ran on this day."""
    is_leap_day = (today.month, today.day) == (2, 29)
    years = [today.year - back for back in range(1, YEARS_BACK)]
    days = [today.replace(year=year) for year in years if isleap(year) or not is_leap_day]
    ran = list(_ran_on(*days, moment=moment)) if moment else _ran_now(*days)
    by_year: dict[int, Edition] = {}
    for edition in ran:
        if edition.published_on is not None:
            by_year.setdefault(edition.published_on.year, edition)
    return list(by_year.values())[:REMEMBERED]


@prepared
def _ran_now(*days: date) -> EditionQuerySet:
    return _ran_on(*days)


def _ran_on(*days: date, moment: datetime | None = None) -> EditionQuerySet:
    ran = Edition.objects.at(moment).filter(published_on__in=days).without_texts()
    return ran.order_by("-published_on", "-listed_at")[: REMEMBERED * 6]
