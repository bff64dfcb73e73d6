"""Rebuilds what editions derive from a picture when its file came, changed or was withdrawn; their text is never touched."""

import logging
import time
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction

from articles.index.due import mark_due
from articles.models import Edition
from articles.workflow import announcing, crediting, editions
from articles.workflow.events import record
from media.models import Picture

BATCH = 100
# What one request gives to it; a batch is about a quarter of a second.
SECONDS = 2.0
# What readers see of a picture beside its printed words.
FOLLOWED = frozenset({"original", "crops", "copies", "is_made_by_ai", "creator"})
CREDITED = frozenset({"credit", "creator", "original"})
# Work that the library does by itself, and what is no change but a new row: neither is for the record.
NOT_RECORDED = frozenset({"copies", "taken_in"})
_log = logging.getLogger(__name__)


def picture_changed(*, picture_id: int, changed: list[str], by: Any, **_sent: Any) -> None:
    """Put a change in the library on record; where it shows, show it in every edition that prints the picture."""
    names = set(changed)
    if names - NOT_RECORDED:
        media_id = Picture.objects.values_list("media_id", flat=True).get(pk=picture_id)
        record("change_picture", by=by, picture=picture_id, media_id=media_id, changed=changed)
    if names & (CREDITED | {"taken_in"}):
        crediting.credit_pictures([picture_id])
    if names & FOLLOWED:
        rederive(picture_id, within=SECONDS)
    announcing.picture_pages_changed(picture_id)


def pictures_entered(*, picture_ids: list[int], **_sent: Any) -> None:
    """Credit the makers of pictures that came in together; no page shows them yet."""
    crediting.credit_pictures(picture_ids)


def rederive(picture_id: int, *, within: float | None = None) -> int:
    """Rebuild the derived columns of every edition that prints a picture, those in force first; return how many.

    Captions, credits and alternative texts are what was printed, covered by the edition's hash: only the file's
    address and size follow the library, and whether the picture is shown at all. When all is done, the picture is
    no longer due, unless it changed again meanwhile; where `within` (seconds) was too short, it stays due.
    """
    until = None if within is None else time.monotonic() + within
    due = Picture.objects.values_list("editions_due_at", flat=True).get(pk=picture_id)
    rows = Edition.objects.filter(picture_rows__picture_id=picture_id)
    first = list(rows.at().order_by("pk").values_list("pk", flat=True))
    seen = set(first)
    keys = first + [key for key in rows.order_by("pk").values_list("pk", flat=True) if key not in seen]
    for start in range(0, len(keys), BATCH):
        if until is not None and time.monotonic() >= until:
            return start
        _rederive(keys[start : start + BATCH])
    if due is not None:
        _done(picture_id, due)
    return len(keys)


def _done(picture_id: int, due: datetime) -> None:
    Picture.objects.filter(pk=picture_id, editions_due_at=due).update(editions_due_at=None)


def rederive_or_leave(picture_id: int) -> None:
    """Rebuild now what a verb has made due, for as long as a request may; leave the rest to `redraw_due`.

    So it is left where the database fails: the verb is done.
    """
    try:
        rederive(picture_id, within=SECONDS)
    except DatabaseError:
        _log.exception("The editions of picture %s are still to be redrawn; release_due will.", picture_id)


def redraw_due() -> list[int]:
    """Rebuild the editions of every picture that is still due, and return those pictures' keys.

    For a timer: what a process left when it ended between a change and the redrawing is done here. Twice is harmless.
    """
    waiting = Picture.objects.filter(editions_due_at__isnull=False).order_by("editions_due_at")
    done = []
    for key in list(waiting.values_list("pk", flat=True)):
        try:
            rederive(key)
            announcing.picture_pages_changed(key)
        except Exception:  # noqa: BLE001 - whatever it is, those due after it must not wait
            _log.exception("The editions of picture %s could not be redrawn; they stay due.", key)
        else:
            done.append(key)
    return done


@transaction.atomic
def _rederive(keys: list[int]) -> None:
    rows = list(Edition.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    pictures = editions.pictures_in_force(one["picture"] for row in rows for one in row.pictures)
    had = {row.pk for row in rows if row.shown_pictures}
    for row in rows:
        editions.derive(row, pictures)
    mark_due(row.story_id for row in rows if bool(row.shown_pictures) != (row.pk in had))
    derived = [name for name in editions.DERIVED_FIELDS if name != "filed_tags"]
    Edition.objects.bulk_update(rows, derived, batch_size=50)
