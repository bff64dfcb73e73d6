"""Loads the sample newspaper: people, pictures and stories, each whole or not at all, and each only once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from PIL import Image

from articles import workflow
from articles.index import keep_related
from articles.models import Contributor, Desk, Edition, Event, Section, Tag
from articles.sample import logins, people
from articles.sample.moments import Calendar
from articles.sample.notation import manuscripts
from articles.sample.pictures import PICTURES, Drawn
from articles.sample.telling import Newsroom, tell
from articles.workflow import translating
from articles.workflow.events import record
from media import intake
from media.models import Picture
from newsroom.progress import Bar

MARK = "sample"
DONE = "whole"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to load, by a name that is never loaded twice."""

    name: str
    load: Any


def is_loaded() -> bool:
    """Say whether the whole sample is here."""
    return Event.objects.filter(verb=MARK, details__name=DONE).exists()


def has_other_stories() -> bool:
    """Say whether there are stories here that are not the sample's."""
    return Edition.objects.exists() and not Event.objects.filter(verb=MARK).exists()


def load(bar: Bar, *, scale: float = 1.0) -> None:
    """Load what is not here yet, a step at a time; stops between two steps when `bar` is stopped."""
    with transaction.atomic():
        _shelves()
        cast = logins.make_cast()
        _link(cast)
    newsroom = Newsroom(cast=cast, calendar=Calendar(timezone.now()), pictures=_pictures_here())
    loaded = {event.details["name"] for event in Event.objects.filter(verb=MARK)}
    for step in _steps(newsroom, scale):
        if bar.is_stopped:
            return
        if step.name not in loaded:
            step.load()
        bar.step()
    if DONE not in loaded:
        record(MARK, by=None, name=DONE)
    keep_related()


def count() -> int:
    """Return the number of steps."""
    return len(PICTURES) + len(list(manuscripts())) + len(people.MERGED) + len(people.TRANSLATED)


def _steps(newsroom: Newsroom, scale: float) -> Iterator[Step]:
    for drawn in PICTURES:
        yield Step(f"picture {drawn.name}", partial(_draw, newsroom, drawn, scale))
    for story in manuscripts():
        yield Step(f"story {story.name}", partial(_told, newsroom, story))
    for name, into, _ in people.MERGED:
        yield Step(f"merge {name}", partial(_merge, newsroom, name, into))
    for name, original in people.TRANSLATED:
        yield Step(f"translation {name}", partial(_translated, newsroom, name, original))


def _shelves() -> None:
    """Desks, sections, contributors, tags and their aliases: whatever of them is not here yet."""
    for order, (slug, name, line, desk, is_opinion) in enumerate(people.SECTIONS, 1):
        team, _ = Desk.objects.get_or_create(name=desk, defaults={"slug": desk.lower()})
        Section.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "line": line,
                "desk": team,
                "order": order * 10,
                "is_opinion": is_opinion,
            },
        )
    for slug, name, line in people.CONTRIBUTORS:
        Contributor.objects.get_or_create(
            slug=slug, defaults={"name": name, "line": line, "is_staff_name": slug == "staff"}
        )
    for name, kind in people.TAGS:
        Tag.objects.get_or_create(name=name, defaults={"kind": kind})
    for name, stands_for, kind in people.ALIASES:
        Tag.objects.get_or_create(
            name=name, defaults={"kind": kind, "alias_of": Tag.objects.get(name=stands_for).in_force}
        )
    for name, _, kind in people.MERGED:
        Tag.objects.get_or_create(name=name, defaults={"kind": kind})


def _link(cast: dict[str, User]) -> None:
    """Give the people of the sample their own bylines."""
    for person in people.CAST:
        user = cast[person.login]
        if person.contributor and not hasattr(user, "contributor"):
            Contributor.objects.filter(slug=person.contributor, user__isnull=True).update(user=user)


def _pictures_here() -> dict[str, Picture]:
    names = {event.details["name"]: event.details.get("picture") for event in Event.objects.filter(verb=MARK)}
    keys = {one.name: names.get(f"picture {one.name}") for one in PICTURES}
    rows = Picture.objects.in_bulk([key for key in keys.values() if key])
    return {name: rows[key] for name, key in keys.items() if key in rows}


def _draw(newsroom: Newsroom, drawn: Drawn, scale: float) -> None:
    if drawn.scene is None:
        with transaction.atomic():
            picture = intake.enter(by=None, media_id=drawn.media_id, **_facts(drawn))
            record(MARK, by=None, name=f"picture {drawn.name}", picture=picture.pk)
    else:
        picture = _taken_in(drawn, drawn.scene(scale))
        record(MARK, by=None, name=f"picture {drawn.name}", picture=picture.pk)
    newsroom.pictures[drawn.name] = picture


def _taken_in(drawn: Drawn, image: Image.Image) -> Picture:
    file = BytesIO()
    said = Image.Exif()
    if drawn.said_in_file:
        said[0x010E] = drawn.said_in_file
    if drawn.creator:
        said[0x013B] = drawn.creator
    # Each print its own file: two of one plate look alike, and are not the same.
    image.save(file, "JPEG", quality=90 if drawn.caption or drawn.alt else 80, exif=said)
    file.name = f"sample-{drawn.name}.jpg"
    # Here already where the sample was interrupted between taking it in and noting that it was.
    known = Picture.objects.filter(original_name=file.name, made_by=None).first()
    return known or intake.take_in(file, by=None, media_id=drawn.media_id, **_facts(drawn))


def _facts(drawn: Drawn) -> dict[str, Any]:
    ends = None if drawn.days_left is None else timezone.localdate() + timedelta(days=drawn.days_left)
    focal_x, focal_y = drawn.focal or (None, None)
    return {
        "caption": drawn.caption, "alt": drawn.alt, "credit": drawn.credit, "creator": drawn.creator,
        "place": drawn.place, "taken_on": drawn.taken_on, "rights_class": drawn.rights, "rights_holder": drawn.holder,
        "rights_terms": drawn.terms, "uses": drawn.uses, "rights_end_on": ends, "focal_x": focal_x, "focal_y": focal_y,
    }  # fmt: skip


@transaction.atomic
def _told(newsroom: Newsroom, story: Any) -> None:
    story_id = tell(newsroom, story)
    record(MARK, by=None, story_id=story_id, name=f"story {story.name}")


@transaction.atomic
def _translated(newsroom: Newsroom, name: str, original: str) -> None:
    """Link a story to the one it was translated from, both by the name of their manuscripts."""
    told = Event.objects.filter(verb=MARK, details__name__in=[f"story {name}", f"story {original}"])
    keys = {event.details["name"]: event.story_id for event in told}
    story_id, first = keys.get(f"story {name}"), keys.get(f"story {original}")
    if story_id is not None and first is not None:
        token = translating.token_of(story_id)
        workflow.link_translation(by=newsroom.cast["chief"], story_id=story_id, original=first, token=token)
    record(MARK, by=None, name=f"translation {name}")


@transaction.atomic
def _merge(newsroom: Newsroom, name: str, into: str) -> None:
    workflow.merge_tags(
        by=newsroom.cast["chief"], tag=Tag.objects.get(name=name), into=Tag.objects.get(name=into)
    )
    record(MARK, by=None, name=f"merge {name}")
