"""Says how a stored picture must be turned to stand upright, and where a part of the upright one lies in it."""

from PIL import Image

from media.decoding.refusing import DAMAGE
from media.decoding.shrinking import Box

ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# From which sides of the stored picture the upright one's left and top are counted: the far one across, the far one down.
_FROM_FAR = {
    1: (False, False), 2: (True, False), 3: (True, True), 4: (False, True),
    5: (False, False), 6: (False, True), 7: (True, True), 8: (True, False),
}  # fmt: skip


def orientation(picture: Image.Image) -> int:
    """Return how the picture must be turned, 1 to 8 as EXIF counts; 1 where nothing sensible is said."""
    try:
        turn = picture.getexif().get(ORIENTATION, 1)
    except DAMAGE:
        return 1
    return turn if turn in range(1, 9) else 1


def stored_size(picture: Image.Image) -> tuple[int, int]:
    """Return the size of the picture as it lies in the file: Pillow gives that of a TIFF turned."""
    return turned(picture.size, orientation(picture)) if picture.format == "TIFF" else picture.size


def turned(size: tuple[int, int], turn: int) -> tuple[int, int]:
    """Return the size of a stored picture when it stands upright, or the other way round."""
    return (size[1], size[0]) if turn > 4 else size


def upright(small: Image.Image, turn: int) -> Image.Image:
    """Return a picture turned."""
    return small.transpose(_TURNS[turn]) if turn in _TURNS else small


def stored_box(box: tuple[int, int, int, int], turn: int, stored: tuple[int, int]) -> Box:
    """Return where `box` (left, top, width, height) of an upright picture lies in the stored one: its four sides."""
    left, top, width, height = box
    if turn > 4:
        left, top, width, height = top, left, height, width
    far_across, far_down = _FROM_FAR[turn]
    if far_across:
        left = stored[0] - left - width
    if far_down:
        top = stored[1] - top - height
    return (left, top, left + width, top + height)
