"""Takes a progressive JPEG apart into one for each of its colours, so that only one of them is held at a time.

All coefficients of a progressive JPEG are held until its last scan: 6 bytes a pixel where its colours are as fine as its
light. All its scans but those of the averages (DC, T.81 G.1) hold one colour each, and go into that colour's file as they
are. A scan of averages has one block of each colour in turn where all are equally fine; its bits are dealt out.
"""

import mmap
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from PIL import Image, ImageChops, JpegImagePlugin

from media.decoding.ends import next_marker
from media.decoding.shrinking import BAND, Band, Box, gathered

_START, _END = b"\xff\xd8", b"\xff\xd9"
_SOF2, _DHT, _DQT, _DRI, _SOS, _EOI = 0xC2, 0xC4, 0xDB, 0xDD, 0xDA, 0xD9
# Bits that the longest code of an average and the number behind it take: 16 and 11.
_LONGEST_CODE = 16
# So many blocks are dealt out before their bits are put together: each lies in an object of its own until then.
_TOGETHER = 50_000


@dataclass(slots=True)
class _Dealt:
    """A file for each colour (by its number in the frame), and what is in force where the reading stands."""

    files: dict[int, IO[bytes]]
    blocks: int
    every: int = 0
    # For each table of averages, how many bits the code at the front of 16 takes, its number included.
    tables: dict[int, list[int]] = field(default_factory=dict)


