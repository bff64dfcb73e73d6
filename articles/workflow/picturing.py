"""The verbs that touch pictures in stories: kill, merge, recaption; and which stories they touch."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from articles import prose, roles
from articles.models import Edition
from articles.workflow import announcing
from articles.workflow.events import Act, record_all
from articles.workflow.following_up import settle_earlier, still_following
from articles.workflow.merging_pictures import merge_pictures
from articles.workflow.picture_uses import Follower, following, uses
from articles.workflow.recaptioning import Recaptioned, recaption
from articles.workflow.rederiving import rederive_or_leave
from articles.workflow.refusals import Refused
from media.models import Picture

__all__ = [
    "Follower",
    "Recaptioned",
    "following",
    "kill_picture",
    "merge_pictures",
    "recaption",
    "settle_earlier",
    "still_following",
    "uses",
]
LONGEST = 300


def kill_picture(*, by: Any, picture_id: int, token: str | None, reason: str, notice: str = "") -> list[int]:
    """Withdraw a picture for good, and return the stories whose readers saw it, to be drawn anew with the notice.

    From the moment this is committed its files and its page answer 410 and no story can place it. `reason` is for
    the desk and the record, `notice` for readers, beside the day. Copies that have it keep it, and cannot go out.
    Where the redrawing takes longer than a request may, or is cut short, `redraw_due` ends it.
    """
    if refused := roles.refusal(by, "kill_picture"):
        raise Refused(refused)
    said, told = (" ".join(prose.without_controls(one).split()) for one in (reason, notice))
    _check_words(said, told)
    with transaction.atomic():
        picture = _held(picture_id, token)
        now = timezone.now()
        picture.killed_at = picture.editions_due_at = now
        picture.killed_because, picture.kill_notice = said, told
        picture.version += 1
        picture.save(
            update_fields=["killed_at", "killed_because", "kill_notice", "editions_due_at", "version"]
        )
        shown = Edition.objects.at().filter(picture_rows__picture=picture).order_by("story_id")
        stories = list(shown.values_list("story_id", flat=True))
        copies = sorted(picture.placements.values_list("article_id", flat=True))
        told_of = {"media_id": picture.media_id, "reason": said, "notice": told}
        whole = told_of | {"picture": picture.pk, "stories": stories, "copies": copies}
        of_each = [Act("kill_picture", key, told_of) for key in sorted({*stories, *copies})]
        record_all([Act("kill_picture", None, whole), *of_each], by=by)
    rederive_or_leave(picture.pk)
    announcing.picture_pages_changed(picture.pk)
    return stories


def _check_words(reason: str, notice: str) -> None:
    if not reason:
        raise Refused("Say why the picture is withdrawn. The reason is kept with the record.")
    for name, text in (("reason", reason), ("notice to readers", notice)):
        if len(text) > LONGEST:
            raise Refused(f"The {name} is {len(text)} characters long; {LONGEST} is the most. Shorten it.")


def _held(picture_id: int, token: str | None) -> Picture:
    """Return the picture, locked, when `token` is its version and it still stands; else `Refused`."""
    if not token:
        raise Refused(
            "This does not say which version of the picture it was made on. Reload the picture and try again."
        )
    rows = Picture.objects.select_for_update(of=("self",)).select_related("alias_of")
    picture = rows.filter(pk=picture_id).first()
    if picture is None:
        raise Refused("There is no such picture. Look it up again by its Media ID.")
    if picture.killed_at is not None:
        raise Refused(f"{picture} was withdrawn already.")
    if picture.alias_of is not None:
        raise Refused(f"{picture} was merged into {picture.alias_of}. Withdraw that one.")
    if picture.token != token:
        raise Refused("Somebody changed this picture since you opened it. Reload it, look and try again.")
    return picture
