"""Reads a picture to its end and gives it upright, no larger than its copies need, in bands that bound the memory.

Every byte of the picture is decoded: a JPEG that is read at a half or a quarter is still followed bit by bit to its end,
only the last step of drawing is cheaper. What cannot be read smaller is decoded once and shrunk band by band, so that
turning and changing colours never double a large picture.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageFile, JpegImagePlugin

from media.decoding import opening
from media.decoding.refusing import DAMAGE, DAMAGED, Refused

# The widest copy that is made, and how much wider the picture is kept for it while that costs little (pixels: a JPEG
# is never held larger than this, the others beside the whole picture).
ENOUGH = 1920
SPARE = 1.5
_LITTLE, _LITTLE_BESIDE = 12_000_000, 3_000_000
# Pixels in a band.
_BAND = 1_000_000

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112
Band = tuple[int, Image.Image]


def upright(
    picture: ImageFile.ImageFile, file: Path, enough: int = ENOUGH
) -> tuple[Image.Image, tuple[int, int]]:
    """Return the first frame of an opened picture upright, and the size it truly has.

    It is in mode L, RGB, RGBA or CMYK, its profile in `info`, and at least `enough` pixels wide where it truly is.
    Raises `Refused` when the file is damaged.
    """
    try:
        turn = orientation(picture)
        size = picture.size
        across = size[1] if turn > 4 else size[0]
        if isinstance(picture, JpegImagePlugin.JpegImageFile):
            part = _part(size, across, enough, (8, 4, 2, 1), _LITTLE)
            picture.draft(None, (size[0] // part, size[1] // part))
            small = _whole(picture, 1, file)
        else:
            small = _whole(picture, _part(size, across, enough, range(30, 0, -1), _LITTLE_BESIDE), file)
        # A TIFF is turned by Pillow while it is read.
        turn = orientation(picture) if picture.format == "TIFF" else turn
        if turn in _TURNS:
            profile = small.info.get("icc_profile")
            small = small.transpose(_TURNS[turn])
            small.info = {"icc_profile": profile} if profile else {}
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage
    return small, (size[1], size[0]) if turn > 4 else size


def orientation(picture: Image.Image) -> int:
    """Return how the picture must be turned, 1 to 8 as EXIF counts; 1 where nothing sensible is said."""
    try:
        turn = picture.getexif().get(_ORIENTATION, 1)
    except DAMAGE:
        return 1
    return turn if turn in range(1, 9) else 1


def _part(size: tuple[int, int], across: int, enough: int, parts: Iterable[int], little: int) -> int:
    """Return by which of `parts` the picture is divided: spare width is kept where the rest is still little."""
    for spare in (SPARE, 1.0):
        part = next((one for one in parts if across / one >= enough * spare), 1)
        if size[0] * size[1] / part**2 <= little:
            break
    return part


def _whole(picture: ImageFile.ImageFile, part: int, file: Path) -> Image.Image:
    """Return the picture shrunk by `part`, in a plain mode, its profile in `info`."""
    size = picture.size
    step = max(1, _BAND // max(1, size[0]) // part) * part
    if part == 1 and _is_plain(picture):
        step = size[1]
    small: Image.Image | None = None
    for top, band in _BANDS.get(str(picture.format), _loaded)(picture, file, step):
        plain = band if part == 1 else band.reduce(part)
        if band.size == size:
            small = plain
            break
        if small is None:
            small = Image.new(plain.mode, (-(-size[0] // part), -(-size[1] // part)))
        small.paste(plain, (0, top // part))
    if small is None:
        raise ValueError
    if small is not picture:
        profile = picture.info.get("icc_profile")
        small.info = {"icc_profile": profile} if profile else {}
    return small


def _loaded(picture: ImageFile.ImageFile, _file: Path, step: int) -> Iterator[Band]:
    """Decode it whole, as most formats can only be, and give it band by band."""
    picture.load()
    level = _level(picture)
    width, height = picture.size
    if step >= height:
        yield 0, _plain(picture, level)
        return
    for top in range(0, height, step):
        yield top, _plain(picture.crop((0, top, width, min(top + step, height))), level)


def _webp(picture: ImageFile.ImageFile, _file: Path, step: int) -> Iterator[Band]:
    """Pillow would copy the decoder's picture twice more."""
    maker: Any = picture
    data, _ = maker._decoder.get_next()
    yield from _rows(data, picture, maker.rawmode, step)


def _avif(picture: ImageFile.ImageFile, _file: Path, step: int) -> Iterator[Band]:
    maker: Any = picture
    yield from _rows(maker._decoder.get_frame(0)[0], picture, picture.mode, step)


def _heic(picture: ImageFile.ImageFile, file: Path, step: int) -> Iterator[Band]:
    held = opening.HEIF.open_heif(file, convert_hdr_to_8bit=True)
    data = memoryview(held.data)
    if held.size != picture.size:
        raise ValueError
    for top in range(0, held.size[1], step):
        size = (held.size[0], min(step, held.size[1] - top))
        part = bytes(data[top * held.stride : (top + size[1]) * held.stride])
        yield top, _plain(Image.frombytes(held.mode, size, part, "raw", held.mode, held.stride))


def _rows(data: bytes, picture: Image.Image, rawmode: str, step: int) -> Iterator[Band]:
    width, height = picture.size
    stride = len(data) // height
    for top in range(0, height, step):
        rows = min(step, height - top)
        part = data[top * stride : (top + rows) * stride]
        yield top, _plain(Image.frombytes(picture.mode, (width, rows), part, "raw", rawmode))


_BANDS: dict[str, Callable[[ImageFile.ImageFile, Path, int], Iterator[Band]]] = {
    "WEBP": _webp,
    "AVIF": _avif,
    "HEIF": _heic,
}


def _is_plain(picture: Image.Image) -> bool:
    return picture.mode in {"L", "RGB", "RGBA", "CMYK"} and "transparency" not in picture.info


def _plain(band: Image.Image, level: float = 1.0) -> Image.Image:
    """Return a band in mode L, RGB, RGBA or CMYK."""
    if _is_plain(band):
        return band
    if band.mode.startswith(("I", "F")):
        return band.point(lambda value: value * level + 0).convert("L")
    if band.mode == "LAB":
        lab, screen = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(band, lab, screen, outputMode="RGB") or band.convert("L")
    if band.mode in {"PA", "LA", "La", "RGBa"} or "transparency" in band.info:
        clear = band.convert("RGBA")
        clear.info.pop("transparency", None)
        return clear
    return band.convert("L" if band.mode == "1" else "RGB")


def _level(picture: Image.Image) -> float:
    """Return what a deep grey is multiplied by to stand between 0 and 255."""
    if picture.mode.startswith("I;16"):
        return 1 / 256
    if picture.mode not in {"I", "F"}:
        return 1.0
    _, high = picture.getextrema()
    most = float(high) if isinstance(high, int | float) and high == high else 1.0
    if picture.mode == "F" and most <= 1:
        return 255.0
    return 1.0 if most <= 255 else 1 / 256 if most <= 65_535 else 255 / most
