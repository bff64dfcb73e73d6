"""A month's list with the story that led each of its days, and the days with stories nearest to it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from articles.archive.lists import EndOfList, told
from articles.models import shelf as shelves
from articles.models.edition import Edition, EditionQuerySet
from articles.models.front_page import day_leads, keys_of, weight_on_its_day
from articles.models.shelf import UNREAD, Shelf
from articles.paper.page import Fact, facts, one_of
from newsroom.keyset import Cursor
from newsroom.prepared import prepared


def month_and_leads(
    shelf: Shelf, first: date, last: date, after: Cursor | None, moment: datetime | None
) -> tuple[dict[str, Any], dict[date, Edition]]:
    """Return what a page shows of a month's shelf from `after` on, and the story that led each day: one query.

    Raises `EndOfList` where nothing follows, `BadCursor` for a place in another list.
    """
    if after is not None:
        after.require(shelf.list_name)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if shelf.standing is not None:
        place = (after.listed_at, after.number) if after else (None, None)
        rows = _rows_now(*place, *shelf.standing[1], *days)
    else:
        rows = list(_rows(Edition.objects.at(moment), shelf.walk(after), days))
    leads: dict[date, Edition] = {}
    for edition in sorted(rows, key=weight_on_its_day):
        if edition.published_on is not None:
            leads[edition.published_on] = edition
    # What stands in the list from the cursor on comes first of what was found, whatever leads days further down.
    ordered = [one for one in rows if after is None or _comes_after(one, after)]
    part = shelves.cut(ordered[: shelves.PAGE + 1], shelf.list_name)
    if after is not None and not part.editions:
        raise EndOfList
    return told(shelf, part, after), leads


@prepared
def _rows_now(
    listed_at: datetime | None,
    number: int | None,
    since: datetime,
    until: datetime,
    first: date,
    last: date,
    *days: date,
) -> EditionQuerySet:
    after = Cursor(listed_at, number) if listed_at and number else None
    walk = shelves.walk_of("period", after, since, until, first, last)
    return _rows(Edition.objects.at(), walk, days)


def _rows(public: EditionQuerySet, walk: EditionQuerySet, days: Sequence[date]) -> EditionQuerySet:
    keys = keys_of(walk[: shelves.PAGE + 1], *day_leads(public, days))
    return public.filter(pk__in=keys).listed().defer(*UNREAD)


def _comes_after(edition: Edition, after: Cursor) -> bool:
    return (edition.listed_at, edition.story_id) < (after.listed_at, after.number)


def neighbours(first: date, last: date, moment: datetime | None = None) -> list[QuerySet[Any, Any]]:
    """Return what to read along with the masthead for the days with stories nearest to a period."""
    dated = Edition.objects.at(moment).dated(moment)
    before = one_of(dated.filter(published_on__lt=first), "-published_on")
    following = one_of(dated.filter(published_on__gt=last), "published_on")
    return [facts("before", before, day="published_on"), facts("after", following, day="published_on")]


def found_near(found: Sequence[Fact]) -> tuple[date | None, date | None]:
    """Return those days, from what was read along with the masthead."""
    days = {fact.what: fact.day for fact in found}
    return days.get("before"), days.get("after")
