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
    if part == 1 and limits.is_too_large_whole(picture):
        return _of_two(picture, file, window)
    picture.draft(None, (size[0] // part, size[1] // part))
    picture.load()
    return shrinking.plainly(picture if sides == (0, 0, *picture.size) else picture.crop(sides))


def _of_two(picture: JpegImagePlugin.JpegImageFile, file: Path, window: Box) -> Image.Image:
    """Return a part of a very large picture: its light whole, its colours at a half, as most cameras store them anyway."""
    left, top, right, bottom = window
    half = Image.open(file, formats=["JPEG"])
    half.draft(None, (half.width // 2, half.height // 2))
    box = (left / 2, top / 2, right / 2, bottom / 2)
    coarse = half.resize((right - left, bottom - top), Image.Resampling.BICUBIC, box=box)
    half.close()
    del half
    if picture.mode != "RGB":
        return coarse
    picture.draft("L", picture.size)
    picture.load()
    _, blue, red = coarse.convert("YCbCr").split()
    return Image.merge("YCbCr", (picture.crop(window), blue, red)).convert("RGB")
