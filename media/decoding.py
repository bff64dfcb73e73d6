"""Decodes one picture and makes the readers' copies: run as a process of its own, which may die of a hostile file.

    python -I media/decoding.py FILE FOLDER

writes the copies and `result.json` into FOLDER. The result is {"refused": sentence}, or what `media.intake` needs
to know. Nothing of the site is imported here: no settings, no database, no secrets in reach.
"""

import json
import resource
import struct
import sys
import warnings
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    ImageCms,
    ImageFile,
    ImageOps,
    IptcImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

# Pillow asks its plugins in turn what a file is: these are asked, and no other is even loaded.
ASKED = (
    AvifImagePlugin.AvifImageFile,
    GifImagePlugin.GifImageFile,
    JpegImagePlugin.JpegImageFile,
    PngImagePlugin.PngImageFile,
    TiffImagePlugin.TiffImageFile,
    WebPImagePlugin.WebPImageFile,
)
# What comes in is one of these, by what the file holds, whatever it is called. MPO is a JPEG with further views.
FORMATS = {
    "JPEG": "jpg",
    str(MpoImagePlugin.MpoImageFile.format): "jpg",
    "PNG": "png",
    "WEBP": "webp",
    "GIF": "gif",
    "TIFF": "tif",
    "AVIF": "avif",
}
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 30_000
WIDTHS = (320, 640, 1280, 1920)
QUALITY = 82

MEMORY = 2 * 1024**3
PROCESSOR_SECONDS = 40
LARGEST_COPY = 64 * 1024**2
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

_ENDS = {"JPEG": b"\xff\xd9", "MPO": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}
_RUNNABLE = (
    b"<html",
    b"<script",
    b"<!doctype",
    b"<svg",
    b"<?php",
    b"<?xml",
    b"<body",
    b"pk\x03\x04",
    b"%pdf",
    b"mz\x90",
)
# What cameras write where a caption would stand.
_CAMERA_NOISE = {"OLYMPUS DIGITAL CAMERA", "SONY DSC", "DIGITAL CAMERA", "KODAK DIGITAL STILL CAMERA", "DCIM"}
_LONGEST_TEXT = 8_000


class Refused(Exception):
    """The file is not taken; the message is for the person who sent it."""


def main(file: Path, folder: Path) -> None:
    """Decode `file` and write what it holds into `folder`."""
    limit()
    try:
        result = decode(file, folder)
    except Refused as refused:
        result = {"refused": str(refused)}
    except MemoryError:
        result = {"refused": TOO_MUCH}
    (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")


def limit() -> None:
    """Bound what this process may take, so that a hostile file hurts nobody else."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_COPY, LARGEST_COPY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    warnings.simplefilter("ignore")


def decode(file: Path, folder: Path) -> dict[str, Any]:
    """Return the facts of a picture and write its copies for readers into `folder`.

    Raises `Refused` with a sentence when the file is no picture of an allowed kind, is damaged or is too large.
    """
    # Our own limit is checked below, from the header, before anything is decoded.
    Image.MAX_IMAGE_PIXELS = None
    raw = file.read_bytes()
    try:
        picture = Image.open(BytesIO(raw), formats=[str(one.format) for one in ASKED])
    except DAMAGE as no_picture:
        raise Refused(NO_PICTURE) from no_picture
    kind = str(picture.format)
    _check_size(*picture.size)
    _check_end(raw, kind)
    facts: dict[str, Any] = {"format": kind, "extension": FORMATS[kind]}
    try:
        picture.seek(0)
        picture.load()
        facts |= said_in(picture)
        upright = ImageOps.exif_transpose(picture)
        facts["width"], facts["height"] = upright.size
        facts["copies"] = list(_copies(_for_readers(upright), folder))
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage
    return facts


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise Refused(TOO_LARGE.format(width=width, height=height, most=MOST_PIXELS // 1_000_000))
    if max(width, height) > LONGEST_SIDE:
        raise Refused(TOO_LONG.format(width=width, height=height, longest=LONGEST_SIDE))


def _check_end(raw: bytes, kind: str) -> None:
    """Refuse a page or a program hung on a picture; that our readers never get it is no reason to keep it."""
    end = _ENDS.get(kind)
    at = raw.rfind(end) if end else -1
    if end and at >= 0:
        behind = raw[at + len(end) : at + len(end) + 1_000_000].lower()
        if any(mark in behind for mark in _RUNNABLE):
            raise Refused(TRAILED)


def _for_readers(picture: Image.Image) -> Image.Image:
    """Return the picture as opaque sRGB: profile applied, transparency on white, deep greys scaled down."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith(("I", "F")):
        picture = picture.point(lambda level: level / 256).convert("L")
    if picture.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        picture = paper
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        picture = _to_srgb(picture, profile)
    return picture.convert("RGB")


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *DAMAGE):
        return picture
    return changed or picture


