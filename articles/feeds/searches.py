"""Answers with what a search finds, as data and as feeds: its page's address with `.json` in place of the last slash."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri

from articles import seeking
from articles.feeds import answers, shapes
from articles.feeds.answers import absolute
from articles.feeds.formats import FORMS, SUMMARIES, Feed, without_texts
from articles.feeds.pages_as_json import answered
from articles.feeds.syndicated import entry_of, syndicated
from articles.index import Busy, Facets, Order, Tally, answer, find, marking
from articles.models.edition import Edition
from articles.seeking import Search
from newsroom.keyset import BadCursor

DATA = "/search.json"
PAGE = 20
BUSY = 503


@answered
def as_json(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with one page of what a search finds: `items` as in every list, each with its `snippet`; how many; `facets`.

    `snippet` is the text around what was asked for, `hits` its parts that were. `sentences` say what was not understood.
    """
    wanted = seeking.read(request.GET)
    asked = wanted.asked
    if asked.is_empty:
        told = [*wanted.said, *asked.sentences]
        return answers.as_json(request, {"items": [], "next": None, "total": 0, "sentences": told})
    try:
        after = wanted.place(request.GET)
        counted = None
        if after is None:
            found, counted = answer(asked, moment=moment, order=wanted.order, most=PAGE)
        else:
            found = find(asked, moment=moment, order=wanted.order, after=after, most=PAGE)
    except BadCursor as damaged:
        raise Http404 from damaged
    except Busy as busy:
        return answers.as_json(request, {"error": str(busy)}, status=BUSY)
    if after is not None and not found.editions:
        raise Http404
    shapes.name_contributors(found.editions)
    marked = marking(asked)
    facts: dict[str, Any] = {
        "items": [shapes.entry(one) | _snippet(marked(one).text) for one in found.editions],
        "next": iri_to_uri(wanted.at(DATA, found.next)) if found.next else None,
        "total": found.total,
        "sentences": [*wanted.said, *asked.sentences, *found.sentences],
    }
    return answers.as_json(request, facts | ({"facets": _facets(counted)} if counted else {}))


@syndicated
def feed(request: HttpRequest, form: str, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the newest stories that a search finds. Without a question there is no feed."""
    wanted = seeking.read(request.GET)
    asked = wanted.asked
    if asked.is_empty:
        raise Http404
    try:
        found = find(asked, moment=moment, order=Order.NEWEST, most=PAGE)
    except Busy as busy:
        return answers.as_json(request, {"error": str(busy)}, status=BUSY)
    keys = [one.pk for one in found.editions]
    rows = Edition.objects.at(moment).filter(pk__in=keys).select_related("section")
    whole = {row.pk: row for row in rows}
    entries = [entry_of(whole[key]) for key in keys if key in whole]
    made = Feed(
        f"{_name(wanted)} · {settings.SITE_NAME}",
        absolute(wanted.at()),
        absolute(wanted.at(f"{seeking.PATH}{form}")),
        entries,
    )
    kind, write = FORMS[SUMMARIES.get(form, form)]
    written = without_texts(made) if form in SUMMARIES else made
    return answers.send(request, write(written), kind, changed_at=made.changed_at)


def _name(wanted: Search) -> str:
    return ", ".join([*([wanted.q.strip()[:100]] if wanted.q.strip() else []), *wanted.narrowed.values()])


def _snippet(text: list[tuple[str, bool]]) -> dict[str, Any]:
    return {
        "snippet": "".join(piece for piece, _ in text),
        "hits": list(dict.fromkeys(piece for piece, is_hit in text if is_hit)),
    }


def _facets(counted: Facets) -> dict[str, Any]:
    def tallies(rows: tuple[Tally, ...]) -> list[dict[str, Any]]:
        return [{"key": one.key, "name": one.name, "stories": one.stories} for one in rows]

    return {
        "section": tallies(counted.sections),
        "kind": tallies(counted.kinds),
        "tag": tallies(counted.tags),
        "by": tallies(counted.people),
        "language": tallies(counted.languages),
        "pictures": {"yes": counted.with_picture, "no": counted.without_picture},
        "months": [{"month": f"{first:%Y-%m}", "stories": stories} for first, stories in counted.months],
        "undated": counted.undated,
    }
