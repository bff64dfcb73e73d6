"""The whole archive as one drawing, years by months, and the way from there to any date."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import prose
from articles.archive import drawing
from articles.archive.linked_facts import collection
from articles.models.shelf import FIRST_YEAR, LAST_YEAR
from articles.models.shelf_count import UNDATED, ShelfCount, ShelfKind
from articles.paper.page import masthead, page

LONGEST = 4


@require_safe
def archive(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """Draw the archive by year and month; as it stood at another moment, name its years alone. Two queries."""
    return _page(request, moment)


@require_safe
def go(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """Lead to the year, month or day that was asked for, or say why there is none."""
    typed = {name: request.GET.get(name, "").strip() for name in ("year", "month", "day")}
    if not {"year", "month", "day"} & set(request.GET):
        return HttpResponseRedirect("/archive/")
    try:
        return HttpResponseRedirect(_address(typed))
    except ValueError as wrong:
        return _page(request, moment, typed=typed, said=str(wrong), status=400)


def _address(typed: dict[str, str]) -> str:
    """Return the address of what was typed; raises ValueError with a sentence for what is no date."""
    year, month, day = (_number(typed[name]) for name in ("year", "month", "day"))
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(_("Write the year with four figures, such as 2016."))
    if month is None and day is None:
        first = date(year, 1, 1)
        address = f"/{year}/"
    elif month is None or not 1 <= month <= 12:
        raise ValueError(_("Write the month as a number from 1 to 12."))
    elif day is None:
        first = date(year, month, 1)
        address = f"/{year}/{month:02}/"
    else:
        try:
            first = date(year, month, day)
        except ValueError as none:
            raise ValueError(_("There is no such day in that month. Check the day.")) from none
        address = f"/{first:%Y/%m/%d}/"
    if first > timezone.localdate():
        raise ValueError(_("That day has not come yet. Choose an earlier one."))
    return address


def _number(typed: str) -> int | None:
    """Return the number that was typed, None for nothing, 0 for what is no number."""
    if not typed:
        return None
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST else 0


def _page(
    request: HttpRequest,
    moment: datetime | None,
    *,
    typed: dict[str, str] | None = None,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    head = masthead(moment)
    counts: dict[int, int] = {}
    if moment is None:
        rows = ShelfCount.objects.of(ShelfKind.SITE).by_month()
        counts = dict(rows.values_list("period", "stories"))
    undated = counts.pop(UNDATED, 0)
    years = drawing.rows(counts)
    named = [(str(one), f"/{one}/") for one in head.years]
    context = {
        "linked_facts": [prose.as_data(collection(_("The archive"), "/archive/", named))],
        "rows": years,
        "total": sum(counts.values()) + undated,
        "undated": undated,
        "high": len(years) * 22,
        "typed": typed or {},
        "said": said,
    }
    return page(request, "archive/archive.html", context, head=head, status=status)
