"""Asks, when a story goes out, on what ground each picture may be shown that day, and keeps who said why."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from articles import prose
from articles.models import Article, Clearance, Contents
from articles.rules import Standing
from articles.rules.rights import hindered
from articles.workflow.events import Act, record_all
from media.models import Hindrance, Picture
from newsroom.prepared import prepared


def rights_questions(article: Article, contents: Contents, at: datetime | None = None) -> list[Hindrance]:
    """Return what needs a named person's reason before `contents` can go out at `at` (or now)."""
    found = hindered(article.pk, contents, at)
    return [one.hindrance for one in found if one.hindrance.needs_reason]


def hold_pictures(article: Article) -> None:
    """Lock the pictures of the copy, in order: nobody kills, merges or changes one while the story goes out."""
    _held(article.pk)


@prepared
def _held(story_id: int) -> QuerySet[Picture, int]:
    rows = Picture.objects.select_for_update(of=("self",), no_key=True).filter(placements__article=story_id)
    return rows.order_by("pk").values_list("pk", flat=True)


def clear(standing: Standing, *, by: Any, reason: str) -> None:
    """Keep that `by` lets the story's pictures run, and why, where their rights leave that open."""
    asked = [one for one in standing.hindered if one.hindrance.needs_reason]
    said = prose.without_controls(reason).strip()
    if not asked:
        return
    states = [(one.picture, str(one.hindrance.state)) for one in asked]
    Clearance.objects.bulk_create(
        Clearance(story_id=standing.story_id, picture=picture, state=state, reason=said, cleared_by=by)
        for picture, state in states
    )
    record_all(
        [
            Act(
                "clear_picture",
                standing.story_id,
                {"picture": picture.pk, "media_id": picture.media_id, "state": state, "reason": said},
            )
            for picture, state in states
        ],
        by=by,
    )
