"""The front page: the newest stories laid out by weight, a river by section, and this day in other years."""

from calendar import isleap
from dataclasses import dataclass, field
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.archive.paper import Masthead, MastheadSection, masthead, page
from articles.models.edition import Completeness, Edition
from articles.models.shelf import beginning

ON_TOP, A_SECTION, SECTIONS = 16, 10, 20
IN_RIVER = 4
LEAD_AMONG, SECONDS, THIRDS = 6, 4, 4
YEARS_BACK, REMEMBERED = 80, 4


@dataclass(slots=True)
class River:
    """One section's newest stories, those above it left out."""

    section: MastheadSection
    editions: list[Edition] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """The front page by weight: no story stands on it twice."""

    lead: Edition | None
    seconds: list[Edition]
    thirds: list[Edition]
    opinion: list[River]
    rivers: list[River]


@require_safe
def front_page(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """Show the front page: three queries."""
    head = masthead(moment)
    remembered = _on_this_day(timezone.localdate(moment), moment)
    context = {"layout": _layout(_newest(head, moment), head), "remembered": remembered}
    return page(request, "archive/front.html", context, head=head)


def _newest(head: Masthead, moment: datetime | None) -> list[Edition]:
    public, start = Edition.objects.at(moment), beginning(moment)
    walks = [public.listed(start)[:ON_TOP]]
    walks += [
        public.filter(section_id=section.pk).listed(start)[:A_SECTION] for section in head.sections[:SECTIONS]
    ]
    # A slice may not stand in a union on every database; the rows it names may.
    first, *others = [public.filter(pk__in=walk.values("pk")).order_by().values("pk") for walk in walks]
    return list(public.filter(pk__in=first.union(*others)).listed())


def _layout(newest: list[Edition], head: Masthead) -> Layout:
    opinion = {section.pk for section in head.sections if section.is_opinion}
    news = [edition for edition in newest[:ON_TOP] if edition.section_id not in opinion]
    whole = [edition for edition in news if edition.completeness != Completeness.TEASER]
    pictured = [edition for edition in whole[:LEAD_AMONG] if (edition.lead_picture or {}).get("src")]
    lead = next(iter([*pictured, *whole, *news, *newest]), None)
    rest = [edition for edition in news if edition is not lead]
    seconds, thirds = rest[:SECONDS], rest[SECONDS : SECONDS + THIRDS]
    above = {edition.pk for edition in [*seconds, *thirds, *([lead] if lead else [])]}
    rivers = [River(section) for section in head.sections]
    for river in rivers:
        shelf = [one for one in newest if one.section_id == river.section.pk and one.pk not in above]
        river.editions = shelf[:IN_RIVER]
    shown = [river for river in rivers if river.editions]
    return Layout(
        lead,
        seconds,
        thirds,
        [river for river in shown if river.section.is_opinion],
        [river for river in shown if not river.section.is_opinion],
    )


def _on_this_day(today: date, moment: datetime | None) -> list[Edition]:
    """Return one story each from the last years in which some ran on this day."""
    is_leap_day = (today.month, today.day) == (2, 29)
    years = [today.year - back for back in range(1, YEARS_BACK)]
    days = [today.replace(year=year) for year in years if isleap(year) or not is_leap_day]
    ran = Edition.objects.at(moment).filter(published_on__in=days).defer("body", "body_html", "body_text")
    by_year: dict[int, Edition] = {}
    for edition in ran.order_by("-published_on", "-listed_at")[: REMEMBERED * 6]:
        if edition.published_on is not None:
            by_year.setdefault(edition.published_on.year, edition)
    return list(by_year.values())[:REMEMBERED]
