"""Names what an answer shows by keys, and which keys a change of a story touches, so that a cache can forget just that.

What shares a key is forgotten together (`Surrogate-Key`, `Cache-Tag`). A key is made only of what the answer shows:
nothing hidden has one in a header.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.db.models import Q, QuerySet

from articles.models.clearance import PictureCredit
from articles.models.contributor import Contributor
from articles.models.correction import Correction
from articles.models.edition import Edition, EditionQuerySet
from articles.models.edition_rows import EditionPicture, EditionTag, names_of
from articles.models.neighbours import Neighbour
from articles.models.public_picture import PublicPicture
from articles.models.section import Section
from articles.models.tag import Tag
from newsroom.keyset import Cursor
from newsroom.prepared import prepared

# On every answer: a new design, a new name of the paper or of a section touches them all.
PAPER = "paper"
FRONT, DATES, UNDATED, CORRECTIONS, LISTS = "front", "dates", "undated", "corrections", "lists"
# Of what is not there, which whatever is published next may be; and of what shows too much to be named.
ABSENT, MANY = "absent", "many"
MOST_KEYS, LONGEST_KEY = 48, 80
# Of a picture in more stories than this the whole paper is forgotten.
MOST_STORIES = 200
# How deep a page's facts are looked through: a layout has rivers, a river has editions.
_DEEPEST = 6
_PLAIN = (str, int, float, date, type(None))
# What a part of a data class says of itself to hold nothing that has a key or states a moment.
_HOLDS_NOTHING = (str, int, float, bool, date)
_ROWS = (Edition, Correction, Section, Tag, Contributor)

Facts = Mapping[str, Any]


def key(kind: str, name: object) -> str:
    """Return the key of one thing: letters, digits and `-_.~%` only, at most `LONGEST_KEY` of them."""
    return _key(kind, str(name))


@lru_cache(8_192)
def _key(kind: str, name: str) -> str:
    whole = f"{kind}-{quote(name, safe='')}"
    if len(whole) <= LONGEST_KEY:
        return whole
    return f"{kind}-{hashlib.blake2b(whole.encode(), digest_size=16).hexdigest()}"


def capped(keys: Iterable[str]) -> list[str]:
    """Return the keys once each, the first ones first; where there are too many, `MANY` stands for the rest."""
    once = list(dict.fromkeys(keys))
    return once if len(once) <= MOST_KEYS else [*once[: MOST_KEYS - 1], MANY]


def of_edition(edition: Edition) -> list[str]:
    """Return the keys of all that the page of a story names, from the edition's own row."""
    found = [key("story", edition.story_id)]
    if "section" in edition._state.fields_cache and edition.section is not None:
        found.append(key("section", edition.section.slug))
    if edition.published_on:
        found.append(day_key(edition.published_on))
    found += [key("by", line["contributor"]) for line in edition.bylines]
    found += [key("tag", tag["slug"]) for tag in edition.filed_tags]
    return found + [key("media", one["media_id"]) for one in edition.shown_pictures if one.get("media_id")]


def day_key(day: date) -> str:
    """Return the key of one day's paper."""
    return key("day", day.isoformat())


def in_facts(facts: Facts) -> tuple[list[str], datetime | None]:
    """Return the keys of what a page shows, and the newest moment that it states of itself, None if it states none.

    The keys are all of its own story's, and of any other thing its own. `facts` are what the page's template is given.
    """
    own = facts.get("edition")
    keys = of_edition(own) if isinstance(own, Edition) else []
    things: list[Any] = []
    _gather(list(facts.values()), things)
    keys += [name for thing in things if (name := _key_of(thing))]
    return keys, max((moment for thing in things for moment in _moments(thing)), default=None)


def _gather(values: Iterable[Any], things: list[Any], depth: int = 1) -> None:
    """Go through what a page is given, asking the database nothing."""
    if depth > _DEEPEST:
        return
    for value in values:
        # Most of what a page is given is texts and numbers.
        if isinstance(value, _PLAIN):
            continue
        if isinstance(value, _ROWS):
            things.append(value)
        elif isinstance(value, list | tuple):
            _gather(value, things, depth + 1)
        elif isinstance(value, dict):
            _gather(value.values(), things, depth + 2)
        elif names := _parts(value):
            things.append(value)
            if not isinstance(value, PublicPicture):
                _gather([getattr(value, name) for name in names], things, depth + 2)


def _parts(value: Any) -> tuple[str, ...]:
    """Return the names of what a data class holds, but for plain texts and numbers; a place in a list is nothing that is shown."""
    kind: Any = type(value)
    return _parts_of(kind)


@lru_cache(256)
def _parts_of(kind: Any) -> tuple[str, ...]:
    if not is_dataclass(kind) or kind is Cursor:
        return ()
    return tuple(one.name for one in fields(kind) if one.type not in _HOLDS_NOTHING)


def _key_of(thing: Any) -> str:
    match thing:
        case Edition() | Correction() | Neighbour():
            return key("story", thing.story_id)
        case PublicPicture():
            return key("media", thing.row.media_id)
        case Section():
            return key("section", thing.slug)
        case Tag():
            return key("tag", thing.slug)
        case Contributor():
            return key("by", thing.slug)
        case _:
            return ""


