"""Lays out the front page at any moment: what editors put there, the rest by recency and section, no story twice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import BooleanField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from articles.models.edition import Completeness, Edition, EditionQuerySet
from articles.models.front_slot import PLACES, FrontSlot
from articles.models.shelf import UNREAD, beginning
from articles.models.weighing import IS_PICTURED, IS_WEIGHED, IS_WHOLE
from newsroom.keyset import Cursor
from newsroom.prepared import prepared

ON_TOP, SECTIONS = 16, 20
IN_RIVER = 4
LEAD_AMONG, SECONDS, THIRDS = 6, 4, 4


class OneSection(Protocol):
    """As much of a section as the layout asks of it."""

    @property
    def pk(self) -> int: ...

    @property
    def is_opinion(self) -> bool: ...


@dataclass(slots=True)
class River:
    """One section's newest stories, those above it left out."""

    section: Any
    editions: list[Edition] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """The front page by weight: no story stands on it twice. `held` are the places an editor filled, by name."""

    lead: Edition | None
    seconds: list[Edition]
    thirds: list[Edition]
    opinion: list[River]
    rivers: list[River]
    held: dict[str, Edition]

    def editions(self) -> list[Edition]:
        """Return all that stands on it, the weightiest first."""
        first = [self.lead] if self.lead else []
        rivers = [one for river in (*self.opinion, *self.rivers) for one in river.editions]
        return [*first, *self.seconds, *self.thirds, *rivers]

    def by_place(self) -> dict[str, Edition]:
        """Return what stands in each place that can be held."""
        first = [self.lead] if self.lead else []
        return dict(zip(PLACES, [*first, *self.seconds, *self.thirds], strict=False))


def layout(
    sections: Sequence[OneSection],
    moment: datetime | None = None,
    *,
    among: EditionQuerySet | None = None,
    holds_at: datetime | None = None,
) -> Layout:
    """Return the front page as it stands at `moment` (now, if none is given): one query.

    `among` narrows what may stand there, and `holds_at` asks for what is held at another moment: both for the desk,
    which looks ahead.
    """
    drawn = sections[:SECTIONS]
    keys = [section.pk for section in drawn]
    opinion = tuple(section.is_opinion for section in drawn)
    if moment is None and among is None and holds_at is None:
        return lay_out(_drawn_now(*keys, opinion=opinion), sections)
    public = Edition.objects.at(moment) if among is None else among
    start = beginning(moment) if among is None else None
    return lay_out(list(_drawn_from(public, keys, opinion, holds_at or moment, start)), sections)


@prepared
def _drawn_now(*sections: int, opinion: tuple[bool, ...]) -> EditionQuerySet:
    return _drawn_from(Edition.objects.at(), sections, opinion)


def _drawn_from(
    public: EditionQuerySet,
    sections: Sequence[int],
    opinion: Sequence[bool],
    moment: datetime | None = None,
    start: Cursor | None = None,
) -> EditionQuerySet:
    """Return what may stand there: what is held, the newest news, and of each section what follows on those that are there by now."""
    held = FrontSlot.objects.held_at(moment)
    held_now = public.filter(story_id__in=held.values("story_id")).order_by()
    is_opinion = dict(zip(sections, opinion, strict=True))
    news = public.exclude(section_id__in=[key for key in sections if is_opinion[key]]).listed(start)
    free = public.exclude(story_id__in=held.values("story_id")).listed(start)
    further = free.filter(_is_behind(news[ON_TOP - 1 : ON_TOP]))
    # One more of opinion: where there is no news, it leads.
    rivers = [
        free.filter(section_id=key)[: IN_RIVER + 1]
        if is_opinion[key]
        else further.filter(section_id=key)[:IN_RIVER]
        for key in sections
    ]
    place = held.filter(story=OuterRef("story")).order_by("pk").values("place")[:1]
    # Of some fifty stories that may stand there, not all of which do, not even what says that they have pictures.
    rows = public.filter(pk__in=keys_of(held_now, news[:ON_TOP], *rivers)).listed().defer(*UNREAD, "pictures")
    return rows.annotate(held_as=Subquery(place))


def keys_of(*walks: QuerySet[Any, Any]) -> RawSQL:
    """Return the keys that these query sets hold, some of them cut to a length, for a `pk__in`.

    Not every database takes a slice into a union; from a select of its own it does, and reads none of its rows again.
    """
    written = [walk.values("pk").query.sql_with_params() for walk in walks]
    selects = [f"SELECT * FROM ({sql}) AS walk_{number}" for number, (sql, _) in enumerate(written)]  # noqa: S608 - by Django
    return RawSQL(" UNION ALL ".join(selects), [value for _, values in written for value in values])  # noqa: S611 - the same


