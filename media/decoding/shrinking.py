"""Shrinks a picture while it is decoded, band by band, to a plain mode: what is whole is never held twice."""

from collections.abc import Iterable, Iterator

from PIL import Image, ImageCms

Band = Image.Image
Box = tuple[int, int, int, int]
# Pixels in a band.
BAND = 1_000_000
# Rows of the picture that are drawn narrow at once, and rows of the drawn one that the filter may look at.
_ROWS, _MARGIN = 1000, 4
_PLAIN = frozenset({"L", "RGB", "CMYK"})
_CLEAR = frozenset({"RGBA", "LA", "PA", "La", "RGBa"})
# Greys of which only the highest one says how they are meant.
DEEP = frozenset({"I", "F"})


def gathered(bands: Iterable[Band], window: Box, part: int, level: float = 1.0) -> Image.Image:
    """Return what `window` (left, top, right, bottom) shows of a picture given as bands from its top, divided by `part`.

    It is in mode L, RGB or CMYK. Bands may be of any height. Raises `ValueError` where they end too early.
    """
    left, top, right, bottom = window
    small: Image.Image | None = None
    down = 0
    for band in _even(_within(bands, window), part):
        plain = plainly(band, level)
        if part > 1:
            plain = plain.reduce(part)
        if band.height == bottom - top:
            return plain
        if small is None:
            small = Image.new(plain.mode, (-(-(right - left) // part), -(-(bottom - top) // part)))
        small.paste(plain, (0, down // part))
        down += band.height
    if small is None or down < bottom - top:
        raise ValueError
    return small


def in_bands(picture: Image.Image, part: int) -> Iterator[Band]:
    """Give a decoded picture in bands whose height `part` divides; one that needs no change as it is."""
    step = picture.height if part == 1 and is_plain(picture) else max(1, BAND // picture.width // part) * part
    for top in range(0, picture.height, step):
        box = (0, top, picture.width, min(top + step, picture.height))
        yield picture if step == picture.height else picture.crop(box)


def resized(
    picture: Image.Image, size: tuple[int, int], sides: tuple[float, float, float, float] | None = None
) -> Image.Image:
    """Return what `sides` show of a picture in `size`, some rows at a time: Pillow would hold all of them drawn narrow."""
    left, top, right, bottom = sides or (0, 0, *picture.size)
    whole = Image.new(picture.mode, size)
    down = (bottom - top) / size[1]
    step = max(64, round(_ROWS / max(1.0, down)))
    for row in range(0, size[1], step):
        # With as many rows above and below as the filter looks at.
        first, last = max(0, row - _MARGIN), min(size[1], row + step + _MARGIN)
        box = (left, top + first * down, right, min(bottom, top + last * down))
        band = picture.resize((size[0], last - first), Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)
        whole.paste(band.crop((0, row - first, size[0], min(row + step, size[1]) - first)), (0, row))
    whole.info = dict(picture.info)
    return whole


def is_plain(picture: Image.Image) -> bool:
    """Say whether a picture is in a mode that copies are made of."""
    return picture.mode in _PLAIN and "transparency" not in picture.info


def plainly(band: Band, level: float = 1.0) -> Band:
    """Return a band in mode L, RGB or CMYK: what is clear on white, deep greys multiplied by `level`."""
    if is_plain(band):
        return band
    if band.mode.startswith(("I", "F")):
        return band.point(lambda value: value * level + 0).convert("L")
    if band.mode == "LAB":
        lab, screen = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(band, lab, screen, outputMode="RGB") or band.convert("L")
    if band.mode in _CLEAR or "transparency" in band.info:
        clear = band if band.mode == "RGBA" else band.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return band.convert("L" if band.mode == "1" else "RGB")


def level(mode: str, highest: Iterable[float]) -> float:
    """Return what a deep grey is multiplied by to stand between 0 and 255; `highest` are the bands' highest values."""
    if mode.startswith("I;16"):
        return 1 / 256
    if mode not in DEEP:
        return 1.0
    most = max((one for one in highest if one == one), default=1.0)
    if mode == "F" and most <= 1:
        return 255.0
    return 1.0 if most <= 255 else 1 / 256 if most <= 65_535 else 255 / most


def highest(band: Band) -> float:
    """Return the highest value of a band of deep grey."""
    _, high = band.getextrema()
    return float(high) if isinstance(high, int | float) else 1.0


def _within(bands: Iterable[Band], window: Box) -> Iterator[Band]:
    left, top, right, bottom = window
    at = 0
    for band in bands:
        box = (left, max(top - at, 0), right, min(bottom - at, band.height))
        if box[1] < box[3]:
            yield band if box == (0, 0, *band.size) else band.crop(box)
        at += band.height
        # What stands below the window is decoded all the same: its damage is the file's.


def _even(bands: Iterable[Band], part: int) -> Iterator[Band]:
    """Give the bands anew, each but the last of a height that `part` divides."""
    rest: Band | None = None
    for band in bands:
        whole = band if rest is None else _joined(rest, band)
        even = whole.height - whole.height % part
        if even == whole.height:
            rest = None
            yield whole
            continue
        rest = whole.crop((0, even, whole.width, whole.height))
        if even:
            yield whole.crop((0, 0, whole.width, even))
    if rest is not None:
        yield rest


def _joined(above: Band, below: Band) -> Band:
    joined = Image.new(above.mode, (above.width, above.height + below.height))
    if "transparency" in above.info:
        joined.info["transparency"] = above.info["transparency"]
    if above.mode in {"P", "PA"} and above.palette:
        joined.putpalette(above.palette)
    joined.paste(above, (0, 0))
    joined.paste(below, (0, above.height))
    return joined
