"""The moments at which a list itself changed, where they are few enough to be read: its editions began, ended, or were due.

The filing is today's, as in the list: an edition counts where it stands now. What is hidden has no moment here.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from articles.archive.past import since
from articles.models import shelf
from articles.models.shelf import Moved, Shelf

# Editions of one list that are looked through; a longer list is told by the changes of the whole paper.
MOST_EDITIONS = 1_000
PERIODS: dict[str, Callable[[int, int, int], Shelf]] = {
    "year": lambda year, _, __: shelf.year(year),
    "month": lambda year, month, _: shelf.month(year, month),
    "day": lambda year, month, day: shelf.day(date(year, month, day)),
}
NAMED = {**since.SHELVES, "timeline": shelf.tag}
# They show other things than the stories of their shelf.
OTHERS = ("contributor_pictures",)


def of(name: str, named: Mapping[str, Any]) -> list[datetime]:
    """Return the seconds at which the list of this pattern changed, oldest first; none where they are not known. Two queries."""
    held = _shelf(name, named)
    if held is None:
        return []
    rows = held.ever().filter(suppressed_at__isnull=True).order_by()
    found = list(rows.values_list("live_from", "live_until", "listed_at").distinct()[: MOST_EDITIONS + 1])
    if not found or len(found) > MOST_EDITIONS:
        return []
    now, begins = timezone.now(), since.begins(name, named) if "year" in named else None
    turns = {begins} if begins else set()
    for began, ended, listed in found:
        # A story that is dated later than it was public is in no list before its date.
        turns |= {max(began, listed), *([ended] if ended else [])}
    seen = {one.replace(microsecond=0) for one in turns if one <= now}
    return sorted(one for one in seen if begins is None or one >= begins)


def _shelf(name: str, named: Mapping[str, Any]) -> Shelf | None:
    kind = name.partition("_")[0]
    if name.startswith(OTHERS):
        return None
    if kind in PERIODS:
        year, month, day = (int(named.get(part) or 1) for part in ("year", "month", "day"))
        return PERIODS[kind](year, month, day)
    if kind not in NAMED or "slug" not in named:
        return None
    found = NAMED[kind](str(named["slug"]))
    return found.shelf if isinstance(found, Moved) else found
