"""Tells the rest of the site, once and after commit, that a picture's file or what is said about it has changed."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from media.models import Picture

# Sent with `picture_id`, `changed` (names of its fields) and `by`.
picture_changed = Signal()


def after_commit(picture: Picture, changed: Sequence[str], *, by: Any) -> None:
    """Announce the change when the transaction that made it is committed."""
    transaction.on_commit(
        partial(
            picture_changed.send_robust, sender=Picture, picture_id=picture.pk, changed=list(changed), by=by
        )
    )
