"""What an answer says of its own past: `Link` and `Memento-Datetime`, after RFC 7089.

Pattern 2.1 of its section 4: an original is never its own TimeGate, the TimeGate answers 302, and each memento has an
address of its own.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri
from django.utils.http import http_date

from articles.paper.asof import AsOf, can_be_told, path_at, with_place

LINK_FORMAT = "application/link-format"
TIMEGATE, TIMEMAP = "/timegate", "/timemap"


def absolute(path: str) -> str:
    """Return a path of ours as an address, of ASCII alone: it stands in headers."""
    return settings.SITE_URL + str(iri_to_uri(path))


def dated(moment: datetime) -> str:
    """Return a moment as HTTP says it: Fri, 04 Nov 2016 12:00:00 GMT."""
    return http_date(moment.timestamp())


def link(path: str, relation: str, **attributes: str) -> str:
    """Return one link to a page of ours, in the form that the header and a TimeMap share (RFC 8288)."""
    said = "".join(f'; {name}="{value}"' for name, value in attributes.items())
    return f'<{absolute(path)}>; rel="{relation}"{said}'


def around(path: str) -> list[str]:
    """Return the links that every answer about the page at `path` has: the page, its TimeGate, its TimeMap."""
    return [
        link(path, "original"),
        link(f"{TIMEGATE}{path}", "timegate"),
        link(f"{TIMEMAP}/link{path}", "timemap", type=LINK_FORMAT),
    ]


def point(response: HttpResponseBase, request: HttpRequest) -> None:
    """Tell in the answer of an original where its past is to be had."""
    if can_be_told(request.path, request):
        _add(response, around(with_place(request.path, request)))


def date(response: HttpResponseBase, request: HttpRequest, as_of: AsOf) -> None:
    """Make an answer under `/at/` a memento: its moment, its original, and those before and after it."""
    path = with_place(as_of.path, request)
    response.headers["Memento-Datetime"] = dated(as_of.second)
    response.headers["X-Robots-Tag"] = "noindex"
    if can_be_told(path, request):
        _add(response, [*around(path), *_neighbours(path, as_of)])


def mementos(path: str, named: Iterable[tuple[str, datetime | None]]) -> list[str]:
    """Return links to mementos of the page at `path`; names that fall on one moment make one link."""
    at: dict[datetime, list[str]] = {}
    for name, moment in named:
        if moment is not None:
            at.setdefault(moment.replace(microsecond=0), []).append(name)
    return [
        link(path_at(moment, path), " ".join([*filter(None, names), "memento"]), datetime=dated(moment))
        for moment, names in at.items()
    ]


def _neighbours(path: str, as_of: AsOf) -> list[str]:
    found = as_of.changes
    if found is None:
        return []
    # Since when a list of a tag or a name has been there is not asked for each of its pages.
    first = found.first if as_of.story_id or path == "/" else None
    named = [("first", first), ("prev", found.earlier), ("next", found.later), ("last", found.last)]
    return mementos(path, named)


def _add(response: HttpResponseBase, links: list[str]) -> None:
    said = response.headers.get("Link")
    response.headers["Link"] = ", ".join([*([said] if said else []), *links])
