"""What stands over a list beside its name: how many stories from when to when, drawn by year, other spellings, related tags."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from articles.archive import drawing
from articles.models.contributor import Contributor, Spelling
from articles.models.section import Section
from articles.models.shelf import name_of
from articles.models.shelf_count import UNDATED, ShelfCount, ShelfKind, ShelfPair, top_tags
from articles.models.tag import Tag
from articles.paper.page import Beside, Fact, facts

MOST_RELATED, MOST_SECTIONS = 8, 6


@dataclass(frozen=True, slots=True)
class AlsoShelved:
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
    related: list[AlsoShelved]
    sections: list[AlsoShelved]
    is_person: bool = False


def asked(about: Section | Tag | Contributor | None) -> tuple[Beside, int] | None:
    """Return what to read along with the masthead, for `told`: as `masthead(beside_of=…)` takes it."""
    return (_ASKS[_kind(about)], about.pk) if about else None


def _of_section(number: int) -> list[QuerySet[Any, Any]]:
    return _counted(ShelfKind.SECTION, number)


def _of_tag(number: int) -> list[QuerySet[Any, Any]]:
    return [*_counted(ShelfKind.TAG, number), facts("also", Tag.objects.filter(alias_of=number), name="name")]


def _of_person(number: int) -> list[QuerySet[Any, Any]]:
    kind = ShelfKind.PERSON
    # Two looks: asked for in one breath, all spellings of all names are read.
    spelt = Spelling.objects.filter(contributor=number)
    merged = Contributor.objects.filter(alias_of=number)
    most = ShelfPair.objects.filter(kind=kind, shelf=number, other_kind=ShelfKind.SECTION, stories__gt=0)
    written = Section.objects.filter(
        pk__in=most.order_by("-stories", "other").values("other")[:MOST_SECTIONS]
    )
    return [
        *_counted(kind, number),
        facts("also", spelt, name="as_printed"),
        facts("also", Spelling.objects.filter(contributor__in=merged.values("pk")), name="as_printed"),
        facts("also", merged, name="name"),
        facts("wrote", written, name="name", slug="slug", count=_together(kind, number, ShelfKind.SECTION)),
    ]


_ASKS: dict[ShelfKind, Beside] = {
    ShelfKind.SECTION: _of_section,
    ShelfKind.TAG: _of_tag,
    ShelfKind.PERSON: _of_person,
}


def _counted(kind: ShelfKind, number: int) -> list[QuerySet[Any, Any]]:
    counted = ShelfCount.objects.of(kind, number)
    bounds = [
        counted.filter(pk=Subquery(counted.months().order_by(way).values("pk")[:1]))
        for way in ("period", "-period")
    ]
    related = Tag.objects.filter(pk__in=top_tags(kind, number, MOST_RELATED))
    return [
        # Not the months: a shelf of twenty years has hundreds.
        facts("year", counted.by_year(), number="period", count="stories"),
        *(facts("bound", bound, number="period") for bound in bounds),
        facts("related", related, name="name", slug="slug", count=_together(kind, number, ShelfKind.TAG)),
    ]


def _together(kind: ShelfKind, number: int, other: ShelfKind) -> Subquery:
    pairs = ShelfPair.objects.filter(kind=kind, shelf=number, other=OuterRef("pk"), other_kind=other)
    return Subquery(pairs.values("stories")[:1])


def told(about: Section | Tag | Contributor, found: Sequence[Fact]) -> About:
    """Return what is known of a section, tag or contributor, from what was read along with the masthead."""
    years = {fact.number: fact.count for fact in found if fact.what == "year"}
    undated = years.pop(UNDATED, 0)
    names = {fact.name for fact in found if fact.what == "also"} - {about.name}
    return About(
        sum(years.values()) + undated,
        undated,
        drawing.ends([fact.number for fact in found if fact.what == "bound"]),
        drawing.bars(years, about.get_absolute_url(), name_of(about)),
        sorted(names),
        _beside(found, "related", "/tag/"),
        _beside(found, "wrote", "/section/"),
        isinstance(about, Contributor),
    )


def _kind(about: Section | Tag | Contributor) -> ShelfKind:
    if isinstance(about, Section):
        return ShelfKind.SECTION
    return ShelfKind.TAG if isinstance(about, Tag) else ShelfKind.PERSON


def _beside(found: Sequence[Fact], what: str, at: str) -> list[AlsoShelved]:
    rows = [AlsoShelved(fact.name, f"{at}{fact.slug}/", fact.count) for fact in found if fact.what == what]
    return sorted(rows, key=lambda one: (-one.stories, one.name))
