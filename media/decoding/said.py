"""Reads what a file says of itself: IPTC, XMP and EXIF."""

from collections.abc import Iterable
from typing import Any

from PIL import Image, ImageFile, IptcImagePlugin

from media.decoding.refusing import DAMAGE

# What cameras write where a caption would stand.
_CAMERA_NOISE = {"OLYMPUS DIGITAL CAMERA", "SONY DSC", "DIGITAL CAMERA", "KODAK DIGITAL STILL CAMERA", "DCIM"}
_LONGEST_TEXT = 8_000


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
