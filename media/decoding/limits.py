"""Says how large a picture may be, by what reading it costs: checked from the header, before anything is decoded.

The most resident memory (of interpreter, Pillow, picture and copies) of the process that takes a picture, and of the one
that makes all its copies, in MB, of pictures with the grain of photographs; a process that has done nothing takes 32:

    JPEG of 24 / 60 megapixels                          81, 104 / 69, 104
    upright JPEG of 20 / 24 megapixels                  84, 142 / 97, 142
    progressive JPEG of 24 megapixels, 4:2:0 / 4:4:4   123, 129 / 96, 105  (the latter one colour at a time: `splitting`)
    PNG of 24 megapixels, across / upright              75, 104 / 97, 142
    upright TIFF in strips, 20 megapixels               84, 145
    WebP of 24 megapixels / upright, 20                 66, 104 / 84, 141
    AVIF of 24 megapixels                              108, 107
    HEIC of 24 megapixels in one piece / 48 in tiles   146, 146 / 120, 126

A large CMYK JPEG cropped by hand takes 146. What is refused takes less than 75, as its file is read to see what hangs behind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFile, JpegImagePlugin

from media.decoding import avif, heic, png, shrinking, tiff, turning, webp
from media.decoding.refusing import TOO_LARGE, TOO_LARGE_SO, TOO_LONG, TOO_TALL, Refused

Size = tuple[int, int]
MILLION = 1_000_000
MOST_PIXELS = 60 * MILLION
LONGEST_SIDE = 30_000
# A JPEG is decoded at a half, a quarter or an eighth where more is not needed.
MOST_OF_JPEG = 100 * MILLION
# Bytes that may be held at once, beside the 32 MB of a process that has done nothing: of the file, by the library that
# decodes it, and of what is drawn.
MOST_DECODED = 116 * MILLION
# Of a copy for readers: it is as wide as the picture or the widest copy, and as tall as that makes it.
WIDEST_COPY, MOST_OF_A_COPY = 1920, 9 * MILLION
# So much of the widest copy is enough to be drawn of a picture.
ENOUGH_OF_IT = 0.95
# What a pixel takes by Pillow's mode where that is not 4 bytes.
_PIXEL = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}
_GREY = frozenset({"L", "1", "I;16", "I;16B", "I;16L", "I", "F"})
_CALLED = {"WEBP": "WebP", "HEIF": "HEIC", "MPO": "JPEG"}
_BITS, _COMPRESSION = 258, 259
_BY_SCANS = "newsroom: all coefficients are held"


@dataclass(frozen=True, slots=True)
class Cost:
    """What decoding holds: bytes a pixel, and besides; bytes a pixel of what is drawn (0: by its mode).

    `is_whole`: Pillow decodes it whole, and draws in place; `is_scaled`: large ones are drawn no larger than is needed.
    """

    a_pixel: float
    besides: int = 0
    drawn: int = 0
    is_whole: bool = False
    is_scaled: bool = False


def check(picture: ImageFile.ImageFile, file: Path, colours_at_once: int = 0) -> None:
    """Refuse a picture that is too long, too tall, or too large for its kind; of a JPEG, say what its first scan holds.

    Raises `Refused`, and `ValueError` for a damaged file.
    """
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        check_size(picture.size, MOST_OF_JPEG)
        _check_jpeg(picture, colours_at_once)
        return
    check_size(picture.size)
    kind = _CALLED.get(str(picture.format), str(picture.format))
    cost = _COSTS.get(str(picture.format), _of_mode)(picture, file)

    def part(size: Size) -> int:
        return max(1, int(size[0] / (ENOUGH_OF_IT * WIDEST_COPY)))

    def needed(size: Size) -> float:
        return _needed(picture, size, cost, part(size))

    # Before it is asked how it stands: for that, Pillow reads a PNG to its end.
    if picture.width * picture.height > (MOST_DECODED - cost.besides) / cost.a_pixel:
        raise _too_large(picture.size, kind, needed)
    size = turning.turned(turning.stored_size(picture), turning.orientation(picture))
    _check_copies(size)
    if needed(size) > MOST_DECODED:
        raise _too_large(size, kind, needed)


def _check_jpeg(picture: JpegImagePlugin.JpegImageFile, colours_at_once: int) -> None:
    turn = turning.orientation(picture)
    size = turning.turned(picture.size, turn)
    _check_copies(size)
    if picture.info.get("progressive") or colours_at_once < len(picture.layer):
        picture.info[_BY_SCANS] = True

    def needed(size: Size) -> float:
        part = max(one for one in (1, 2, 4, 8) if one == 1 or size[0] >= one * ENOUGH_OF_IT * WIDEST_COPY)
        stored, held = turning.turned(size, turn), 0.0
        if is_by_scans(picture):
            held = _by_colours(picture, part) if _splits(picture, stored) else _coefficients(picture)
        return _needed(picture, size, Cost(held), part)

    if needed(size) > MOST_DECODED:
        raise _too_large(size, "a progressive JPEG" if is_by_scans(picture) else "JPEG", needed)


def _needed(picture: ImageFile.ImageFile, size: Size, cost: Cost, part: int) -> float:
    """Return the bytes held while a picture of `size` is decoded, or while its widest copy is made, whichever is more."""
    pixels, across = size[0] * size[1], min(size[0], WIDEST_COPY)
    width, height = webp.drawn(size, part) if cost.is_scaled else (size[0] / part, size[1] / part)
    drawn = width * height * (cost.drawn or (1 if picture.mode in _GREY else 4))
    if cost.is_whole and part == 1 and shrinking.is_plain(picture):
        # It is drawn as it was decoded.
        drawn = 0
    held = cost.a_pixel * pixels + cost.besides
    copy = (4 if picture.mode == "RGB" else 8) * across**2 * size[1] / size[0]
    return max(held + drawn, (drawn or held) + copy)


def _too_large(size: Size, kind: str, needed: Callable[[Size], float]) -> Refused:
    """Name the most whole millions of pixels of this shape that are taken: who saves it so is not refused again."""
    shape, pixels = size[0] / size[1], size[0] * size[1]

    def is_taken(million: int) -> bool:
        height = (million * MILLION / shape) ** 0.5
        return needed((round(height * shape), round(height))) <= MOST_DECODED

    # What is drawn at a half or a quarter makes leaps in what a picture takes: each is tried.
    most = next(filter(is_taken, range(pixels // MILLION, 0, -1)), 0)
    return Refused(TOO_LARGE_SO.format(width=size[0], height=size[1], kind=kind, most=most))


def check_size(size: tuple[int, int], most: int = MOST_PIXELS) -> None:
    """Refuse a picture that is too large of whatever kind. Raises `Refused`."""
    width, height = size
    if max(width, height) > LONGEST_SIDE:
        raise Refused(TOO_LONG.format(width=width, height=height, longest=LONGEST_SIDE))
    if width * height > most:
        raise Refused(TOO_LARGE.format(width=width, height=height, most=most // MILLION))


def is_by_scans(picture: JpegImagePlugin.JpegImageFile) -> bool:
    """Say whether all coefficients of a JPEG are held until its last scan."""
    return bool(picture.info.get(_BY_SCANS))


def is_split(picture: JpegImagePlugin.JpegImageFile) -> bool:
    """Say whether a progressive JPEG is read one colour at a time: too large otherwise, and all equally fine."""
    return _splits(picture, picture.size)


def _splits(picture: JpegImagePlugin.JpegImageFile, stored: Size) -> bool:
    a_pixel = _coefficients(picture) + _drawn(picture, stored)
    return (
        bool(picture.info.get("progressive"))
        and len(picture.layer) in {3, 4}
        and all(one[1:3] == (1, 1) for one in picture.layer)
        and stored[0] * stored[1] * a_pixel > MOST_DECODED
    )


def is_large_whole(picture: JpegImagePlugin.JpegImageFile) -> bool:
    """Say whether it takes much to hold an allowed JPEG in its full size, beside copies that are made of it."""
    a_pixel = (_coefficients(picture) if is_by_scans(picture) else 0) + _PIXEL.get(picture.mode, 4)
    return picture.width * picture.height * a_pixel > MOST_DECODED / 2


def _check_copies(size: tuple[int, int]) -> None:
    """Refuse an upright picture so tall that a copy of the full width is no picture for a page."""
    width, height = size
    across = min(width, WIDEST_COPY)
    if across * across * height > MOST_OF_A_COPY * width:
        raise Refused(TOO_TALL.format(width=width, height=height, most=MOST_OF_A_COPY * width // across**2))


def _coefficients(picture: JpegImagePlugin.JpegImageFile) -> float:
    """Return the bytes a pixel that all coefficients take: two for each of each layer."""
    across = max((one[1] for one in picture.layer), default=1) or 1
    down = max((one[2] for one in picture.layer), default=1) or 1
    return sum(2 * (one[1] * one[2]) / (across * down) for one in picture.layer) or 6


def _drawn(picture: JpegImagePlugin.JpegImageFile, stored: Size) -> float:
    """Return the bytes a pixel of what is drawn of them: at a half where that is enough."""
    width, _ = turning.turned(stored, turning.orientation(picture))
    return _PIXEL.get(picture.mode, 4) / (4 if width >= 2 * WIDEST_COPY else 1)


def _by_colours(picture: JpegImagePlugin.JpegImageFile, part: int) -> float:
    """Return the bytes a pixel where one layer is held at a time: its coefficients and all layers, or these drawn."""
    share = _PIXEL.get(picture.mode, 4) / 4 / part**2
    return max(2.0, 1 + 4 * share) + (len(picture.layer) - 4) * share


def _of_mode(picture: ImageFile.ImageFile, _file: Path) -> Cost:
    return Cost(_PIXEL.get(picture.mode, 4), is_whole=True)


def _of_png(picture: ImageFile.ImageFile, file: Path) -> Cost:
    return Cost(0.1, _LOT) if png.rows(file) else Cost(_PIXEL.get(picture.mode, 4), _UNPACKED, is_whole=True)


def _of_webp(picture: ImageFile.ImageFile, file: Path) -> Cost:
    a_pixel, besides = webp.a_pixel(file), file.stat().st_size
    if webp.is_by_pillow(file):
        return Cost(a_pixel, besides, is_whole=True)
    # As bytes, and as a picture without what is clear.
    return Cost(a_pixel, besides, drawn=len(picture.mode) + 4, is_scaled=True)


def _of_avif(picture: ImageFile.ImageFile, file: Path) -> Cost:
    return Cost(avif.a_pixel(file, picture.mode), file.stat().st_size)


def _of_heic(picture: ImageFile.ImageFile, file: Path) -> Cost:
    is_tiled = heic.is_tiled(file, picture.mode, picture.size)
    return Cost(HEIC_IN_TILES if is_tiled else HEIC_WHOLE, file.stat().st_size)


def _of_tiff(picture: ImageFile.ImageFile, file: Path) -> Cost:
    """A TIFF in one piece is held as it was packed beside the picture."""
    if tiff.pieces(picture, turning.stored_size(picture)):
        return Cost(0.5)
    said = getattr(picture, "tag_v2", {})
    packed = sum(said.get(_BITS, (8,))) / 8 if said.get(_COMPRESSION, 1) != 1 else 0
    return Cost(_PIXEL.get(picture.mode, 4) + packed, file.stat().st_size, is_whole=True)


HEIC_IN_TILES, HEIC_WHOLE = 1.75, 4.3
# Lots of rows: packed, unpacked and drawn.
_LOT = 16 * MILLION
# What Pillow holds beside a PNG that it reads whole.
_UNPACKED = 9 * MILLION
_COSTS: dict[str, Callable[[ImageFile.ImageFile, Path], Cost]] = {
    "PNG": _of_png, "WEBP": _of_webp, "AVIF": _of_avif, "HEIF": _of_heic, "TIFF": _of_tiff,
}  # fmt: skip
