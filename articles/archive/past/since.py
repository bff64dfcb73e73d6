"""Since when a page has been there to be seen, where that is later than the paper's own beginning."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from articles.models import public_picture, shelf
from articles.models.edition import EditionQuerySet
from articles.models.shelf import Moved

# A shelf's first story is looked for among the first so many by their own date: one walk along the shelf's index.
AMONG = 100
SHELVES = {
    "section": shelf.section,
    "tag": shelf.tag,
    "contributor": shelf.contributor,
    "by": shelf.contributor,
}
# Pages that are the same on every day on which nothing changes.
TIMELESS = frozenset(
    {"section", "tag", "contributor", "contributor_pictures", "undated", "corrections", "picture", "search"}
)


def begins(name: str, named: Mapping[str, Any]) -> datetime | None:
    """Return since when the page of this pattern exists; None: as long as the paper. Two queries at most."""
    if "story_id" in named:
        return None
    if "year" in named:
        return _first_second(named)
    if "media_id" in named:
        found = public_picture.find(str(named["media_id"]))
        known = [found.shown_since, found.row.released_at] if found else []
        return min((moment for moment in known if moment), default=None)
    opens = SHELVES.get(name.partition("_")[0])
    held = opens(str(named["slug"])) if opens and "slug" in named else None
    if held is None:
        return None
    return _oldest(held.shelf.ever() if isinstance(held, Moved) else held.ever())


def steady_from(name: str, named: Mapping[str, Any]) -> datetime | None:
    """Return the moment before which a page that is seen now did not look as it does, though nothing was published.

    A day's page is there since that day began; the front page remembers another day each day. None: no such moment.
    """
    if "story_id" in named or name in TIMELESS:
        return None
    return _first_second(named) if "year" in named else _midnight(timezone.localdate())


def _oldest(rows: EditionQuerySet) -> datetime | None:
    ordered = rows.filter(suppressed_at__isnull=True).order_by("listed_at", "story_id")
    return min(ordered.values_list("live_from", flat=True)[:AMONG], default=None)


def _first_second(named: Mapping[str, Any]) -> datetime | None:
    try:
        return _midnight(date(int(named["year"]), int(named.get("month") or 1), int(named.get("day") or 1)))
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_default_timezone())
