"""Geometry of what is drawn beside lists, calendars and tables: bars by year, squares by day and month, small columns and trends.

A table beside each says the same in numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone

from articles.models.shelf_count import first_day
from newsroom.keyset import Cursor

WIDE, HIGH = 720, 56
# What stands in a cell of a table.
SMALL_WIDE, SMALL_HIGH = 240, 36
# How dark a square may be: one for anything at all, five for the most there is.
SHADES = 5
MOST_YEARS_DRAWN = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of a shelf: where its bar stands, how many stories it has, where the list of it begins."""

    year: int
    stories: int
    path: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Square:
    """One square: what it counts, how dark it is (0 to 5), where it leads, None where nothing is there."""

    first: date
    stories: int
    shade: int
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A year of the whole archive: its months, and how many stories it has."""

    year: int
    months: list[Square]
    stories: int
    y: int


def begins_after(year: int) -> Cursor:
    """Return the place in any list by date from which the stories of `year` come next."""
    midnight = datetime(year + 1, 1, 1, tzinfo=timezone.get_default_timezone())
    return Cursor(midnight, 0)


@lru_cache(4_096)
def _place_of(year: int, list_name: str) -> str:
    return str(begins_after(year).of(list_name))


def by_year(months: Mapping[int, int]) -> dict[int, int]:
    """Return the number of stories of each year that has any, from those of its months."""
    years: dict[int, int] = {}
    for period, stories in sorted(months.items()):
        years[period // 100] = years.get(period // 100, 0) + stories
    return years


def bars(years: Mapping[int, int], path: str, list_name: str) -> list[Bar]:
    """Return a bar for every year from the first to the last, those without stories bare, leading into the list at `path`."""
    if not years:
        return []
    span = range(max(min(years), max(years) - MOST_YEARS_DRAWN + 1), max(years) + 1)
    step, most = WIDE / max(len(span), 12), max(years.values())
    drawn = []
    for place, year in enumerate(span):
        stories = years.get(year, 0)
        height = max(2.0, stories / most * HIGH) if stories else 0.0
        drawn.append(
            Bar(
                year,
                stories,
                f"{path}?after={_place_of(year, list_name)}",
                round(place * step, 1),
                round(HIGH - height, 1),
                round(max(step - 2, 1), 1),
                round(height, 1),
            )
        )
    return drawn


def shade(stories: int, most: int) -> int:
    """Return how dark a square is: the same number of stories is never lighter in the same drawing."""
    return -(-stories * SHADES // most) if most else 0


def rows(months: Mapping[int, int], *, square: int = 22) -> list[Row]:
    """Return the whole archive by year, newest first, each with its twelve months."""
    years = by_year(months)
    most = max(months.values(), default=0)
    drawn = []
    for place, year in enumerate(range(max(years, default=0), min(years, default=1) - 1, -1)):
        squares = [
            Square(first_day(period), months.get(period, 0), shade(months.get(period, 0), most), x=number)
            for number, period in enumerate(range(year * 100 + 1, year * 100 + 13))
        ]
        drawn.append(Row(year, squares, years.get(year, 0), place * square))
    return drawn


def strip(year: int, days: Mapping[date, int], *, square: int = 13) -> list[Square]:
    """Return a year's days as a strip of weeks, Monday on top."""
    first, most = date(year, 1, 1), max(days.values(), default=0)
    lead = first.weekday()
    drawn = []
    for number in range((date(year, 12, 31) - first).days + 1):
        day = first + timedelta(days=number)
        week, weekday = divmod(number + lead, 7)
        drawn.append(
            Square(day, days.get(day, 0), shade(days.get(day, 0), most), week * square, weekday * square)
        )
    return drawn


def in_days(counted: Iterable[tuple[int, int]]) -> dict[date, int]:
    """Return the counts of days, by day."""
    return {first_day(period): stories for period, stories in counted}


def ends(months: Sequence[int]) -> tuple[date, date] | None:
    """Return the first and the last month of those counted."""
    return (first_day(min(months)), first_day(max(months))) if months else None


@dataclass(frozen=True, slots=True)
class Trend:
    """A line of shares over time, in the drawing's own units: its points as SVG wants them, and where it ends."""

    points: str
    end_x: float
    end_y: float
    first_on: date
    last_on: date
    wide: int = SMALL_WIDE
    high: int = SMALL_HIGH


def trend(days: Sequence[tuple[date, int, int]]) -> Trend | None:
    """Return the line of (day, count, whole), oldest first, from nought to its highest share; None for less than two."""
    if len(days) < 2:
        return None
    first, last = days[0][0], days[-1][0]
    span = (last - first).days or 1
    shares = [count / whole if whole else 0.0 for _, count, whole in days]
    most = max(shares) or 1.0
    places = [
        (
            round((day - first).days / span * (SMALL_WIDE - 6) + 3, 1),
            round(SMALL_HIGH - 4 - share / most * (SMALL_HIGH - 8), 1),
        )
        for (day, _, _), share in zip(days, shares, strict=True)
    ]
    return Trend(" ".join(f"{x},{y}" for x, y in places), *places[-1], first, last)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a small drawing: its place, its height from the ground, and what it stands for."""

    x: float
    y: float
    wide: float
    high: float
    year: int
    count: int


def columns(counts: Mapping[int, int], years: Sequence[int], most: int) -> list[Column]:
    """Return a column for each of `years`, oldest first, the highest possible being `most`."""
    if not years or not most:
        return []
    room = SMALL_WIDE / len(years)
    found = []
    for place, year in enumerate(years):
        count = counts.get(year, 0)
        high = round(max(count / most * (SMALL_HIGH - 2), 1.5 if count else 0.0), 1)
        found.append(
            Column(round(place * room, 1), SMALL_HIGH - high, round(min(room - 2, 28), 1), high, year, count)
        )
    return found
