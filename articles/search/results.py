"""Shows what was found: the page of a search, of one that asks for nothing, and of how to search."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import seeking
from articles.index import (
    Asked,
    Busy,
    Facets,
    Found,
    Order,
    Snippet,
    answer,
    did_you_mean,
    find,
    marking,
)
from articles.models.edition import Edition
from articles.paper.page import page
from articles.search import histogram, narrowing, numbers
from articles.seeking import Search
from newsroom.keyset import BadCursor

PAGE = 20
# Every way to narrow a search has its whole question in its address: of a longer one none is offered.
LONGEST_REPEATED = 1_500
TOLD_IN_TAB = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that was found, and what of it is shown with what was asked for marked."""

    edition: Edition
    snippet: Snippet


@require_safe
def search(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """Show what was found, with what it can be narrowed by on its first page. Six queries at most.

    A number alone leads to the story or picture that has it. More queries where nothing was found: other spellings are
    tried then.
    """
    wanted = seeking.read(request.GET)
    asked = wanted.asked
    if asked.is_empty:
        return _page(request, wanted, asked, {})
    ways = numbers.ways(asked, moment)
    if len(ways) == 1 and ways[0].is_sure and not wanted.narrowed:
        return HttpResponseRedirect(ways[0].path)
    try:
        return _found(request, wanted, asked, ways, moment)
    except BadCursor as damaged:
        return _page(request, wanted, asked, {"trouble": str(damaged)}, HTTPStatus.NOT_FOUND)
    except Busy as busy:
        return _page(request, wanted, asked, {"trouble": str(busy)}, HTTPStatus.SERVICE_UNAVAILABLE)


def _found(
    request: HttpRequest, wanted: Search, asked: Asked, ways: list[numbers.Way], moment: datetime | None
) -> HttpResponse:
    after = wanted.place(request.GET)
    has_counts = after is None and len(wanted.query) <= LONGEST_REPEATED
    if has_counts:
        found, counted = answer(asked, moment=moment, order=wanted.order, most=PAGE)
    else:
        found, counted = find(asked, moment=moment, order=wanted.order, after=after, most=PAGE), Facets()
    if after is not None and not found.editions:
        raise BadCursor(_("This list does not go on from there. Start from the beginning of the list."))
    marked = marking(asked)
    meant = None if found.total else did_you_mean(asked, moment=moment)
    context = {
        "hits": [Hit(one, marked(one)) for one in found.editions],
        "total": found.total,
        "ways": ways,
        "is_continued": after is not None,
        "next": wanted.at(after=found.next) if found.next else "",
        "meant": (meant, wanted.asking(meant).at()) if meant else None,
        "drawn": histogram.drawn(counted, wanted),
        "groups": narrowing.groups(counted, wanted),
        "chosen": narrowing.chosen(counted, wanted),
    }
    return _page(request, wanted, asked, context, found=found)


def _page(
    request: HttpRequest,
    wanted: Search,
    asked: Asked,
    context: dict[str, Any],
    status: int = HTTPStatus.OK,
    found: Found | None = None,
) -> HttpResponse:
    told = (*wanted.said, *asked.sentences, *(found.sentences if found else ()))
    whole = {
        "q": wanted.q,
        "in_tab": wanted.q if len(wanted.q) <= TOLD_IN_TAB else f"{wanted.q[:TOLD_IN_TAB]}…",
        "here": wanted.at(),
        "fewer": Search(wanted.q).at() if wanted.narrowed and wanted.q.strip() else "",
        "kept": _kept(wanted),
        "span": {name: wanted.narrowed.get(name, "") for name in ("from", "to")},
        "sorts": _sorts(wanted),
        "feeds": {} if asked.is_empty else _beside(wanted),
        "sentences": list(dict.fromkeys(told)),
        "hits": [],
        **context,
    }
    return page(request, "search/search.html", whole, status=status)


def _kept(wanted: Search) -> list[tuple[str, str]]:
    """Return what a form that asks anew keeps, but words and days, which it asks for itself."""
    kept = [(name, value) for name, value in wanted.narrowed.items() if name not in ("from", "to")]
    return kept + ([("sort", wanted.order.value)] if wanted.order is not Order.RELEVANCE else [])


def _sorts(wanted: Search) -> list[tuple[str, str, bool]]:
    names = {
        Order.RELEVANCE: _("Best match"),
        Order.NEWEST: _("Newest first"),
        Order.OLDEST: _("Oldest first"),
    }
    return [(name, wanted.sorted_by(order).at(), order is wanted.order) for order, name in names.items()]


def _beside(wanted: Search) -> dict[str, str]:
    plain = wanted.sorted_by(Order.RELEVANCE)
    names = {"rss": "rss.xml", "atom": "atom.xml", "feed": "feed.json"}
    return {"json": wanted.at("/search.json")} | {
        what: plain.at(f"/search/{name}") for what, name in names.items()
    }
