"""What there is to browse: all sections, all tags and all people, by name and with their numbers of stories."""

from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import prose
from articles.archive import absence, drawing
from articles.archive.linked_facts import collection
from articles.models import shelf as shelves
from articles.models.name_index import LETTERS, NoSuchPlace, letter_of, letters, stretch
from articles.models.section import Section
from articles.models.shelf_count import TOTAL, ShelfCount, ShelfKind
from articles.paper.page import page


@require_safe
def sections(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """List the sections, each with its stories by year. Three queries."""
    counted: dict[int, dict[int, int]] = {}
    if moment is None:
        rows = ShelfCount.objects.filter(kind=ShelfKind.SECTION, stories__gt=0)
        for shelf, period, stories in rows.values_list("shelf", "period", "stories"):
            counted.setdefault(shelf, {})[period] = stories
    stood = Q(pk__in=list(counted)) if moment is None else Q(pk__in=shelves.sections(moment).values("pk"))
    shown = Section.objects.filter(Q(is_in_masthead=True) | stood)
    found = [_section(row, counted.get(row.pk, {})) for row in shown]
    named = [(one["row"].name, one["row"].get_absolute_url()) for one in found]
    facts = prose.as_data(collection(_("Sections"), "/sections/", named))
    return page(request, "archive/sections.html", {"sections": found, "linked_facts": [facts]})


def _section(row: Section, counted: dict[int, int]) -> dict[str, Any]:
    months = {period: stories for period, stories in counted.items() if period > 9999}
    return {
        "row": row,
        "total": counted.get(TOTAL, 0),
        "bars": drawing.bars(drawing.by_year(months), row.get_absolute_url(), shelves.name_of(row)),
        "ends": drawing.ends(list(months)),
    }


@require_safe
def tags(request: HttpRequest, letter: str = "", *, moment: datetime | None = None) -> HttpResponse:
    """List the tags that stories are filed under, by name. Three queries."""
    return _names(request, ShelfKind.TAG, letter, _("Tags"), "/tags/", moment)


@require_safe
def people(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """List the people whose names stand over stories, by name. Three queries."""
    return _names(request, ShelfKind.PERSON, "", _("People"), "/by/", moment)


def _names(
    request: HttpRequest, kind: ShelfKind, letter: str, heading: str, path: str, moment: datetime | None
) -> HttpResponse:
    after = request.GET.get("after", "")
    if letter and letter not in LETTERS:
        raise Http404
    try:
        found = stretch(kind, letter=letter, after=after, moment=moment)
    except NoSuchPlace:
        return absence.end_of_list(request)
    if not found.rows and after:
        return absence.end_of_list(request)
    if not found.rows and letter:
        raise Http404
    groups = [(head, list(rows)) for head, rows in groupby(found.rows, lambda row: letter_of(row.folded))]
    context: dict[str, Any] = {
        "groups": groups,
        "letters": letters(kind, moment) if kind == ShelfKind.TAG else [],
        "letter": letter,
        "next": found.after,
    }
    named = [(row.name, row.get_absolute_url()) for row in found.rows]
    facts = prose.as_data(collection(heading, f"{path}{letter}/" if letter else path, named))
    context |= {"heading": heading, "path": path, "is_continued": bool(after), "linked_facts": [facts]}
    return page(request, "archive/names.html", context)