def _is_behind(last: QuerySet[Any, Any]) -> RawSQL:
    """Return whether an edition stands behind one in the list: behind none where there is none."""
    sql, values = last.values("listed_at", "story_id").query.sql_with_params()
    return RawSQL(f"(listed_at, story_id) < ({sql})", values, output_field=BooleanField())  # noqa: S611 - written by Django


def lay_out(found: Sequence[Any], sections: Sequence[OneSection]) -> Layout:
    """Lay out stories (`held_as` names the place an editor gave one, if any), given newest first."""
    held: dict[str, Any] = {}
    for edition in found:
        if edition.held_as:
            held.setdefault(edition.held_as, edition)
    taken = {edition.pk for edition in held.values()}
    opinion = {section.pk for section in sections if section.is_opinion}
    free = [edition for edition in found if edition.pk not in taken]
    news = [edition for edition in free if edition.section_id not in opinion][:ON_TOP]
    lead = held.get(PLACES[0]) or _lead_among(news, free)
    rest = iter([edition for edition in news if edition is not lead])
    seconds = _filled(PLACES[1 : 1 + SECONDS], held, rest)
    thirds = _filled(PLACES[1 + SECONDS :], held, rest)
    above = {edition.pk for edition in [*seconds, *thirds, *([lead] if lead else [])]}
    shown = [river for river in _rivers(sections, found, above) if river.editions]
    return Layout(
        lead,
        seconds,
        thirds,
        [river for river in shown if river.section.is_opinion],
        [river for river in shown if not river.section.is_opinion],
        held,
    )


def _lead_among(news: Sequence[Edition], every: Sequence[Edition]) -> Edition | None:
    """Return the newest whole story with a picture among the first few, else the newest whole one, else any."""
    whole = [edition for edition in news if edition.completeness != Completeness.TEASER]
    pictured = [edition for edition in whole[:LEAD_AMONG] if (edition.lead_picture or {}).get("src")]
    return next(iter([*pictured, *whole, *news, *every]), None)


def _filled(places: Iterable[str], held: dict[str, Any], rest: Any) -> list[Edition]:
    chosen = [held.get(place) or next(rest, None) for place in places]
    return [edition for edition in chosen if edition is not None]


def _rivers(sections: Sequence[OneSection], found: Sequence[Edition], above: set[int]) -> list[River]:
    rivers = [River(section) for section in sections]
    for river in rivers:
        shelf = [one for one in found if one.section_id == river.section.pk and one.pk not in above]
        river.editions = shelf[:IN_RIVER]
    return rivers


def weight_on_its_day(edition: Edition) -> tuple[Any, ...]:
    """Return by what a story leads its day's paper: news before opinion, whole before known by a teaser, then pictured, then new."""
    is_opinion = edition.section is not None and edition.section.is_opinion
    is_whole = edition.completeness != Completeness.TEASER
    return (not is_opinion, is_whole, bool(edition.pictures), edition.listed_at, edition.story_id)


def day_leads(public: EditionQuerySet, days: Iterable[date]) -> list[Any]:
    """Return for each of these days the key of the story that leads it, fit for a union: one or two looks a day.

    A look ends at the first story of the day's index that will do. News leads before opinion, so opinion is passed by; of a
    day with nothing else the second look finds the weightiest of that.
    """
    order = (IS_WHOLE.desc(), IS_PICTURED.desc(), "-listed_at", "-story_id")
    weighed = public.filter(IS_WEIGHED).order_by(*order)
    news = weighed.filter(Q(section__isnull=True) | Q(section__is_opinion=False))
    looks = [[Subquery(rows.on_day(day).values("pk")[:1]) for rows in (news, weighed)] for day in days]
    return [public.filter(pk=Coalesce(*look)).order_by().values("pk") for look in looks]


@dataclass(frozen=True, slots=True)
class DayPaper:
    """A day's paper: what leads it, and the rest by section in the masthead's order, opinion last."""

    lead: Edition | None
    rivers: list[River]


def paper_of(editions: Sequence[Edition], sections: Sequence[OneSection]) -> DayPaper:
    """Lay out the stories of one day."""
    lead = max(editions, key=weight_on_its_day, default=None)
    places = {section.pk: number for number, section in enumerate(sections)}
    rivers: dict[int | None, River] = {}
    for edition in editions:
        if edition is not lead:
            river = rivers.setdefault(edition.section_id, River(edition.section))
            river.editions.append(edition)
    last = len(places)
    ordered = sorted(
        rivers.values(),
        key=lambda river: (
            (bool(river.section.is_opinion), places.get(river.section.pk, last), river.section.name)
            if river.section
            else (False, last + 1, "")
        ),
    )
    for river in ordered:
        river.editions.sort(key=weight_on_its_day, reverse=True)
    return DayPaper(lead, ordered)
