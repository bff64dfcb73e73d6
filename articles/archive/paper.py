"""Puts pages of the paper together: the masthead's sections and the archive's years around what a room shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, CharField, DateField, IntegerField, QuerySet, Subquery, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models.edition import Edition, EditionQuerySet
from articles.models.section import Section

YEARS_IN_FOOTER = 40


@dataclass(frozen=True, slots=True)
class MastheadSection:
    """A section as the masthead names it."""

    pk: int
    name: str
    slug: str
    is_opinion: bool

    def get_absolute_url(self) -> str:
        """Return the address of the section's list."""
        return f"/section/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands around every page: the sections in their order, the first and last day in the archive.

    `beside` are the facts that a page read along with it.
    """

    sections: tuple[MastheadSection, ...]
    first_on: date | None
    last_on: date | None
    beside: tuple[Any, ...] = ()

    @property
    def years(self) -> list[int]:
        """Return the last years of the archive, newest first, as many as the foot of a page holds."""
        if self.first_on is None or self.last_on is None:
            return []
        return list(range(self.last_on.year, self.first_on.year - 1, -1))[:YEARS_IN_FOOTER]


def one_of(rows: EditionQuerySet, order: str) -> QuerySet[Edition]:
    """Return `rows` narrowed to the first in `order`, in a form that may stand in a union: one look in an index."""
    return rows.filter(pk=Subquery(rows.order_by(order).values("pk")[:1])).order_by()


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of what is read along with the masthead: what it is, and whichever of the others it has."""

    what: str
    number: int
    name: str
    slug: str
    count: int
    flag: bool
    day: date | None


_BLANK: dict[str, Any] = {
    "number": Value(0, IntegerField()),
    "name": Value("", CharField()),
    "slug": Value("", CharField()),
    "count": Value(0, IntegerField()),
    "flag": Value(False, BooleanField()),
    "day": Value(None, DateField()),
}


def facts(what: str, rows: QuerySet[Any], **columns: Any) -> QuerySet[Any, Any]:
    """Return rows as facts called `what`, for `masthead(beside=…)`: a column for each part of a `Fact` they have."""
    chosen = [columns.get(name, blank) for name, blank in _BLANK.items()]
    return rows.order_by().values_list(Value(what, CharField()), *chosen)


def masthead(moment: datetime | None = None, *, beside: Sequence[QuerySet[Any, Any]] = ()) -> Masthead:
    """Read the masthead, and `beside` it what else a page needs: one query, whatever there is in the archive."""
    dated = Edition.objects.at(moment).dated()
    first, last = (one_of(dated, order) for order in ("published_on", "-published_on"))
    named = Section.objects.filter(is_in_masthead=True)
    sections = facts(
        "section", named, number="order", name="name", slug="slug", count="pk", flag="is_opinion"
    )
    # The rows with a date stand first: from them PostgreSQL learns what the others leave out.
    ends = facts("end", first, day="published_on")
    rows = ends.union(facts("end", last, day="published_on"), sections, *beside, all=True)
    found = [Fact(*row) for row in rows]
    ordered = sorted(
        (fact for fact in found if fact.what == "section"), key=lambda fact: (fact.number, fact.name)
    )
    days = [fact.day for fact in found if fact.what == "end" and fact.day]
    return Masthead(
        tuple(MastheadSection(one.count, one.name, one.slug, bool(one.flag)) for one in ordered),
        min(days, default=None),
        max(days, default=None),
        tuple(fact for fact in found if fact.what not in ("section", "end")),
    )


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    head: Masthead | None = None,
    moment: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page with the masthead around it: one query more, unless `head` was read already."""
    return render(request, template, {"masthead": head or masthead(moment), **context}, status=status)