def joined(picture: JpegImagePlugin.JpegImageFile, file: Path, part: int, sides: Box) -> Image.Image:
    """Return the `sides` of the picture divided by `part`, in mode RGB or CMYK. Raises `OSError`, `ValueError` for a damaged file."""
    colours = [one[0] for one in picture.layer]
    size = (-(-picture.width // part), -(-picture.height // part))
    planes = []
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        for_each = _dealt(raw, colours, -(-picture.width // 8) * -(-picture.height // 8))
    for one in colours:
        with for_each[one] as held:
            held.seek(0)
            plane = Image.open(held, formats=["JPEG"])
            plane.draft(None, (picture.width // part, picture.height // part))
            plane.load()
            if plane.mode != "L" or plane.size != size:
                raise ValueError
            # Of the object that was opened, nothing but the pixels goes on.
            planes.append(plane.crop(sides))
            del plane
    across, down = planes[0].size
    step = max(1, BAND // across)
    bands = (
        _merged(picture, [one.crop((0, top, across, min(top + step, down))) for one in planes])
        for top in range(0, down, step)
    )
    return gathered(bands, (0, 0, across, down), 1)


def _merged(picture: JpegImagePlugin.JpegImageFile, planes: list[Image.Image]) -> Band:
    """Put the colours of a band together as libjpeg does, by what the Adobe segment says of them."""
    turned = picture.info.get("adobe_transform")
    if len(planes) == 3:
        plain = turned == 0 or (turned is None and "jfif" not in picture.info and _are_rgb(picture))
        whole = Image.merge("RGB" if plain else "YCbCr", planes)
        return whole if plain else whole.convert("RGB")
    if turned == 2:
        screen = ImageChops.invert(Image.merge("YCbCr", planes[:3]).convert("RGB"))
        planes = [*screen.split(), planes[3]]
    # As Pillow has it: all who write such files write them inverted.
    return ImageChops.invert(Image.merge("CMYK", planes))


def _are_rgb(picture: JpegImagePlugin.JpegImageFile) -> bool:
    return bytes(one[0] for one in picture.layer) == b"RGB"


def _dealt(raw: mmap.mmap, colours: Sequence[int], blocks: int) -> dict[int, IO[bytes]]:
    """Return a JPEG of its own for each colour. Raises `ValueError` where the file is not what it says."""
    # They are closed when their colour was read, and go with the process at the latest.
    dealt = _Dealt({one: tempfile.TemporaryFile() for one in colours}, blocks)  # noqa: SIM115
    for one in dealt.files.values():
        one.write(_START)
    at = 2
    while True:
        marker, at = next_marker(raw, at)
        if marker in {_EOI, None}:
            break
        size = int.from_bytes(raw[at : at + 2], "big")
        body = bytes(raw[at + 2 : at + size])
        at += size
        if marker == _SOS:
            behind, end = next_marker(raw, at)
            if behind is None:
                raise ValueError
            _deal_scan(dealt, body, raw, at, end - 2)
            at = end - 2
        elif marker == _SOF2:
            _deal_frame(dealt, body)
        elif marker in {_DHT, _DQT, _DRI}:
            _note(dealt, marker, body)
            for one in dealt.files.values():
                _segment(one, marker, body)
    for one in dealt.files.values():
        one.write(_END)
    return dealt.files


def _deal_frame(dealt: _Dealt, body: bytes) -> None:
    for at in range(6, len(body) - 2, 3):
        if body[at + 1] != 0x11:
            raise ValueError
        _segment(dealt.files[body[at]], _SOF2, body[:5] + b"\1" + body[at : at + 3])


def _note(dealt: _Dealt, marker: int, body: bytes) -> None:
    """Keep the tables of averages and the distance of restarts."""
    if marker == _DRI:
        dealt.every = int.from_bytes(body[:2], "big")
    while marker == _DHT and len(body) >= 17:
        counts = body[1:17]
        values = body[17 : 17 + sum(counts)]
        if body[0] < 0x10:
            dealt.tables[body[0]] = _lengths(counts, values)
        body = body[17 + sum(counts) :]


def _lengths(counts: bytes, values: bytes) -> list[int]:
    """Return for each 16 bits how many of them and of those behind make the first code and its number; 0 for none."""
    lengths, at = [], 0
    for bits, count in enumerate(counts, 1):
        for value in values[at : at + count]:
            if value > _LONGEST_CODE:
                raise ValueError
            lengths.extend([bits + value] * (1 << (_LONGEST_CODE - bits)))
        at += count
    if len(lengths) > 1 << _LONGEST_CODE:
        raise ValueError
    return lengths + [0] * ((1 << _LONGEST_CODE) - len(lengths))


def _deal_scan(dealt: _Dealt, body: bytes, raw: mmap.mmap, start: int, end: int) -> None:
    count = body[0]
    colours, tables = body[1 : 1 + 2 * count : 2], body[2 : 2 + 2 * count : 2]
    rest = body[1 + 2 * count :]
    for one, table in zip(colours, tables, strict=True):
        _segment(dealt.files[one], _SOS, bytes([1, one, table]) + rest)
    if count == 1:
        held = dealt.files[colours[0]]
        for at in range(start, end, 1 << 20):
            held.write(raw[at : min(at + (1 << 20), end)])
        return
    if rest[0] or rest[1]:
        raise ValueError
    left = dealt.blocks
    for number, stretch in enumerate(_stretches(bytes(raw[start:end]))):
        blocks = min(left, dealt.every or left)
        if not blocks:
            break
        bits = stretch.replace(b"\xff\0", b"\xff")
        if rest[2] >> 4:
            dealt_out = _dealt_bits(bits, count, blocks)
        else:
            dealt_out = _dealt_codes(bits, [dealt.tables[one >> 4] for one in tables], blocks)
        left -= blocks
        for one, part in zip(colours, dealt_out, strict=True):
            dealt.files[one].write(_packed(part) + (bytes([0xFF, 0xD0 + number % 8]) if left else b""))
    if left:
        raise ValueError


def _stretches(raw: bytes) -> Iterator[bytes]:
    """Give what stands between the restarts of a scan."""
    begin = at = 0
    while (at := raw.find(b"\xff", at)) >= 0 and at + 1 < len(raw):
        if 0xD0 <= raw[at + 1] <= 0xD7:
            yield raw[begin:at]
            begin = at + 2
        at += 2
    yield raw[begin:]


def _dealt_bits(raw: bytes, count: int, blocks: int) -> list[str]:
    """Deal out a scan that adds one bit to each average."""
    bits = _bits(raw)
    if len(bits) < count * blocks:
        raise ValueError
    return [bits[one : count * blocks : count] for one in range(count)]


def _dealt_codes(raw: bytes, tables: Sequence[list[int]], blocks: int) -> list[str]:
    """Deal out a scan that holds the difference of each average from the one before."""
    bits, at = _bits(raw), 0
    # Codes at the end are looked up by 16 bits as well.
    raw += b"\xff\xff\xff"
    dealt: list[list[str]] = [[] for _ in tables]
    takers = [(table, one.append) for table, one in zip(tables, dealt, strict=True)]
    for block in range(blocks):
        if not block % _TOGETHER:
            for one in dealt:
                one[:] = ["".join(one)]
        for table, take in takers:
            byte = at >> 3
            ahead = raw[byte] << 16 | raw[byte + 1] << 8 | raw[byte + 2]
            length = table[ahead >> (8 - (at & 7)) & 0xFFFF]
            if not length:
                raise ValueError
            take(bits[at : at + length])
            at += length
    if at > len(bits):
        raise ValueError
    return ["".join(one) for one in dealt]


def _bits(raw: bytes) -> str:
    return f"{int.from_bytes(raw, 'big'):0{8 * len(raw)}b}" if raw else ""


def _packed(bits: str) -> bytes:
    """Return bits as a scan holds them: filled up with ones, no byte of ones without a zero behind."""
    bits += "1" * (-len(bits) % 8)
    return (int(bits, 2).to_bytes(len(bits) // 8, "big") if bits else b"").replace(b"\xff", b"\xff\0")


def _segment(file: IO[bytes], marker: int, body: bytes) -> None:
    file.write(bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body)
