"""Lets stories follow a change in the library, a few at a time: each few in a transaction of its own, the rest kept for later."""

import logging
import time
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import OperationalError, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from articles.models import Article, LibraryChange, RevisionKind, StoryToFollow
from articles.workflow.copy import contents_of, keep_revision
from articles.workflow.events import Act, record_all
from articles.workflow.picture_uses import Words, uses_of
from articles.workflow.refusals import Refused
from articles.workflow.reprinting import VERB, reprint
from media.models import Picture

# Two hundred stories are printed anew in about half a second: as long as anybody who saves may have to wait.
SOME = 200
# What one request gives to it; the rest is done by whoever calls `follow_due`.
SECONDS = 1.5
_log = logging.getLogger(__name__)


def begin(
    *,
    picture: Picture,
    verb: str,
    by: Any,
    copies: Collection[int] = (),
    of_copies: Mapping[str, Any] | None = None,
    reason: str = "",
    printing: Collection[int] = (),
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> list[int]:
    """Write down, in the transaction of the verb that calls it, which stories have still to follow.

    Of `copies` (story IDs) the words were changed already, their versions raised: a revision (`reason`) and an act of `verb`
    (`of_copies`) are to be kept. What readers see of the stories `printing` is to be printed anew, `after` in the
    place of `before`. Returns the change's key for `follow_or_leave`; nothing where no story follows.
    """
    if not copies and not printing:
        return []
    change = LibraryChange.objects.create(
        picture=picture,
        verb=verb,
        before=dict(before or {}),
        after=dict(after or {}),
        of_copies=dict(of_copies or {}),
        reason=reason[:300],
        stories=len({*copies, *printing}),
        by=by,
    )
    rows = [StoryToFollow(change=change, story_id=key, is_copy=True) for key in sorted(copies)]
    rows += [StoryToFollow(change=change, story_id=key) for key in sorted(printing)]
    StoryToFollow.objects.bulk_create(rows, batch_size=500)
    return [change.pk]


def raise_versions(copies: Any, *, by: Any) -> None:
    """Raise the version of every copy in a query set and note who changed it, in one statement."""
    copies.update(version=F("version") + 1, changed_at=timezone.now(), changed_by=by)


def follow_or_leave(changes: Collection[int]) -> int:
    """Do within a request what can be done of changes; return how many stories `follow_due` has still to do.

    The verb is done, whatever happens here: what fails is logged and stays due.
    """
    until = time.monotonic() + SECONDS
    left = 0
    for key in changes:
        try:
            left += follow(key, within=until - time.monotonic())
        except Exception:  # noqa: BLE001 - the change itself is committed, and what is left stays due
            _log.exception("The stories of library change %s are still to follow; follow_due will.", key)
            left += _left(key)
    return left


def follow_due() -> int:
    """Let every story follow that still has to, and return how many did. For a timer; twice at once is harmless."""
    followed = 0
    for key in list(LibraryChange.objects.filter(ended_at__isnull=True).values_list("pk", flat=True)):
        left = _left(key)
        try:
            followed += left - follow(key)
        except Exception:  # noqa: BLE001 - whatever it is, those due after it must not wait
            _log.exception("The stories of library change %s could not follow; they stay due.", key)
    return followed


def follow(change_id: int, *, within: float | None = None) -> int:
    """Let the stories of one change follow, for `within` seconds at most; return how many are left.

    A story that cannot is logged, stays due and holds up no other.
    """
    until = None if within is None else time.monotonic() + within
    behind = 0
    while True:
        try:
            last = _follow_some(change_id, behind, SOME)
        except OperationalError:  # the database is busy or away: to try each by itself would only take longer
            raise
        except Exception:  # noqa: BLE001 - which of them it is comes out below
            _log.exception(
                "Some stories could not follow library change %s; trying each by itself.", change_id
            )
            last = _follow_each(change_id, behind)
        if last is None or (until is not None and time.monotonic() >= until):
            break
        behind = last
    left = _left(change_id)
    if not left:
        LibraryChange.objects.filter(pk=change_id, ended_at__isnull=True).update(ended_at=timezone.now())
    return left


def _follow_each(change_id: int, behind: int) -> int | None:
    """Let as many stories follow as one transaction takes otherwise, each in its own."""
    rows = StoryToFollow.objects.filter(change=change_id, pk__gt=behind).order_by("pk")
    keys = list(rows.values_list("pk", flat=True)[:SOME])
    for key in keys:
        try:
            _follow_some(change_id, key - 1, 1)
        except Exception:  # noqa: BLE001 - one story that cannot must not hold up the others
            _log.exception("A story could not follow library change %s; it stays due.", change_id)
    return keys[-1] if keys else None


@transaction.atomic
def _follow_some(change_id: int, behind: int, most: int) -> int | None:
    """Let the next `most` stories behind a row follow, and return the last one's row; None where nothing is left.

    Locks are taken in the order of publishing: copies, editions, then the picture.
    """
    due = StoryToFollow.objects.select_for_update(of=("self",), skip_locked=True)
    rows = list(due.filter(change=change_id, pk__gt=behind).order_by("pk")[:most])
    if not rows:
        return None
    change = LibraryChange.objects.select_related("picture__alias_of", "by").get(pk=change_id)
    stories = {row.story_id for row in rows}
    held = Article.objects.select_for_update(of=("self",)).filter(pk__in=stories).order_by("pk")
    copies = {article.pk: article for article in held.select_related("section")}
    _keep([copies[row.story_id] for row in rows if row.is_copy and row.story_id in copies], change)
    _print({row.story_id for row in rows if not row.is_copy}, change)
    StoryToFollow.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return int(rows[-1].pk)


def _keep(copies: Sequence[Article], change: LibraryChange) -> None:
    """Keep a revision of each copy, as it is by now, and put on record what became of it."""
    acts = []
    for article in copies:
        contents = contents_of(article)
        keep_revision(article.pk, contents, kind=RevisionKind.SAVE, by=change.by, reason=change.reason)
        acts.append(Act(change.verb, article.pk, change.of_copies))
    if acts:
        record_all(acts, by=change.by)


def _print(stories: Collection[int], change: LibraryChange) -> None:
    """Print these stories anew where they say what the library said before; of a withdrawn picture nothing is printed."""
    if not stories:
        return
    found = uses_of(change.picture.in_force, with_text=True, stories=stories)
    rows = Picture.objects.select_for_update(of=("self",), no_key=True).select_related("alias_of")
    picture = rows.get(pk=change.picture.in_force.pk)
    if picture.killed_at is None:
        uses = [found[key] for key in sorted(found)]
        reprint(change.picture, uses, Words(**change.before), change.after, by=change.by)


def _left(change_id: int) -> int:
    return StoryToFollow.objects.filter(change=change_id).values("story").distinct().count()


def still_following(picture: Picture) -> tuple[int, int]:
    """Return how many stories print the new words of a picture that others are still to print, and how many are to."""
    rows = LibraryChange.objects.filter(_of(picture.pk), verb=VERB, ended_at__isnull=True)
    counted = rows.annotate(left=Count("to_follow__story", distinct=True)).values_list("stories", "left")
    every = list(counted)
    whole = sum(stories for stories, _ in every)
    return whole - sum(left for _, left in every), whole


def _of(picture_id: int) -> Q:
    return Q(picture=picture_id) | Q(picture__alias_of=picture_id)


def end_earlier(picture_id: int) -> None:
    """Let stories follow what was changed before, for as long as a request may; those that cannot stay due."""
    earlier = LibraryChange.objects.filter(_of(picture_id), ended_at__isnull=True)
    follow_or_leave(list(earlier.values_list("pk", flat=True)))


def settle_earlier(picture: Picture) -> None:
    """Let stories follow what was changed before; raise `Refused` where a request is too short for all of them."""
    end_earlier(picture.pk)
    refuse_while_following(picture)


def refuse_while_following(picture: Picture) -> None:
    """Raise `Refused` while stories still follow what was changed in a picture before."""
    done, whole = still_following(picture)
    if done < whole:
        raise Refused(
            f"{whole - done:,} of {whole:,} stories do not yet print the words that were saved before. "
            "Nothing was saved now. They follow within a minute; save again then."
        )
