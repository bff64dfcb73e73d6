"""Puts statements into SQLite's own marks once: Django looks through each for `%s` whenever it is asked, and a page's are long."""

import sqlite3
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper

# Some are asked with lists of any length; those asked all the time are a few hundred.
_MOST, _LONGEST = 1_000, 50_000


class Connection(sqlite3.Connection):
    """What Django opens (`OPTIONS["factory"]`), with cursors that remember what they made of a statement."""

    def cursor(self, factory: Any = None) -> Any:
        """Return a cursor: ours where Django asks for its own."""
        if factory is SQLiteCursorWrapper:
            return super().cursor(_Cursor)
        return super().cursor(factory) if factory else super().cursor()


class _Cursor(SQLiteCursorWrapper):
    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        if param_names is not None or len(query) > _LONGEST:
            return super().convert_query(query, param_names=param_names)
        return in_its_marks(query)


@lru_cache(_MOST)
def in_its_marks(query: str) -> str:
    """Return a statement with `?` where Django writes `%s`."""
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
