"""Reads a picture to its end and gives it upright, no larger than its copies need, in bands that bound the memory.

Every byte of the picture is decoded: a JPEG that is read at a half or a quarter is still followed bit by bit to its end,
only the last step of drawing is cheaper. What cannot be read smaller is shrunk band by band while it is decoded, so that
turning and changing colours never double a large picture.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PIL import Image, ImageFile, JpegImagePlugin

from media.decoding import avif, heic, limits, opening, png, scans, shrinking, tiff, turning, webp
from media.decoding.refusing import DAMAGE, DAMAGED, Refused
from media.decoding.shrinking import Box

# The widest copy that is made, and how much wider the picture is kept for it while that costs little (pixels: a JPEG
# is never held larger than this, the others beside the whole picture).
ENOUGH = limits.WIDEST_COPY
SPARE = 1.5
_LITTLE, _LITTLE_BESIDE = 12_000_000, 3_000_000


def upright(
    picture: ImageFile.ImageFile, file: Path, enough: int = ENOUGH
) -> tuple[Image.Image, tuple[int, int]]:
    """Return the first frame of an opened picture upright, and the size it truly has.

    It is in mode L, RGB or CMYK, its profile in `info`, and at least `enough` pixels wide where it truly is.
    Raises `Refused` when the file is damaged.
    """
    try:
        turn, stored = turning.orientation(picture), turning.stored_size(picture)
        size = turning.turned(stored, turn)
        is_jpeg = isinstance(picture, JpegImagePlugin.JpegImageFile)
        by_scans = isinstance(picture, JpegImagePlugin.JpegImageFile) and limits.is_by_scans(picture)
        parts: Iterable[int] = scans.PARTS if is_jpeg else range(30, 0, -1)
        little = _LITTLE if is_jpeg and not by_scans else _LITTLE_BESIDE
        part = _part(size, enough, parts, little)
        small = _read(picture, file, (0, 0, *stored), part)
        return _upright(small, turn, picture), size
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage


def cut(
    picture: ImageFile.ImageFile, file: Path, box: tuple[int, int, int, int], size: tuple[int, int]
) -> Image.Image:
    """Return what `box` (left, top, width, height of the upright picture) shows, in `size`; else as `upright`.

    No more of the picture is held than that, where its format allows. Raises `Refused` when the file is damaged.
    """
    try:
        turn, stored = turning.orientation(picture), turning.stored_size(picture)
        window = turning.stored_box(box, turn, stored)
        wanted = turning.turned(size, turn)
        most = max(1, min(box[2] // size[0], box[3] // size[1]))
        small = None
        if isinstance(picture, JpegImagePlugin.JpegImageFile):
            part = max(one for one in scans.PARTS if one <= most)
            small = scans.between(picture, file, window, wanted) if part == 1 else None
        else:
            part = most
        small = small or shrinking.resized(_read(picture, file, window, part), wanted)
        return _upright(small, turn, picture)
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage


def _part(size: tuple[int, int], enough: int, parts: Iterable[int], little: int) -> int:
    """Return by which of `parts` the picture is divided: spare width is kept where the rest is still little."""
    part = 1
    for spare in (SPARE, limits.ENOUGH_OF_IT):
        part = next((one for one in parts if size[0] / one >= enough * spare), 1)
        if size[0] * size[1] / part**2 <= little:
            break
    return part


def _upright(small: Image.Image, turn: int, picture: Image.Image) -> Image.Image:
    small = turning.upright(small, turn)
    if small is picture:
        # What the file says is still to be read from it.
        return small
    profile = picture.info.get("icc_profile")
    small.info = {"icc_profile": profile} if profile else {}
    return small


def _read(picture: ImageFile.ImageFile, file: Path, window: Box, part: int) -> Image.Image:
    """Return what `window` of the stored picture shows, divided by `part`, in a plain mode."""
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        return scans.read(picture, file, window, part)
    return _READERS.get(str(picture.format), _loaded)(picture, file, window, part)


def _loaded(picture: ImageFile.ImageFile, _file: Path, window: Box, part: int) -> Image.Image:
    """Decode it whole, as some formats can only be, and give it band by band."""
    picture.load()
    highest = [shrinking.highest(picture)] if picture.mode in shrinking.DEEP else []
    level = shrinking.level(picture.mode, highest)
    return shrinking.gathered(shrinking.in_bands(picture, part), window, part, level)


def _webp(picture: ImageFile.ImageFile, file: Path, window: Box, part: int) -> Image.Image:
    maker: Any = picture
    if webp.is_by_pillow(file):
        return _loaded(picture, file, window, part)
    # It holds the whole file.
    maker._decoder = None
    small = webp.shrunk(file, picture.mode, window, part)
    return shrinking.gathered(shrinking.in_bands(small, 1), (0, 0, *small.size), 1)


def _avif(picture: ImageFile.ImageFile, file: Path, window: Box, part: int) -> Image.Image:
    if avif.is_by_pillow():
        return _loaded(picture, file, window, part)
    maker: Any = picture
    maker._decoder = None
    return shrinking.gathered(avif.bands(file, picture.mode, picture.size), window, part)


def _heic(picture: ImageFile.ImageFile, file: Path, window: Box, part: int) -> Image.Image:
    if heic.is_tiled(file, picture.mode, picture.size):
        return shrinking.gathered(heic.bands(file, picture.size), window, part)
    return shrinking.gathered(
        heic.whole(opening.HEIF.open_heif(file, convert_hdr_to_8bit=True)), window, part
    )


def _png(picture: ImageFile.ImageFile, file: Path, window: Box, part: int) -> Image.Image:
    held = png.rows(file)
    if held is None:
        return _loaded(picture, file, window, part)
    level = shrinking.level(picture.mode, [])
    return shrinking.gathered(png.bands(file, held), window, part, level)


def _tiff(picture: ImageFile.ImageFile, file: Path, window: Box, part: int) -> Image.Image:
    held = tiff.pieces(picture, turning.stored_size(picture))
    if held is None:
        # Pillow would turn it while it is held whole.
        picture.getexif()[turning.ORIENTATION] = 1
        return _loaded(picture, file, window, part)
    highest: list[float] = []
    if picture.mode in shrinking.DEEP:
        highest = [shrinking.highest(band) for band in tiff.bands(picture, file, held)]
    level = shrinking.level(picture.mode, highest)
    return shrinking.gathered(tiff.bands(picture, file, held), window, part, level)


_READERS: dict[str, Callable[[ImageFile.ImageFile, Path, Box, int], Image.Image]] = {
    "PNG": _png,
    "WEBP": _webp,
    "AVIF": _avif,
    "HEIF": _heic,
    "TIFF": _tiff,
}
