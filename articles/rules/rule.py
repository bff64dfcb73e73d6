"""What a rule is: a name, its reason in words, and the same judgement on one story and on all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.models import Contents

if TYPE_CHECKING:
    from articles.rules.standing import Standing

Question = Callable[[], Q]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must not be wrong when a story goes out.

    `said` is why, in words; `breaks` gives a sentence for each breach, none where there is none. `copies` and
    `editions` ask the same of every row at once: a condition on `Article` and on `Edition`. Where no database can
    judge a text, they are left out, and `may_break` names, of both, the rows that only the predicate can judge.
    `heading` is what a list of the stories that break it is called, empty where no query makes that list.
    A stop stops; a warning is waved through with a reason, which is kept with the record.
    """

    name: str
    said: str
    is_stop: bool
    breaks: "Callable[[Contents, Standing], list[str]]"
    copies: Question | None = None
    editions: Question | None = None
    may_break: Q | None = None
    heading: str = ""

    def query(self) -> Q | None:
        """Return the rule as a condition on copy, None where only the predicate can tell."""
        return self.copies() if self.copies else None

    def edition_query(self) -> Q | None:
        """Return the rule as a condition on editions, None where it asks nothing of what readers see."""
        return self.editions() if self.editions else None


@dataclass(frozen=True, slots=True)
class Problem:
    """One breach of one rule by one story."""

    rule: Rule
    said: str
