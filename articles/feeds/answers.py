"""Answers to machines: JSON and XML, a plain 404 for what is hidden or never was, 410 with the notice."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.encoding import iri_to_uri
from django.utils.http import http_date

from articles.models.shelf import Moved, Page, Shelf
from articles.models.withdrawal import Withdrawal
from newsroom.keyset import Cursor

NOTHING_HERE = "There is nothing at this address. Check it for a slip, or start from /index.json."
WITHDRAWN = "What stood at this address has been withdrawn."


class Gone(Exception):
    """What stood here was public once and is not any more."""

    def __init__(self, withdrawal: Withdrawal | None = None) -> None:
        super().__init__(WITHDRAWN)
        self.withdrawal = withdrawal


class ElsewhereNow(Exception):
    """The shelf was merged into another: `path` is the address of that one."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def absolute(path: str) -> str:
    """Return a path of ours as an address one can cite: built from SITE_URL, never from what a request claims."""
    return settings.SITE_URL + iri_to_uri(path)


def as_json(request: HttpRequest, facts: Mapping[str, Any], *, status: int = 200) -> HttpResponseBase:
    """Answer with JSON in UTF-8."""
    text = json.dumps(facts, ensure_ascii=False)
    return send(request, text.encode("utf-8", "replace"), "application/json; charset=utf-8", status=status)


def as_list(request: HttpRequest, facts: Sequence[Any]) -> HttpResponseBase:
    """Answer with a JSON list, where a standard wants one; else as `as_json`."""
    text = json.dumps(facts, ensure_ascii=False)
    return send(request, text.encode("utf-8", "replace"), "application/json; charset=utf-8")


def send(
    request: HttpRequest, body: bytes, kind: str, *, status: int = 200, changed_at: datetime | None = None
) -> HttpResponseBase:
    """Answer with `body`, of media type `kind`; `changed_at` is when the newest of it changed, by its own dates.

    ETag, Last-Modified and 304 are made of it on its way out, as for every page (`newsroom/validators.py`).
    """
    response = HttpResponse(body, content_type=kind, status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if status == 200 and changed_at is not None:
        response.headers["Last-Modified"] = http_date(changed_at.timestamp())
    return response


def missing(request: HttpRequest) -> HttpResponseBase:
    """Answer 404 with JSON, the same for what is hidden and for what never was."""
    return as_json(request, {"error": NOTHING_HERE}, status=404)


def gone(request: HttpRequest, withdrawal: Withdrawal | None) -> HttpResponseBase:
    """Answer 410 with JSON: the notice that readers are given, and since when, where there is one."""
    facts: dict[str, Any] = {"error": WITHDRAWN}
    if withdrawal is not None:
        facts |= {
            "story_id": str(withdrawal.story_id),
            "notice": withdrawal.notice,
            "withdrawn_at": iso(withdrawal.withdrawn_at),
        }
    return as_json(request, facts, status=410)


def moved(path: str) -> HttpResponsePermanentRedirect:
    """Answer 301 to a path of our own."""
    return HttpResponsePermanentRedirect(iri_to_uri(path))


def iso(moment: datetime | None) -> str | None:
    """Return a moment in UTC by ISO 8601, to the second: 2016-11-03T08:00:00Z."""
    # Asked for a thousand times a sitemap; `strftime` takes three times as long.
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z" if moment else None


def open_shelf(
    found: Shelf | Moved | None, after: Cursor | None = None, *, whole: bool = False
) -> tuple[Shelf, Page]:
    """Return a shelf and one page of it.

    Raises Http404 for one that never held anything public, `Gone` for one that did once, `ElsewhereNow` for one
    that was merged into a shelf that readers can see, `BadCursor` for a place in another list.
    """
    if found is None:
        raise Http404
    shelf = found.shelf if isinstance(found, Moved) else found
    page = shelf.page(after, whole=whole)
    if not page.editions and not (shelf.is_always_there and after is None):
        if after is None and shelf.was_public():
            raise Gone
        raise Http404
    if isinstance(found, Moved):
        raise ElsewhereNow(shelf.path)
    return shelf, page
