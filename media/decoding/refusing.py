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
TOO_MUCH = "Reading this picture takes more memory or time than a picture may. Save it smaller, or as JPEG, and upload that."
TOO_LARGE = "The picture is {width} × {height} pixels; {most} million pixels are the most. Save it smaller and upload that."
TOO_LONG = (
    "The picture is {width} × {height} pixels; no side may be longer than {longest}. Crop it and upload that."
)
TRAILED = (
    "Behind the picture, the file holds something else that a browser or a program could run. "
    "Open it in a picture program, export it as a new JPEG or PNG, and upload that."
)


class Refused(Exception):
    """The file is not taken; the message is for the person who sent it."""
