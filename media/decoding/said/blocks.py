"""Finds the IPTC and XMP blocks in whichever container a picture came in."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PIL import ImageFile, TiffImagePlugin

from media.decoding.refusing import DAMAGE

_PHOTOSHOP = b"Photoshop 3.0\0"
_IPTC, _DIGEST = 0x0404, 0x0425
_EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
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


def found_in(picture: ImageFile.ImageFile) -> Blocks:
    """Return the blocks of an opened picture that has been read to its end."""
    blocks = Blocks()
    for find in (_jpeg, _tiff, _png, _gif, _plain):
        try:
            find(picture, blocks)
        except DAMAGE:
            # A broken container of words is no broken picture: it says nothing.
            continue
    return blocks


def _plain(picture: ImageFile.ImageFile, blocks: Blocks) -> None:
    packet = picture.info.get("xmp")
    if isinstance(packet, str):
        packet = packet.encode()
    if isinstance(packet, bytes) and packet and packet not in blocks.xmp:
        blocks.xmp.insert(0, packet)


def _jpeg(picture: ImageFile.ImageFile, blocks: Blocks) -> None:
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


def _tiff(picture: ImageFile.ImageFile, blocks: Blocks) -> None:
    if not isinstance(picture, TiffImagePlugin.TiffImageFile):
        return
    tags = picture.tag_v2
    photoshop = tags.get(_PHOTOSHOP_TAG)
    if isinstance(photoshop, bytes):
        _resources(photoshop, blocks)
    iptc = _raw(tags.get(_IPTC_TAG))
    if iptc and not blocks.iptc:
        blocks.iptc = iptc
    xmp = tags.get(_XMP_TAG)
    if isinstance(xmp, bytes):
        blocks.xmp.append(xmp)


def _raw(value: Any) -> bytes:
    """Return a TIFF value as bytes; old programs called the block a row of numbers, in either order."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, tuple) and all(isinstance(one, int) for one in value):
        for order in "<>":
            raw = struct.pack(f"{order}{len(value)}I", *value)
            if raw.startswith(b"\x1c"):
                return raw
    return b""


def _png(picture: ImageFile.ImageFile, blocks: Blocks) -> None:
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


def _gif(picture: ImageFile.ImageFile, blocks: Blocks) -> None:
    """GIF: an application extension holds the packet as it is, followed by 258 bytes that lead any reader out."""
    if (
        picture.format != "GIF"
        or picture.info.get("extension", (b"",))[0] != b"XMP DataXMP"
        or not picture.fp
    ):
        return
    picture.fp.seek(0)
    raw = picture.fp.read(_LARGEST)
    start = raw.find(b"XMP DataXMP") + len(b"XMP DataXMP")
    end = raw.find(b"\x01\xff\xfe\xfd", start)
    if end > start:
        blocks.xmp.append(raw[start:end])
