"""Shelves: the lists readers browse, each there only while something public stands on it.

Both rooms that show lists, the one for people and the one for machines, find them here, so that a shelf which
holds nothing but hidden stories is the same as one that never was, on every surface.
"""

from calendar import isleap, monthrange
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from articles.models.contributor import Contributor
from articles.models.edition import Edition, EditionQuerySet
from articles.models.public_picture import has_pictures
from articles.models.section import Section
from articles.models.shelf_count import UNDATED, ShelfCount, ShelfKind, first_day
from articles.models.tag import Tag
from newsroom.keyset import Cursor
from newsroom.prepared import prepared

PAGE = 20
# What no page for people shows of a story in a list.
UNREAD = (
    "body", "rendered", "filed_tags", "digest", "previous_digest", "reason", "byline", "section_as_printed", "standfirst",
    "dateline", "suppressed_at", "suppressed_because", "announced_at", "live_until",
)  # fmt: skip
# Behind every story's number.
FAR = 10**18
# Outside these there is nothing to look up, and no date to overflow.
FIRST_YEAR, LAST_YEAR = 1000, 2999
# A year that has every day; of how many years one day of the calendar is looked up.
LEAP, MOST_YEARS = 2000, 80


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a shelf: its stories, newest first, and the place to go on from, None on the last page."""

    editions: list[Edition]
    next: Cursor | None


def cut(editions: list[Edition], name: str, most: int = PAGE) -> Page:
    """Return a page of the list `name`: at most `most` stories of those found, which were one more if it goes on."""
    following = editions[most - 1].cursor.of(name) if len(editions) > most else None
    return Page(editions[:most], following)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list of stories: its name as readers know it, its address, its walk and what it ever held.

    `walk(after)` gives the stories public now, newest first; `ever()` every edition that was ever public here;
    `about` is the section, tag or contributor it belongs to, if any. `standing` names the walk of a shelf of the
    present (`_WALKS`), and what that is given.
    """

    name: str
    path: str
    walk: Callable[[Cursor | None], EditionQuerySet]
    ever: Callable[[], EditionQuerySet]
    is_always_there: bool = False
    about: Section | Tag | Contributor | None = None
    standing: tuple[str, tuple[Any, ...]] | None = None

    def page(
        self, after: Cursor | None = None, *, whole: bool = False, brief: bool = False, most: int = PAGE
    ) -> Page:
        """Return at most `most` stories from the one after `after`, with their bodies if `whole`: one query.

        If `brief`, with no more than a page for people shows of each.

        Raises `BadCursor` for a place in another list.
        """
        if after is not None:
            after.require(self.list_name)
        if self.standing is not None:
            kind, given = self.standing
            place = (after.listed_at, after.number) if after else (None, None)
            return cut(
                _walked(*place, *given, kind=kind, most=most + 1, is_whole=whole, is_brief=brief),
                self.list_name,
                most,
            )
        rows = _read_as(self.walk(after), is_whole=whole, is_brief=brief)
        return cut(list(rows[: most + 1]), self.list_name, most)

    @property
    def list_name(self) -> str:
        """Return what a cursor knows this list by: its path, or what it is about, which may get another address."""
        if self.about is None:
            return self.path
        return name_of(self.about) + self.path.removeprefix(self.about.get_absolute_url())

    def was_public(self) -> bool:
        """Say whether readers ever saw anything here, for a shelf that is empty now: 410 then, 404 else."""
        return self.ever().exists()


def name_of(about: Section | Tag | Contributor) -> str:
    """Return what a cursor knows the stories of a section, tag or contributor by."""
    return f"{type(about).__name__}.{about.pk}/"


@dataclass(frozen=True, slots=True)
class Moved:
    """A shelf that was merged into another: where it is now."""

    shelf: Shelf


# How each kind of shelf is walked: from what is public, a place to go on from, and what names the shelf.
_WALKS: dict[str, Callable[..., EditionQuerySet]] = {
    "front": lambda public, after: public.listed(after),
    "section": lambda public, after, key: public.listed(after).in_section(Section(pk=key)),
    "tag": lambda public, after, key: public.tagged(Tag(pk=key), after),
    "timeline": lambda public, after, key: public.tagged(Tag(pk=key), after, is_oldest_first=True),
    "contributor": lambda public, after, key: public.by(Contributor(pk=key), after),
    "undated": lambda public, after: public.listed(after).undated(),
    "period": lambda public, after, since, until, first, last: (
        public.listed(after).filter(listed_at__gte=since, listed_at__lte=until).between(first, last)
    ),
    "day": lambda public, after, on: public.listed(after).on_day(on),
}


@prepared
def _walked(
    listed_at: datetime | None,
    number: int | None,
    *given: Any,
    kind: str,
    most: int,
    is_whole: bool,
    is_brief: bool,
) -> EditionQuerySet:
    after = Cursor(listed_at, number) if listed_at and number else None
    rows = _WALKS[kind](Edition.objects.at(), after, *given)
    return _read_as(rows, is_whole=is_whole, is_brief=is_brief)[:most]


