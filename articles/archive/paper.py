"""Puts pages of the paper together: the masthead's sections and the archive's years around what a room shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    IntegerField,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date

from articles.archive.past import asof, since, staying
from articles.models import cache_keys, changes
from articles.models.changes import Changes
from articles.models.edition import Edition, EditionQuerySet
from articles.models.section import Section

YEARS_IN_FOOTER = 40
# Typed: a union of nothing but untyped ones is text to PostgreSQL.
NO_DAY, NO_MOMENT = Cast(Value(None), DateField()), Cast(Value(None), DateTimeField())


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
    """What stands around every page: the sections in their order, the archive's first and last day, when it changed."""

    sections: tuple[MastheadSection, ...]
    first_on: date | None
    last_on: date | None
    changes: Changes

    @property
    def years(self) -> list[int]:
        """Return the last years of the archive, newest first, as many as the foot of a page holds."""
        if self.first_on is None or self.last_on is None:
            return []
        return list(range(self.last_on.year, self.first_on.year - 1, -1))[:YEARS_IN_FOOTER]


def one_of(rows: EditionQuerySet, order: str) -> QuerySet[Edition]:
    """Return `rows` narrowed to the first in `order`, in a form that may stand in a union: one look in an index."""
    return rows.filter(pk=Subquery(rows.order_by(order).values("pk")[:1])).order_by()


def masthead(moment: datetime | None = None, story_id: int | None = None) -> Masthead:
    """Read the masthead as at a moment: one query, whatever there is in the archive.

    With it come the changes around the page, of one story where one is named: what a page under `/at/` leads to.
    """
    dated = Edition.objects.at(moment).dated(moment)
    ends = [
        one_of(dated, order).values_list(*_named(), "published_on", NO_MOMENT)
        for order in ("published_on", "-published_on")
    ]
    looks = [
        row.values_list(*_named(name), NO_DAY, "live_from")
        for name, row in changes.looks(moment, story_id).items()
    ]
    sections = Section.objects.filter(is_in_masthead=True).order_by()
    rows = list(
        sections.values_list(
            "order",
            "name",
            "slug",
            "pk",
            "is_opinion",
            NO_DAY,
            NO_MOMENT,
        ).union(*ends, *looks, all=True)
    )
    days = sorted(row[5] for row in rows if row[5] is not None)
    return Masthead(
        tuple(
            MastheadSection(pk, name, slug, bool(is_opinion))
            for _, name, slug, pk, is_opinion, day, turn in sorted(rows, key=lambda row: row[:3])
            if day is None and turn is None
        ),
        days[0] if days else None,
        days[-1] if days else None,
        Changes(**{row[1]: row[6] for row in rows if row[6] is not None}),
    )


def _named(name: str = "") -> list[Value]:
    """Return the columns of a section, for a row that is none."""
    return [
        Value(0, IntegerField()),
        Value(name, CharField()),
        Value("", CharField()),
        Value(0, IntegerField()),
        Value(False, BooleanField()),
    ]


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    head: Masthead | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a page with the masthead around it: one query more, unless `head` was read already.

    Under `/at/` the masthead is that of the moment, and a moment before the first story raises `BeforeThePaper`.
    What is in `context` also says by which keys caches know the page, and since when it is as it is.
    """
    as_of = asof.of(request)
    named = request.resolver_match.kwargs if request.resolver_match else {}
    if head is None:
        head = masthead(as_of.moment if as_of else None, named.get("story_id"))
    if as_of is not None:
        as_of.changes = head.changes
        if head.changes.began is None or as_of.moment < head.changes.began:
            raise asof.BeforeThePaper
    whole = {"masthead": head, "permanent": _permanent(request, head), **context}
    response = render(request, template, whole, status=status)
    response.shown = cache_keys.in_facts(context)  # type: ignore[attr-defined]
    changed_at = cache_keys.changed_at(context)
    if changed_at is not None and status == 200:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    return response


def _permanent(request: HttpRequest, head: Masthead) -> str:
    """Return the address under which this page will be seen as it stands now: at the newest change of all that it shows."""
    match, as_of, changed = request.resolver_match, asof.of(request), head.changes.changed
    if match is None or changed is None:
        return ""
    path = as_of.path if as_of else request.path
    if not staying.is_kept(path):
        return ""
    steady = since.steady_from(match.url_name or "", match.kwargs)
    moment = max(changed, steady) if steady else changed
    return asof.with_place(asof.path_at(as_of.second if as_of else moment, path), request)
