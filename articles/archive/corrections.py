"""Every correction the paper made, and every story it withdrew: by kind, section and year, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import prose
from articles.archive import drawing
from articles.archive.linked_facts import collection
from articles.archive.lists import EndOfList, paged
from articles.models.correction import Correction, CorrectionKind
from articles.models.narrowing import Narrowing
from articles.models.shelf import PAGE
from articles.models.tally import SectionTally, Tally, tally
from articles.paper.page import page
from newsroom.keyset import cursor_in

KINDS = {
    CorrectionKind.CORRECTION: gettext_lazy("Corrections"),
    CorrectionKind.CLARIFICATION: gettext_lazy("Clarifications"),
    CorrectionKind.WITHDRAWAL: gettext_lazy("Withdrawals"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list further: its words, its address, whether it is the one in force."""

    name: str
    path: str
    is_chosen: bool


@paged
def corrections(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """List every notice to readers, newest first, or those of a kind, section, year: three queries."""
    try:
        wanted = Narrowing.of(request.GET)
    except ValueError as no_such_list:
        raise Http404 from no_such_list
    after = cursor_in(request, wanted.list_name)
    notices = list(wanted.rows(moment).told(moment).listed(after)[: PAGE + 1])
    if not notices and after is not None:
        raise EndOfList
    counted = tally() if moment is None else None
    if not notices and wanted.is_any:
        raise Http404
    context = {
        "notices": notices[:PAGE],
        "next": notices[PAGE - 1].cursor.of(wanted.list_name) if len(notices) > PAGE else None,
        "is_continued": after is not None,
        "wanted": wanted,
        "path": wanted.path(),
        "asked": wanted.path(""),
        "tally": counted,
        "drawn": _drawn(counted) if counted and not wanted.is_any and after is None else None,
        "choices": _choices(wanted, counted) if counted and counted.whole else [],
        "linked_facts": [prose.as_data(collection(_("Corrections"), wanted.path(), _told(notices[:PAGE])))],
    }
    return page(request, "archive/corrections.html", context)


def _told(notices: Sequence[Correction]) -> list[tuple[str, str]]:
    """Return what each notice says and where: at the story, which for a withdrawn one answers with the notice."""
    return [(one.note, f"/story/{one.story_id}/") for one in notices]


def _choices(wanted: Narrowing, counted: Tally) -> list[tuple[str, list[Choice]]]:
    every = ("", _("All"))
    kinds = [every, *((str(kind), str(plural)) for kind, plural in KINDS.items())]
    sections = [every, *((one.slug, one.name) for one in counted.sections if one.slug)]
    years = [every, *((str(year), str(year)) for year in counted.years)]
    chosen = {"kind": wanted.kind, "section": wanted.section, "year": str(wanted.year or "")}
    parts = (("kind", _("Kind"), kinds), ("section", _("Section"), sections), ("year", _("Year"), years))
    return [
        (
            label,
            [
                Choice(name, wanted.path(**{part: value}), chosen[part] == value)
                for value, name in named
                if _leads_somewhere(counted, chosen | {part: value})
            ],
        )
        for part, label, named in parts
    ]


def _leads_somewhere(counted: Tally, asked: dict[str, str]) -> bool:
    return counted.holds(asked["kind"], asked["section"], int(asked["year"]) if asked["year"] else None)


def _drawn(counted: Tally) -> list[tuple[SectionTally, list[int], list[drawing.Column]]]:
    """Return each section with its counts by year and its bars, one scale for all; withdrawals last."""
    rows = [*counted.sections, *([counted.withdrawals] if counted.withdrawals.whole else [])]
    most = max((count for row in rows for count in row.by_year.values()), default=0)
    oldest_first = counted.years[::-1]
    return [
        (
            row,
            [row.by_year.get(year, 0) for year in counted.years],
            drawing.columns(row.by_year, oldest_first, most),
        )
        for row in rows
    ]
