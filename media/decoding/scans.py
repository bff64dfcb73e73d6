"""Reads a JPEG no larger than is wanted; a progressive one that is too large for that, one of its colours at a time."""

from pathlib import Path

from PIL import Image, JpegImagePlugin

from media.decoding import limits, shrinking, splitting
from media.decoding.shrinking import Box

# By what a JPEG can be divided while it is decoded.
PARTS = (8, 4, 2, 1)


def read(picture: JpegImagePlugin.JpegImageFile, file: Path, window: Box, part: int) -> Image.Image:
    """Return what `window` shows, divided by `part`: L, RGB or CMYK. Raises `OSError`, `ValueError` for a damaged file."""
    size = picture.size
    sides = (window[0] // part, window[1] // part, -(-window[2] // part), -(-window[3] // part))
    if limits.is_split(picture):
        return splitting.joined(picture, file, part, sides)
    picture.draft(None, (size[0] // part, size[1] // part))
    picture.load()
    return shrinking.plainly(picture if sides == (0, 0, *picture.size) else picture.crop(sides))


def between(
    picture: JpegImagePlugin.JpegImageFile, file: Path, window: Box, size: tuple[int, int]
) -> Image.Image | None:
    """Return `window` of a large picture in `size`, where a half of it is too little.

    Its light is read whole, its colours at a half, as most cameras store them anyway. None for what is small or stored in
    other colours: that is read whole.
    """
    if picture.mode != "RGB" or limits.is_split(picture) or not limits.is_large_whole(picture):
        return None
    half = Image.open(file, formats=["JPEG"])
    half.draft(None, (half.width // 2, half.height // 2))
    left, top, right, bottom = (side / 2 for side in window)
    coarse = shrinking.resized(half, size, (left, top, min(right, half.width), min(bottom, half.height)))
    half.close()
    del half
    _, blue, red = coarse.convert("YCbCr").split()
    del coarse
    picture.draft("L", picture.size)
    light = shrinking.resized(picture, size, window)
    return Image.merge("YCbCr", (light, blue, red)).convert("RGB")
