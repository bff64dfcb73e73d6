"""Puts pages of the paper together: the masthead's sections and the archive's years around what a room shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, CharField, DateField, IntegerField, QuerySet, Subquery, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date

from articles.models import cache_keys
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
    """What stands around every page: the sections in their order, the first and last day in the archive."""

    sections: tuple[MastheadSection, ...]
    first_on: date | None
    last_on: date | None

    @property
    def years(self) -> list[int]:
        """Return the last years of the archive, newest first, as many as the foot of a page holds."""
        if self.first_on is None or self.last_on is None:
            return []
        return list(range(self.last_on.year, self.first_on.year - 1, -1))[:YEARS_IN_FOOTER]


def one_of(rows: EditionQuerySet, order: str) -> QuerySet[Edition]:
    """Return `rows` narrowed to the first in `order`, in a form that may stand in a union: one look in an index."""
    return rows.filter(pk=Subquery(rows.order_by(order).values("pk")[:1])).order_by()


def masthead() -> Masthead:
    """Read the masthead: one query, whatever there is in the archive."""
    dated = Edition.objects.at().dated()
    blank = [
        Value(0, IntegerField()),
        Value("", CharField()),
        Value("", CharField()),
        Value(0, IntegerField()),
    ]
    ends = [
        one_of(dated, order).values_list(*blank, Value(False, BooleanField()), "published_on")
        for order in ("published_on", "-published_on")
    ]
    sections = Section.objects.filter(is_in_masthead=True).order_by()
    rows = list(
        sections.values_list("order", "name", "slug", "pk", "is_opinion", Value(None, DateField())).union(
            *ends, all=True
        )
    )
    named = sorted(row for row in rows if row[5] is None)
    days = sorted(row[5] for row in rows if row[5] is not None)
    return Masthead(
        tuple(
            MastheadSection(pk, name, slug, bool(is_opinion)) for _, name, slug, pk, is_opinion, _ in named
        ),
        days[0] if days else None,
        days[-1] if days else None,
    )


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    head: Masthead | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page with the masthead around it: one query more, unless `head` was read already.

    What is in `context` also says by which keys caches know the page, and since when it is as it is.
    """
    response = render(request, template, {"masthead": head or masthead(), **context}, status=status)
    response.shown = cache_keys.in_facts(context)  # type: ignore[attr-defined]
    changed_at = cache_keys.changed_at(context)
    if changed_at is not None and status == 200:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    return response
