"""Damage in a line, repaired by recorded steps that can be undone."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Iterable

from articles.importing.reading.page import Repair

_ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)")
_BARE_CODES = ("8211", "8212", "8216", "8217", "8220", "8221", "8230", "160", "34", "38", "39", "60", "62")
_INVISIBLE = re.compile(
    "[\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff\u00ad\u2028\u2029\u0085\x00-\x08\x09\x0b-\x1f\x7f-\x9f]"
)
_GONE = re.compile("[\u200b\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])”(?=[^\W\d_])|(?<=[^\W\d_])\"(?=[st](?![^\W_]))")
_SUFFIX = re.compile(r"(?:s|t|re|ve|ll|d|m)(?![^\W_])", re.IGNORECASE)
_SPACES = re.compile(r" {2,}")

_BYTE_OF: dict[str, int] = {}
for _byte in range(0x80, 0x100):
    _BYTE_OF[chr(_byte)] = _byte
for _byte in range(0x80, 0xA0):
    try:
        _BYTE_OF[bytes([_byte]).decode("cp1252")] = _byte
    except UnicodeDecodeError:
        continue

_LEAD = re.compile("[ÂÃÄÅØÙÚÛÐÑâà]")


def repair_line(text: str, number: int) -> tuple[str, list[Repair]]:
    """Give the line as it was meant, and each step with its place, so that `undo` gives the line back."""
    steps: list[Repair] = []
    if "&" in text:
        text = _replace(text, number, "entity", _ENTITY, _entity, steps)
    if not text.isascii() and _LEAD.search(text):
        text = _mojibake(text, number, steps)
    text = _replace(text, number, "invisible", _INVISIBLE, _space, steps)
    if "”" in text or '"' in text:
        text = _replace(text, number, "apostrophe", _APOSTROPHE, _apostrophe, steps)
    if "  " in text:
        text = _replace(text, number, "doubled-space", _SPACES, lambda found: " ", steps)
    return text, steps


def undo(text: str, repairs: Iterable[Repair]) -> str:
    """Give back the line as it was before the steps, which are those of this line in their order."""
    for step in reversed(list(repairs)):
        text = text[: step.column] + step.was + text[step.column + len(step.now) :]
    return text


def _replace(
    text: str,
    number: int,
    rule: str,
    pattern: re.Pattern[str],
    meant: Callable[[re.Match[str]], str],
    steps: list[Repair],
) -> str:
    """Replace each match by what `meant` says (itself: no step), left to right."""
    parts: list[str] = []
    length = 0
    last = 0
    for found in pattern.finditer(text):
        now = meant(found)
        if now == found.group():
            continue
        before = text[last : found.start()]
        parts += (before, now)
        length += len(before)
        steps.append(Repair(number, rule, found.group(), now, length))
        length += len(now)
        last = found.end()
    if not parts:
        return text
    parts.append(text[last:])
    return "".join(parts)


def _entity(found: re.Match[str]) -> str:
    """A character reference that the page shows as text; without semicolon only the few that are known debris."""
    name = found.group()
    if name.endswith(";"):
        if name[1] != "#":
            return html.entities.html5.get(name[1:], name)
        code = int(name[3:-1], 16) if name[2] in "xX" else int(name[2:-1])
        printable = (
            code >= 32 and not 0x7F <= code < 0xA0 and not 0xD800 <= code < 0xE000 and code <= 0x10FFFF
        )
        return chr(code) if printable else name
    digits = name[2:]
    known = next((code for code in _BARE_CODES if digits.startswith(code)), None)
    return chr(int(known)) + digits[len(known) :] if known else name


def _space(found: re.Match[str]) -> str:
    return "" if _GONE.match(found.group()) else " "


def _apostrophe(found: re.Match[str]) -> str:
    """A closing quote within a word is an apostrophe, unless it closes a quotation that lost the space behind it."""
    if _SUFFIX.match(found.string, found.end()):
        return "’"
    near = found.string[max(0, found.start() - 300) : found.start()]
    return found.group() if near.rfind("“") > near.rfind("”") else "’"


def _mojibake(text: str, number: int, steps: list[Repair]) -> str:
    """UTF-8 that was read as Windows-1252: sequences that decode strictly are taken back, nothing else."""
    parts: list[str] = []
    length = last = 0
    for found in _LEAD.finditer(text):
        start = found.start()
        if start < last:
            continue
        now, end = _sequence(text, start)
        if not now:
            continue
        parts += (text[last:start], now)
        length += start - last
        steps.append(Repair(number, "mojibake", text[start:end], now, length))
        length += len(now)
        last = end
    return "".join([*parts, text[last:]]) if parts else text


def _sequence(text: str, start: int) -> tuple[str, int]:
    """One UTF-8 sequence spelled in Windows-1252 characters: what it means and where it ends ("" when it's none)."""
    lead = _BYTE_OF[text[start]]
    size = 2 if lead < 0xE0 else 3
    spelled = [_BYTE_OF.get(character, 0) for character in text[start : start + size]]
    try:
        now = bytes(spelled).decode("utf-8") if len(spelled) == size else ""
    except (UnicodeDecodeError, ValueError):
        now = ""
    if now and (now.isalpha() or now in "‘’“”–—…•«»\u00a0©®°£½¡¿·،؛؟" or "\u0610" <= now <= "\u065f"):
        return now, start + size
    if text.startswith("â€", start) and not text[start + 2 : start + 3].isalnum() and now == "":
        return "”", start + 2
    return "", start
