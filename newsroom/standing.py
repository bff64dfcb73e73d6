"""Keeps standing matter: parts of pages that were set once and are printed again as long as nothing that they print changed.

A part is known by its template, the language that is spoken and everything it is given: of a row of the database every
column that was read, of a data class all it holds. So it is never old; where anything is another, it is set anew.
"""

import hashlib
import marshal
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Model
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Of about a kilobyte each.
MOST = 4_000
_kept: OrderedDict[bytes, SafeString] = OrderedDict()
_lock = threading.Lock()
_PLAIN = frozenset({str, int, float, bool, type(None)})
_DAYS = frozenset({date, datetime})


def standing(template: Template, given: Mapping[str, Any], context: Context) -> SafeString:
    """Return a part of a page that takes nothing but what it is given, set now or before."""
    key = _key(
        [_said(template.name), get_language(), *([name, _said(value)] for name, value in given.items())]
    )
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    made = template.render(context.new(dict(given)))
    with _lock:
        _kept[key] = made
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def _key(told: list[Any]) -> bytes:
    try:
        # In its second form the same values are the same bytes, wherever they lie in memory.
        raw = marshal.dumps(told, 2)
    except ValueError:
        # Something of another kind; it has a `repr`.
        raw = repr(told).encode("utf-8", "replace")
    return hashlib.blake2b(raw, digest_size=16).digest()


def _said(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind in (list, tuple):
        return kind.__name__, [_said(one) for one in value]
    if kind in _DAYS:
        return _day(value)
    if isinstance(value, SafeString):
        # It would be printed otherwise, were it not safe.
        return "safe", value.encode("utf-8", "surrogatepass")
    if isinstance(value, Model):
        columns = [
            _day(one) if type(one) in _DAYS else one
            for one in vars(value).values()
            if one is not value._state
        ]
        return kind.__name__, columns, [_said(one) for one in value._state.fields_cache.values()]
    names = _names(kind)
    return (kind.__qualname__, [_said(getattr(value, name)) for name in names]) if names else value


@lru_cache(256)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()


def _day(when: Any) -> tuple[str]:
    return (_in_words(when, getattr(when, "tzinfo", None)),)


@lru_cache(8_192)
def _in_words(when: Any, _zone: Any) -> str:
    return repr(when)