def _copies(picture: Image.Image, folder: Path) -> Iterator[dict[str, Any]]:
    """Write a JPEG a width, never wider than the picture and with no metadata; yield its name and size."""
    widest = min(picture.width, WIDTHS[-1])
    for width in sorted({one for one in WIDTHS if one < picture.width} | {widest}, reverse=True):
        height = max(1, round(picture.height * width / picture.width))
        # From the copy just made: twice as fast, and no eye sees it.
        picture = (
            picture if picture.width == width else picture.resize((width, height), Image.Resampling.LANCZOS)
        )
        clean = Image.frombytes("RGB", picture.size, picture.tobytes())
        name = f"{width}.jpg"
        clean.save(folder / name, "JPEG", quality=QUALITY, optimize=True, progressive=width >= 640)
        yield {"name": name, "width": width, "height": height}


def said_in(picture: ImageFile.ImageFile) -> dict[str, Any]:
    """Return `caption` (None where nothing is said, "" where it was left empty), `credit` and `alt` as the file says."""
    iptc, xmp, exif = _iptc(picture), _xmp(picture), _exif(picture)
    captions = [iptc.get("caption"), xmp.get("description"), exif.get("caption") or None]
    said = [one for one in captions if one is not None]
    makers = (
        iptc.get("credit"),
        xmp.get("Credit"),
        iptc.get("byline"),
        xmp.get("creator"),
        exif.get("artist"),
    )
    return {
        "caption": next((one for one in said if one), "") if said else None,
        "credit": _whole(next((one for one in makers if one), ""), makers)[:300],
        "alt": xmp.get("AltTextAccessibility") or "",
    }


def _whole(text: str, others: Iterable[str | None]) -> str:
    """Return `text`, or the longer one that begins with it: old fields hold 32 characters and no more."""
    return max((one for one in others if one and one.startswith(text)), key=len, default=text)


def _iptc(picture: ImageFile.ImageFile) -> dict[str, str]:
    try:
        fields = IptcImagePlugin.getiptcinfo(picture) or {}
    except DAMAGE:
        return {}
    charset = "utf-8" if fields.get((1, 90)) == b"\x1b%G" else ""
    names = {(2, 120): "caption", (2, 110): "credit", (2, 80): "byline"}
    found = {}
    for key, name in names.items():
        if key not in fields:
            continue
        value: Any = fields[key]
        raw = (value[0] if isinstance(value, list) else value) or b""
        # A field of blanks is a camera's padding; one with nothing in it was left empty by somebody.
        if raw.strip(b" \0") or not raw:
            found[name] = _tidy(_text(raw, charset))
    return found


def _text(raw: bytes, charset: str) -> str:
    """Read old metadata: by its stated character set, else as UTF-8, else as Latin-1, which reads anything."""
    for name in (charset, "utf-8"):
        try:
            if name:
                return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _exif(picture: Image.Image) -> dict[str, str]:
    try:
        tags = picture.getexif()
        found = {"caption": tags.get(0x010E), "artist": tags.get(0x013B)}
    except DAMAGE:
        return {}
    texts = {
        name: _tidy(_text(value.encode("latin-1", "replace"), "") if isinstance(value, str) else "")
        for name, value in found.items()
    }
    return {name: text for name, text in texts.items() if text.upper() not in _CAMERA_NOISE}


def _xmp(picture: Image.Image) -> dict[str, str]:
    try:
        packet: Any = picture.getxmp()
        about = packet.get("xmpmeta", {}).get("RDF", {}).get("Description", {})
    except (*DAMAGE, RecursionError):
        return {}
    found: dict[str, str] = {}
    for block in about if isinstance(about, list) else [about]:
        if not isinstance(block, dict):
            continue
        for name in ("description", "Credit", "creator", "AltTextAccessibility"):
            if name in block and name not in found:
                found[name] = _tidy(_first_text(block[name]))
    return found


def _first_text(node: Any) -> str:
    """Return the first text in an XMP property: plain, or the first of a list in any wrapping."""
    for _ in range(6):
        if isinstance(node, list):
            node = node[0] if node else ""
        elif isinstance(node, dict):
            node = next((node[key] for key in ("Alt", "Seq", "Bag", "li", "text") if key in node), "")
        else:
            break
    return node if isinstance(node, str) else ""


def _tidy(text: str) -> str:
    kept = "".join(
        letter
        for letter in text
        if letter in "\n\t" or (letter.isprintable() and not "\ud800" <= letter <= "\udfff")
    )
    return "\n".join(" ".join(line.split()) for line in kept.strip().splitlines())[:_LONGEST_TEXT]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
