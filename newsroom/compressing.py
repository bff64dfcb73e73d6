"""Sends public text compressed to whoever can read it so: a proxy in front may do it too, but need not be there."""

import zlib

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

SMALLEST = 1_000
# A page takes half a millisecond; a higher level takes twice that for a few bytes.
LEVEL = 5
KINDS = (
    "text/",
    "application/json",
    "application/xml",
    "application/rss",
    "application/atom",
    "application/feed",
    "application/x-",
    "application/vnd.",
)
_GZIP = 16 + zlib.MAX_WBITS


def compressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer that anybody may have, as gzip where it is text and the asker takes that.

    For public answers alone: what is secret must not be compressed beside what a stranger can choose. The same bytes
    give the same bytes, so that a page is one page; its ETag is weak and stays.
    """
    if not isinstance(response, HttpResponse) or "Content-Encoding" in response.headers:
        return response
    if response.status_code == 304:
        patch_vary_headers(response, ["Accept-Encoding"])
        return response
    if len(response.content) < SMALLEST or not response.headers.get("Content-Type", "").startswith(KINDS):
        return response
    patch_vary_headers(response, ["Accept-Encoding"])
    if _takes_gzip(request.headers.get("Accept-Encoding", "")):
        packing = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
        response.content = packing.compress(response.content) + packing.flush()
        response.headers["Content-Encoding"] = "gzip"
    return response


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() == "gzip":
            return weight.replace(" ", "").rstrip("0").rstrip(".") != "q="
    return False
