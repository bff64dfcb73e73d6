"""Error pages that know the paper: its sections, its years, and what the reader may have meant."""

import logging
import re
from dataclasses import dataclass

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from articles.models import near
from articles.paper.page import Masthead, masthead
from newsroom import errors

log = logging.getLogger(__name__)

_SHELF = re.compile(r"/(section|tag|by)/([^/]+?)(?:/|\.json)?$")
_YEAR = re.compile(r"/([0-9]{4})(?:[/.-]|$)")


@dataclass(frozen=True, slots=True)
class Way:
    """Something that is there, near to what was asked for: its name and its address."""

    name: str
    path: str


def page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """Give the error page for `status` with the ways on from it: two queries at most, none needed.

    What it offers is public, found by the address alone: hidden or never there, the page is the same.
    """
    try:
        head = masthead()
        facts = {"masthead": head, "near": nearest(request.path_info, head) if status == 404 else []}
    except DatabaseError:
        log.exception("The ways on from an error page could not be looked up.")
        facts = {}
    return errors.page(request, status, sentence, facts)


def nearest(path: str, head: Masthead) -> list[Way]:
    """Return the public shelves whose address is almost `path`, the nearest first. One query at most."""
    shelf, year = _SHELF.match(path), _YEAR.match(path)
    if shelf is not None:
        kind, slug = shelf.groups()
        if kind == "section":
            known = {section.slug: section for section in head.sections}
            return [Way(known[slug].name, f"/section/{slug}/") for slug in near.alike(slug, known)]
        found = near.tags(slug) if kind == "tag" else near.contributors(slug)
        return [Way(one.name, one.get_absolute_url()) for one in found]
    if year is not None and head.first_on is not None and head.last_on is not None:
        inside = min(max(int(year[1]), head.first_on.year), head.last_on.year)
        return [Way(str(inside), f"/{inside}/")]
    return []
