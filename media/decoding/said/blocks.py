"""Finds the IPTC and XMP blocks in whichever container a picture came in."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import ImageFile, TiffImagePlugin

from media.decoding.refusing import DAMAGE

_PHOTOSHOP = b"Photoshop 3.0\0"
_IPTC, _DIGEST = 0x0404, 0x0425
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
_IN_GIF = b"XMP DataXMP"
_LONG = 4
_IPTC_TAG, _PHOTOSHOP_TAG, _XMP_TAG = 33723, 34377, 700
# Far more than any true block; a resource list beyond it is read no further.
_LARGEST = 8 * 1024 * 1024
_MOST_RESOURCES = 2_000


@dataclass(slots=True)
class Blocks:
    """The raw blocks: IPTC and the MD5 that Photoshop kept of it (b"" where there is none), XMP packets, first first."""

    iptc: bytes = b""
    digest: bytes = b""
    xmp: list[bytes] = field(default_factory=list)


def found_in(picture: ImageFile.ImageFile, file: Path) -> Blocks:
    """Return the blocks of a picture, opened from `file`, that has been read to its end."""
    blocks = Blocks()
    for find in (_jpeg, _tiff, _png, _gif, _plain):
        try:
            find(picture, file, blocks)
        except DAMAGE:
            # A broken container of words is no broken picture: it says nothing.
            continue
    return blocks


def _plain(picture: ImageFile.ImageFile, _file: Path, blocks: Blocks) -> None:
    packet = picture.info.get("xmp")
    if isinstance(packet, str):
        packet = packet.encode()
    if isinstance(packet, bytes) and packet and packet not in blocks.xmp:
        blocks.xmp.insert(0, packet)


def _jpeg(picture: ImageFile.ImageFile, _file: Path, blocks: Blocks) -> None:
    segments: list[tuple[str, bytes]] = getattr(picture, "applist", [])
    parts = [
        raw[len(_PHOTOSHOP) :] for name, raw in segments if name == "APP13" and raw.startswith(_PHOTOSHOP)
    ]
    # What is too long for one segment goes on in the next, cut anywhere.
    _resources(b"".join(parts), blocks)
    for part in parts[1:]:
        if not blocks.iptc:
            _resources(part, blocks)
    pieces: dict[bytes, list[tuple[int, bytes]]] = {}
    for name, raw in segments:
        if name == "APP1" and raw.startswith(_EXTENSION):
            head = raw[len(_EXTENSION) : len(_EXTENSION) + 40]
            pieces.setdefault(head[:32], []).append(
                (struct.unpack(">I", head[36:40])[0], raw[len(_EXTENSION) + 40 :])
            )
    main = picture.info.get("xmp", b"")
    for guid, found in pieces.items():
        # Only the extension that the main packet names is this picture's.
        if guid in main and sum(len(piece) for _, piece in found) <= _LARGEST:
            blocks.xmp.append(b"".join(piece for _, piece in sorted(found)))


def _resources(raw: bytes, blocks: Blocks) -> None:
    """Take the IPTC block and its digest out of a list of Photoshop's image resources; the first of each counts."""
    for number, value in _listed(raw[:_LARGEST]):
        if number == _IPTC and not blocks.iptc:
            blocks.iptc = value
        elif number == _DIGEST and not blocks.digest and len(value) == 16:
            blocks.digest = value


def _listed(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = raw.find(b"8BIM")
    for _ in range(_MOST_RESOURCES):
        if at < 0 or raw[at : at + 4] not in {b"8BIM", b"PHUT", b"DCSR", b"AgHg"} or at + 12 > len(raw):
            return
        number = int.from_bytes(raw[at + 4 : at + 6], "big")
        at += 7 + raw[at + 6]
        at += at & 1
        size = int.from_bytes(raw[at : at + 4], "big")
        yield number, raw[at + 4 : at + 4 + size]
        at += 4 + size + (size & 1)


def _tiff(picture: ImageFile.ImageFile, file: Path, blocks: Blocks) -> None:
    if not isinstance(picture, TiffImagePlugin.TiffImageFile):
        return
    tags = picture.tag_v2
    photoshop = tags.get(_PHOTOSHOP_TAG)
    if isinstance(photoshop, bytes):
        _resources(photoshop, blocks)
    if _IPTC_TAG in tags and not blocks.iptc:
        blocks.iptc = _iptc_of_tiff(file)
    xmp = tags.get(_XMP_TAG)
    if isinstance(xmp, bytes):
        blocks.xmp.append(xmp)


def _iptc_of_tiff(file: Path) -> bytes:
    """Return the bytes of the tag, read by hand: old programs called them a number, of which Pillow keeps the first."""
    with file.open("rb") as raw:
        head = raw.read(8)
        order = "<" if head[:2] == b"II" else ">"
        raw.seek(struct.unpack(order + "I", head[4:])[0])
        (count,) = struct.unpack(order + "H", raw.read(2))
        for _ in range(count):
            tag, kind, length, at = struct.unpack(order + "HHII", raw.read(12))
            if tag == _IPTC_TAG:
                raw.seek(at)
                block = raw.read(min(length * (4 if kind == _LONG else 1), _LARGEST))
                if block.startswith(b"\x1c") or len(block) % 4:
                    return block
                numbers = struct.unpack(f"<{len(block) // 4}I", block)
                return struct.pack(f">{len(numbers)}I", *numbers)
    return b""


def _png(picture: ImageFile.ImageFile, _file: Path, blocks: Blocks) -> None:
    for name in ("iptc", "8bim", "app13"):
        raw = _profile(picture.info.get(f"Raw profile type {name}"))
        if b"8BIM" in raw[:40]:
            _resources(raw, blocks)
        elif raw and not blocks.iptc:
            blocks.iptc = raw
    packet = picture.info.get("XML:com.adobe.xmp")
    if isinstance(packet, str):
        blocks.xmp.append(packet.encode("utf-8", "replace"))
    for name in ("xmp", "APP1"):
        raw = _profile(picture.info.get(f"Raw profile type {name}"))
        if b"<" in raw[:200] and b"rdf" in raw:
            blocks.xmp.append(raw[raw.index(b"<") :])


def _profile(text: Any) -> bytes:
    """Return what ImageMagick wrote as text: a name, a length, then hexadecimal digits."""
    if not isinstance(text, str):
        return b""
    found = re.match(r"\s*[\w. ]*\n\s*(\d+)\n([0-9A-Fa-f\s]*)", text)
    return bytes.fromhex("".join(found[2].split()))[: int(found[1])] if found else b""


def _gif(picture: ImageFile.ImageFile, file: Path, blocks: Blocks) -> None:
    """GIF: an application extension holds the packet as it is, followed by 258 bytes that lead any reader out."""
    if picture.format != "GIF":
        return
    with file.open("rb") as opened:
        raw = opened.read(_LARGEST)
    start = raw.find(_IN_GIF)
    end = raw.find(b"\x01\xff\xfe\xfd", start)
    if 0 <= start < end:
        blocks.xmp.append(raw[start + len(_IN_GIF) : end])
