"""Opens a picture by what it holds, from an allow-list, and reads it to its end; refuses with a sentence."""

import re
from pathlib import Path
from typing import Any

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

from media.decoding import ends, limits, png
from media.decoding.refusing import DAMAGE, DAMAGED, NO_HEIC, NO_PICTURE, Refused

# An extra, of its own requirements file: without it, HEIC is refused with a sentence.
HEIF: Any
try:
    import pillow_heif
except ImportError:
    HEIF = None
else:
    HEIF = pillow_heif

# Pillow asks its plugins in turn what a file is: these are asked, and no other.
ASKED = [
    str(one.format)
    for one in (
        AvifImagePlugin.AvifImageFile,
        GifImagePlugin.GifImageFile,
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        TiffImagePlugin.TiffImageFile,
        WebPImagePlugin.WebPImageFile,
    )
]
# What comes in is one of these, by what the file holds, whatever it is called. MPO is a JPEG with further views.
FORMATS = {
    "JPEG": "jpg",
    str(MpoImagePlugin.MpoImageFile.format): "jpg",
    "PNG": "png",
    "WEBP": "webp",
    "GIF": "gif",
    "TIFF": "tif",
    "AVIF": "avif",
    "HEIF": "heic",
}
if HEIF is not None:
    HEIF.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    HEIF.options.DECODE_THREADS = 1
    ASKED.append("HEIF")
AvifImagePlugin.DEFAULT_MAX_THREADS = 1

# How files of the allowed kinds begin: one that does and cannot be opened is damaged.
_BEGUN = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|II[*+]\0|MM\0[*+]|RIFF.{4}WEBP|.{4}ftypavi[fs]", re.DOTALL
)
_HEIC = re.compile(rb".{4}ftyp.{0,60}?(heic|heix|heim|heis|hevc|hevx)", re.DOTALL)


def opened(file: Path) -> ImageFile.ImageFile:
    """Return the picture in `file`, its header read and within the limits; nothing is decoded yet.

    Raises `Refused` with a sentence when the file is no picture of an allowed kind, holds more than a picture, or is too
    large. The file stays open: this is for a process that ends soon.
    """
    # Our own limits are checked from the header, before anything is decoded.
    Image.MAX_IMAGE_PIXELS = None
    head = _head(file)
    size = WebPImagePlugin._get_size(head) if head.startswith(b"RIFF") else None
    if size:
        # Before its decoder is made: that takes the memory for it.
        limits.check_size(size)
    try:
        in_rows = png.rows(file)
        picture = Image.open(png.without_pixels(in_rows) if in_rows else file.open("rb"), formats=ASKED)
        if in_rows:
            # Or Pillow looks for it behind the pixels.
            picture.info.setdefault("exif", None)
    except DAMAGE as no_picture:
        if HEIF is None and _HEIC.match(head):
            raise Refused(NO_HEIC) from no_picture
        raise Refused(DAMAGED if _BEGUN.match(head) else NO_PICTURE) from no_picture
    walked = ends.check(file, str(picture.format))
    try:
        limits.check(picture, file, walked.colours_at_once)
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage
    return picture


def read_whole(picture: ImageFile.ImageFile) -> None:
    """Decode the first frame to its end. Raises `Refused` when the file is damaged."""
    try:
        picture.load()
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage


def _head(file: Path) -> bytes:
    with file.open("rb") as raw:
        return raw.read(80)