def _read_as(rows: EditionQuerySet, *, is_whole: bool, is_brief: bool) -> EditionQuerySet:
    if is_whole:
        return rows.defer(None)
    return rows.defer(*UNREAD) if is_brief else rows


def walk_of(kind: str, after: Cursor | None, *given: Any) -> EditionQuerySet:
    """Return the stories of a shelf that stands now, by its `standing`."""
    return _WALKS[kind](Edition.objects.at(), after, *given)


def _walk(kind: str, moment: datetime | None, *given: Any) -> dict[str, Any]:
    """Return the walk of a shelf, as it stands or stood."""
    return {
        "walk": lambda after: _WALKS[kind](_at(moment), after or beginning(moment), *given),
        "standing": None if moment else (kind, given),
    }


def front(moment: datetime | None = None) -> Shelf:
    """Return the newest stories of all."""
    return Shelf("", "/", ever=lambda: _once(moment), is_always_there=True, **_walk("front", moment))


def section(slug: str, moment: datetime | None = None) -> Shelf | None:
    """Return the shelf of a section: one query."""
    row = next(iter(_section_named(slug)), None)
    if row is None:
        return None
    return Shelf(
        row.name,
        row.get_absolute_url(),
        ever=lambda: _once(moment).in_section(row),
        is_always_there=row.is_in_masthead,
        about=row,
        **_walk("section", moment, row.pk),
    )


@prepared
def _section_named(slug: str) -> QuerySet[Section]:
    return Section.objects.filter(slug=slug).order_by()


def tag(slug: str, moment: datetime | None = None) -> Shelf | Moved | None:
    """Return the shelf of a tag, or of the tag it was merged into: one query."""
    row = next(iter(_tag_named(slug)), None)
    if row is None:
        return None
    held = row.in_force
    shelf = Shelf(
        held.name,
        held.get_absolute_url(),
        ever=lambda: _once(moment).filter(tag_rows__tag=held),
        about=held,
        **_walk("tag", moment, held.pk),
    )
    return shelf if held is row else Moved(shelf)


@prepared
def _tag_named(slug: str) -> QuerySet[Tag]:
    named: QuerySet[Tag] = Tag.objects.select_related("alias_of").filter(slug=slug).order_by()
    return named


def timeline(shelf: Shelf, moment: datetime | None = None) -> Shelf:
    """Return the stories of a tag's shelf with the first of them first."""
    held = shelf.about
    assert isinstance(held, Tag)
    return replace(
        shelf,
        path=f"{shelf.path}timeline/",
        walk=lambda after: _WALKS["timeline"](_at(moment), after, held.pk),
        standing=None if moment else ("timeline", (held.pk,)),
    )


def contributor(slug: str, moment: datetime | None = None) -> Shelf | Moved | None:
    """Return the shelf of a contributor, or of the one they were merged into: one query."""
    rows: Iterable[Contributor] = _people_named(slug, moment) if moment else _people_named_now(slug)
    row = next(iter(rows), None)
    if row is None:
        return None
    held = row.alias_of or row
    shelf = Shelf(
        held.name,
        held.get_absolute_url(),
        ever=lambda: _once(moment).filter(byline_rows__contributor=held),
        about=held,
        **_walk("contributor", moment, held.pk),
    )
    return shelf if held is row else Moved(shelf)


def _people_named(slug: str, moment: datetime | None) -> QuerySet[Contributor]:
    rows = Contributor.objects.select_related("alias_of").annotate(has_pictures=has_pictures(moment=moment))
    return rows.filter(slug=slug).order_by()


@prepared
def _people_named_now(slug: str) -> QuerySet[Contributor]:
    return _people_named(slug, None)


def period(first: date, last: date, name: str, path: str, moment: datetime | None = None) -> Shelf:
    """Return the stories stated to have run from `first` to `last`, both included."""
    # A dated story is listed under its own moment: a day's margin is wider than any time zone.
    margin = timedelta(days=1)
    bounds = (_start(first, -margin), _start(last, 2 * margin))
    # A single day's stories stand together in the index of days: there is nothing to pass by.
    walk = ("day", moment, first) if first == last else ("period", moment, *bounds, first, last)
    return Shelf(
        name,
        path,
        ever=lambda: _once(moment).between(first, last),
        # A day that has come has its page even when no paper is known for it; one to come has none.
        is_always_there=first <= timezone.localdate(moment),
        **_walk(*walk),
    )


def year(number: int, moment: datetime | None = None) -> Shelf:
    """Return the stories of a year; raises ValueError for one no newspaper knows."""
    _printed_in(number)
    return period(date(number, 1, 1), date(number, 12, 31), str(number), f"/{number}/", moment)


def month(number: int, which: int, moment: datetime | None = None) -> Shelf:
    """Return the stories of a month; raises ValueError where there is no such month."""
    first, last = days_of_month(number, which)
    return period(first, last, f"{number}-{which:02}", f"/{number}/{which:02}/", moment)


