"""Writes many rows of one table as its database takes them fastest: plain tuples, one statement, prepared once.

What is written so goes past `save()` and signals, which this project has none of; constraints and triggers hold as ever.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.backends.signals import connection_created

Row = tuple[Any, ...]
Convert = Callable[[Any], Any]

# So few rows are as quick without a stream of their own.
FEW = 50
# So many rows go into one statement.
MOST_ROWS = 20_000


class Rows:
    """The rows of one model, by the names of their columns (`section_id`); all but a key that the database gives, if none are named."""

    def __init__(self, model: type[models.Model], *names: str) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        own = [name for name, field in fields.items() if not isinstance(field, models.AutoField)]
        self.names = names or tuple(own)
        self._fields = [fields[name] for name in self.names]
        self._values = attrgetter(*self.names)
        # Made with the first row: what a process writes to is of one kind.
        self._converts: list[tuple[int, Convert]] | None = None
        self.table = model._meta.db_table
        self._columns = ", ".join(f'"{field.column}"' for field in self._fields)

    def of(self, instance: models.Model) -> Row:
        """Return the row that an unsaved object would be, of a model whose columns are as they are set."""
        return self.row(*self._values(instance))

    def row(self, *values: Any) -> Row:
        """Return `values`, in the order of `names`, as the database takes them."""
        if self._converts is None:
            made = [(place, _convert(field, connection.vendor)) for place, field in enumerate(self._fields)]
            self._converts = [(place, convert) for place, convert in made if convert is not None]
        if not self._converts:
            return values
        row = list(values)
        for place, convert in self._converts:
            if row[place] is not None:
                row[place] = convert(row[place])
        return tuple(row)

    def write(self, rows: Sequence[Row], *, unless_there: bool = False) -> None:
        """Write rows that `of` or `row` made; `unless_there` leaves out those that some unique constraint forbids."""
        if not rows:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql" and len(rows) > FEW and not unless_there:
                # The names are those of our own tables and columns.
                with cursor.copy(f"COPY {self.table} ({self._columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                return
            holes = ", ".join(["%s"] * len(self.names))
            said = f"INSERT INTO {self.table} ({self._columns}) VALUES ({holes})"  # noqa: S608 - our own names
            cursor.executemany(f"{said} ON CONFLICT DO NOTHING" if unless_there else said, rows)

    def merge(
        self,
        rows: Sequence[Row],
        unique: Sequence[str],
        *,
        summed: Sequence[str] = (),
        put: Sequence[str] = (),
    ) -> None:
        """Write rows; where one of the same `unique` columns stands, its `summed` ones are added to, its `put` ones changed.

        The rows come in the order of those columns, so that no two writers wait for each other.
        """
        sets = [f'"{name}" = {self.table}."{name}" + excluded."{name}"' for name in summed]
        sets += [f'"{name}" = excluded."{name}"' for name in put]
        named = ", ".join(f'"{name}"' for name in unique)
        one = f"({', '.join(['%s'] * len(self.names))})"
        begin = f"INSERT INTO {self.table} ({self._columns}) "
        end = f" ON CONFLICT ({named}) DO UPDATE SET {', '.join(sets)}"
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.executemany(f"{begin}VALUES {one}{end}", rows)
                return
            # A list a column: of a statement with a place for each value, reading it takes longer than all the rest.
            kinds = [str(field.db_type(connection)).partition("(")[0] for field in self._fields]
            lists = ", ".join(f"%s::text::{kind}[]" for kind in kinds)
            for start in range(0, len(rows), MOST_ROWS):
                some = rows[start : start + MOST_ROWS]
                said = f"{begin}SELECT * FROM unnest({lists}){end}"  # noqa: S608
                cursor.execute(said, [_as_list(column) for column in zip(*some, strict=True)])


def _as_list(values: Iterable[Any]) -> str:
    """Return a column as PostgreSQL reads a list: one text, where the driver would look at each value by itself."""
    return f"{{{','.join(map(_in_list, values))}}}"


def _in_list(value: Any) -> str:
    if value is None:
        return "NULL"
    signs = str(value)
    if signs.isalnum() and signs.upper() != "NULL":
        return signs
    quoted = signs.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


@contextmanager
def writing_much() -> Iterator[None]:
    """Let this process write very many rows in a few large transactions, as its database does that best, until the end of the block.

    SQLite keeps more pages in memory (what does not fit is written while a transaction goes on, read again, written again), and
    brings them into its file less often, a page that many transactions changed once. PostgreSQL does not wait for the disk at
    each commit: what a crash of its machine takes with it are the last transactions, each whole, and whoever loads goes on
    behind those that stand. The first commit after the block waits for all of them.
    """
    if connection.vendor == "postgresql":
        much, usual = {"synchronous_commit": "off"}, {"synchronous_commit": "DEFAULT"}
    else:
        much, usual = _MUCH, {name: _asked(name) for name in _MUCH}
    begin = partial(_tell, much)
    begin(connection=connection)
    # Hands are copied while no connection is open: there will be another one.
    connection_created.connect(begin)
    try:
        yield
    finally:
        connection_created.disconnect(begin)
        if connection.connection is not None:
            _tell(usual, connection=connection)


# 64 MB of pages in memory, and as much written before it is brought into the file.
_MUCH = {"cache_size": "-65536", "wal_autocheckpoint": "8192"}


def _tell(settings: Mapping[str, str], *, connection: Any, **_sent: Any) -> None:
    how = "PRAGMA" if connection.vendor == "sqlite" else "SET"
    with connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute(f"{how} {name} = {value}")


def _asked(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return str(cursor.fetchone()[0])


def _convert(field: Any, vendor: str) -> Convert | None:
    if isinstance(field, models.JSONField):
        return _as_json
    if vendor == "postgresql":
        return None
    if isinstance(field, models.DateTimeField):
        return _in_utc
    return str if isinstance(field, models.DateField) else None


_encode = json.JSONEncoder().encode


def _as_json(value: Any) -> str:
    return "[]" if value == [] else _encode(value)


@lru_cache(maxsize=1_000)
def _in_utc(moment: datetime) -> str:
    """Return an aware moment as SQLite keeps it: in UTC, without saying so."""
    return str(moment.astimezone(UTC).replace(tzinfo=None))


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """Take `count` keys from those that the database gives the rows of a model, so that nobody else gets them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            named = "pg_get_serial_sequence(%s, 'id')"
            cursor.execute(f"SELECT nextval({named}) FROM generate_series(1, %s)", [table, count])  # noqa: S608
            return [row[0] for row in cursor.fetchall()]
        # One statement each: whoever else writes waits, or has written.
        cursor.execute(
            "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table]
        )
        rows = cursor.fetchall()
        if not rows:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
        last = rows[0][0] if rows else count
    return list(range(last - count + 1, last + 1))
