"""Puts on every public answer the keys by which shared caches can be told to forget it."""

from collections.abc import Callable, Iterator
from datetime import date

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

from articles.models import cache_keys
from articles.models.cache_keys import ABSENT, CORRECTIONS, DATES, FRONT, LISTS, MANY, PAPER, UNDATED, key
from newsroom import headers

# What an address names, by the part of its pattern's name before the first `_`.
SHELVES = {"section": "section", "tag": "tag", "by": "by", "contributor": "by", "timeline": "tag"}
ALWAYS = {
    "front": FRONT, "corrections": CORRECTIONS, "undated": UNDATED, "year": DATES, "month": DATES, "day": DATES,
    "sitemap": LISTS, "news": LISTS, "oembed": MANY,
    # Whatever is published next may be found, and found first.
    "search": MANY,
}  # fmt: skip
# These show nothing that a story could change.
OF_THE_PAPER = frozenset({"robots", "security", "opensearch"})


class SurrogateKeysMiddleware:
    """Name in `Surrogate-Key` and `Cache-Tag` what an answer shows; what one person alone sees gets none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and put the keys on."""
        response = self.get_response(request)
        is_kept = request.method in ("GET", "HEAD") and response.status_code < 500
        if is_kept and not headers.is_kept_by_nobody(request, response):
            keys = cache_keys.capped(_keys(request, response))
            response.headers["Surrogate-Key"] = " ".join(keys)
            response.headers["Cache-Tag"] = ",".join(keys)
        return response


def _keys(request: HttpRequest, response: HttpResponseBase) -> Iterator[str]:
    yield PAPER
    if response.status_code == 404:
        yield ABSENT
        return
    if response.status_code not in (200, 301, 302, 304, 410):
        return
    match = getattr(request, "resolver_match", None)
    if match is not None:
        yield from _of_address(match)
    elif response.status_code in (301, 410):
        # An old address leads on to whatever stands behind it.
        yield MANY
    yield from getattr(response, "shown", ())


def _of_address(match: ResolverMatch) -> Iterator[str]:
    named, kind = match.kwargs, (match.url_name or "").partition("_")[0]
    found = []
    if "story_id" in named:
        found.append(key("story", named["story_id"]))
    if "media_id" in named:
        found.append(key("media", named["media_id"]))
    if kind in SHELVES and "slug" in named:
        found.append(key(SHELVES[kind], named["slug"]))
    if kind in ALWAYS:
        found.append(ALWAYS[kind])
    if kind == "day":
        found.append(cache_keys.day_key(date(int(named["year"]), int(named["month"]), int(named["day"]))))
    if match.namespaces:
        # A page as it stood names the changes around it.
        found.append(MANY)
    if not found and kind not in OF_THE_PAPER and kind != "image":
        found.append(MANY)
    yield from found
