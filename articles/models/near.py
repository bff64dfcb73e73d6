"""What a reader may have meant by a name that nothing public has: the tags and contributors spelled almost like it."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TypeVar

from django.db.models import QuerySet

from articles.models import shelf
from articles.models.contributor import Contributor
from articles.models.tag import Tag

Named = TypeVar("Named", Tag, Contributor)

# Of the names that begin alike this many are looked at, and this many offered.
LOOKED_AT, OFFERED = 400, 3
SHORTEST, LONGEST = 3, 80
ALIKE = 0.75


def tags(slug: str) -> list[Tag]:
    """Return the public tags whose slug is almost `slug`, the nearest first: one query."""
    rows = {tag.slug: tag for tag in _beginning_alike(shelf.tags(), Tag, slug)}
    return [rows[found] for found in alike(slug, rows)]


def contributors(slug: str) -> list[Contributor]:
    """Return the public contributors whose slug is almost `slug`, the nearest first: one query."""
    rows = {one.slug: one for one in _beginning_alike(shelf.contributors(), Contributor, slug)}
    return [rows[found] for found in alike(slug, rows)]


def alike(slug: str, known: Iterable[str]) -> list[str]:
    """Return which of the known slugs are almost `slug`, the nearest first, never `slug` itself."""
    if not SHORTEST <= len(slug) <= LONGEST:
        return []
    wanted = slug.casefold().replace("_", "-").replace(" ", "-")
    names = [name for name in known if name != slug and len(name) <= LONGEST]
    return get_close_matches(wanted, names, OFFERED, ALIKE)


def _beginning_alike(public: "QuerySet[Named]", kind: type[Named], slug: str) -> "QuerySet[Named]":
    first = slug.casefold()[:2]
    rows = kind._default_manager.filter(slug__gte=first, slug__lt=f"{first}\U0010ffff")
    return public.filter(pk__in=rows.order_by("slug").values("pk")[:LOOKED_AT])