def days_of_month(number: int, which: int) -> tuple[date, date]:
    """Return the first and last day of a month; raises ValueError where there is no such month."""
    _printed_in(number)
    first = date(number, which, 1)
    return first, first.replace(day=monthrange(number, which)[1])


def day(on: date, moment: datetime | None = None) -> Shelf:
    """Return the stories of a day; raises ValueError in a year no newspaper knows."""
    _printed_in(on.year)
    return period(on, on, on.isoformat(), f"/{on:%Y/%m/%d}/", moment)


def this_day(month: int, day: int, moment: datetime | None = None) -> Shelf:
    """Return what ran on one day of the calendar, in every year that has one; ValueError where no year has. Two queries."""
    in_a_leap_year = date(LEAP, month, day)
    dated = _at(moment).dated(moment).values_list("published_on", flat=True)
    first, last = (dated.order_by(order).first() for order in ("published_on", "-published_on"))
    days = days_of_years(month, day, first.year, last.year) if first and last else []
    return Shelf(
        name_of_day(in_a_leap_year),
        f"/on-this-day/{in_a_leap_year:%m/%d}/",
        lambda after: _at(moment).listed(after or beginning(moment)).filter(published_on__in=days),
        lambda: _once(moment).filter(published_on__in=days),
        is_always_there=True,
    )


def today(moment: datetime | None = None) -> Shelf:
    """Return what ran on the day of the calendar that it is at `moment`, under the address that is every day's. Two queries."""
    now = timezone.localdate(moment)
    return replace(this_day(now.month, now.day, moment), path="/on-this-day/")


def name_of_day(day: date) -> str:
    """Return what the list of a day of the calendar is called."""
    return gettext("On this day: %(day)s") % {"day": date_format(day, "j F")}


def days_of_years(month: int, day: int, first: int, last: int) -> list[date]:
    """Return one day of the calendar in each year from `first` to `last` that has it, the last first, at most `MOST_YEARS`."""
    is_leap_day = (month, day) == (2, 29)
    years = range(last, first - 1, -1)
    return [date(year, month, day) for year in years if isleap(year) or not is_leap_day][:MOST_YEARS]


def undated(moment: datetime | None = None) -> Shelf:
    """Return the stories whose day nobody states."""
    return Shelf(
        gettext("Undated"),
        "/undated/",
        ever=lambda: _once(moment).undated(),
        is_always_there=True,
        **_walk("undated", moment),
    )


def months() -> dict[date | None, int]:
    """Return how many public stories each month holds, by its first day, in order, the undated ones last, by None. Two queries.

    From the rows kept of it, and those few stories whose embargo has ended since these were written.
    """
    counts: Counter[date | None] = Counter()
    kept = ShelfCount.objects.of(ShelfKind.SITE).by_month()
    for period, stories in kept.values_list("period", "stories"):
        counts[None if period == UNDATED else first_day(period)] += stories
    due = _at(None).filter(story__shelved__due_at__lte=timezone.now())
    for on, was_counted, was_on in due.values_list(
        "published_on", "story__shelved__is_counted", "story__shelved__on"
    ):
        counts[on.replace(day=1) if on else None] += 1
        if was_counted:
            counts[was_on.replace(day=1) if was_on else None] -= 1
    held = [first for first, stories in counts.items() if stories > 0]
    return {first: counts[first] for first in sorted(held, key=lambda one: (one is None, one or date.min))}


def sections(moment: datetime | None = None) -> QuerySet[Section]:
    """Return the sections that hold something public, in the masthead's order."""
    return Section.objects.filter(Exists(_at(moment).filter(section=OuterRef("pk"))))


def tags(moment: datetime | None = None) -> QuerySet[Tag]:
    """Return the tags that something public is filed under, by name."""
    held: QuerySet[Tag] = Tag.objects.filter(Exists(_at(moment).filter(tag_rows__tag=OuterRef("pk"))))
    return held


def contributors(moment: datetime | None = None) -> QuerySet[Contributor]:
    """Return the contributors credited over something public, by name."""
    return Contributor.objects.filter(Exists(_at(moment).filter(byline_rows__contributor=OuterRef("pk"))))


def beginning(moment: datetime | None) -> Cursor | None:
    """Return where the lists of a moment begin, None for now: a walk from there passes nothing that is dated later.

    A story that is dated later than it was public (its date was learned since) is in no list before that date.
    """
    return Cursor(moment, FAR) if moment else None


def _at(moment: datetime | None) -> EditionQuerySet:
    return Edition.objects.at(moment)


def _once(moment: datetime | None) -> EditionQuerySet:
    return Edition.objects.once_public(moment)


def _start(of: date, shift: timedelta) -> datetime:
    return datetime.combine(of, datetime.min.time(), timezone.get_default_timezone()) + shift


def _printed_in(number: int) -> None:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise ValueError(f"No newspaper ran in the year {number}.")
