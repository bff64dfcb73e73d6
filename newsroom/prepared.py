"""Builds a query once and asks it many times: Django takes longer to write most of a page's SQL than the database to answer it.

A function that returns a query set is decorated. What it is given by position may differ from one asking to the next, a
list among it of which every row must have one (`__in`): of an empty one nothing is asked. What it is given by name
makes another query. It is built twice, with values that occur nowhere else, and the two are
compared: so it is known where each value stands, and a query that holds anything made of a value, or of the present
day, is refused when it is built rather than asked wrongly. The present moment is put in anew at each asking, and what is
a fixed time from a moment that is given. A query as at another moment is given it by name, as `moment`: it is built once for
all that are past, and written each time where more of it goes into the query than itself. One that holds the present day is given it by name, as `day`, and is written once a day.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import update_wrapper
from itertools import count
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from newsroom.reading import Reader

Row = TypeVar("Row")
Given = ParamSpec("Given")

NOW = -1
_CONSTANT = -2
# So many queries of one function are kept: those of a day are not asked for on the next.
_MOST_PLANS = 256
# How long lists are made before they are asked for, with their last value again and again; a longer one is written each time.
_LENGTHS = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class _Past:
    """A moment that is over by more than a day, under the name `moment`."""


_IS_PAST = timedelta(days=1)
_FIRST: dict[type, Any] = {
    _Past: datetime(1003, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC),
    int: 1_912_345_001,
    str: "\uf8ff first ",
    datetime: datetime(2997, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC),
    date: date(2996, 1, 2),
}
_SECOND: dict[type, Any] = {
    _Past: datetime(1001, 2, 3, 4, 5, 6, 789_000, tzinfo=UTC),
    int: 2_012_345_001,
    str: "\uf8ff second ",
    datetime: datetime(2995, 2, 3, 4, 5, 6, 789_000, tzinfo=UTC),
    date: date(2994, 2, 3),
}


# What is given: of which kind it is; a list, of which kind its values are, and how many.
Kind = type | tuple[type, int]


class Unprepared(TypeError):
    """A query holds something that was made of what it was given; it cannot be asked again with other values."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """What stands at one place of a query: a value, one that is given (by number), or the present moment.

    `later`: so much later than the moment that is given.
    """

    which: int
    constant: Any = None
    later: timedelta | None = None
    # What a driver wraps a number in.
    wrapped: type | None = None


class Prepared(Generic[Given, Row]):
    """A function that returned a query set, and returns its rows instead."""

    def __init__(self, build: Callable[Given, QuerySet[Any, Row]]) -> None:
        self._build = build
        self._plans: dict[Any, tuple[Reader, str, list[_Slot]] | None] = {}
        self._building = threading.Lock()
        update_wrapper(self, build)

    def __call__(self, *given: Given.args, **named: Given.kwargs) -> list[Row]:
        """Return the rows for these values: one query."""
        lists = [one for one in given if isinstance(one, list)]
        if not all(lists):
            return []
        # The moment of asking, however long the first building of a query takes.
        now, moment = timezone.now(), named.get("moment")
        if (
            any(len(one) > _LENGTHS[-1] for one in lists)
            or ("day" in named and named["day"] != timezone.localdate(now))
            or (isinstance(moment, datetime) and moment > now - _IS_PAST)
        ):
            return list(self._build(*given, **named))
        values = [_lengthened(one) if isinstance(one, list) else one for one in given]
        kinds = tuple([None if one is None else _kind(one) for one in values])
        as_named: Any = dict(named)
        if isinstance(moment, datetime):
            del named["moment"]
            values, kinds = [*values, moment], (*kinds, _Past)
        key = (connections[DEFAULT_DB_ALIAS].vendor, kinds, *sorted(named.items()))
        if key not in self._plans:
            # Of a herd one builds it: some take a tenth of a second.
            with self._building:
                if key not in self._plans:
                    plan = self._planned_or_not(kinds, named)
                    if len(self._plans) >= _MOST_PLANS:
                        self._plans = {}
                    self._plans[key] = plan
        plan = self._plans.get(key)
        if plan is None:
            return list(self._build(*given, **as_named))
        reader, sql, slots = plan
        return reader.read(sql, _filled(slots, values, now))

    def _planned_or_not(
        self, kinds: Sequence[Kind | None], named: dict[str, Any]
    ) -> tuple[Reader, str, list[_Slot]] | None:
        try:
            return self._planned(kinds, named)
        except Unprepared:
            if _Past in kinds:
                # A day or a number is made of the moment.
                return None
            raise

    def _planned(
        self, kinds: Sequence[Kind | None], named: dict[str, Any]
    ) -> tuple[Reader, str, list[_Slot]] | None:
        began = timezone.now()
        try:
            one, compiler, sql, params = self._written(kinds, _values(_FIRST, kinds), named)
            _, _, other_sql, other_params = self._written(kinds, _values(_SECOND, kinds), named)
        except EmptyResultSet:
            # Nothing is asked at all.
            return None
        self._refuse_what_needs_no_value(kinds, named)
        if "day" in named and named["day"] != timezone.localdate():
            # It is midnight.
            return None
        if sql != other_sql or len(params) != len(other_params):
            raise Unprepared(f"{self._build.__qualname__} writes another query for other values.")
        firsts, seconds = (adapted([*_each(_values(marks, kinds))]) for marks in (_FIRST, _SECOND))
        span = (began, timezone.now())
        days = {str(day) for one in span for day in (one.date(), timezone.localdate(one))}
        if "day" in named:
            days.discard(str(named["day"]))
        slots = [
            self._slot(mine, other, firsts, seconds, span, days)
            for mine, other in zip(params, other_params, strict=True)
        ]
        return Reader(one, compiler), sql, slots

    def _refuse_what_needs_no_value(self, kinds: Sequence[Kind | None], named: dict[str, Any]) -> None:
        for place, kind in enumerate(kinds):
            if not isinstance(kind, tuple):
                continue
            values = _values(_FIRST, kinds)
            values[place] = []
            try:
                self._written(kinds, values, named)
            except EmptyResultSet:
                continue
            raise Unprepared(f"{self._build.__qualname__} finds rows that have none of an empty list.")

    def _written(self, kinds: Sequence[Kind | None], given: Sequence[Any], named: dict[str, Any]) -> Any:
        if kinds and kinds[-1] is _Past:
            *given, moment = given
            named = {**named, "moment": moment}
        rows = self._build(*given, **named)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        return rows, compiler, sql, list(params)

    def _slot(
        self, mine: Any, other: Any, firsts: list[Any], seconds: list[Any],
        span: tuple[datetime, datetime], days: set[str],
    ) -> _Slot:  # fmt: skip
        for number, (first, second) in enumerate(zip(firsts, seconds, strict=True)):
            if first is not None and isinstance(mine, type(first)) and (mine, other) == (first, second):
                return _Slot(number, wrapped=None if type(mine) is type(first) else type(mine))
        for number, (first, second) in enumerate(zip(firsts, seconds, strict=True)):
            later = _later(mine, first)
            if later is not None and later == _later(other, second):
                return _Slot(number, later=later)
        if is_between(mine, span) and is_between(other, span):
            return _Slot(NOW)
        if mine != other or str(mine)[:10] in days:
            raise Unprepared(
                f"{self._build.__qualname__} makes {mine!r} of what it is given, or of the present."
            )
        return _Slot(_CONSTANT, mine)


def prepared(build: Callable[Given, QuerySet[Any, Row]]) -> Prepared[Given, Row]:
    """Decorate a function that returns a query set; it returns a list of its rows, asked of a query that is built once.

    >>> @prepared
    ... def of_story(story_id: int, *, is_open: bool) -> QuerySet[Edition]: ...
    """
    return Prepared(build)


def _lengthened(values: list[Any]) -> list[Any]:
    length = next(one for one in _LENGTHS if one >= len(values))
    return values + values[-1:] * (length - len(values))


def _kind(value: Any) -> Kind:
    if isinstance(value, list):
        kinds = {_kind(one) for one in value}
        if len(kinds) == 1 and isinstance(kind := kinds.pop(), type):
            return kind, len(value)
    for kind in (datetime, date, int, str):
        if isinstance(value, kind) and not isinstance(value, bool):
            return kind
    raise Unprepared(
        f"{value!r} is given by position; what is no number, text, day or moment, or a list of one of these, is given by name."
    )


def _values(marks: dict[type, Any], kinds: Sequence[Kind | None]) -> list[Any]:
    """Return values for a query to be built with, no two the same."""
    numbers = count()
    return [
        [_marked(marks, kind[0], next(numbers)) for _ in range(kind[1])]
        if isinstance(kind, tuple)
        else _marked(marks, kind, next(numbers))
        for kind in kinds
    ]


def _marked(marks: dict[type, Any], kind: type | None, number: int) -> Any:
    if kind is None:
        return None
    mark = marks[kind]
    if kind is _Past:
        return mark
    if kind is str:
        return f"{mark}{number}"
    if kind is date:
        return mark + timedelta(days=number)
    # Further apart than anything that is a fixed time from one of them.
    return mark + timedelta(days=800 * number, microseconds=number) if kind is datetime else mark + number


def _each(values: Iterable[Any]) -> Iterator[Any]:
    """Yield the values, those of a list one after another."""
    for one in values:
        if isinstance(one, list):
            yield from one
        else:
            yield one


def adapted(values: Sequence[Any]) -> list[Any]:
    """Return values as Django hands them to this database."""
    ops = connections[DEFAULT_DB_ALIAS].ops
    return [
        ops.adapt_datetimefield_value(one)
        if isinstance(one, datetime)
        else ops.adapt_datefield_value(one)
        if isinstance(one, date)
        else one
        for one in values
    ]


def is_between(value: Any, span: tuple[datetime, datetime]) -> bool:
    """Say whether a parameter is a moment of this span, as Django hands it to this database."""
    first, last = adapted(span)
    return type(value) is type(first) and first <= value <= last


def _later(value: Any, moment: Any) -> timedelta | None:
    """Return how much later a parameter is than another, where both are moments as this database has them, less than a year apart."""
    one, other = map(_moment, (value, moment))
    if one is None or other is None or abs(one - other) > timedelta(days=366):
        return None
    return one - other


def _moment(value: Any) -> datetime | None:
    if type(value) is str and value[4:5] == "-" and value[10:11] == " ":
        return parse_datetime(value)
    return value if isinstance(value, datetime) else None


def _filled(slots: Sequence[_Slot], given: Sequence[Any], asked_at: datetime) -> tuple[Any, ...]:
    each = [*_each(given), asked_at]
    *values, now = adapted(each)
    found = []
    for slot in slots:
        if slot.which == _CONSTANT:
            found.append(slot.constant)
        elif slot.which == NOW:
            found.append(now)
        elif slot.later is not None:
            found += adapted([each[slot.which] + slot.later])
        else:
            value = values[slot.which]
            found.append(slot.wrapped(value) if slot.wrapped else value)
    return tuple(found)
