"""Finds pictures that look alike, suggests them as pairs, and keeps what somebody decided; merges nothing by itself."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from media import permissions
from media.likeness import is_near, is_near_in_colour, near_in_shape
from media.models import Likeness, Picture

# More than so many suggestions for one picture help nobody.
MOST = 12
# Of so many that share its shapes, the nearest, the colours are compared: the drawings of one hand can be thousands.
_MOST_COMPARED = 120
_STEP = 2_000


class NotSettled(Exception):
    """A pair was not settled; the message is a sentence for the person who tried."""


def near(likeness: str, among: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    """Return (distance, key) of those of `among` (key, likeness) that look like `likeness`, the nearest first."""
    compared = ((near_in_shape(likeness, other), key, other) for key, other in among)
    shaped = [(bits, key, other) for bits, key, other in compared if bits is not None]
    nearest = sorted(shaped)[:_MOST_COMPARED]
    found = ((bits, key) for bits, key, other in nearest if is_near_in_colour(likeness, other))
    return list(islice(found, MOST))


def look_for(picture: Picture) -> list[Likeness]:
    """Suggest the pictures that look like `picture` and return the open pairs, nearest first.

    Looks at every picture that has not been merged. Pairs that somebody settled stay settled.
    """
    if not picture.likeness:
        return []
    others = Picture.objects.standing().exclude(pk=picture.pk).exclude(likeness="")
    found = near(picture.likeness, others.order_by().values_list("pk", "likeness").iterator(_STEP))
    return keep(picture, found)


@transaction.atomic
def keep(picture: Picture, found: list[tuple[int, int]]) -> list[Likeness]:
    """Store what was found of `picture`, (distance, key of the other), and return its open pairs."""
    Likeness.objects.bulk_create(
        [
            Likeness(older_id=min(key, picture.pk), newer_id=max(key, picture.pk), distance=bits)
            for bits, key in found
        ],
        ignore_conflicts=True,
    )
    return open_pairs(picture)


@transaction.atomic
def renew(picture: Picture, likeness: str) -> None:
    """Keep the likeness of a picture's file that was read anew, and take back the suggestions that it does not bear out.

    What somebody settled stays.
    """
    Picture.objects.filter(pk=picture.pk, digest=picture.digest).update(likeness=likeness)
    for pair in open_pairs(picture):
        other = pair.newer if pair.older_id == picture.pk else pair.older
        if not is_near(likeness, other.likeness):
            pair.delete()


def open_pairs(picture: Picture) -> list[Likeness]:
    """Return the suggestions about `picture` that nobody has settled, nearest first."""
    rows = Likeness.objects.filter(settled_at=None).select_related("older", "newer")
    return list(rows.filter(older=picture) | rows.filter(newer=picture))


def settle(*, by: Any, likeness_id: int) -> Likeness:
    """Keep that somebody decided that the two of a pair are different pictures; raises `NotSettled`."""
    if not permissions.may_change(by):
        raise NotSettled("Your role does not allow this. Ask the picture desk to do it.")
    row = Likeness.objects.filter(pk=likeness_id).first()
    if row is None:
        raise NotSettled("There is no such pair any more. Reload the page.")
    if Likeness.objects.filter(pk=likeness_id, settled_at=None).update(
        settled_at=timezone.now(), settled_by=by
    ):
        row.refresh_from_db()
    return row
