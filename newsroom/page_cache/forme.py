"""What a page was set from, the questions it asks the database; and the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from newsroom.page_cache.shelf import Kept

# What a question takes for itself: its text and most of its parameters are those of other pages' too.
_A_QUESTION, _A_PARAMETER = 150, 10
# What stands in a question where the present moment stood, as the database spells it or as a number (`keyset.micros`).
NOW, NOW_IN_MICROS = object(), object()


@dataclass(frozen=True, slots=True)
class Question:
    """One statement; in its parameters `NOW` or `NOW_IN_MICROS` stands where the present moment stood."""

    sql: str
    params: tuple[Any, ...]

    def at(self, spelt: Mapping[object, Any]) -> tuple[Any, ...]:
        """Return its parameters at a moment that is spelt in both ways."""
        return tuple([spelt[one] if type(one) is object else one for one in self.params])


@dataclass(slots=True, eq=False)
class Forme:
    """What a page was set from; and the page, once it was set twice from the same."""

    questions: tuple[Question, ...]
    asked_until: datetime
    said: int | None = None
    kept: Kept | None = None
    days: tuple[date, date] = (date.min, date.min)
    set_at: float = 0.0
    # What it took to ask, the last time.
    took: float = float("inf")

    @property
    def size(self) -> int:
        """Return how many bytes of memory it takes, about."""
        asked = sum(_A_QUESTION + _A_PARAMETER * len(one.params) for one in self.questions)
        return asked + (self.kept.size if self.kept else 0)
