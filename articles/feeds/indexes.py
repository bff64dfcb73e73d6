"""Answers with the data of what there is to browse: sections, tags and people with their numbers of stories, and the months of the archive."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import urlencode

from articles.feeds import answers, shapes
from articles.feeds.answers import absolute
from articles.feeds.pages_as_json import answered
from articles.models import shelf as shelves
from articles.models.name_index import LETTERS, NoSuchPlace, stretch
from articles.models.section import Section
from articles.models.shelf_count import UNDATED, ShelfCount, ShelfKind


@answered
def sections(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the sections that are in the masthead or hold anything; counted for the present alone. Two queries."""
    counted = dict(ShelfCount.objects.totals(ShelfKind.SECTION).values_list("shelf", "stories"))
    if moment is None:
        shown = [row for row in Section.objects.all() if row.is_in_masthead or row.pk in counted]
        entries = [_name(row, counted.get(row.pk, 0)) for row in shown]
    else:
        stood = Q(pk__in=shelves.sections(moment).values("pk"))
        entries = [_name(row, None) for row in Section.objects.filter(Q(is_in_masthead=True) | stood)]
    return answers.as_json(request, shapes.page(entries, "/sections/", None))


@answered
def tags(request: HttpRequest, letter: str = "", *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the tags, by name (those of one letter). One query."""
    return _names(request, ShelfKind.TAG, letter, f"/tags/{letter}/" if letter else "/tags/", moment)


@answered
def people(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the people, by name. One query."""
    return _names(request, ShelfKind.PERSON, "", "/by/", moment)


@answered
def archive(request: HttpRequest) -> HttpResponseBase:
    """Answer with the number of stories of each month that has any, and of those without a date. One query."""
    rows = ShelfCount.objects.of(ShelfKind.SITE).by_month().order_by("period")
    counts = dict(rows.values_list("period", "stories"))
    undated = counts.pop(UNDATED, 0)
    months = [{"month": f"{period // 100}-{period % 100:02}", "stories": n} for period, n in counts.items()]
    return answers.as_json(request, {"months": months, "undated": undated})


def _names(
    request: HttpRequest, kind: ShelfKind, letter: str, path: str, moment: datetime | None
) -> HttpResponseBase:
    after = request.GET.get("after", "")
    if letter and letter not in LETTERS:
        raise Http404
    try:
        found = stretch(kind, letter=letter, after=after, moment=moment)
    except NoSuchPlace as damaged:
        raise Http404 from damaged
    if not found.rows and (after or letter):
        raise Http404
    facts = shapes.page([_name(row, None if moment else row.stories) for row in found.rows], path, None)
    if found.after:
        facts["next"] = f"{shapes.json_path(path)}?{urlencode({'after': found.after})}"
    return answers.as_json(request, facts)


def _name(row: Any, stories: int | None) -> dict[str, Any]:
    kind = {"kind": row.kind} if hasattr(row, "kind") else {}
    facts = {"name": row.name, **kind, "line": row.line, "stories": stories}
    return facts | {"url": absolute(row.get_absolute_url())}
