"""The record for readers: how to check a saved copy without us, and what became public on each day under which hash."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.archive.lists import EndOfList, paged
from articles.models import shelf
from articles.models.record_day import latest_heads, list_name, read_day
from articles.paper.page import page
from newsroom.keyset import cursor_in

HEADS_SHOWN = 30


@require_safe
def record(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """Explain what stays and how anybody checks it, with a story of the live paper as the example: three queries."""
    # A page of the shelf, not its first row alone: for one row SQLite would sort the whole archive.
    example = next(iter(shelf.front(moment).page().editions), None)
    context = {"example": example, "heads": list(latest_heads(moment)[:HEADS_SHOWN])}
    return page(request, "archive/record.html", context)


@paged
def day(
    request: HttpRequest, year: int, month: int, day: int, *, moment: datetime | None = None
) -> HttpResponse:
    """Show what entered the record on a day, under which head: three queries."""
    try:
        on = date(year, month, day)
    except ValueError as no_such_day:
        raise Http404 from no_such_day
    after = cursor_in(request, list_name(on))
    found = read_day(on, after, moment)
    if found is None:
        raise Http404
    if after is not None and not found.lines:
        raise EndOfList
    return page(request, "archive/record_day.html", {"found": found, "is_continued": after is not None})
