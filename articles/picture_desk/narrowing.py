"""What the library can be narrowed down to: each state of a picture once, in words and as a condition."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from articles.models import EditionPicture, Placement
from media.models import RightsState
from media.models.picture import ABSENT, EMPTY
from media.models.rights import in_state

Rule = Callable[[date], Q]


@dataclass(frozen=True, slots=True)
class Choice:
    """One state that pictures can be in: its words, and the condition as it stands on a day."""

    words: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One question asked of the library, and its possible answers by the words that stand in an address."""

    label: str
    choices: dict[str, Choice]


def used() -> Q:
    """Return the condition on pictures that stand in any story, published or still copy."""
    printed = EditionPicture.objects.filter(picture=OuterRef("pk"))
    placed = Placement.objects.filter(picture=OuterRef("pk"))
    return Q(Exists(printed)) | Q(Exists(placed))


def _always(rule: Q) -> Rule:
    return lambda on: rule


def _rights(state: RightsState) -> Choice:
    return Choice(str(state.label), lambda on: in_state(state, on))


NARROWINGS: dict[str, Narrowing] = {
    "rights": Narrowing("Rights", {str(state.value): _rights(state) for state in RightsState}),
    "caption": Narrowing(
        "Caption",
        {
            "present": Choice("captioned", _always(~ABSENT & ~EMPTY)),
            "absent": Choice("no caption", _always(ABSENT)),
            "empty": Choice("caption left empty", _always(EMPTY)),
        },
    ),
    "alt": Narrowing(
        "Alternative text",
        {"written": Choice("written", _always(~Q(alt=""))), "missing": Choice("missing", _always(Q(alt="")))},
    ),
    "file": Narrowing(
        "File",
        {"here": Choice("here", _always(~Q(original=""))), "lost": Choice("lost", _always(Q(original="")))},
    ),
    "use": Narrowing(
        "Use",
        {"used": Choice("used", lambda on: used()), "unused": Choice("never used", lambda on: ~used())},
    ),
    "withdrawn": Narrowing(
        "Withdrawn",
        {
            "no": Choice("not withdrawn", _always(Q(killed_at__isnull=True))),
            "yes": Choice("withdrawn", _always(Q(killed_at__isnull=False))),
        },
    ),
    "ai": Narrowing(
        "AI",
        {
            "yes": Choice("made or altered by AI", _always(Q(is_made_by_ai=True))),
            "no": Choice("not made by AI", _always(Q(is_made_by_ai=False))),
        },
    ),
}
