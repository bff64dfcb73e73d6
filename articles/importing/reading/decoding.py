"""From the bytes of a file to its text: which encoding it is in, or why it is no text at all."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from articles.importing.reading.page import Repair
from articles.importing.reading.refusals import Unreadable

CAP = 5_000_000

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture or a sound file"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or a Word document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"{\\rtf", "a rich-text document"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"wOF", "a font"),
)

_BOMS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a byte-order mark"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_-]{1,30})""", re.IGNORECASE
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_BROKEN = re.compile("[\udc80-\udcff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file with LF line ends; `cut_character` when the bytes end within a character."""

    text: str
    encoding: str
    repairs: tuple[Repair, ...]
    cut_character: bool = False


def decode(raw: bytes, *, file: str, cap: int = CAP) -> Decoded:
    """Turn bytes into text, or raise Unreadable with the reason."""
    if len(raw) > cap:
        raise Unreadable(
            f"The file has {len(raw):,} bytes and a saved page may have at most {cap:,}. "
            "Check that it is one page; split it if it holds several.",
            file=file,
        )
    if not raw.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("The file is empty. Save the page again, or remove the file.", file=file)
    _refuse_binary(raw, file)
    found = _decode_text(raw, file)
    text, line_repairs = _line_ends(found.text)
    controls = sum(1 for _ in _CONTROL.finditer(text))
    if controls * 50 > len(text) or "\x00" in text:
        raise Unreadable(
            "The file is no text: it is full of control characters. Save the page as text or HTML.", file=file
        )
    if not text.strip():
        raise Unreadable(
            "The file holds nothing but spaces. Save the page again, or remove the file.", file=file
        )
    return Decoded(text, found.encoding, found.repairs + line_repairs, found.cut_character)


def _refuse_binary(raw: bytes, file: str) -> None:
    for signature, name in _SIGNATURES:
        if raw.startswith(signature):
            raise Unreadable(
                f"The file is {name} and no saved page. Save the page as text or HTML.", file=file
            )


def _decode_text(raw: bytes, file: str) -> Decoded:
    for bom, codec, name in _BOMS:
        if raw.startswith(bom):
            return _by_mark(raw[len(bom) :], codec, name)
    if b"\x00" in raw:
        silent = _silent_utf16(raw)
        if silent is None:
            raise Unreadable(
                "The file is no text: there are NUL bytes in it. Save the page as text or HTML.", file=file
            )
        return Decoded(
            raw.decode(silent, "replace"), silent, (Repair(0, "encoding", "UTF-16 without a mark", "UTF-8"),)
        )
    try:
        return Decoded(raw.decode("utf-8"), "utf-8", ())
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end >= len(raw) - 3:
            left = raw[error.start :].hex(" ")
            repair = Repair(0, "cut-character", f"bytes {left} at the end", "")
            return Decoded(raw[: error.start].decode("utf-8"), "utf-8", (repair,), cut_character=True)
    return _by_guess(raw)


def _by_mark(raw: bytes, codec: str, name: str) -> Decoded:
    width = {"utf-8": 1, "utf-16-le": 2, "utf-16-be": 2}.get(codec, 4)
    left = len(raw) % width
    text = raw[: len(raw) - left].decode(codec, "replace") if left else raw.decode(codec, "replace")
    return Decoded(text, codec, (Repair(0, "encoding", name, "UTF-8"),), cut_character=bool(left))


def _silent_utf16(raw: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Latin text is NUL."""
    half = len(raw) // 2
    if half < 4:
        return None
    sample = raw[:20_000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * len(sample) / 2 and even == 0:
        return "utf-16-le"
    if even > 0.6 * len(sample) / 2 and odd == 0:
        return "utf-16-be"
    return None


def _by_guess(raw: bytes) -> Decoded:
    """Neither marked nor UTF-8: mostly UTF-8 with broken bytes, what the HTML declares, or a Windows code page."""
    mixed = _mostly_utf8(raw)
    if mixed is not None:
        return mixed
    declared = _DECLARED.search(raw[:4_000])
    if declared:
        try:
            codec = codecs.lookup(declared.group(1).decode("ascii")).name
            if codec not in ("utf-8", "utf-16", "utf-32"):
                return Decoded(raw.decode(codec), codec, (Repair(0, "encoding", codec, "UTF-8"),))
        except (LookupError, UnicodeDecodeError):
            pass
    runs = [len(run) for run in _HIGH_RUN.findall(raw)]
    codec = "cp1256" if sum(size for size in runs if size >= 3) * 2 > sum(runs) else "cp1252"
    return Decoded(_windows(raw, codec), codec, (Repair(0, "encoding", codec, "UTF-8"),))


def _mostly_utf8(raw: bytes) -> Decoded | None:
    """UTF-8 in which single bytes are broken: each is read as Windows-1252 and recorded."""
    text = raw.decode("utf-8", "surrogateescape")
    broken = [bytes([ord(found) - 0xDC00]) for found in _BROKEN.findall(text)]
    whole = sum(1 for character in _BROKEN.sub("", text) if character > "\x7f")
    if whole <= len(broken) * 2:
        return None
    text = _BROKEN.sub(lambda found: _windows(bytes([ord(found.group()) - 0xDC00]), "cp1252"), text)
    was = f"{len(broken)} broken bytes: {b''.join(broken[:20]).hex(' ')}"
    return Decoded(text, "utf-8", (Repair(0, "encoding", was, "read as Windows-1252"),))


def _windows(raw: bytes, codec: str) -> str:
    """Decode a Windows code page; its few undefined bytes become the replacement character."""
    return raw.decode(codec, "replace")


def _line_ends(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Make every line end LF; the whole file's line ends are one step."""
    windows = text.count("\r\n")
    old_mac = text.count("\r") - windows
    if not windows and not old_mac:
        return text, ()
    was = f"{windows} CRLF, {old_mac} CR" if windows and old_mac else ("CRLF" if windows else "CR")
    return text.replace("\r\n", "\n").replace("\r", "\n"), (Repair(0, "line-ends", was, "LF"),)