def _moments(thing: Any) -> list[datetime]:
    if isinstance(thing, Edition | Correction):
        # What a list left out of its rows is not asked for.
        held = [thing.__dict__.get(name) for name in ("live_from", "made_at")]
    elif isinstance(thing, PublicPicture):
        held = [thing.shown_since, *(said_at for said_at, _, _ in thing.versions)]
    else:
        held = [getattr(thing, name) for name in _parts(thing)]
    return [moment for moment in held if isinstance(moment, datetime)]


def touched_by(story_id: int) -> frozenset[str]:
    """Return the keys of every page that may show something else after a story was published, changed or taken back.

    To be asked after the change, and before it too where what is filed changes: what a story was filed under and is
    not any more has no row left to tell of it. A dozen queries, none of which grows with the archive.
    """
    rows = _rows_of([story_id])
    found = _of_stories(rows) | {key("story", story_id), DATES, CORRECTIONS, LISTS, ABSENT}
    found |= {key("story", near) for row in rows for near in _beside(row)}
    found |= {UNDATED} if any(row.published_on is None for row in rows) else set()
    return frozenset(found | ({PAPER} if _ends_the_archive(rows) else set()))


def touched_by_picture(media_id: str, story_ids: list[int]) -> frozenset[str]:
    """Return the keys of every page that may show something else after a picture in these stories changed."""
    if len(story_ids) > MOST_STORIES:
        return frozenset({PAPER})
    return frozenset(
        _of_stories(_rows_of(story_ids)) | {key("media", media_id), DATES, LISTS, UNDATED, ABSENT}
    )


@prepared
def _rows_of(story_ids: list[int]) -> EditionQuerySet:
    return Edition.objects.filter(story_id__in=story_ids).select_related("section").without_texts()


def _of_stories(rows: list[Edition]) -> set[str]:
    """Return the keys of what stories are and ever were filed under, show and are shown by. Four queries."""
    found = {FRONT, MANY, *(name for row in rows for name in of_edition(row))}
    editions = [row.pk for row in rows]
    found |= {key("tag", slug) for pair in _tag_slugs_of(editions) for slug in pair if slug}
    found |= {key("by", slug) for _, slug, _ in names_of(editions)}
    found |= {key("by", slug) for slug in _makers_of(editions)}
    return found | {key("media", number) for pair in _numbers_of(editions) for number in pair if number}


@prepared
def _tag_slugs_of(editions: list[int]) -> QuerySet[EditionTag, Any]:
    return EditionTag.objects.filter(edition__in=editions).values_list("tag__slug", "tag__alias_of__slug")


@prepared
def _makers_of(editions: list[int]) -> QuerySet[PictureCredit, str]:
    shown = EditionPicture.objects.filter(edition__in=editions).values("picture")
    return PictureCredit.objects.filter(picture__in=shown).values_list("contributor__slug", flat=True)


@prepared
def _numbers_of(editions: list[int]) -> QuerySet[EditionPicture, Any]:
    shown = EditionPicture.objects.filter(edition__in=editions)
    return shown.values_list("picture__media_id", "picture__alias_of__media_id")


def _beside(row: Edition) -> list[int]:
    """Return the stories before and after one in its section: their pages lead to it."""
    where = row.section_id, row.story_id, row.listed_at
    return [*_next_to(*where, is_after=False), *_next_to(*where, is_after=True)]


@prepared
def _next_to(section: int | None, number: int, here: datetime, *, is_after: bool) -> QuerySet[Edition, int]:
    listed = Edition.objects.at().filter(section=section).exclude(story_id=number)
    # Of the same moment there may be many: a day without hours is one moment.
    if is_after:
        beyond = Q(listed_at__gt=here) | Q(listed_at=here, story_id__gt=number)
        rows = listed.filter(beyond, listed_at__gte=here).order_by("listed_at", "story_id")
    else:
        beyond = Q(listed_at__lt=here) | Q(listed_at=here, story_id__lt=number)
        rows = listed.filter(beyond, listed_at__lte=here).order_by("-listed_at", "-story_id")
    return rows.values_list("story_id", flat=True)[:2]


def _ends_the_archive(rows: list[Edition]) -> bool:
    """Say whether a story stands in a year beyond those of all others: the foot of every page names the years."""
    years = {row.published_on.year for row in rows if row.published_on}
    if not years:
        return False
    ends = [
        *_outermost(rows[0].story_id, order="published_on"),
        *_outermost(rows[0].story_id, order="-published_on"),
    ]
    return not ends or min(years) < min(ends).year or max(years) > max(ends).year


@prepared
def _outermost(story_id: int, *, order: str) -> QuerySet[Edition, Any]:
    """Return the first or the last day of all other stories.

    One step along the index of days from that end: an aggregate would read all of it, and so would SQLite without a bound.
    """
    others = Edition.objects.at().filter(published_on__gt=date.min).exclude(story_id=story_id)
    return others.order_by(order).values_list("published_on", flat=True)[:1]
