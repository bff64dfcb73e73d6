"""Puts new copies in the place of old ones: files first, then all rows at once, then the old files go."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from media import signals
from media.models import Picture, Rendition, renditions
from media.models.stores import away
from media.renditions import name_of

_log = logging.getLogger(__name__)


def as_claimed(picture: Picture) -> "QuerySet[Picture]":
    """Return the picture as long as nobody asked for other copies since, and this process still holds it."""
    return Picture.objects.filter(
        pk=picture.pk, copies_due_at=picture.copies_due_at, copies_claimed_until=picture.copies_claimed_until
    )


def keep(picture: Picture, copies: Iterable[Mapping[str, Any]], folder: Path) -> bool:
    """Keep `copies` (slot, width, height, formats; their files lie in `folder`) as the picture's present ones.

    A copy that holds the same as the present one keeps its name. Returns False, and leaves everything as it was, where
    the picture was claimed by others, killed or ordered anew meanwhile.
    """
    present = {(one.slot, one.width): one for one in picture.renditions.filter(superseded_at__isnull=True)}
    wanted, begun = [], []
    for copy in copies:
        row, is_new = _row(picture, copy, present.get((copy["slot"], copy["width"])), folder)
        wanted.append((row, list(copy["formats"])))
        if is_new:
            begun.append(row)
    Rendition.objects.bulk_create(begun)
    try:
        for row, formats in wanted:
            _store(row, formats, folder)
        stands = _put_in_place(picture, wanted, begun)
    except BaseException:
        _drop(begun)
        raise
    _drop(begun if not stands else picture.renditions.filter(superseded_at__isnull=False).exclude(formats=[]))
    return stands


def _row(
    picture: Picture, copy: Mapping[str, Any], present: Rendition | None, folder: Path
) -> tuple[Rendition, bool]:
    raw = (folder / f"{copy['slot']}-{copy['width']}.jpg").read_bytes()
    name = name_of(raw)
    if (
        present is not None
        and present.name.split("-")[0] == name.split("-")[0]
        and present.height == copy["height"]
    ):
        return present, False
    row = Rendition(
        picture=picture,
        name=name,
        slot=copy["slot"],
        width=copy["width"],
        height=copy["height"],
        formats=list(copy["formats"]),
        superseded_at=timezone.now(),
    )
    return row, True


def _store(row: Rendition, formats: Sequence[str], folder: Path) -> None:
    """Put the files of a copy into the store, over whatever a killed process left there."""
    store = renditions()
    for kind in formats:
        name = row.file_name(kind)
        if row.superseded_at is None and kind in row.formats and store.exists(name):
            continue
        store.delete(name)
        with (folder / f"{row.slot}-{row.width}.{kind}").open("rb") as file:
            store.save(name, File(file))


@transaction.atomic
def _put_in_place(
    picture: Picture, wanted: Sequence[tuple[Rendition, list[str]]], begun: Sequence[Rendition]
) -> bool:
    held = as_claimed(picture).select_for_update().filter(killed_at__isnull=True).first()
    if held is None:
        return False
    now = timezone.now()
    kept = [row.pk for row, _ in wanted]
    old = held.renditions.filter(superseded_at__isnull=True).exclude(pk__in=kept)
    is_changed = bool(old.update(superseded_at=now)) or bool(begun)
    for row, formats in wanted:
        is_changed |= row.formats != formats
        row.formats, row.superseded_at = formats, None
    Rendition.objects.bulk_update([row for row, _ in wanted], ["formats", "superseded_at"])
    held.copies_due_at, held.copies_claimed_until, held.copies_trouble = None, None, ""
    if is_changed:
        held.editions_due_at = now
        signals.after_commit(held, ["copies"], by=None)
    held.save(update_fields=["copies_due_at", "copies_claimed_until", "copies_trouble", "editions_due_at"])
    return True


def tidy() -> None:
    """Take away the files of superseded copies that a process left when it was killed between putting new ones in place and this.

    Pictures whose turn is still to come are left alone: their copies may be in the making, and take this with them.
    """
    left = Rendition.objects.filter(superseded_at__isnull=False, picture__copies_due_at__isnull=True)
    _drop(list(left.exclude(formats=[])))


def _drop(rows: Iterable[Rendition]) -> None:
    """Take the files of superseded copies out of the store; their rows stay, so that their addresses lead on.

    Where the store is away, the row still names its files, and they go when the picture's turn comes again.
    """
    for row in rows:
        try:
            row.drop_files()
        except away():
            _log.warning("The files of %s could not be taken away yet", row, exc_info=True)
            continue
        row.formats = []
        row.save(update_fields=["formats"])
