"""On what ground each picture of a story may be shown on the day it goes out, once for a story and once for all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Clearance, Contents, Edition, EditionPicture, Placement
from media.models import Hindrance, Picture, RightsState
from media.models.rights import Uses, hindrance, in_state

# From what a reason lifts most easily to what it lifts hardest: a clearance holds for what is no graver.
GRAVITY = (RightsState.UNKNOWN, RightsState.NOT_BEGUN, RightsState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Hindered:
    """A picture of a story, and what stands in the way of printing it there on the day the story goes out."""

    picture: Picture
    hindrance: Hindrance


def in_force(keys: Iterable[int]) -> dict[int, Picture]:
    """Return the pictures by the key under which they were placed: one that was merged is the one it became."""
    rows = Picture.objects.filter(pk__in=set(keys)).select_related("alias_of")
    rows = rows.prefetch_related("renditions", "alias_of__renditions")
    return {row.pk: row.in_force for row in rows}


def hindered(story_id: int, contents: Contents, at: datetime | None = None) -> list[Hindered]:
    """Return the pictures of `contents` that may not simply go out at `at` (or now), in the story's order.

    A picture that somebody let run in this story before, when its rights stood no better, is not among them.
    """
    if not contents.pictures:
        return []
    placed = in_force(one.picture for one in contents.pictures)
    on = timezone.localdate(at or timezone.now())
    running = _running_in(story_id)
    cleared = _cleared_in(story_id)
    found = []
    for picture in {one.pk: one for one in placed.values()}.values():
        told = hindrance(picture, story_id=story_id, on=on, has_run=picture.pk in running)
        if told is None or (told.needs_reason and _covers(cleared.get(picture.pk, ()), told.state)):
            continue
        found.append(Hindered(picture, told))
    order = {placed[one.picture].pk: n for n, one in enumerate(contents.pictures) if one.picture in placed}
    return sorted(found, key=lambda one: order[one.picture.pk])


def _running_in(story_id: int) -> set[int]:
    live = Edition.objects.at().filter(story_id=story_id)
    return set(EditionPicture.objects.filter(edition__in=live).values_list("picture_id", flat=True))


def _cleared_in(story_id: int) -> dict[int, set[str]]:
    """Return the states that pictures were let run in before in this story; a merged picture's count for its heir."""
    given: dict[int, set[str]] = {}
    rows = Clearance.objects.filter(story_id=story_id).annotate(heir=F("picture__alias_of"))
    for key, heir, state in rows.values_list("picture_id", "heir", "state"):
        given.setdefault(heir or key, set()).add(state)
    return given


def _covers(states: Sequence[str] | set[str], state: RightsState) -> bool:
    return any(GRAVITY.index(RightsState(one)) >= GRAVITY.index(state) for one in states if one in GRAVITY)


def denied_copies() -> Q:
    """Return the condition on copy that shows a picture which may not be shown today, whatever anybody says."""
    return _among(_placed(), _denied())


def denied_editions() -> Q:
    """Return the same condition on editions."""
    return _among(_printed(), _denied())


def open_copies() -> Q:
    """Return the condition on copy that shows a picture for which somebody has still to answer."""
    return _among(_placed(), _open())


def open_editions() -> Q:
    """Return the same condition on editions."""
    return _among(_printed(), _open())


def _placed() -> QuerySet[Placement]:
    rows = Placement.objects.filter(article=OuterRef("pk"))
    return rows.annotate(key=Coalesce("picture__alias_of", "picture"), of_story=F("article_id"))


def _printed() -> QuerySet[EditionPicture]:
    rows = EditionPicture.objects.filter(edition=OuterRef("pk"))
    return rows.annotate(key=Coalesce("picture__alias_of", "picture"), of_story=F("edition__story_id"))


def _among(rows: QuerySet[Placement] | QuerySet[EditionPicture], which: Q) -> Q:
    return Q(Exists(rows.filter(Exists(Picture.objects.filter(which, pk=OuterRef("key"))))))


def _denied() -> Q:
    """Return the pictures that may not be shown in the story of the row around them."""
    today = timezone.localdate()
    live = Edition.objects.at().filter(story_id=OuterRef("story_here"))
    has_run = EditionPicture.objects.annotate(story_here=OuterRef(OuterRef("of_story"))).filter(
        Exists(live.filter(pk=OuterRef("edition"))), picture=OuterRef("pk")
    )
    elsewhere = Q(uses=Uses.ONE_STORY, only_story__isnull=False) & ~Q(only_story=OuterRef("of_story"))
    return in_state(RightsState.DENIED, today) | elsewhere | (Q(uses=Uses.ARCHIVE) & ~Q(Exists(has_run)))


def _open() -> Q:
    """Return the pictures that may be shown there for a reason only, and for which nobody has given one."""
    today, found = timezone.localdate(), Q(pk__in=[])
    for place, state in enumerate(GRAVITY):
        of_it = Q(picture=OuterRef("pk")) | Q(picture__alias_of=OuterRef("pk"))
        given = Clearance.objects.filter(
            of_it, story_id=OuterRef(OuterRef("of_story")), state__in=GRAVITY[place:]
        )
        found |= in_state(state, today) & ~Q(Exists(given))
    return found & ~_denied()
