"""What an engine answers with, and what the door makes of it for readers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from articles.index.asked import Order, Place
from articles.index.resolving import Meant
from articles.models.edition import Edition
from articles.models.search_index import IndexWord


@dataclass(frozen=True, slots=True)
class Hit:
    """An edition that meets a question: in which tier (from 1), and its spot among all stories."""

    tier: int
    spot: int
    edition_id: int

    def key(self, order: Order) -> tuple[int, int]:
        """Return what hits are sorted by, the first the smallest."""
        if order is Order.OLDEST:
            return (0, self.spot)
        return (self.tier if order is Order.RELEVANCE else 0, -self.spot)

    def place(self, order: Order) -> Place:
        """Return where a list goes on behind this hit."""
        return Place(order, self.tier if order is Order.RELEVANCE else 0, self.spot)


def key_of(place: Place) -> tuple[int, int]:
    """Return where a place stands among the hits' keys of its order."""
    return (place.tier, place.spot if place.order is Order.OLDEST else -place.spot)


@dataclass(slots=True)
class Counts:
    """How many stories there are of each kind, by the keys of rows; months as (year, month)."""

    total: int = 0
    sections: Counter[int] = field(default_factory=Counter)
    months: Counter[tuple[int, int]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    tags: Counter[int] = field(default_factory=Counter)
    people: Counter[int] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    pictured: int = 0


class Engine(Protocol):
    """What answers questions: of the editions that readers see at a moment, None for now, and of no others."""

    def hits(
        self, meant: Meant, *, moment: datetime | None, order: Order, after: Place | None, most: int
    ) -> list[Hit]:
        """Return at most `most` hits in order, from the one behind `after`."""

    def total(self, meant: Meant, *, moment: datetime | None) -> int:
        """Return how many editions meet the question."""

    def counts(self, meant: Meant, *, moment: datetime | None) -> Counts:
        """Return how many there are of each kind."""

    def new_words(self) -> Mapping[str, IndexWord]:
        """Return the words of stories that the archive's list of words has not taken in yet."""

    def sentences(self) -> tuple[str, ...]:
        """Return what readers must know of what was answered last."""


class Busy(Exception):
    """The index cannot answer; the sentence says why, and when it will."""


@dataclass(frozen=True, slots=True)
class Found:
    """Stories that meet a question, in order, and where the list goes on, None at its end.

    `sentences` say what readers must know of the answer: that the index is being made anew, for one.
    """

    editions: list[Edition]
    total: int
    next: Place | None
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the stories found stand under one name: `key` is what narrows to it (a slug, a code)."""

    key: str
    name: str
    stories: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The stories found, counted: each list by how many, the most first; years newest first, months oldest first.

    A month is its first day. Stories whose day nobody states are in `undated` and in no year. Of tags and people there
    are the most used ones only; of the others all.
    """

    total: int = 0
    sections: tuple[Tally, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    months: tuple[tuple[date, int], ...] = ()
    undated: int = 0
    kinds: tuple[Tally, ...] = ()
    tags: tuple[Tally, ...] = ()
    people: tuple[Tally, ...] = ()
    languages: tuple[Tally, ...] = ()
    with_picture: int = 0
    without_picture: int = 0
