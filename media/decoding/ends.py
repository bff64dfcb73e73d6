"""Walks a file's own structure: where the picture ends, what hangs behind it, how much is wrapped around it."""

import mmap
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from media.decoding.refusing import BURDENED, MANY_SCANS, TRAILED, Refused

# Ordinary progressive JPEGs have about 10 scans, the most thorough programs make 60; each costs a run over the picture.
MOST_SCANS = 100
# What stands in a JPEG beside the picture: words, thumbnails, depth maps. Phones write up to 8 MB of it.
MOST_BESIDE = 16 * 1024 * 1024
MOST_SEGMENTS = 5_000

_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_ALONE = {0x01, *range(0xD0, 0xD9)}
_SCAN, _END = 0xDA, 0xD9
_LOOKED_AT = 2 * 1024 * 1024
# What a browser, a reader of documents or a shell would run or unpack, wherever in the rest it stands.
_RUNNABLE = re.compile(
    rb"<(html|script|!doctype|svg|body|iframe|object|embed|\?php|\?=|%@)"
    rb"|%pdf-\d|rar!\x1a\x07|7z\xbc\xaf\x27\x1c|#!\s*/(usr|bin)|eval\s*\(|alert\s*\(|document\s*\.|window\s*\.",
    re.IGNORECASE,
)
_PACKED = b"PK\x03\x04"


@dataclass(slots=True)
class Walked:
    """Where a picture ends in its file (-1: not found); of a JPEG its scans, and how many colours the first of them holds."""

    end: int = -1
    scans: int = 0
    colours_at_once: int = 0


def next_marker(raw: "bytes | mmap.mmap", at: int) -> tuple[int | None, int]:
    """Return the next marker of a JPEG that is no filler and no restart, and where it ends; None at the file's end."""
    found = _MARKER.search(raw, at)
    return (raw[found.end() - 1], found.end()) if found else (None, len(raw))


def check(file: Path, kind: str) -> Walked:
    """Refuse a page, a program or an archive hung on a picture, and a JPEG made to be slow.

    That our readers never get the original is no reason to keep a weapon. What stands inside the picture's own segments
    is kept: it never reaches a reader, since every copy is drawn anew. Return what was found. Raises `Refused`.
    """
    with file.open("rb") as opened:
        raw = opened.read()
    walked = _WALKS.get(kind, _no_end)(raw)
    if walked.scans > MOST_SCANS:
        raise Refused(MANY_SCANS)
    behind = raw[walked.end : walked.end + _LOOKED_AT] if walked.end >= 0 else b""
    if _RUNNABLE.search(behind) or _PACKED in behind or zipfile.is_zipfile(file):
        raise Refused(TRAILED)
    return walked


def _jpeg(raw: bytes) -> Walked:
    """Follow the markers; inside a scan only a marker that is no filler and no restart ends it."""
    walked, at, beside, segments = Walked(), 2, 0, 0
    while True:
        marker, at = next_marker(raw, at)
        if marker is None:
            break
        segments += 1
        if marker == _END:
            walked.end = at
            break
        if marker in _ALONE:
            continue
        size = int.from_bytes(raw[at : at + 2], "big")
        if marker == _SCAN:
            walked.scans += 1
            walked.colours_at_once = walked.colours_at_once or int.from_bytes(raw[at + 2 : at + 3], "big")
        elif marker >= 0xE0:
            beside += size
        if beside > MOST_BESIDE or segments > MOST_SEGMENTS:
            raise Refused(BURDENED)
        at += max(size, 2)
    return walked


def _png(raw: bytes) -> Walked:
    at = 8
    while 0 < at + 8 <= len(raw):
        size, name = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8]
        at += 12 + size
        if name == b"IEND":
            return Walked(end=min(at, len(raw)))
    return Walked()


def _webp(raw: bytes) -> Walked:
    size = 8 + int.from_bytes(raw[4:8], "little")
    return Walked(end=size + (size & 1)) if size <= len(raw) else Walked()


def _gif(raw: bytes) -> Walked:
    at = 13 + _palette(raw[10]) if len(raw) > 13 else len(raw)
    while at < len(raw):
        block = raw[at]
        if block == 0x3B:
            return Walked(end=at + 1)
        if block == 0x2C and at + 10 < len(raw):
            at = _behind_pieces(raw, at + 11 + _palette(raw[at + 9]))
        elif block == 0x21:
            at = _behind_pieces(raw, at + 2)
        else:
            break
    return Walked()


def _palette(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _behind_pieces(raw: bytes, at: int) -> int:
    while at < len(raw) and raw[at]:
        at += 1 + raw[at]
    return at + 1


def _boxes(raw: bytes) -> Walked:
    """AVIF and HEIC: boxes to the file's end; what is none is what hangs behind."""
    at = 0
    for size in _sizes(raw):
        at += size
    return Walked(end=at)


def _sizes(raw: bytes) -> Iterator[int]:
    at = 0
    while at + 8 <= len(raw):
        size = int.from_bytes(raw[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(raw[at + 8 : at + 16], "big")
        elif size == 0:
            size = len(raw) - at
        if size < 8 or at + size > len(raw) or not re.fullmatch(rb"[ -~\xa9]{4}", raw[at + 4 : at + 8]):
            return
        yield size
        at += size


def _no_end(_raw: bytes) -> Walked:
    """TIFF: its parts may stand anywhere, so that nothing is behind it."""
    return Walked()


_WALKS: dict[str, Callable[[bytes], Walked]] = {
    "JPEG": _jpeg, "MPO": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif, "AVIF": _boxes, "HEIF": _boxes,
}  # fmt: skip
