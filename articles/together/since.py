"""Finds what changed in a story since a person last had it."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import HandOver, Revision, RevisionKind, Sitting
from articles.models.sitting import HELD_FOR

# Where the room of the journalist sets any two versions side by side.
COMPARE = "/admin/articles/article/{story}/compare/{before}/{after}/"
WORDS = {"body": "text", "note": "note to the desk"}


def last_hand_over(story_id: int) -> HandOver | None:
    """Return the last passing of the story to anybody."""
    rows = HandOver.objects.filter(story_id=story_id)
    return rows.select_related("by", "to_person", "to_desk").first()


def changed_since(*, by: Any, story_id: int) -> dict[str, Any] | None:
    """Return in how many fields the story changed since this person had it, when that was, and where the redline is.

    They had it when they last wrote in it, handed it on, or opened it before it was handed to them (or, where
    nobody did that, before this visit). None for who never had it, and where nothing changed.
    """
    known = Revision.objects.filter(story_id=story_id).exclude(kind=RevisionKind.CONFLICT)
    moments = [
        *known.filter(made_by=by).values_list("made_at", flat=True)[:1],
        *HandOver.objects.filter(story_id=story_id, by=by).values_list("made_at", flat=True)[:1],
        *_last_open(by, story_id),
    ]
    had_at = max(moments, default=None)
    last = known.first()
    if had_at is None or last is None:
        return None
    had = known.filter(made_at__lte=had_at).first()
    if had is None or had.number == last.number:
        return None
    changed = [name for name in had.read().differences(last.read()) if name != "unfinished"]
    if not changed:
        return None
    count = f"{len(changed)} field{'s' if len(changed) > 1 else ''} changed"
    return {
        "sentence": f"Since you last had it ({_in_words(had_at)}): {count}.",
        "changed": [WORDS.get(name, name) for name in changed],
        "address": COMPARE.format(story=story_id, before=had.number, after=last.number),
    }


def _last_open(by: Any, story_id: int) -> list[datetime]:
    """Return when this person last opened the story, before it came to them or before this visit."""
    mine = Q(to_person=by) | Q(to_desk__members=by)
    came = HandOver.objects.filter(mine, story_id=story_id).values_list("made_at", flat=True).first()
    until = came or timezone.now() - HELD_FOR
    # What stood there when the page was opened: an open page shows nothing of what others write.
    rows = Sitting.objects.filter(story_id=story_id, by=by, opened_at__lt=until).order_by("-opened_at")
    return list(rows.values_list("opened_at", flat=True)[:1])


def _in_words(moment: datetime) -> str:
    local = timezone.localtime(moment)
    days = (timezone.localdate() - local.date()).days
    return date_format(local, "H:i" if days == 0 else "l H:i" if days < 7 else "j F Y, H:i")
