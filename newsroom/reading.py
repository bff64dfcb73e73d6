"""Reads the rows of a query that is written already: how its columns become values, and rows become models, is worked out once.

Django works it out for each asking and reads value by value; here a column is read at once. What comes is what Django
would make of it, by its own converters; a kind of query that is not known here is left to it.
"""

import copy
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import JSONField, Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.fields.json import KeyTransform
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init
from django.utils.dateparse import parse_date, parse_datetime

Convert = Callable[[Any], Any]
_JSON = json.JSONDecoder()


class Reader:
    """Asks with SQL that is written already, and reads what comes as the query set would."""

    def __init__(self, rows: QuerySet[Any, Any], compiler: Any) -> None:
        self._rows, self._compiler = rows, compiler
        self._models_of: Any = None
        if compiler.connection.vendor == "sqlite":
            _remember_days()
        columns = [one[0] for one in compiler.select[: compiler.col_count]]
        self._is_composite = compiler.has_composite_fields(columns)
        # What is only ordered by comes after the columns.
        self._cut = compiler.col_count if compiler.has_extra_select else None
        self._converts = [
            (place, *_read_by(converters, column, compiler.connection))
            for place, (converters, column) in compiler.get_converters(columns).items()
        ]

    def read(self, sql: str, params: tuple[Any, ...]) -> list[Any]:
        """Return the rows for these parameters, asked on this thread's connection."""
        if self._is_composite:
            return self._as_django_reads(sql, params)
        rows = self._read(sql, params)
        if self._rows._iterable_class is ModelIterable:
            return self._models(rows)
        as_asked: Any = self._rows._iterable_class
        return list(as_asked(_Asked(self._rows, rows)))

    def _as_django_reads(self, sql: str, params: tuple[Any, ...]) -> list[Any]:
        reading = copy.copy(self._compiler)
        reading.connection = connections[DEFAULT_DB_ALIAS]
        reading.as_sql = lambda *_args, **_named: (sql, params)
        query: Any = copy.copy(self._rows.query)
        query.get_compiler = lambda *_args, **_named: reading
        asked: Any = QuerySet(model=self._rows.model, query=query, using=DEFAULT_DB_ALIAS)
        asked._iterable_class = self._rows._iterable_class
        asked._fields = self._rows._fields  # type: ignore[attr-defined]
        return list(asked._iterable_class(asked))

    def _read(self, sql: str, params: tuple[Any, ...]) -> Iterable[tuple[Any, ...]]:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, params)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        if not found or not (self._converts or self._cut):
            return found
        columns: list[Any] = list(zip(*found, strict=True))[: self._cut]
        for place, convert, leaves_none in self._converts:
            column = columns[place]
            if not leaves_none:
                columns[place] = [convert(value) for value in column]
            elif column.count(None) != len(column):
                columns[place] = [None if value is None else convert(value) for value in column]
        return zip(*columns, strict=True)

    def _models(self, rows: Iterable[tuple[Any, ...]]) -> list[Any]:
        make, first, last, related, more = self._made_of()
        made = []
        for row in rows:
            one = make(row[first:last])
            for populator in related:
                populator.populate(row, one)
            for name, place in more:
                setattr(one, name, row[place])
            made.append(one)
        return made

    def _made_of(self) -> Any:
        """Return what makes a model of a row, of which columns, what comes along, and what is set beside."""
        if self._models_of is None:
            told, select = self._compiler.klass_info, self._compiler.select
            first, last = told["select_fields"][0], told["select_fields"][-1] + 1
            names = [one[0].target.attname for one in select[first:last]]
            related = get_related_populators(told, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
            _hasten(related)
            more = list((self._compiler.annotation_col_map or {}).items())
            self._models_of = _maker(told["model"], names), first, last, related, more
        return self._models_of


class _Asked:
    """What Django's readers of rows ask of a query set and its query; the rows are there already."""

    chunked_fetch, db = False, DEFAULT_DB_ALIAS

    def __init__(self, rows: Any, found: Iterable[tuple[Any, ...]]) -> None:
        self._fields = rows._fields
        self._query, self._found = rows.query, found
        self.query = self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)

    def get_compiler(self, *_args: Any, **_named: Any) -> Any:
        return self

    def results_iter(self, *_args: Any, **_named: Any) -> Iterator[tuple[Any, ...]]:
        return iter(self._found)


