"""Reads an AVIF and gives it in bands, by libavif itself: Pillow would hold it in colours twice beside what it decoded."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import Structure, byref, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_void_p
from pathlib import Path
from typing import Any, ClassVar

from PIL import AvifImagePlugin, Image

from media.decoding import libraries
from media.decoding.shrinking import BAND, Band

_POINTED_AT = ("avifDecoderCreate", "avifImageCreateEmpty")


def _is_known(library: Any) -> bool:
    for name in _POINTED_AT:
        getattr(library, name).restype = c_void_p
    library.avifVersion.restype = c_char_p
    return bool(library.avifVersion().startswith(b"1."))


# The library that Pillow brings along, by the names and shapes of its public header, version 1.
_LIBRARY: Any = libraries.found(
    getattr(AvifImagePlugin, "_avif", None),
    (
        *_POINTED_AT, "avifDecoderNextImage", "avifImageSetViewRect", "avifRGBImageSetDefaults", "avifImageYUVToRGB",
        "avifImageDestroy", "avifDecoderSetIOMemory", "avifDecoderParse", "avifDecoderDestroy",
    ),
    _is_known,
)  # fmt: skip
# What Pillow by itself holds of each pixel, with and without transparency.
_BY_PILLOW = {"RGBA": 11.5, "RGB": 9.5}
_RGB, _RGBA = 0, 1
# What the decoder holds beside the picture, as measured (bytes a pixel).
_BESIDE_IT = 2.0
# Samples of colour beside each of light: 4:4:4, 4:2:2, 4:2:0, none.
_BESIDE = {1: 2.0, 2: 1.0, 3: 0.5, 4: 0.0}


class _Decoder(Structure):
    """The beginning of avifDecoder: all that is looked at."""

    _fields_: ClassVar = [
        ("codec", c_int), ("threads", c_int), ("source", c_int), ("is_progressive", c_int), ("is_incremental", c_int),
        ("ignores_exif", c_int), ("ignores_xmp", c_int), ("most_pixels", c_uint32), ("longest", c_uint32),
        ("most_frames", c_uint32), ("strictness", c_uint32), ("picture", c_void_p),
    ]  # fmt: skip


class _Picture(Structure):
    """The beginning of avifImage."""

    _fields_: ClassVar = [("width", c_uint32), ("height", c_uint32), ("depth", c_uint32), ("layout", c_int)]


class _Rectangle(Structure):
    _fields_: ClassVar = [("left", c_uint32), ("top", c_uint32), ("width", c_uint32), ("height", c_uint32)]


class _Pixels(Structure):
    # The last is spare: a library that knows more writes no further than this.
    _fields_: ClassVar = [
        ("width", c_uint32), ("height", c_uint32), ("depth", c_uint32), ("colours", c_int),
        ("upsampling", c_int), ("downsampling", c_int), ("avoids_yuv", c_int), ("ignores_alpha", c_int),
        ("is_premultiplied", c_int), ("is_float", c_int), ("threads", c_int),
        ("pixels", c_void_p), ("stride", c_uint32), ("spare", c_uint8 * 64),
    ]  # fmt: skip


def a_pixel(file: Path, mode: str) -> float:
    """Return how many bytes the decoded picture holds for each of its pixels. Raises `ValueError` for a damaged file."""
    if is_by_pillow():
        return _BY_PILLOW.get(mode, 11.5)
    with _parsed(file) as decoder:
        picture = _Picture.from_address(decoder.picture)
        samples = 1 + _BESIDE.get(picture.layout, 2.0) + (mode == "RGBA")
        return samples * (2 if picture.depth > 8 else 1) + _BESIDE_IT


def is_by_pillow() -> bool:
    """Say whether Pillow reads it: the library is not found."""
    return _LIBRARY is None


def bands(file: Path, mode: str, size: tuple[int, int]) -> Iterator[Band]:
    """Give the first frame in bands, from its top. Raises `ValueError` for a damaged file."""
    with _parsed(file) as decoder:
        _check(_LIBRARY.avifDecoderNextImage(byref(decoder)))
        picture = _Picture.from_address(decoder.picture)
        if (picture.width, picture.height) != size:
            raise ValueError
        step = max(2, BAND // size[0] // 2 * 2)
        for top in range(0, size[1], step):
            yield _band(decoder.picture, mode, _Rectangle(0, top, size[0], min(step, size[1] - top)))


def _band(picture: int, mode: str, shown: _Rectangle) -> Band:
    view = c_void_p(_LIBRARY.avifImageCreateEmpty())
    try:
        _check(_LIBRARY.avifImageSetViewRect(view, c_void_p(picture), byref(shown)))
        drawn = _Pixels()
        _LIBRARY.avifRGBImageSetDefaults(byref(drawn), view)
        stride = shown.width * len(mode)
        held = bytearray(stride * shown.height)
        drawn.depth, drawn.colours = 8, (_RGBA if mode == "RGBA" else _RGB)
        drawn.pixels = ctypes.addressof((ctypes.c_char * len(held)).from_buffer(held))
        drawn.stride = stride
        _check(_LIBRARY.avifImageYUVToRGB(view, byref(drawn)))
    finally:
        _LIBRARY.avifImageDestroy(view)
    return Image.frombuffer(mode, (shown.width, shown.height), held, "raw", mode, 0, 1)


@contextmanager
def _parsed(file: Path) -> Iterator[_Decoder]:
    at = c_void_p(_LIBRARY.avifDecoderCreate())
    try:
        decoder = _Decoder.from_address(at.value or 0)
        decoder.threads, decoder.ignores_exif, decoder.ignores_xmp = 1, 1, 1
        # As Pillow has it: what other programs take is taken.
        decoder.strictness = 0
        raw = file.read_bytes()
        _check(_LIBRARY.avifDecoderSetIOMemory(at, raw, c_size_t(len(raw))))
        _check(_LIBRARY.avifDecoderParse(at))
        yield decoder
    finally:
        _LIBRARY.avifDecoderDestroy(at)


def _check(outcome: int) -> None:
    if outcome:
        raise ValueError
