"""What a new story starts with, by its kind: one table, from which the form, the first screen and Ctrl-K all take it."""

import time
from functools import lru_cache

from django.db import transaction

from articles.models import Beginning

# The first screen shows them to everybody all day, and they change once a year: another process may show the old
# ones for so many seconds.
KEPT_FOR = 60


def offered() -> tuple[Beginning, ...]:
    """Return the quick starts that the chiefs offer, in their order: one query a minute."""
    return _offered_in(int(time.monotonic() // KEPT_FOR))


@lru_cache(maxsize=1)
def _offered_in(_minute: int) -> tuple[Beginning, ...]:
    return tuple(Beginning.objects.filter(is_offered=True).defer("body"))


def changed() -> None:
    """Read the quick starts anew: one was changed."""
    _offered_in.cache_clear()
    transaction.on_commit(_offered_in.cache_clear)


def beginning_of(asked: str) -> Beginning | None:
    """Return the quick start of this row's number, or the first offered of this kind of story; None for any other word."""
    rows = Beginning.objects.select_related("section")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return rows.filter(pk=int(asked)).first()
    return rows.filter(genre=asked[:40], is_offered=True).first() if asked else None
