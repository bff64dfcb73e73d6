"""Puts pages of the paper together: the masthead's sections and the archive's years around what a room shows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
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

from articles.models import cache_keys, changes
from articles.models.changes import Changes
from articles.models.edition import Edition, EditionQuerySet
from articles.models.section import Section
from articles.paper import asof, staying
from newsroom.prepared import prepared

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
    """What stands around every page: the sections in their order, the archive's first and last day, when it changed.

    `beside` are the facts that a page read along with it.
    """

    sections: tuple[MastheadSection, ...]
    first_on: date | None
    last_on: date | None
    changes: Changes
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


# Not frozen: a list has hundreds, and a frozen one takes three times as long to make.
@dataclass(slots=True)
class Fact:
    """One row of what is read along with the masthead: what it is, and whichever of the others it has."""

    what: str
    number: int
    name: str
    slug: str
    count: int
    flag: bool
    day: date | None
    turn: datetime | None


# Typed: a union of nothing but untyped ones is text to PostgreSQL.
_BLANK: dict[str, Any] = {
    "number": Value(0, IntegerField()),
    "name": Value("", CharField()),
    "slug": Value("", CharField()),
    "count": Value(0, IntegerField()),
    "flag": Value(False, BooleanField()),
    "day": Cast(Value(None), DateField()),
    "turn": Cast(Value(None), DateTimeField()),
}


def facts(what: str, rows: QuerySet[Any], **columns: Any) -> QuerySet[Any, Any]:
    """Return rows as facts called `what`, for `masthead(beside=…)`: a column for each part of a `Fact` they have."""
    chosen = [columns.get(name, blank) for name, blank in _BLANK.items()]
    return rows.order_by().values_list(Value(what, CharField()), *chosen)


# What else a page reads, by numbers and days that differ from page to page.
Beside = Callable[..., Sequence[QuerySet[Any, Any]]]


def masthead(
    moment: datetime | None = None,
    story_id: int | None = None,
    *,
    beside: Sequence[QuerySet[Any, Any]] = (),
    beside_of: tuple[Any, ...] | None = None,
) -> Masthead:
    """Read the masthead as at a moment, and `beside` it what else a page needs: one query, whatever there is.

    With it come the changes around the page, of one story where one is named: what a page under `/at/` leads to.
    `beside_of` is a `Beside` of this module's neighbours and what it is given: what it asks is built once for all of them.
    """
    if moment is None and not beside:
        asks, *given = beside_of or (None,)
        rows: Iterable[Any] = _rows_now(story_id, *given, asks=asks)
    else:
        more = beside_of[0](*beside_of[1:]) if beside_of else ()
        rows = _rows(moment, story_id, [*beside, *more])
    found = [Fact(*row) for row in rows]
    ordered = sorted(
        (fact for fact in found if fact.what == "section"), key=lambda fact: (fact.number, fact.name)
    )
    days = [fact.day for fact in found if fact.what == "end" and fact.day]
    return Masthead(
        tuple(MastheadSection(one.count, one.name, one.slug, bool(one.flag)) for one in ordered),
        min(days, default=None),
        max(days, default=None),
        Changes(**{fact.name: fact.turn for fact in found if fact.what == "look" and fact.turn}),
        tuple(fact for fact in found if fact.what not in ("section", "end", "look")),
    )


def _rows(
    moment: datetime | None, story_id: int | None, beside: Sequence[QuerySet[Any, Any]]
) -> QuerySet[Any, Any]:
    dated = Edition.objects.at(moment).dated(moment)
    first, last = (one_of(dated, order) for order in ("published_on", "-published_on"))
    named = Section.objects.filter(is_in_masthead=True)
    sections = facts(
        "section", named, number="order", name="name", slug="slug", count="pk", flag="is_opinion"
    )
    looks = [
        facts("look", row, name=Value(name, CharField()), turn="live_from")
        for name, row in changes.looks(moment, story_id).items()
    ]
    ends = facts("end", first, day="published_on")
    return ends.union(facts("end", last, day="published_on"), sections, *looks, *beside, all=True)


@prepared
def _rows_now(story_id: int | None, *given: int | date, asks: Beside | None) -> QuerySet[Any, Any]:
    return _rows(None, story_id, asks(*given) if asks else ())


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
    if status == 200:
        none_before_the_first(request, head)
    whole = {"masthead": head, "permanent": _permanent(request, head) if status == 200 else "", **context}
    response = render(request, template, whole, status=status)
    response.shown, changed_at = cache_keys.in_facts(context)  # type: ignore[attr-defined]
    if changed_at is not None and status == 200:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    return response


def none_before_the_first(request: HttpRequest, head: Masthead) -> None:
    """Raise `BeforeThePaper` for a moment before the first story; `page` asks it too, a dear view before it begins."""
    as_of = asof.of(request)
    if as_of is not None and (head.changes.began is None or as_of.moment < head.changes.began):
        raise asof.BeforeThePaper


def _permanent(request: HttpRequest, head: Masthead) -> str:
    """Return where this page will be seen for ever as it stands: the TimeGate leads to that moment when it is asked for.

    So a page's bytes do not change with what is published elsewhere.
    """
    as_of = asof.of(request)
    path = as_of.path if as_of else request.path
    if head.changes.changed is None or not staying.is_kept(path) or not asof.can_be_told(path, request):
        return ""
    where = asof.path_at(as_of.second, path) if as_of else f"/timegate{path}"
    return asof.with_place(where, request)
