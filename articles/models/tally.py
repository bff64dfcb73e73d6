"""How many corrections each section made in each year: counted when one is made or withdrawn, never while somebody reads."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import ClassVar

from django.db import models
from django.db.models import F

from articles.models.correction import CorrectionKind
from articles.models.section import Section


class CorrectionTally(models.Model):
    """The number of notices of one kind that readers see, made in one year on the stories of one section.

    Years are those of the paper's own time zone. A withdrawal belongs to no section: of a withdrawn story nothing is told.
    """

    year = models.PositiveSmallIntegerField()
    section = models.ForeignKey(Section, null=True, related_name="+", on_delete=models.CASCADE)
    kind = models.CharField(max_length=13, choices=CorrectionKind.choices)
    notices = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-year", "pk"]

    def __str__(self) -> str:
        return f"{self.notices} × {self.kind} in {self.year}"


@dataclass(slots=True)
class SectionTally:
    """The notices of one section, by year; of no section where `slug` is empty."""

    name: str
    slug: str
    by_year: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def whole(self) -> int:
        """Return how many notices there are of all years."""
        return sum(self.by_year.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """All notices by section and year: the sections in the masthead's order, the years newest first.

    `cells` are the (kind, slug of the section, year) of which there is any.
    """

    sections: list[SectionTally]
    withdrawals: SectionTally
    years: list[int]
    cells: frozenset[tuple[str, str, int]] = frozenset()

    def holds(self, kind: str = "", section: str = "", year: int | None = None) -> bool:
        """Say whether readers see a notice of this kind, on this section, of this year; "" and None stand for any."""
        wanted = (kind, section, year)
        return any(
            all(not one or one == has for one, has in zip(wanted, cell, strict=True)) for cell in self.cells
        )

    @property
    def whole(self) -> int:
        """Return how many notices readers see."""
        return sum(one.whole for one in [*self.sections, self.withdrawals])


def tally() -> Tally:
    """Return the counts: one query, of as many rows as there are sections, years and kinds."""
    rows = CorrectionTally.objects.select_related("section").order_by(
        F("section__order").asc(nulls_last=True), "section__name", "-year"
    )
    found: dict[str, SectionTally] = {}
    withdrawals = SectionTally("", "")
    years: set[int] = set()
    cells: set[tuple[str, str, int]] = set()
    for row in rows:
        years.add(row.year)
        slug, name = (row.section.slug, row.section.name) if row.section else ("", "")
        if row.notices:
            cells.add((str(row.kind), slug, row.year))
        held = withdrawals
        if row.kind != CorrectionKind.WITHDRAWAL:
            held = found.setdefault(slug, SectionTally(name, slug))
        held.by_year[row.year] += row.notices
    return Tally(list(found.values()), withdrawals, sorted(years, reverse=True), frozenset(cells))
