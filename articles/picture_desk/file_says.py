"""What a picture's file says of itself, for people: a table of all of it, and where its blocks disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from media.models import Picture

BLOCKS = {"iptc": "IPTC", "xmp": "XMP", "exif": "EXIF"}
# The form's field that a field of the file goes into; parts of a place go into the place.
TAKEN_INTO = {
    "caption": "caption", "headline": "headline", "credit": "credit", "creator": "creator", "source": "source",
    "copyright": "copyright", "instructions": "instructions", "keywords": "keywords", "taken_at": "taken_on",
    "sublocation": "place", "city": "place", "state": "place", "country": "place",
}  # fmt: skip
_SPELLED = {"gps": "GPS", "guid": "GUID", "ai": "AI", "id": "ID", "ids": "IDs", "alt": "alternative text"}
# https://cv.iptc.org/newscodes/digitalsourcetype/
SOURCE_TYPES = {
    "digitalCapture": "taken with a digital camera",
    "computationalCapture": "taken with a camera that computed it from several exposures",
    "negativeFilm": "scanned from a negative",
    "positiveFilm": "scanned from a transparency",
    "print": "scanned from a print",
    "humanEdits": "edited by a person",
    "minorHumanEdits": "edited a little by a person",
    "compositeCapture": "put together from pictures that were taken",
    "algorithmicallyEnhanced": "improved by an algorithm",
    "digitalCreation": "drawn by a person on a computer",
    "digitalArt": "drawn by a person on a computer",
    "dataDrivenMedia": "drawn from figures",
    "virtualRecording": "recorded in a virtual place",
    "screenCapture": "a picture of a screen",
    "composite": "put together from several things",
    "trainedAlgorithmicMedia": "made by AI",
    "compositeWithTrainedAlgorithmicMedia": "put together with parts that AI made",
    "compositeSynthetic": "put together with parts that an algorithm made",
    "algorithmicMedia": "made by an algorithm",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one block of the file says in a disagreement; `taking` is what the form's button sends, "" for none."""

    block: str
    words: str
    is_in_force: bool
    taking: str = ""
    into: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One field that two blocks of the file state differently, and what the library says of it."""

    label: str
    statements: list[Statement]


def rows(picture: Picture) -> list[tuple[str, list[str]]]:
    """Return (label, lines) for everything kept of what the file says."""
    said = picture.said_in_file if isinstance(picture.said_in_file, Mapping) else {}
    return [
        (in_words(name), _lines(value)) for name, value in _in_order(said) if value not in (None, "", [], {})
    ]


def in_words(name: str) -> str:
    """Return the name of a field as a person would say it."""
    words = [_SPELLED.get(word, word) for word in name.split("_")]
    said = " ".join(words)
    return said[:1].upper() + said[1:]


def _in_order(said: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return the parts by name, what a thing is called first: a database need not keep the order they came in."""
    return sorted(said.items(), key=lambda part: (part[0] != "name", part[0]))


def _lines(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{in_words(str(name))}: {_line(part)}" for name, part in _in_order(value)]
    if isinstance(value, list):
        return (
            [_line(one) for one in value]
            if any(isinstance(one, Mapping) for one in value)
            else [_line(value)]
        )
    return [_line(value)]


def _line(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{in_words(str(name))}: {_line(part)}" for name, part in _in_order(value))
    if isinstance(value, list):
        return ", ".join(_line(one) for one in value)
    return str(value)


def source_type(address: str) -> str:
    """Return a digital source type in words; one nobody knows stands as it is."""
    name = address.rstrip("/").rsplit("/", 1)[-1]
    return SOURCE_TYPES.get(name, name)


def disagreements(picture: Picture) -> list[Disagreement]:
    """Return where the file's blocks disagree, side by side, each value with what taking it would write."""
    found = []
    for place, one in enumerate(picture.disagreements):
        into = TAKEN_INTO.get(str(one.get("field")), "")
        statements = []
        for block, label in BLOCKS.items():
            words = one.get(block)
            if words is None:
                continue
            value = _fitting(picture, one, str(words), into)
            taking = f"{place}:{block}" if value and value != _now(picture, into) else ""
            statements.append(
                Statement(
                    label, str(words), one.get("in_force") == block, taking, into if taking else "", value
                )
            )
        found.append(Disagreement(in_words(str(one.get("field", ""))), statements))
    return found


def taken(picture: Picture, taking: str) -> tuple[str, str] | None:
    """Return (field of the form, value) for a button that was pressed, None where there is no such value."""
    place, _, block = taking.partition(":")
    if not (place.isascii() and place.isdigit() and len(place) < 4) or int(place) >= len(
        picture.disagreements
    ):
        return None
    one = picture.disagreements[int(place)]
    into, words = TAKEN_INTO.get(str(one.get("field")), ""), one.get(block) if block in BLOCKS else None
    value = _fitting(picture, one, str(words), into) if words is not None else ""
    return (into, value) if value else None


def _fitting(picture: Picture, one: Mapping[str, Any], words: str, into: str) -> str:
    """Return a file's value as the form's field wants it."""
    if into == "keywords":
        return "\n".join(word.strip() for word in words.split(";") if word.strip())
    if into == "creator":
        return ", ".join(word.strip() for word in words.split(";") if word.strip())
    if into == "taken_on":
        return words[:10] if _is_day(words[:10]) else ""
    if into == "place":
        return _placed(picture.place, one, words)
    return words if into else ""


def _placed(place: str, one: Mapping[str, Any], words: str) -> str:
    """Return the place with this part of it changed; where the other value does not stand in it, this one alone."""
    for block in BLOCKS:
        other = one.get(block)
        if other and other != words and str(other) in place:
            return place.replace(str(other), words, 1)
    return place if words in place else words


def _now(picture: Picture, into: str) -> str:
    """Return what the library says as the form's field holds it."""
    if not into:
        return ""
    held = picture.caption_in_force if into == "caption" else getattr(picture, into)
    if isinstance(held, list):
        return "\n".join(map(str, held))
    return held.isoformat() if isinstance(held, date) else str(held or "")


def _is_day(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True
