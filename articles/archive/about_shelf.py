"""What stands over a list beside its name: how many stories from when to when, drawn by year, other spellings, related tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from articles.archive import drawing
from articles.models.contributor import Contributor, Spelling
from articles.models.section import Section
from articles.models.shelf import Shelf
from articles.models.shelf_count import UNDATED, ShelfCount, ShelfKind, ShelfPair, top_tags
from articles.models.tag import Tag
from articles.paper.page import Fact, facts

MOST_RELATED, MOST_SECTIONS = 8, 6


@dataclass(frozen=True, slots=True)
class Beside:
    """Another shelf that many of these stories stand on too."""

    name: str
    path: str
    stories: int


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a shelf; `ends` are the first and last month with a dated story, None without any."""

    total: int
    undated: int
    ends: tuple[date, date] | None
    bars: list[drawing.Bar]
    also: list[str]
    related: list[Beside]
    sections: list[Beside]
    is_person: bool = False


def asked(about: Section | Tag | Contributor | None) -> list[QuerySet[Any, Any]]:
    """Return what to read along with the masthead, for `told`."""
    if about is None:
        return []
    kind = _kind(about)
    counted = ShelfCount.objects.of(kind, about.pk).filter(period__gte=UNDATED)
    together = ShelfPair.objects.filter(kind=kind, shelf=about.pk, other=OuterRef("pk"))
    count = {
        other: Subquery(together.filter(other_kind=other).values("stories")[:1])
        for other in (ShelfKind.TAG, ShelfKind.SECTION)
    }
    related = Tag.objects.filter(pk__in=top_tags(kind, about.pk, MOST_RELATED))
    found = [
        facts("month", counted, number="period", count="stories"),
        facts("related", related, name="name", slug="slug", count=count[ShelfKind.TAG]),
    ]
    if isinstance(about, Tag):
        found.append(facts("also", about.aliases.all(), name="name"))
    if isinstance(about, Contributor):
        spelt = Spelling.objects.filter(Q(contributor=about) | Q(contributor__alias_of=about))
        most = ShelfPair.objects.filter(
            kind=kind, shelf=about.pk, other_kind=ShelfKind.SECTION, stories__gt=0
        )
        written = Section.objects.filter(
            pk__in=most.order_by("-stories", "other").values("other")[:MOST_SECTIONS]
        )
        found += [
            facts("also", spelt, name="as_printed"),
            facts("also", about.aliases.all(), name="name"),
            facts("wrote", written, name="name", slug="slug", count=count[ShelfKind.SECTION]),
        ]
    return found


def told(shelf: Shelf, found: Sequence[Fact]) -> About:
    """Return what is known of a shelf, from what was read along with the masthead."""
    months = {fact.number: fact.count for fact in found if fact.what == "month" and fact.number > UNDATED}
    undated = sum(fact.count for fact in found if fact.what == "month" and fact.number == UNDATED)
    names = {fact.name for fact in found if fact.what == "also"} - {shelf.name}
    return About(
        sum(months.values()) + undated,
        undated,
        drawing.ends(list(months)),
        drawing.bars(drawing.by_year(months), shelf.about.get_absolute_url() if shelf.about else shelf.path),
        sorted(names),
        _beside(found, "related", "/tag/"),
        _beside(found, "wrote", "/section/"),
        isinstance(shelf.about, Contributor),
    )


def _kind(about: Section | Tag | Contributor) -> ShelfKind:
    if isinstance(about, Section):
        return ShelfKind.SECTION
    return ShelfKind.TAG if isinstance(about, Tag) else ShelfKind.PERSON


def _beside(found: Sequence[Fact], what: str, at: str) -> list[Beside]:
    rows = [Beside(fact.name, f"{at}{fact.slug}/", fact.count) for fact in found if fact.what == what]
    return sorted(rows, key=lambda one: (-one.stories, one.name))
