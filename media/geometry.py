"""Which part of a picture each slot shows, and at which widths it is copied: pure functions of whole pixels."""

from dataclasses import dataclass

Box = tuple[int, int, int, int]
# Where the eye is led when nobody said, in thousandths: the middle, and of what is no wider than high its upper third.
MIDDLE, UPPER_THIRD = (500, 500), (500, 333)


@dataclass(frozen=True, slots=True)
class SlotShape:
    """The shape of a slot, across to down (None keeps the picture's own), and the widths of its copies."""

    ratio: tuple[int, int] | None
    widths: tuple[int, ...]


SLOTS = {
    "whole": SlotShape(None, (320, 640, 960, 1280, 1920)),
    "lead": SlotShape((16, 9), (640, 1280, 1920)),
    "landscape": SlotShape((3, 2), (320, 640, 960)),
    "square": SlotShape((1, 1), (160, 320)),
    "portrait": SlotShape((4, 5), (480, 960)),
}


def resting(width: int, height: int) -> tuple[int, int]:
    """Return where the focal point rests until somebody sets it: an upright picture shows a person, and keeps the head."""
    return UPPER_THIRD if height >= width else MIDDLE


def box(slot: str, width: int, height: int, focal: tuple[int, int] | None) -> Box:
    """Return (left, top, width, height) of what `slot` shows of an upright picture of `width` by `height` pixels.

    It is the largest box of the slot's shape, with the focal point (thousandths of width and height), or where it rests
    without one, as near its middle as fits.
    """
    ratio = SLOTS[slot].ratio
    if ratio is None:
        return (0, 0, width, height)
    across, down = _largest(ratio, width, height)
    x, y = focal or resting(width, height)
    return (
        min(max(round(width * x / 1000 - across / 2), 0), width - across),
        min(max(round(height * y / 1000 - down / 2), 0), height - down),
        across,
        down,
    )


def fitted(slot: str, drawn: Box) -> Box:
    """Return the largest box of the slot's shape inside one that somebody drew, on the same middle."""
    ratio = SLOTS[slot].ratio
    left, top, width, height = drawn
    if ratio is None:
        return drawn
    across, down = _largest(ratio, width, height)
    return (left + (width - across) // 2, top + (height - down) // 2, across, down)


def sizes(slot: str, shown: Box) -> list[tuple[int, int]]:
    """Return (width, height) of each copy, smallest first: never larger than what is shown, which is one of them if small."""
    _, _, width, height = shown
    widths = SLOTS[slot].widths
    wanted = {one for one in widths if one <= width} | {min(width, widths[-1])}
    return [(one, max(1, round(height * one / width))) for one in sorted(wanted)]


def _largest(ratio: tuple[int, int], width: int, height: int) -> tuple[int, int]:
    across, down = ratio
    if width * down >= height * across:
        return max(1, min(width, round(height * across / down))), height
    return width, max(1, min(height, round(width * down / across)))
