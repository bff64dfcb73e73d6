"""Keeps standing matter: parts of pages that were set once and are printed again as long as nothing that they print changed.

A part is known by its template, the language that is spoken and everything it is given: of a row of the database every
column that was read, of a data class its `repr`. So it is never old; where anything is another, it is set anew.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, tzinfo
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


def standing(template: Template, given: Mapping[str, Any], context: Context) -> SafeString:
    """Return a part of a page that takes nothing but what it is given, set now or before."""
    told = repr((template.name, get_language(), [(name, _said(value)) for name, value in given.items()]))
    key = hashlib.blake2b(told.encode("utf-8", "replace"), digest_size=16).digest()
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


def _said(value: Any) -> Any:
    if not isinstance(value, Model):
        return value
    held = vars(value)
    related = [_said(one) for one in value._state.fields_cache.values()]
    said = [_moment(one, one.tzinfo) if type(one) is datetime else one for one in held.values()]
    # The first is the row's state.
    return type(value).__name__, said[1:], related


@lru_cache(8_192)
def _moment(when: datetime, _zone: tzinfo | None) -> str:
    return repr(when)
