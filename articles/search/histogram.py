"""Draws what was found over time: a bar for each year, or for each month where there are few, which narrows the search to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from articles.index import Facets
from articles.seeking import Search

# The drawing's own units; as many months as are drawn one by one, and as many bars as fit at all.
WIDE, HIGH, MOST_MONTHS, MOST_BARS = 720, 56, 30, 120


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or month: where its bar stands, how many stories it has, and the search narrowed to it."""

    first: date
    stories: int
    path: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawing, its bars from the oldest on."""

    bars: list[Bar]
    is_by_month: bool
    undated: int


def drawn(counted: Facets, wanted: Search) -> Drawn | None:
    """Return the drawing of what was found; None where all of it fell into one month, or nobody dated any."""
    months = {first: stories for first, stories in counted.months if stories}
    if len(months) < 2:
        return None
    first, last = _number(min(months)), _number(max(months))
    if last - first < MOST_MONTHS:
        by_month = [(date(number // 12, number % 12 + 1, 1), "%Y-%m") for number in range(first, last + 1)]
        return Drawn(_bars(months, by_month, wanted), is_by_month=True, undated=counted.undated)
    years = {date(year, 1, 1): stories for year, stories in counted.years if stories}
    begins = max(min(years).year, max(years).year - MOST_BARS + 1)
    by_year = [(date(year, 1, 1), "%Y") for year in range(begins, max(years).year + 1)]
    return Drawn(_bars(years, by_year, wanted), is_by_month=False, undated=counted.undated)


def _number(month: date) -> int:
    return month.year * 12 + month.month - 1


def _bars(counts: Mapping[date, int], span: list[tuple[date, str]], wanted: Search) -> list[Bar]:
    step, most = WIDE / max(len(span), 12), max(counts.values())
    bars = []
    for place, (first, form) in enumerate(span):
        stories = counts.get(first, 0)
        height = max(2.0, stories / most * HIGH) if stories else 0.0
        # strftime leaves the noughts off years before 1000: none of ours is.
        named = f"{first:{form}}"
        bars.append(
            Bar(
                first, stories, wanted.but(from_=named, to_=named).at(),
                round(place * step, 1), round(HIGH - height, 1), round(max(step - 2, 1), 1), round(height, 1),
            )
        )  # fmt: skip
    return bars
