"""Draws a story's life: a line through time with a mark for each published version. The list beside it is its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from articles.archive.versions import Version

# The drawing's own units.
WIDE, HIGH, EDGE = 720, 64, 14
# Marks nearer than this to each other are told by the list alone.
NEAREST = 4.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A version on the line: its place, and what sort of mark it is."""

    x: float
    number: int
    kind: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class Life:
    """The drawing: its marks from the first version on, and between which moments they lie."""

    marks: list[Mark]
    first_at: datetime
    last_at: datetime
    wide: int = WIDE
    high: int = HIGH

    @property
    def ends_at(self) -> int:
        """Return where the line ends."""
        return WIDE - EDGE

    @property
    def begins_at(self) -> int:
        """Return where the line begins."""
        return EDGE


def drawn(versions: Sequence[Version]) -> Life | None:
    """Return the drawing of versions that come newest first; None for a story that has one alone."""
    if len(versions) < 2:
        return None
    oldest_first = versions[::-1]
    first, last = oldest_first[0].live_from, oldest_first[-1].live_from
    span = (last - first).total_seconds()
    marks: list[Mark] = []
    named_at = -100.0
    for place, one in enumerate(oldest_first):
        # All at one moment: side by side.
        share = (one.live_from - first).total_seconds() / span if span else place / (len(oldest_first) - 1)
        x = round(EDGE + share * (WIDE - 2 * EDGE), 1)
        is_last = place == len(oldest_first) - 1
        if marks and x - marks[-1].x < NEAREST and not is_last:
            continue
        is_named = x - named_at >= 22
        named_at = x if is_named else named_at
        marks.append(Mark(x, one.number, one.mark, is_named))
    return Life(marks, first, last)
