"""The TimeMaps of RFC 7089: all moments at which a page changed, as links (RFC 6690) and as JSON.

A story's mementos are its editions. Those of a section, a tag, a person or a date are the moments at which its own stories
changed (`own_moments.py`), as long as there are not too many of them to be read in a request. The front page's, and those of
longer lists, are the moments at which anything in the paper changed: between two of them it is the same, though at some of
them this list did not change. Too many mementos lead to the right page; one too few to a wrong one.

At most `MOST` are given at once: a page with more has a TimeMap for each year, a year with more goes on where the one
before ended. In JSON `first` and `last` are the page's, not the part's, as in the links; `prev` and `next` are those of a
moment, and stand in the `Link` header of each memento.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import path as address
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.archive.past import memento, own_moments, since
from articles.archive.past.converters import MOMENT
from articles.archive.past.memento import absolute, dated, link
from articles.archive.past.timegate import at, own_path, seen
from articles.models import changes
from articles.paper.asof import path_at, stamp_of, with_place
from newsroom import errors

MOST = 1_000


@dataclass(slots=True)
class TimeMap:
    """What is known of a page's past: `moments` in order, and `parts` (from, until) where more is to be had."""

    path: str
    first: datetime
    last: datetime
    is_part: bool = False
    moments: list[datetime] = field(default_factory=list)
    parts: list[tuple[datetime, datetime]] = field(default_factory=list)

    def address(self, form: str, part: datetime | None = None) -> str:
        """Return the address of this TimeMap, or of the part that begins with a moment."""
        inside = f"/{stamp_of(part)}" if part else ""
        return f"{memento.TIMEMAP}/{form}{inside}{self.path}"

    @property
    def own(self) -> str:
        """Return its own address as links."""
        return self.address("link", self.moments[0] if self.is_part else None)


@require_safe
def timemap(
    request: HttpRequest, form: str, rest: str = "", moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the TimeMap of a page, or with its part from `moment` on; 404 and 410 as the page has them."""
    path = own_path(rest)
    match = at(timezone.now(), path)
    if match is None:
        raise Http404
    now = seen(request, path, timezone.now())
    if now.status_code not in (200, 301):
        return errors.page(request, 410 if now.status_code == 410 else 404)
    story_id = match.kwargs.get("story_id")
    number = int(story_id) if story_id is not None else None
    begins = since.begins(match.url_name or "", match.kwargs)
    own = own_moments.of(match.url_name or "", match.kwargs) if moment is None else []
    where = with_place(path, request)
    found = TimeMap(where, own[0], own[-1], moments=own) if own else _read(where, number, begins, moment)
    response = _as_links(found) if form == "link" else _as_json(found)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _read(path: str, story_id: int | None, begins: datetime | None, part: datetime | None) -> TimeMap:
    first, last = begins or changes.first(story_id), changes.last(story_id)
    if first is None or last is None:
        raise Http404
    found = TimeMap(path, first.replace(microsecond=0), max(first, last).replace(microsecond=0))
    if part is None:
        moments = changes.between(found.first, timezone.now(), MOST + 1, story_id)
        if len(moments) <= MOST and (not moments or moments[-1] == found.last):
            found.moments = sorted({found.first, *moments})
        else:
            found.parts = list(_years(found.first, found.last))
        return found
    ends = datetime(part.year + 1, 1, 1, tzinfo=UTC)
    found.is_part = True
    found.moments = changes.between(max(part, found.first), ends, MOST, story_id)
    if not found.moments:
        raise Http404
    following = changes.after(found.moments[-1], story_id)
    if following is not None:
        ends = datetime(following.year + 1, 1, 1, tzinfo=UTC) - changes.A_SECOND
        found.parts = [(following, min(ends, found.last))]
    return found


def _years(first: datetime, last: datetime) -> Iterable[tuple[datetime, datetime]]:
    for year in range(first.astimezone(UTC).year, last.astimezone(UTC).year + 1):
        begins, ends = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
        yield max(first, begins), min(last, ends - changes.A_SECOND)


def _as_links(found: TimeMap) -> HttpResponse:
    begins, ends = _bounds(found)
    kind = memento.LINK_FORMAT
    lines = [
        link(found.path, "original"),
        link(found.own, "self", type=kind, **{"from": dated(begins), "until": dated(ends)}),
        link(f"{memento.TIMEGATE}{found.path}", "timegate"),
    ]
    for since_, until in found.parts:
        span = {"from": dated(since_), "until": dated(until)}
        lines.append(link(found.address("link", since_), "timemap", type=kind, **span))
    lines += memento.mementos(found.path, _named(found))
    return HttpResponse(",\n".join(lines) + "\n", content_type=kind)


def _as_json(found: TimeMap) -> HttpResponse:
    facts: dict[str, Any] = {
        "original_uri": absolute(found.path),
        "self": absolute(found.address("json", found.moments[0] if found.is_part else None)),
        "timegate_uri": absolute(f"{memento.TIMEGATE}{found.path}"),
        "timemap_uri": {
            f"{form}_format": absolute(found.address(form, found.moments[0] if found.is_part else None))
            for form in ("link", "json")
        },
        "mementos": {
            "first": _memento(found.path, found.first),
            "last": _memento(found.path, found.last),
            "list": [_memento(found.path, moment) for moment in found.moments],
        },
    }
    if found.parts:
        facts["timemap_index"] = [
            {"from": _iso(begins), "until": _iso(ends), "uri": absolute(found.address("json", begins))}
            for begins, ends in found.parts
        ]
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False})


def _bounds(found: TimeMap) -> tuple[datetime, datetime]:
    return (found.moments[0], found.moments[-1]) if found.moments else (found.first, found.last)


def _named(found: TimeMap) -> list[tuple[str, datetime]]:
    return [("first", found.first), *(("", moment) for moment in found.moments), ("last", found.last)]


def _memento(path: str, moment: datetime) -> dict[str, str]:
    return {"datetime": _iso(moment), "uri": absolute(path_at(moment, path))}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


FORMS = ("link", "json")
PARTS = (f"<{MOMENT}:moment>/", "")
RESTS = ("", "<path:rest>")
urlpatterns = [
    address(f"timemap/{form}/{part}{rest}", timemap, {"form": form}, name="timemap")
    for form in FORMS
    for part in PARTS
    for rest in RESTS
]
