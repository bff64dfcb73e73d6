"""Asks, when a story goes out, on what ground each picture may be shown that day, and keeps who said why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from articles import prose
from articles.models import Article, Clearance, Contents, Edition, EditionPicture
from articles.workflow.editions import pictures_in_force
from articles.workflow.events import Act, record_all
from articles.workflow.refusals import Refused
from media.models import Hindrance, Picture, RightsState
from media.models.rights import hindrance

# From what a reason lifts most easily to what it lifts hardest: a clearance holds for what is no graver.
GRAVITY = (RightsState.UNKNOWN, RightsState.NOT_BEGUN, RightsState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Hindered:
    """A picture of a story, and what stands in the way of printing it there on the day the story goes out."""

    picture: Picture
    hindrance: Hindrance


def hindered(article: Article, contents: Contents, at: datetime | None = None) -> list[Hindered]:
    """Return the pictures of `contents` that may not simply go out at `at` (or now), in the story's order.

    A picture that somebody let run in this story before, when its rights stood no better, is not among them.
    """
    if not contents.pictures:
        return []
    placed = pictures_in_force(one.picture for one in contents.pictures)
    on = timezone.localdate(at or timezone.now())
    running = _running_in(article.pk)
    cleared = _cleared_in(article.pk)
    found = []
    for picture in {one.pk: one for one in placed.values()}.values():
        told = hindrance(picture, story_id=article.pk, on=on, has_run=picture.pk in running)
        if told is None or (told.needs_reason and _covers(cleared.get(picture.pk, ()), told.state)):
            continue
        found.append(Hindered(picture, told))
    order = {placed[one.picture].pk: n for n, one in enumerate(contents.pictures) if one.picture in placed}
    return sorted(found, key=lambda one: order[one.picture.pk])


def _running_in(story_id: int) -> set[int]:
    in_force = Edition.objects.at().filter(story_id=story_id)
    return set(EditionPicture.objects.filter(edition__in=in_force).values_list("picture_id", flat=True))


def _cleared_in(story_id: int) -> dict[int, set[str]]:
    """Return the states that pictures were let run in before in this story; a merged picture's count for its heir."""
    given: dict[int, set[str]] = {}
    rows = Clearance.objects.filter(story_id=story_id).annotate(heir=F("picture__alias_of"))
    for key, heir, state in rows.values_list("picture_id", "heir", "state"):
        given.setdefault(heir or key, set()).add(state)
    return given


def _covers(states: Sequence[str] | set[str], state: RightsState) -> bool:
    return any(GRAVITY.index(RightsState(one)) >= GRAVITY.index(state) for one in states if one in GRAVITY)


def denials(article: Article, contents: Contents, at: datetime | None = None) -> list[str]:
    """Return a sentence for each picture that may not be shown, whatever reason anybody gives."""
    found = hindered(article, contents, at)
    return [one.hindrance.sentence for one in found if not one.hindrance.needs_reason]


def rights_questions(article: Article, contents: Contents, at: datetime | None = None) -> list[Hindrance]:
    """Return what needs a named person's reason before `contents` can go out at `at` (or now)."""
    return [one.hindrance for one in hindered(article, contents, at) if one.hindrance.needs_reason]


def hold_pictures(article: Article) -> None:
    """Lock the pictures of the copy, in order: nobody kills, merges or changes one while the story goes out."""
    rows = Picture.objects.select_for_update(of=("self",), no_key=True).filter(placements__article=article)
    list(rows.order_by("pk").values_list("pk", flat=True))


def clear(
    article: Article,
    contents: Contents,
    *,
    at: datetime | None,
    by: Any,
    reason: str,
    blockers: Sequence[str],
) -> None:
    """Keep that `by` lets the story's pictures run, and why, where their rights leave that open.

    Raises `Refused` with every `blockers` and, without a reason, every sentence that asks for one.
    """
    asked = [one for one in hindered(article, contents, at) if one.hindrance.needs_reason]
    said = prose.without_controls(reason).strip()
    unanswered = [] if said else [one.hindrance.sentence for one in asked]
    if blockers or unanswered:
        raise Refused(*blockers, *unanswered)
    if not asked:
        return
    states = [(one.picture, str(one.hindrance.state)) for one in asked]
    Clearance.objects.bulk_create(
        Clearance(story_id=article.pk, picture=picture, state=state, reason=said, cleared_by=by)
        for picture, state in states
    )
    record_all(
        [
            Act(
                "clear_picture",
                article.pk,
                {"picture": picture.pk, "media_id": picture.media_id, "state": state, "reason": said},
            )
            for picture, state in states
        ],
        by=by,
    )
