"""Sends public text compressed to whoever can read it so: a proxy in front may do it too, but need not be there."""

import re
import zlib

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

SMALLEST = 1_000
# Every page is to go out in a third: with less of brotli than this, one in ten does not. More takes half as long again.
GZIP_LEVEL, BROTLI_QUALITY = 4, 4
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
BROTLI, GZIP, PLAIN = "br", "gzip", ""
_REFUSED = re.compile(r"\s*q\s*=\s*0(?:\.0*)?\s*")
_GZIP = 16 + zlib.MAX_WBITS


def compressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer that anybody may have, packed where it is text, in a way that the asker takes.

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
    coding = chosen(request.headers.get("Accept-Encoding", ""))
    if coding:
        response.content = packed(response.content, coding)
        response.headers["Content-Encoding"] = coding
    return response


def chosen(accepted: str) -> str:
    """Return in which way to pack for somebody who accepts these codings: brotli before gzip, "" for not at all."""
    taken = set()
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        if not _REFUSED.fullmatch(weight):
            taken.add(coding.strip())
    return BROTLI if BROTLI in taken else GZIP if GZIP in taken else PLAIN


def packed(body: bytes, coding: str) -> bytes:
    """Return a body in one of the codings that `chosen` names."""
    if coding == BROTLI:
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY, mode=brotli.MODE_TEXT))
    if coding == GZIP:
        packing = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, _GZIP)
        return packing.compress(body) + packing.flush()
    return body


def unpacked(body: bytes, coding: str) -> bytes:
    """Return what `packed` was given."""
    if coding == BROTLI:
        return bytes(brotli.decompress(body))
    return zlib.decompress(body, _GZIP) if coding == GZIP else body
