"""Rebuilds what editions derive from a picture's file when that file came or changed; their text is never touched."""

from typing import Any

from django.db import transaction

from articles.models import Edition
from articles.workflow import editions
from articles.workflow.events import record
from media.models import Picture

BATCH = 200
# What readers see of a picture beside its printed words.
FOLLOWED = frozenset({"original", "killed_at"})


def picture_changed(*, picture_id: int, changed: list[str], by: Any, **_sent: Any) -> None:
    """Put a change in the library on record and, where the file changed, show it in every edition that prints it."""
    media_id = Picture.objects.values_list("media_id", flat=True).get(pk=picture_id)
    record("change_picture", by=by, picture=picture_id, media_id=media_id, changed=changed)
    if FOLLOWED & set(changed):
        rederive(picture_id)


def rederive(picture_id: int) -> int:
    """Rebuild the derived columns of every edition that prints a picture; return how many there are.

    Captions, credits and alternative texts are what was printed, covered by the edition's hash: only the file's
    address and size follow the library.
    """
    keys = list(
        Edition.objects.filter(picture_rows__picture_id=picture_id)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for start in range(0, len(keys), BATCH):
        _rederive(keys[start : start + BATCH])
    return len(keys)


@transaction.atomic
def _rederive(keys: list[int]) -> None:
    rows = list(Edition.objects.select_for_update(of=("self",)).filter(pk__in=keys))
    wanted = {one["picture"] for row in rows for one in row.pictures}
    pictures = Picture.objects.filter(pk__in=wanted).prefetch_related("renditions").in_bulk()
    for row in rows:
        editions.derive(row, pictures)
    derived = [name for name in editions.DERIVED_FIELDS if name != "filed_tags"]
    Edition.objects.bulk_update(rows, derived, batch_size=50)
