"""Opens a picture by what it holds, from an allow-list, and reads it to its end; refuses with a sentence."""

from io import BytesIO
from pathlib import Path

from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from media.decoding.refusing import DAMAGE, DAMAGED, NO_PICTURE, TOO_LARGE, TOO_LONG, TRAILED, Refused

# Pillow asks its plugins in turn what a file is: these are asked, and no other is even loaded.
ASKED = (
    AvifImagePlugin.AvifImageFile,
    GifImagePlugin.GifImageFile,
    JpegImagePlugin.JpegImageFile,
    PngImagePlugin.PngImageFile,
    TiffImagePlugin.TiffImageFile,
    WebPImagePlugin.WebPImageFile,
)
# What comes in is one of these, by what the file holds, whatever it is called. MPO is a JPEG with further views.
FORMATS = {
    "JPEG": "jpg",
    str(MpoImagePlugin.MpoImageFile.format): "jpg",
    "PNG": "png",
    "WEBP": "webp",
    "GIF": "gif",
    "TIFF": "tif",
    "AVIF": "avif",
}
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 30_000

_ENDS = {"JPEG": b"\xff\xd9", "MPO": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}
_RUNNABLE = (
    b"<html",
    b"<script",
    b"<!doctype",
    b"<svg",
    b"<?php",
    b"<?xml",
    b"<body",
    b"pk\x03\x04",
    b"%pdf",
    b"mz\x90",
)


def opened(file: Path) -> ImageFile.ImageFile:
    """Return the picture in `file`, its header read and within the limits; nothing is decoded yet.

    Raises `Refused` with a sentence when the file is no picture of an allowed kind or is too large.
    """
    # Our own limit is checked below, from the header, before anything is decoded.
    Image.MAX_IMAGE_PIXELS = None
    raw = file.read_bytes()
    try:
        picture = Image.open(BytesIO(raw), formats=[str(one.format) for one in ASKED])
    except DAMAGE as no_picture:
        raise Refused(NO_PICTURE) from no_picture
    _check_size(*picture.size)
    _check_end(raw, str(picture.format))
    return picture


def read_whole(picture: ImageFile.ImageFile) -> None:
    """Decode the first frame to its end. Raises `Refused` when the file is damaged."""
    try:
        picture.seek(0)
        picture.load()
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Refused(TOO_LARGE.format(width=width, height=height, most=MOST_PIXELS // 1_000_000))
    if max(width, height) > LONGEST_SIDE:
        raise Refused(TOO_LONG.format(width=width, height=height, longest=LONGEST_SIDE))


def _check_end(raw: bytes, kind: str) -> None:
    """Refuse a page or a program hung on a picture; that our readers never get it is no reason to keep it."""
    end = _ENDS.get(kind)
    at = raw.rfind(end) if end else -1
    if end and at >= 0:
        behind = raw[at + len(end) : at + len(end) + 1_000_000].lower()
        if any(mark in behind for mark in _RUNNABLE):
            raise Refused(TRAILED)
