"""Reads a PNG some rows at a time: each lot becomes a small PNG of its own, which Pillow reads.

Its rows are one stream, each told by its difference from the row above. So a small PNG begins with the last row of the one
before, as it is; what follows is taken over as it was packed. Interlaced and moving ones, and those of few or of very many
bits, are read whole.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import Image

from media.decoding.shrinking import BAND, Band

_BEGIN, _END = b"\x89PNG\r\n\x1a\n", b"IEND"
_HEAD, _PIXELS, _PALETTE, _CLEAR, _MOVES = b"IHDR", b"IDAT", b"PLTE", b"tRNS", b"acTL"
# What may stand behind the pixels and says something of the picture.
_WORDS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf"})
# Samples of 8 bits by the kind of colours: grey, colours, of a palette, grey and clear, colours and clear.
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_MOST_CHUNKS, _MOST_BESIDE = 50_000, 16 * 1024 * 1024
_DEEP_GREY = (16, 0)
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Rows:
    """What a PNG holds: its head (IHDR), the chunks before its pixels and what is told behind them, where the pixels lie."""

    size: tuple[int, int]
    head: bytes
    before: list[tuple[bytes, bytes]]
    behind: list[tuple[bytes, bytes]]
    pixels: list[tuple[int, int]]

    @property
    def row(self) -> int:
        """Return how many bytes a row takes."""
        depth, colours = self.head[8], self.head[9]
        return self.size[0] * _SAMPLES[colours] * depth // 8


def rows(file: Path) -> Rows | None:
    """Return what a file holds that can be read by its rows; None for others."""
    with file.open("rb") as opened:
        if opened.read(8) != _BEGIN:
            return None
        head, before, behind, pixels = (
            b"",
            list[tuple[bytes, bytes]](),
            list[tuple[bytes, bytes]](),
            list[tuple[int, int]](),
        )
        beside, is_over = 0, False
        for _ in range(_MOST_CHUNKS):
            size, name = _next(opened)
            if name == _PIXELS and not is_over:
                pixels.append((opened.tell(), size))
                opened.seek(size + 4, 1)
                continue
            is_over = bool(pixels)
            beside += size
            if beside > _MOST_BESIDE or name in {_MOVES, _PIXELS}:
                return None
            body = opened.read(size)
            opened.seek(4, 1)
            if name in {_END, b""}:
                break
            if name == _HEAD and not head:
                head = body
            elif not is_over:
                before.append((name, body))
            elif name in _WORDS:
                behind.append((name, body))
        else:
            return None
    if len(head) != 13 or not pixels or not _is_plain(head):
        return None
    width, height = struct.unpack(">II", head[:8])
    return Rows((width, height), head, before, behind, pixels)


def without_pixels(held: Rows) -> BytesIO:
    """Return all that the file says of its picture, before its pixels: Pillow would read these to reach what is behind."""
    return BytesIO(_png(held.head, [*held.before, *held.behind], b""))


def bands(file: Path, held: Rows) -> Iterator[Band]:
    """Give the picture in bands from its top. Raises `OSError`, `ValueError` for a damaged file."""
    width, height = held.size
    step, row = max(1, BAND // width), held.row
    colours = [one for one in held.before if one[0] in {_PALETTE, _CLEAR}]
    above = b""
    with file.open("rb") as opened:
        packed = _unpacked(opened, held.pixels, step * (row + 1))
        for top in range(0, height, step):
            down = min(step, height - top)
            lot = next(packed, b"")[: down * (row + 1)]
            if len(lot) < down * (row + 1):
                raise ValueError
            first = bool(above)
            head = struct.pack(">II", width, down + first) + held.head[8:]
            band = Image.open(BytesIO(_png(head, colours, above + lot)), formats=["PNG"])
            band.load()
            how = "I;16B" if band.mode == "I;16" else band.mode
            last = band.crop((0, down + first - 1, width, down + first))
            above = b"\0" + last.tobytes("raw", how)
            yield band.crop((0, 1, width, down + 1)) if first else band
        # To its end: what is wrong there is wrong with the file.
        for _ in packed:
            pass


def _is_plain(head: bytes) -> bool:
    depth, colours, how_packed, how_filtered, is_interlaced = head[8:13]
    return (
        not (how_packed or how_filtered or is_interlaced)
        and ((depth == 8 and colours in _SAMPLES) or (depth, colours) == _DEEP_GREY)
        and min(struct.unpack(">II", head[:8])) > 0
    )


def _next(opened: IO[bytes]) -> tuple[int, bytes]:
    raw = opened.read(8)
    return (int.from_bytes(raw[:4], "big"), raw[4:]) if len(raw) == 8 else (0, b"")


def _unpacked(opened: IO[bytes], pixels: list[tuple[int, int]], wanted: int) -> Iterator[bytes]:
    """Give the rows as they were packed, `wanted` bytes at a time."""
    squeezed, lot = zlib.decompressobj(), bytearray()
    for at, size in pixels:
        opened.seek(at)
        while size > 0:
            raw = opened.read(min(size, _CHUNK))
            if not raw:
                return
            size -= len(raw)
            while raw and not squeezed.eof:
                try:
                    lot += squeezed.decompress(raw, wanted - len(lot))
                except zlib.error as damage:
                    raise ValueError from damage
                raw = squeezed.unconsumed_tail
                if len(lot) == wanted:
                    yield bytes(lot)
                    lot.clear()
    if lot:
        yield bytes(lot)


def _png(head: bytes, chunks: list[tuple[bytes, bytes]], lot: bytes) -> bytes:
    return _BEGIN + b"".join(
        _chunk(name, body)
        for name, body in [(_HEAD, head), *chunks, (_PIXELS, zlib.compress(lot, 0)), (_END, b"")]
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return b"".join(
        [struct.pack(">I", len(body)), name, body, struct.pack(">I", zlib.crc32(body, zlib.crc32(name)))]
    )
