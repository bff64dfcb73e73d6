"""The TimeGate of RFC 7089: leads from a page and a date to that page as it stood then."""

import copy
import re
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.http import parse_http_date
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.archive.past import memento, own_moments, since
from articles.models import changes
from articles.paper import staying
from articles.paper.asof import path_at, with_place
from newsroom import errors

_RFC_1123 = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} [1-9]\d{3} \d{2}:\d{2}:\d{2} GMT", re.ASCII)
MOVED = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND)


@require_safe
def timegate(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Lead (302) to the page as it stood at `Accept-Datetime`, without one to the newest; 404 and 410 as the page has them."""
    response = _negotiate(request, own_path(rest))
    patch_vary_headers(response, ["Accept-Datetime"])
    return response


def own_path(rest: str) -> str:
    """Return the path that an address of ours names, whole (with SITE_URL) or without its first slash."""
    rest = rest.removeprefix(f"{settings.SITE_URL}/")
    return f"/{rest}"


def _negotiate(request: HttpRequest, path: str) -> HttpResponseBase:
    said = request.headers.get("Accept-Datetime")
    try:
        wanted = None if said is None else read_date(said)
    except ValueError:
        sentence = gettext("Accept-Datetime is a date of HTTP: Fri, 04 Nov 2016 12:00:00 GMT.")
        return errors.page(request, 400, sentence)
    match = at(timezone.now(), path)
    if match is None:
        raise Http404
    response: HttpResponseBase = errors.page(request, 404)
    first, last, best = _choice(match, wanted)
    for moment in _in_turn(best, first, last, timezone.now()):
        response = seen(request, path, moment)
        if response.status_code in (*MOVED, HTTPStatus.OK):
            where = response.headers.get("Location") or iri_to_uri(with_place(path_at(moment, path), request))
            found = HttpResponseRedirect(where)
            here = with_place(path, request)
            ends = memento.mementos(here, [("first", first), ("last", last)])
            found.headers["Link"] = ", ".join([*memento.around(here), *ends])
            return found
        if response.status_code == HTTPStatus.GONE:
            break
    return _bare(request, response.status_code)


def _bare(request: HttpRequest, status: int) -> HttpResponse:
    return errors.page(request, status if status == HTTPStatus.GONE else HTTPStatus.NOT_FOUND)


def read_date(text: str) -> datetime:
    """Return the moment that `Accept-Datetime` names; raise ValueError for what is no date of RFC 1123."""
    if not _RFC_1123.fullmatch(text.strip()):
        raise ValueError(text)
    return datetime.fromtimestamp(parse_http_date(text.strip()), tz=timezone.get_default_timezone())


def at(moment: datetime, path: str) -> ResolverMatch | None:
    """Return what answers the page at `path` as it stood, None where there is no such kind of page."""
    try:
        match = resolve(path_at(moment, path))
    except Resolver404:
        return None
    return match if match.namespace == staying.NAMESPACE else None


def seen(request: HttpRequest, path: str, moment: datetime) -> HttpResponseBase:
    """Return the answer that a reader gets who goes to the page at that moment: the one way to know if it is there."""
    match = at(moment, path)
    if match is None:
        raise Http404
    asking: Any = copy.copy(request)
    asking.method, asking.resolver_match = "GET", match
    asking.path = asking.path_info = path_at(moment, path)
    asking.META = {name: said for name, said in request.META.items() if not name.startswith("HTTP_IF_")}
    asking.__dict__.pop("headers", None)
    answer: HttpResponseBase = match.func(asking, *match.args, **match.kwargs)
    return answer


def _choice(
    match: ResolverMatch, wanted: datetime | None
) -> tuple[datetime | None, datetime | None, datetime | None]:
    """Return a page's first moment, its newest, and that of the state in force at `wanted`. Five queries at most."""
    if own := own_moments.of(match.url_name or "", match.kwargs):
        return own[0], own[-1], max((one for one in own if wanted is None or one <= wanted), default=own[0])
    story_id = match.kwargs.get("story_id")
    number = int(story_id) if story_id is not None else None
    last = changes.last(number)
    begins = since.begins(match.url_name or "", match.kwargs)
    first = begins or changes.first(number)
    best = changes.until(min(wanted, timezone.now()), number) if wanted else last
    steady = since.steady_from(match.url_name or "", match.kwargs) if wanted is None else None
    if best is not None and steady is not None:
        best = max(best, steady)
    if best is not None and begins is not None:
        best = max(best, begins)
    if begins is not None and last is not None:
        last = max(last, begins)
    return first, last, best or first


def _in_turn(*moments: datetime | None) -> list[datetime]:
    """Return the seconds to try, the best first, each once."""
    return list(dict.fromkeys(one.replace(microsecond=0) for one in moments if one is not None))
