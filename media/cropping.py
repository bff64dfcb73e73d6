"""Says how a picture is cropped: its focal point, and the crops drawn by hand; the copies follow in the background."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from media import geometry, permissions, signals
from media.changing import NotChanged
from media.models import Crop, Picture, Slot

SMALLEST = 100


@transaction.atomic
def crop(
    *,
    by: Any,
    picture_id: int,
    token: str | None,
    focal: tuple[int, int] | None,
    crops: Mapping[str, tuple[int, int, int, int]],
) -> Picture:
    """Write the whole state of a picture's cropping and return the picture, its version raised; unchanged writes nothing.

    `focal` is in thousandths of width and height, None where nobody sets one. `crops` holds (left, top, width, height) in
    pixels of the upright original for each slot that does not follow the focal point; a box of another shape than
    the slot's is cut to it. Raises `NotChanged` with a sentence.
    """
    if not permissions.may_change(by):
        raise NotChanged("Your role does not allow this. Ask the picture desk to do it.")
    if not token:
        raise NotChanged(
            "This crop does not say which version it was drawn on. Reload the picture and try again."
        )
    picture = Picture.objects.select_for_update().get(pk=picture_id)
    if picture.token != token:
        raise NotChanged(
            "Somebody changed this picture since you opened it. Reload it and draw the crop again."
        )
    wanted = _checked(picture, focal, crops)
    held = {one.slot: (one.left, one.top, one.width, one.height) for one in picture.crops.all()}
    point = focal or (None, None)
    if wanted == held and (picture.focal_x, picture.focal_y) == point:
        return picture
    picture.focal_x, picture.focal_y = point
    picture.copies_due_at, picture.copies_trouble = timezone.now(), ""
    picture.version += 1
    picture.save(update_fields=["focal_x", "focal_y", "copies_due_at", "copies_trouble", "version"])
    picture.crops.all().delete()
    Crop.objects.bulk_create(
        Crop(picture=picture, slot=slot, left=left, top=top, width=width, height=height)
        for slot, (left, top, width, height) in wanted.items()
    )
    signals.after_commit(picture, ["crops"], by=by)
    return picture


def _checked(
    picture: Picture, focal: tuple[int, int] | None, crops: Mapping[str, geometry.Box]
) -> dict[str, geometry.Box]:
    """Return the crops cut to their slots' shapes; raise `NotChanged` where they show nothing of the picture."""
    if not picture.has_file or not picture.width or not picture.height:
        raise NotChanged(f"{picture} has no file yet, so there is nothing to crop. Attach the file first.")
    if focal is not None and not all(0 <= one <= 1000 for one in focal):
        raise NotChanged("The focal point lies outside the picture. Set it again inside.")
    wanted = {}
    for slot, drawn in crops.items():
        if slot not in Slot.values or slot == Slot.WHOLE:
            raise NotChanged(f"“{slot[:40]}” is no slot that is cropped. Reload the picture and try again.")
        name = Slot(slot).name.lower()
        left, top, width, height = drawn
        if left < 0 or top < 0 or left + width > picture.width or top + height > picture.height:
            raise NotChanged(f"The crop for {name} lies outside the picture. Draw it again inside.")
        least = min(SMALLEST, geometry.box(slot, picture.width, picture.height, None)[2])
        if width < 1 or height < 1 or geometry.fitted(slot, drawn)[2] < least:
            raise NotChanged(
                f"The crop for {name} is too small to be shown. Draw it at least {least} pixels wide."
            )
        wanted[slot] = geometry.fitted(slot, drawn)
    return wanted
