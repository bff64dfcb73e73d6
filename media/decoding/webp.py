"""Reads a WebP at the size that is wanted, by libwebp itself: Pillow would hold the whole of it three times."""

from ctypes import Structure, addressof, byref, c_char, c_int, c_size_t, c_uint8, c_uint32, c_void_p
from pathlib import Path
from typing import Any, ClassVar

from PIL import Image, WebPImagePlugin

from media.decoding import libraries
from media.decoding.shrinking import Box

# The library that Pillow brings along, by the names and shapes of its public header, unchanged since 2012.
_LIBRARY: Any = libraries.found(
    getattr(WebPImagePlugin, "_webp", None),
    ("WebPGetFeaturesInternal", "WebPInitDecoderConfigInternal", "WebPDecode"),
    lambda library: library.WebPGetDecoderVersion() >> 16 == 1,
)
_ABI = 0x0209
_RGB, _RGBA = 0, 1
_LOSSY = 1
# What the library holds of each pixel, in bytes: of a lossy one a few rows, of transparency a byte, of the others all.
# Pillow by itself, as of a moving one, holds it three times.
_ROWS, _CLEAR, _ALL, _BY_PILLOW = 0.2, 1.2, 4.0, 14.0
# What is larger is drawn no larger than this, across and down, though no whole number divides it so.
LARGE, ENOUGH = 6_000_000, 1920


class _Features(Structure):
    _fields_: ClassVar = [
        ("width", c_int), ("height", c_int), ("has_alpha", c_int), ("has_animation", c_int), ("format", c_int),
        ("pad", c_uint32 * 5),
    ]  # fmt: skip


class _Planes(Structure):
    _fields_: ClassVar = [("pixels", c_void_p), ("stride", c_int), ("size", c_size_t), ("rest", c_size_t * 7)]


class _Output(Structure):
    _fields_: ClassVar = [
        ("colours", c_int), ("width", c_int), ("height", c_int), ("is_external", c_int), ("planes", _Planes),
        ("pad", c_uint32 * 4), ("own", c_void_p),
    ]  # fmt: skip


class _Options(Structure):
    _fields_: ClassVar = [
        ("bypass_filtering", c_int), ("no_fancy_upsampling", c_int),
        ("use_cropping", c_int), ("left", c_int), ("top", c_int), ("across", c_int), ("down", c_int),
        ("use_scaling", c_int), ("width", c_int), ("height", c_int),
        ("rest", c_int * 9),
    ]  # fmt: skip


class _Config(Structure):
    # The last is spare: a library that knows more writes no further than this.
    _fields_: ClassVar = [
        ("input", _Features), ("output", _Output), ("options", _Options), ("spare", c_uint8 * 64),
    ]  # fmt: skip


def a_pixel(file: Path) -> float:
    """Return how many bytes reading this WebP holds for each of its pixels."""
    held = _Features()
    if _LIBRARY is None:
        return _BY_PILLOW
    raw = file.read_bytes()
    if _LIBRARY.WebPGetFeaturesInternal(raw, c_size_t(len(raw)), byref(held), _ABI) or held.has_animation:
        return _BY_PILLOW
    if held.format != _LOSSY:
        return _ALL
    return _CLEAR if held.has_alpha else _ROWS


def is_by_pillow(file: Path) -> bool:
    """Say whether Pillow reads it: the first frame of an animation, and all where the library is not found."""
    return a_pixel(file) == _BY_PILLOW


def drawn(size: tuple[int, int], part: int) -> tuple[int, int]:
    """Return the size in which a part of `size` is drawn that is divided by `part`."""
    width, height = -(-size[0] // part), -(-size[1] // part)
    if width * height <= LARGE or min(width, height) <= ENOUGH:
        return width, height
    return round(width * ENOUGH / min(width, height)), round(height * ENOUGH / min(width, height))


def shrunk(file: Path, mode: str, window: Box, part: int) -> Image.Image:
    """Return what `window` shows, in `mode` (RGB or RGBA), divided by `part` at least. Raises `ValueError` for a damaged file."""
    raw, config = file.read_bytes(), _Config()
    if not _LIBRARY.WebPInitDecoderConfigInternal(byref(config), _ABI):
        raise ValueError
    left, top, right, bottom = window
    # It begins at an even place, as colours do.
    aside, above = left % 2, top % 2
    left, top = left - aside, top - above
    width, height = drawn((right - left, bottom - top), part)
    is_smaller = (width, height) != (right - left, bottom - top)
    pixels = bytearray(width * height * len(mode))
    how, out = config.options, config.output
    how.use_cropping, how.left, how.top, how.across, how.down = 1, left, top, right - left, bottom - top
    how.use_scaling, how.width, how.height = int(is_smaller), width, height
    out.colours, out.is_external = (_RGBA if mode == "RGBA" else _RGB), 1
    out.planes.pixels = addressof((c_char * len(pixels)).from_buffer(pixels))
    out.planes.stride, out.planes.size = width * len(mode), len(pixels)
    if _LIBRARY.WebPDecode(raw, c_size_t(len(raw)), byref(config)):
        raise ValueError
    del raw
    shown = Image.frombuffer(mode, (width, height), pixels, "raw", mode, 0, 1)
    return shown if is_smaller or not (aside or above) else shown.crop((aside, above, width, height))
