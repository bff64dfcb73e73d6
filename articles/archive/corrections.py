"""Every correction the paper made, and every story it withdrew: by kind, section and year, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import prose
from articles.archive import drawing
from articles.archive.linked_facts import collection
from articles.archive.lists import EndOfList, cursor_in, paged
from articles.models.correction import Correction, CorrectionKind, CorrectionQuerySet
from articles.models.shelf import FIRST_YEAR, LAST_YEAR, PAGE
from articles.models.tally import SectionTally, Tally, tally
from articles.paper.page import page

PATH = "/corrections/"
KINDS = {
    CorrectionKind.CORRECTION: gettext_lazy("Corrections"),
    CorrectionKind.CLARIFICATION: gettext_lazy("Clarifications"),
    CorrectionKind.WITHDRAWAL: gettext_lazy("Withdrawals"),
}
LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reader wants to see of the notices: of one kind, on one section, of one year; "" and None for all."""

    kind: str = ""
    section: str = ""
    year: int | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> "Narrowing":
        """Read it from the address; raise Http404 for what names no list."""
        kind, section, year = (request.GET.get(name, "") for name in ("kind", "section", "year"))
        is_year = year.isascii() and year.isdigit() and len(year) == 4
        if (
            (kind and kind not in CorrectionKind.values)
            or len(section) > LONGEST_SLUG
            or (year and not is_year)
        ):
            raise Http404
        if year and not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise Http404
        return cls(kind, section, int(year) if year else None)

    def path(self, **other: Any) -> str:
        """Return the address of this list, or of one that differs from it in `other`."""
        asked = {"kind": self.kind, "section": self.section, "year": self.year or ""} | other
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{PATH}?{query}" if query else PATH

    def apply(self, rows: CorrectionQuerySet) -> CorrectionQuerySet:
        """Return those of `rows` that are wanted."""
        if self.kind:
            rows = rows.of_kind(self.kind)
        if self.section:
            rows = rows.in_section(self.section)
        return rows.made_in(self.year) if self.year else rows

    @property
    def is_any(self) -> bool:
        """Say whether it narrows anything."""
        return bool(self.kind or self.section or self.year)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list further: its words, its address, whether it is the one in force."""

    name: str
    path: str
    is_chosen: bool


@paged
def corrections(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """List every notice to readers, newest first, or those of a kind, section, year: three queries."""
    wanted, after = Narrowing.of(request), cursor_in(request)
    rows = wanted.apply(Correction.objects.public(moment)).told(moment)
    notices = list(rows.listed(after)[: PAGE + 1])
    if not notices and after is not None:
        raise EndOfList
    counted = tally() if moment is None else None
    if not notices and wanted.is_any:
        raise Http404
    context = {
        "notices": notices[:PAGE],
        "next": notices[PAGE - 1].cursor if len(notices) > PAGE else None,
        "is_continued": after is not None,
        "wanted": wanted,
        "path": wanted.path(),
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
