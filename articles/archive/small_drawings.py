"""Places the points and bars of small drawings: shares and counts over time. A table beside each says the same in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDE, HIGH = 240, 36


@dataclass(frozen=True, slots=True)
class Trend:
    """A line of shares over time, in the drawing's own units: its points as SVG wants them, and where it ends."""

    points: str
    end_x: float
    end_y: float
    first_on: date
    last_on: date
    wide: int = WIDE
    high: int = HIGH


def trend(days: Sequence[tuple[date, int, int]]) -> Trend | None:
    """Return the line of (day, count, whole), oldest first, from nought to its highest share; None for less than two."""
    if len(days) < 2:
        return None
    first, last = days[0][0], days[-1][0]
    span = (last - first).days or 1
    shares = [count / whole if whole else 0.0 for _, count, whole in days]
    most = max(shares) or 1.0
    places = [
        (round((day - first).days / span * (WIDE - 6) + 3, 1), round(HIGH - 4 - share / most * (HIGH - 8), 1))
        for (day, _, _), share in zip(days, shares, strict=True)
    ]
    return Trend(" ".join(f"{x},{y}" for x, y in places), *places[-1], first, last)


@dataclass(frozen=True, slots=True)
class Bar:
    """A column of a small drawing: its place, its height from the ground, and what it stands for."""

    x: float
    y: float
    wide: float
    high: float
    year: int
    count: int


def bars(counts: dict[int, int], years: Sequence[int], most: int) -> list[Bar]:
    """Return a column for each of `years`, oldest first, the highest possible being `most`."""
    if not years or not most:
        return []
    room = WIDE / len(years)
    found = []
    for place, year in enumerate(years):
        count = counts.get(year, 0)
        high = round(max(count / most * (HIGH - 2), 1.5 if count else 0.0), 1)
        found.append(Bar(round(place * room, 1), HIGH - high, round(min(room - 2, 28), 1), high, year, count))
    return found
