"""Reads a TIFF a few of its strips or tiles at a time: each lot becomes a small TIFF of its own, which Pillow reads."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFile, TiffImagePlugin

from media.decoding.shrinking import Band

_WIDTH, _LENGTH, _ROWS, _PLANES = 256, 257, 278, 284
_STRIPS, _STRIP_SIZES, _TILES, _TILE_SIZES = 273, 279, 324, 325
_TILE_WIDTH, _TILE_LENGTH, _TABLES = 322, 323, 347
_COMPRESSION, _PHOTOMETRIC, _SAMPLES = 259, 262, 277
# What says how the pixels are to be read, all of it in whole numbers.
_KEPT = (258, 259, 262, 266, 277, 284, 292, 293, 317, 320, 322, 323, 332, 338, 339, 530)
_JPEG, _OLD_JPEG, _YCBCR = 7, 6, 6
# Pixels in a lot: one strip at least, one row of tiles.
_LOT = 2_000_000
# A strip or row of tiles of more than this is no use to anybody who reads a little at a time.
LARGEST_PIECE = 6_000_000
_MOST_PIECES = 100_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """Where the strips or tiles of a picture of `size` lie: `across` in a row, `rows` pixels down each, for each of `planes`."""

    size: tuple[int, int]
    starts: Sequence[int]
    sizes: Sequence[int]
    across: int
    rows: int
    planes: int
    are_tiles: bool


def pieces(picture: Image.Image, size: tuple[int, int]) -> Pieces | None:
    """Return the pieces of an opened TIFF of `size` (as it is stored), None where it can only be read whole."""
    said = getattr(picture, "tag_v2", {})
    compression, photometric = said.get(_COMPRESSION, 1), said.get(_PHOTOMETRIC, 0)
    if compression == _OLD_JPEG or (photometric == _YCBCR and compression != _JPEG):
        return None
    width, height = size
    if (said.get(_WIDTH), said.get(_LENGTH)) != (width, height):
        return None
    are_tiles = _TILES in said
    starts, sizes = (
        said.get(tag, ()) for tag in ((_TILES, _TILE_SIZES) if are_tiles else (_STRIPS, _STRIP_SIZES))
    )
    rows = int(said.get(_TILE_LENGTH if are_tiles else _ROWS, height) or 0)
    across = -(-width // int(said.get(_TILE_WIDTH, 0) or width)) if are_tiles else 1
    planes = int(said.get(_SAMPLES, 1)) if said.get(_PLANES, 1) == 2 else 1
    if not 0 < rows < height or width * rows > LARGEST_PIECE or across < 1:
        return None
    wanted = across * -(-height // rows) * planes
    if not len(starts) == len(sizes) == wanted <= _MOST_PIECES:
        return None
    return Pieces(size, starts, sizes, across, rows, planes, are_tiles)


def bands(picture: ImageFile.ImageFile, file: Path, held: Pieces) -> Iterator[Band]:
    """Give the picture in bands from its top. Raises `ValueError` for a damaged file."""
    width, height = held.size
    lots, down = -(-height // held.rows), max(1, _LOT // (width * held.rows))
    most = file.stat().st_size
    with file.open("rb") as opened:
        for first in range(0, lots, down):
            last = min(first + down, lots)
            chosen = [
                piece
                for plane in range(held.planes)
                for piece in range((plane * lots + first) * held.across, (plane * lots + last) * held.across)
            ]
            # Pieces that lie over each other would make much of little.
            if sum(held.sizes[one] for one in chosen) > most:
                raise ValueError
            raws = []
            for one in chosen:
                opened.seek(held.starts[one])
                raws.append(opened.read(held.sizes[one]))
            size = (width, min(last * held.rows, height) - first * held.rows)
            yield _read(_small(picture, size, held, raws), picture.mode, size)


def _read(raw: bytes, mode: str, size: tuple[int, int]) -> Band:
    band = Image.open(BytesIO(raw), formats=["TIFF"])
    band.load()
    if band.mode != mode or band.size != size:
        raise ValueError
    return band


def _small(picture: ImageFile.ImageFile, size: tuple[int, int], held: Pieces, raws: list[bytes]) -> bytes:
    """Return a TIFF of `size` made of these strips or tiles."""
    said: TiffImagePlugin.ImageFileDirectory_v2 = getattr(picture, "tag_v2")  # noqa: B009 - Pillow's class has it, its type has not
    order = said.prefix.decode()[0].replace("I", "<").replace("M", ">")
    numbers: dict[int, Sequence[int]] = {_WIDTH: (size[0],), _LENGTH: (size[1],)}
    for tag in _KEPT:
        value = said.get(tag)
        if value is not None:
            numbers[tag] = [int(one) for one in value] if isinstance(value, tuple | list) else [int(value)]
    if not held.are_tiles:
        numbers[_ROWS] = (held.rows,)
    return _written(order, numbers, said.get(_TABLES), held, raws)


def _written(
    order: str, numbers: dict[int, Sequence[int]], tables: object, held: Pieces, raws: list[bytes]
) -> bytes:
    """Write header, entries (of 32 bits, but where Pillow asks for 16), what they point at, and the pieces."""
    where, how_long = (_TILES, _TILE_SIZES) if held.are_tiles else (_STRIPS, _STRIP_SIZES)
    numbers = numbers | {where: [0] * len(raws), how_long: [len(raw) for raw in raws]}
    tags = sorted([*numbers, *([_TABLES] if isinstance(tables, bytes) else [])])
    at = 8 + 2 + 12 * len(tags) + 4
    beyond = {
        tag: (
            len(tables) if tag == _TABLES and isinstance(tables, bytes) else _width(tag) * len(numbers[tag])
        )
        for tag in tags
    }
    pixels = at + sum(size + size % 2 for size in beyond.values() if size > 4)
    starts = []
    for raw in raws:
        starts.append(pixels)
        pixels += len(raw)
    numbers[where] = starts
    entries, behind = b"", b""
    for tag in tags:
        packed = (
            tables
            if tag == _TABLES and isinstance(tables, bytes)
            else struct.pack(f"{order}{len(numbers[tag])}{'H' if _width(tag) == 2 else 'I'}", *numbers[tag])
        )
        kind = 7 if tag == _TABLES else 3 if _width(tag) == 2 else 4
        count = len(packed) if tag == _TABLES else len(numbers[tag])
        if len(packed) > 4:
            entries += struct.pack(f"{order}HHII", tag, kind, count, at + len(behind))
            behind += packed + b"\0" * (len(packed) % 2)
        else:
            entries += struct.pack(f"{order}HHI", tag, kind, count) + packed.ljust(4, b"\0")
    head = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(f"{order}IH", 8, len(tags))
    return b"".join([head, entries, b"\0" * 4, behind, *raws])


def _width(tag: int) -> int:
    """Return how many bytes a number of this entry takes."""
    return (
        4
        if tag
        in {
            _WIDTH,
            _LENGTH,
            _ROWS,
            _STRIPS,
            _STRIP_SIZES,
            _TILES,
            _TILE_SIZES,
            _TILE_WIDTH,
            _TILE_LENGTH,
            292,
            293,
        }
        else 2
    )