def _read_by(converters: Sequence[Any], column: Any, connection: Any) -> tuple[Convert, bool]:
    """Return one function for what Django converts in steps, and whether it leaves what is nothing alone."""
    converts = [_one_step(converter, column, connection) for converter in converters]

    def convert(value: Any) -> Any:
        for step in converts:
            value = step(value)
        return value

    try:
        leaves_none = convert(None) is None
    except (TypeError, ValueError, AttributeError):
        leaves_none = False
    return converts[0] if len(converts) == 1 else convert, leaves_none


def _one_step(converter: Any, column: Any, connection: Any) -> Convert:
    def convert(value: Any) -> Any:
        return converter(value, column, connection)

    field, name = getattr(converter, "__self__", None), getattr(converter, "__name__", "")
    if type(field) is JSONField and field.decoder is None and not isinstance(column, KeyTransform):
        return _of_json
    if name == "convert_booleanfield_value":
        return _truth
    if converter is getattr(column, "convert_value", None) and _is_whole(column):
        return _whole
    if name in ("convert_datetimefield_value", "convert_datefield_value"):
        return lambda value: _read_once(converter, value)
    return convert


def _truth(value: Any) -> Any:
    return bool(value) if value in (1, 0) else value


def _is_whole(column: Any) -> bool:
    return str(column.output_field.get_internal_type()).endswith("IntegerField")


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


@cache
def _remember_days() -> None:
    """Let SQLite's module read a day or a moment once that stands in many rows, as Django has told it to read them."""
    for kind, read in (("date", parse_date), ("datetime", parse_datetime), ("timestamp", parse_datetime)):
        sqlite3.register_converter(kind, lru_cache(8_192)(_of_bytes(read)))


def _of_bytes(read: Callable[[str], Any]) -> Callable[[bytes], Any]:
    return lambda raw: read(raw.decode())


# The same days and moments are read again and again; neither can be changed by who holds it.
@lru_cache(8_192)
def _read_once(converter: Any, text: Any) -> Any:
    return converter(text, None, None)


def _of_json(text: str | None) -> Any:
    if text is None:
        return None
    if text == "[]":
        return []
    value, end = _JSON.raw_decode(text)
    return value if end == len(text) else json.loads(text)


def _maker(model: type[Model], names: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    """Return a function that makes a model of a row, as `from_db` does; straight where nothing looks on."""
    # Whether a column was read is asked for each of them: in a dict it is found at once.
    known: Any = dict.fromkeys(names)
    is_plain = _is_plain(model)

    def make(values: Sequence[Any]) -> Any:
        if not is_plain or pre_init.receivers or post_init.receivers:
            return model.from_db(DEFAULT_DB_ALIAS, known, values)
        made = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        held = made.__dict__
        held["_state"] = state
        held.update(zip(names, values, strict=True))
        return made

    return make


@lru_cache(256)
def _is_plain(model: type[Model]) -> bool:
    """Say whether all that becomes of a row of this model is what stands in it."""
    own = (model.__init__, model.__new__, model.__setattr__, model.from_db.__func__)  # type: ignore[attr-defined]
    djangos = (Model.__init__, Model.__new__, Model.__setattr__, Model.from_db.__func__)  # type: ignore[attr-defined]
    kept = (DeferredAttribute, ForeignKeyDeferredAttribute)
    return own == djangos and all(
        type(_in_class(model, field.attname)) in kept for field in model._meta.concrete_fields
    )


def _in_class(model: type[Model], name: str) -> Any:
    return next((vars(one)[name] for one in model.__mro__ if name in vars(one)), None)


class _Related:
    """Makes the models that came along with others, `select_related`, as their populator would."""

    def __init__(self, populator: Any) -> None:
        self._make = _maker(populator.model_cls, populator.init_list)

    def from_db(self, _database: str, _names: Sequence[str], values: Sequence[Any]) -> Any:
        return self._make(values)


def _hasten(populators: Sequence[Any]) -> None:
    for populator in populators:
        populator.model_cls = _Related(populator)
        _hasten(populator.related_populators)
