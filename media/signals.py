"""Tells the rest of the site, once and after commit, that a picture's file or what is said about it has changed."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from media.models import Picture

# Sent with `picture_id`, `changed` (names of its fields) and `by`.
picture_changed = Signal()
# Sent with `picture_ids`: pictures that nobody has seen yet, entered without their files.
pictures_entered = Signal()


def after_commit(picture: Picture, changed: Sequence[str], *, by: Any) -> None:
    """Announce the change when the transaction that made it is committed."""
    transaction.on_commit(
        partial(
            picture_changed.send_robust, sender=Picture, picture_id=picture.pk, changed=list(changed), by=by
        )
    )


def after_commit_of_new(pictures: Sequence[Picture]) -> None:
    """Announce together, when the transaction that entered them is committed, pictures that are known without their files."""
    keys = [picture.pk for picture in pictures]
    transaction.on_commit(partial(pictures_entered.send_robust, sender=Picture, picture_ids=keys))
