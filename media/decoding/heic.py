"""Reads a HEIC as phones make them, tile by tile, by libheif itself: 48 megapixels in the memory of a few tiles."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_void_p
from pathlib import Path
from typing import Any, ClassVar

from PIL import Image

from media.decoding import libraries
from media.decoding.shrinking import BAND, Band

# An extra: where it is not installed, nobody gets here.
try:
    import _pillow_heif  # type: ignore[import-not-found,unused-ignore]
except ImportError:
    _pillow_heif = None
_COLOURS, _RGB, _INTERLEAVED = 1, 10, 10
# A tile of more than this is not what phones make, and is read as a picture of its own (pixels).
_LARGEST_TILE = 4_500_000


class _Fault(Structure):
    _fields_: ClassVar = [("code", c_int), ("subcode", c_int), ("message", c_char_p)]


class _Tiling(Structure):
    _fields_: ClassVar = [
        ("version", c_int), ("columns", c_uint32), ("rows", c_uint32), ("tile_width", c_uint32),
        ("tile_height", c_uint32), ("width", c_uint32), ("height", c_uint32), ("top", c_uint32), ("left", c_uint32),
        ("further", c_uint8), ("sizes", c_uint32 * 8), ("spare", c_uint8 * 64),
    ]  # fmt: skip


_TRIED = (
    "heif_context_read_from_file", "heif_context_get_primary_image_handle", "heif_image_handle_get_image_tiling",
    "heif_image_handle_decode_image_tile",
)  # fmt: skip


def _is_known(library: Any) -> bool:
    """Tiles are read one by one since version 1.19."""
    for name in _TRIED:
        getattr(library, name).restype = _Fault
    library.heif_context_alloc.restype = c_void_p
    library.heif_image_get_plane_readonly2.restype = POINTER(c_uint8)
    return bool(0x01130000 <= library.heif_get_version_number() < 0x02000000)


_LIBRARY: Any = libraries.found(
    _pillow_heif,
    (
        *_TRIED, "heif_context_alloc", "heif_context_free", "heif_context_set_max_decoding_threads", "heif_image_release",
        "heif_image_get_plane_readonly2", "heif_image_get_width", "heif_image_get_height", "heif_image_handle_release",
    ),
    _is_known,
)  # fmt: skip


def is_tiled(file: Path, mode: str, size: tuple[int, int]) -> bool:
    """Say whether the picture is made of tiles that can be read one by one."""
    if mode != "RGB" or _LIBRARY is None:
        return False
    with _opened(file) as handle:
        tiling = _tiling(handle)
    across, down = tiling.columns * tiling.tile_width, tiling.rows * tiling.tile_height
    return (
        tiling.columns * tiling.rows > 1
        and (tiling.width, tiling.height) == size
        and not (tiling.top or tiling.left or tiling.further)
        and tiling.tile_width * tiling.tile_height <= _LARGEST_TILE
        and tiling.tile_height * size[0] <= 4 * _LARGEST_TILE
        and size[0] <= across < size[0] + tiling.tile_width
        and size[1] <= down < size[1] + tiling.tile_height
    )


def bands(file: Path, size: tuple[int, int]) -> Iterator[Band]:
    """Give the picture as one band for each row of tiles. Raises `ValueError` for a damaged file."""
    with _opened(file) as handle:
        tiling = _tiling(handle)
        for row in range(tiling.rows):
            top = row * tiling.tile_height
            band = Image.new("RGB", (size[0], min(tiling.tile_height, size[1] - top)))
            for column in range(tiling.columns):
                band.paste(_tile(handle, column, row), (column * tiling.tile_width, 0))
            yield band


def _tile(handle: c_void_p, column: int, row: int) -> Image.Image:
    tile, stride = c_void_p(), c_size_t()
    _check(
        _LIBRARY.heif_image_handle_decode_image_tile(
            handle, byref(tile), _COLOURS, _RGB, None, c_uint32(column), c_uint32(row)
        )
    )
    try:
        width = _LIBRARY.heif_image_get_width(tile, _INTERLEAVED)
        height = _LIBRARY.heif_image_get_height(tile, _INTERLEAVED)
        pixels = _LIBRARY.heif_image_get_plane_readonly2(tile, _INTERLEAVED, byref(stride))
        if width <= 0 or height <= 0 or not pixels:
            raise ValueError
        raw = ctypes.string_at(pixels, stride.value * (height - 1) + width * 3)
        return Image.frombytes(
            "RGB", (width, height), raw.ljust(stride.value * height, b"\0"), "raw", "RGB", stride.value
        )
    finally:
        _LIBRARY.heif_image_release(tile)


def _tiling(handle: c_void_p) -> _Tiling:
    tiling = _Tiling()
    _check(_LIBRARY.heif_image_handle_get_image_tiling(handle, 1, byref(tiling)))
    return tiling


@contextmanager
def _opened(file: Path) -> Iterator[c_void_p]:
    held, handle = c_void_p(_LIBRARY.heif_context_alloc()), c_void_p()
    try:
        _LIBRARY.heif_context_set_max_decoding_threads(held, 0)
        _check(_LIBRARY.heif_context_read_from_file(held, str(file).encode(), None))
        _check(_LIBRARY.heif_context_get_primary_image_handle(held, byref(handle)))
        yield handle
    finally:
        if handle.value:
            _LIBRARY.heif_image_handle_release(handle)
        _LIBRARY.heif_context_free(held)


def _check(fault: _Fault) -> None:
    if fault.code:
        raise ValueError


def whole(held: Any) -> Iterator[Band]:
    """Give a picture that `pillow_heif` has opened in bands; it decodes it whole. Raises `ValueError` for a damaged file."""
    pixels = memoryview(held.data)
    step = max(1, BAND // held.size[0])
    for top in range(0, held.size[1], step):
        size = (held.size[0], min(step, held.size[1] - top))
        part = bytes(pixels[top * held.stride : (top + size[1]) * held.stride])
        yield Image.frombytes(held.mode, size, part, "raw", held.mode, held.stride)
