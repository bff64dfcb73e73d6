"""The page of rights that run out: drawn by week, listed by month, as a spreadsheet to take away."""

import csv
import re
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import roles
from articles.picture_desk import forecast
from articles.picture_desk.showing import MORE_WORDS, Shown, shown, with_thumbnails
from media.models import Picture

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])", re.ASCII)


def rights(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Show what runs out in the coming year, one month of it picture by picture."""
    _check(request)
    today = timezone.localdate()
    days = forecast.days_of(today)
    months = forecast.months_of(today, days)
    first = _month(request.GET.get("month", ""), months)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    bars = forecast.bars_of(today, days)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": "Rights that run out",
        "opts": Picture._meta,
        "bars": bars,
        "wide": forecast.WEEKS * (forecast.BAR + forecast.GAP),
        "tall": forecast.TALL,
        "bar": forecast.BAR,
        "months": months,
        "first": first,
        "total": sum(count for _, count, _ in days),
        "live": sum(live for _, _, live in days),
        "ending": _listed(forecast.ending(max(first, today), last)),
        "ended": _listed(forecast.ended_and_shown()),
        "holders": forecast.holders(today),
        "most": forecast.MOST_LISTED,
    }
    return TemplateResponse(request, "picture_desk/rights.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the whole forecast as a table for a spreadsheet."""
    _check(request)
    writer = csv.writer(_Echo())
    rows = _lines(writer) if request.method == "GET" else ()
    answer = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rights-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


def _lines(writer: Any) -> Any:
    yield "\ufeff"
    for row in forecast.table():
        yield writer.writerow(row)


class _Echo:
    """Hands each written line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _check(request: HttpRequest) -> None:
    if not roles.has_role(request.user, "pictures"):
        raise PermissionDenied


def _month(typed: str, months: list[forecast.Month]) -> date:
    """Return the month asked for, else the first that has anything, else this one."""
    match = _MONTH.fullmatch(typed)
    asked = date(int(match[1]), int(match[2]), 1) if match else None
    known = [month.first for month in months]
    if asked in known:
        return asked
    return next((month.first for month in months if month.count), known[0])


def _listed(rows: Any) -> list[tuple[Shown, Picture]]:
    today = timezone.localdate()
    wanted = with_thumbnails(rows).defer("said_in_file", "search_text", "disagreements", "likeness")
    return [(shown(row, today, longest=MORE_WORDS), row) for row in wanted[: forecast.MOST_LISTED]]
