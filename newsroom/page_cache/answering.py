"""Answers with what is kept: the headers that a fresh answer would have, 304 and HEAD among them, rendering nothing."""

import sys
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from newsroom import compressing, headers, validators
from newsroom.page_cache.shelf import Header, Kept

StartResponse = Callable[[str, list[Header]], Any]
_NOT_IN_304 = frozenset({"content-type", "vary"})
_OF_ENCODING = "accept-encoding"
_LINES = {one.value: f"{one.value} {one.phrase}" for one in HTTPStatus}


def whole(response: HttpResponseBase) -> Kept | None:
    """Return an answer in the form that can be given to anybody; None where it depends on who asks.

    It was rendered plain, for nobody in particular.
    """
    if not isinstance(response, HttpResponse) or response.cookies or "Content-Encoding" in response.headers:
        return None
    stated = response.headers.get("Cache-Control", "")
    vary = {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name.strip()}
    if "private" in stated or vary - {_OF_ENCODING}:
        return None
    kept = Kept(response.status_code, response.items(), response.content)
    kept.etag = response.headers.get("ETag", "")
    kept.is_packable = bool(vary)
    kept.is_shared = headers.is_shared(stated)
    # What is another for each asker, and at each moment, is said when they ask.
    each = {"content-length", "cache-control"} if kept.is_shared else {"content-length"}
    # Most are the same on every page.
    kept.headers = [
        (sys.intern(name), sys.intern(value)) for name, value in kept.headers if name.lower() not in each
    ]
    return kept


def may_be_kept(kept: Kept, response: HttpResponseBase) -> bool:
    """Say whether an answer may be kept for others: good, public in the usual way, and with its keys."""
    is_named = "Surrogate-Key" in response.headers
    is_of_one_answer = "'nonce-" in response.headers.get("Content-Security-Policy", "")
    return kept.status == HTTPStatus.OK and kept.is_shared and is_named and not is_of_one_answer


def answer(
    kept: Kept, environ: Mapping[str, Any], start_response: StartResponse, further: Iterable[Header] = ()
) -> list[bytes]:
    """Answer one request. `further` are headers of this answer alone; with any, nobody is to keep it."""
    told = [*further]
    if kept.is_shared:
        told.append(("Cache-Control", "no-store" if told else headers.shared()))
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None and kept.etag and _has(asked, kept.etag):
        unsent = [(name, value) for name, value in kept.headers if name.lower() not in _NOT_IN_304]
        start_response(_LINES[304], [*unsent, ("Vary", "Accept-Encoding"), *told])
        return []
    coding = compressing.chosen(environ.get("HTTP_ACCEPT_ENCODING", "")) if kept.is_packable else ""
    body = kept.body(coding)
    told.append(("Content-Length", str(len(body))))
    if coding:
        told.append(("Content-Encoding", coding))
    start_response(_LINES[kept.status], [*kept.headers, *told])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _has(asked: str, etag: str) -> bool:
    """Say whether If-None-Match names an answer; whether weakly or not makes no difference (RFC 9110, 13.1.2)."""
    named = {one.removeprefix("W/") for one in parse_etags(validators.as_sent(asked))}
    return "*" in named or etag.removeprefix("W/") in named
