"""Gives every public answer an ETag and a Last-Modified, and answers 304 where the asker has it already (RFC 9110, 13)."""

import hashlib
import re
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from newsroom.first_seen import FirstSeen

# The parameters that make another page of an address; any other changes nothing.
PARAMETERS = (
    "after", "by", "day", "first", "format", "from", "hour", "kind", "language", "maxheight", "maxwidth", "month", "on", "path",
    "pictures", "q", "second", "section", "sort", "tag", "to", "url", "year",
)  # fmt: skip
# What servers in front put behind an ETag when they compress: Apache's `-gzip`, Caddy's, Jetty's `--gzip`.
_COMPRESSED = re.compile(r'[-;]{1,2}(?:gzip|br|zstd|deflate)(?=")')

_seen = FirstSeen()


def etag_of(body: bytes) -> str:
    """Return the ETag of a body: weak, because the same page compressed on the way is still the same page."""
    return f'W/"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return the answer with its validators, emptied to a 304 where If-None-Match names it.

    A `Last-Modified` that is there already is taken for what the page itself knows of its age. Only the ETag decides:
    If-Modified-Since alone gets the whole page, since no date can be trusted to go forward at every withdrawal.
    """
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        return response
    if not isinstance(response, HttpResponse) or "ETag" in response.headers:
        return response
    etag = etag_of(response.content)
    since = _seen.since(_address(request), etag, now=timezone.now().timestamp(), known=_stated(response))
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(since)
    if _decides(request, etag, since):
        response.status_code = 304
        response.content = b""
        for name in ("Content-Type", "Content-Length"):
            response.headers.pop(name, None)
    return response


def _decides(request: HttpRequest, etag: str, since: float) -> bool:
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if asked is None:
        return False
    request.META["HTTP_IF_NONE_MATCH"] = as_sent(asked)
    held = get_conditional_response(request, etag=etag, last_modified=int(since))
    return held is not None and held.status_code == 304


def as_sent(asked: str) -> str:
    """Return an If-None-Match with the ETags that we sent, whatever a server in front put behind them."""
    return _COMPRESSED.sub("", asked)


def _address(request: HttpRequest) -> str:
    named = {name: request.GET[name] for name in PARAMETERS if name in request.GET}
    return f"{request.path_info}?{urlencode(named, errors='replace')}" if named else request.path_info


def _stated(response: HttpResponse) -> float | None:
    stated = response.headers.get("Last-Modified")
    return parse_http_date_safe(stated) if stated else None
