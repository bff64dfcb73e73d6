"""Names the keys of what readers see change by itself: an embargo ends, a place on the front page turns, a day begins."""

from datetime import datetime

from django.db import close_old_connections, connection
from django.utils import timezone

from articles.models import cache_keys
from articles.models.edition import Edition
from articles.models.front_slot import FrontSlot


def between(first: datetime, last: datetime) -> frozenset[str]:
    """Return the keys of every page that shows something else at `last` than it did at `first`, with nobody having done anything.

    Two queries where nothing turned, which is nearly always.
    """
    # No request has begun: nobody else looks whether this thread's connection still stands.
    if not connection.in_atomic_block:
        close_old_connections()
    if timezone.localdate(first) != timezone.localdate(last) or first.date() != last.date():
        # Pages print the day, the record and the moments in addresses count days in UTC.
        return frozenset({cache_keys.PAPER})
    stories = set(Edition.objects.turned_between(first, last).values_list("story_id", flat=True))
    keys = {name for story_id in stories for name in cache_keys.touched_by(story_id)}
    if FrontSlot.objects.turned_between(first, last).exists():
        keys |= {cache_keys.FRONT, cache_keys.MANY}
    return frozenset(keys)
