"""Gathers the rows that hang from another row into one JSON column of it: what would be a query of its own is none."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import Aggregate, JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime


class _Gathered(Aggregate):
    """An array of JSON objects, in no order; nothing at all where there are no rows."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[str | int, ...]]:
        """Name the function as SQLite does."""
        sql, values = self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)
        return str(sql), tuple(values)


def gathered(rows: QuerySet[Any], by: str, *names: str) -> Subquery:
    """Return `names` of each of `rows`, which are narrowed to those of an outer row already by their column `by`."""
    fields = {name: name for name in names}
    return Subquery(
        rows.order_by().values(by).annotate(gathered=_Gathered(JSONObject(**fields))).values("gathered")
    )


def rows_in(column: list[dict[str, Any]] | None) -> Iterator[Mapping[str, Any]]:
    """Give the rows of a gathered column; lists in them as lists, whichever the database."""
    for row in column or []:
        yield {
            name: json.loads(value) if name == "formats" and isinstance(value, str) else value
            for name, value in row.items()
        }


def moment_in(text: str) -> datetime:
    """Return a moment of a gathered row: SQLite writes it in UTC without saying so."""
    found = parse_datetime(text)
    if found is None:
        raise ValueError(f"{text} is no moment.")
    return found if found.tzinfo else found.replace(tzinfo=UTC)
