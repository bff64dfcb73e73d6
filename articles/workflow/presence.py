"""Tells who has a story open and who holds it. The hold warns; it keeps nobody from writing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from articles import roles
from articles.models import Article, Notice, NoticeKind, Sitting
from articles.models.sitting import HELD_FOR, UNDER_WAY_FOR
from articles.workflow.events import record
from articles.workflow.noticing import called, clock, named, tell
from articles.workflow.refusals import Refused


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has the story open: since when they write or read, and whether they hold it.

    `is_me` marks another page of whoever asks; `is_this` the page that asks.
    """

    name: str
    since: datetime
    is_writing: bool
    is_holding: bool
    is_me: bool
    is_this: bool


@transaction.atomic
def be_here(
    *, by: Any, page: UUID, story_id: int, is_leaving: bool = False, is_back: bool = False
) -> Sitting:
    """Note that a person has a story open on this page, or has left it; what the page sent is not touched.

    What was on its way when a page left brings it not back; `is_back` says that the person returned to it. Whoever opens a story has seen that it changed. Raises `Refused` for a story or a page that is not theirs.
    """
    article = Article.objects.filter(pk=story_id).select_related("section").first()
    if article is None or not roles.may_read(by, article):
        raise Refused("There is no such story.")
    now = timezone.now()
    sitting, is_new = Sitting.objects.get_or_create(page=page, defaults={"story_id": story_id, "by": by})
    if sitting.story_id != story_id or sitting.by_id != by.pk:
        raise Refused("This page belongs to another story or another person. Open the story again.")
    if is_new:
        opened = Notice.objects.filter(person=by, story_id=story_id, kind=NoticeKind.CHANGED)
        opened.filter(seen_at__isnull=True).update(seen_at=now)
    rows = Sitting.objects.filter(pk=sitting.pk)
    if is_leaving:
        rows.update(seen_at=now, left_at=now, held_since=None)
    else:
        if not is_back:
            rows = rows.exclude(left_at__gt=now - UNDER_WAY_FOR)
        rows.update(seen_at=now, left_at=None)
    return sitting


@transaction.atomic
def take_hold(*, by: Any, page: UUID, story_id: int, force: bool = False) -> Sitting | None:
    """Let this page hold the story and return its sitting; None where somebody else holds it and `force` is not said.

    Who held it is told. Nothing that anybody wrote is lost: both go on writing, and what they save is merged.
    """
    # Every save locks the same row: neither can move the hold under the other.
    article = Article.objects.select_for_update(of=("self",)).select_related("section").get(pk=story_id)
    refused = roles.refusal(by, "save", article)
    if refused:
        raise Refused(refused)
    sitting = be_here(by=by, page=page, story_id=story_id)
    now = timezone.now()
    others = Sitting.objects.filter(story_id=story_id, held_since__isnull=False).exclude(pk=sitting.pk)
    holder = others.holding(now).select_related("by").first()
    if holder is not None and not force:
        return None
    others.update(held_since=None)
    Sitting.objects.filter(pk=sitting.pk).update(held_since=sitting.held_since or now, wrote_at=now)
    if holder is not None:
        record("take_over", by=by, story_id=story_id, held_by=holder.by.get_username())
        text = f"{named(by)} took over {called(article)} at {clock(now)}; your text is saved up to there."
        tell([holder.by], NoticeKind.TAKEN_OVER, article=article, text=text, by=by)
    sitting.refresh_from_db()
    return sitting


def present(*, by: Any, story_id: int, page: UUID | None = None) -> list[Present]:
    """Return who has the story open now, the one who holds it first, each person once: one query.

    A person's other pages count as theirs; of the page that asks only the hold is told.
    """
    now = timezone.now()
    found: dict[tuple[int, bool], Present] = {}
    for one in Sitting.objects.here(now).filter(story_id=story_id).select_related("by"):
        is_writing = one.wrote_at is not None and one.wrote_at > now - HELD_FOR
        is_holding = is_writing and one.held_since is not None
        is_this = one.page == page
        since = one.held_since if is_holding and one.held_since else one.opened_at
        met = Present(named(one.by), since, is_writing, is_holding, one.by_id == by.pk, is_this)
        key = (one.by_id, is_this)
        if key not in found or _weight(met) > _weight(found[key]):
            found[key] = met
    return sorted(found.values(), key=_weight, reverse=True)


def _weight(one: Present) -> tuple[bool, bool]:
    return one.is_holding, one.is_writing


def taken_from(*, by: Any, story_id: int) -> list[Notice]:
    """Return what a person has not yet been told of who took this story over from them, the last first."""
    rows = Notice.objects.filter(person=by, story_id=story_id, kind=NoticeKind.TAKEN_OVER)
    return list(rows.filter(seen_at__isnull=True)[:5])
