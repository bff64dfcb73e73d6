"""Why a picture is refused, in sentences for the person who sent it; and what Pillow raises on bad files."""

import struct

# Pillow lets all of these through on files that are no pictures.
DAMAGE = (
    OSError, ValueError, TypeError, IndexError, KeyError, AttributeError, SyntaxError, ArithmeticError,
    NotImplementedError, RuntimeError, struct.error, AssertionError,
)  # fmt: skip

NO_PICTURE = (
    "This is no picture that can be taken in. Save it as JPEG, PNG, WebP, GIF, TIFF or AVIF and upload that."
)
DAMAGED = "The file is damaged or cut short: it could not be read to its end. Save or send it again from where it came from."
NO_HEIC = (
    "This is a HEIC picture, and this site is not set up to read those. Export it as JPEG and upload that, or ask whoever "
    "looks after the site to install requirements-heic.txt."
)
TOO_MUCH = "Reading this picture takes more memory or time than a picture may. Save it smaller, or as JPEG, and upload that."
TOO_BUSY = "The site is busy, and had no time to read this picture. Nothing is wrong with it: wait a minute and try again."
TOO_LARGE = "The picture is {width} × {height} pixels; {most} million pixels are the most. Save it smaller and upload that."
TOO_LONG = (
    "The picture is {width} × {height} pixels; no side may be longer than {longest}. Crop it and upload that."
)
TOO_TALL = (
    "The picture is {width} × {height} pixels, far taller than wide; at this width, {most} pixels are the tallest. "
    "Crop it into pieces and upload those."
)
TOO_LARGE_SO = (
    "The picture is {width} × {height} pixels; as {kind}, {most} million pixels are the most. "
    "Save it as an ordinary JPEG, or smaller, and upload that."
)
MANY_SCANS = (
    "This progressive JPEG is made of so many scans that reading it takes too long. "
    "Save it as an ordinary JPEG and upload that."
)
BURDENED = (
    "Beside its picture, this JPEG carries more than a picture does. "
    "Open it in a picture program, export it as a new JPEG, and upload that."
)
TRAILED = (
    "Behind the picture, the file holds something else that a browser or a program could run. "
    "Open it in a picture program, export it as a new JPEG or PNG, and upload that."
)


class Refused(Exception):
    """The file is not taken; the message is for the person who sent it."""
