"""What may be said of a picture: the fields, what a file's own statements give for them, and what does not fit them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from media.models import Picture, RightsClass

FIELDS = (
    "headline", "caption", "credit", "creator", "source", "copyright", "alt", "alt_long", "place", "keywords",
    "taken_on", "instructions", "is_made_by_ai", "rights_class", "rights_holder", "rights_terms",
    "rights_begin_on", "rights_end_on", "uses", "only_story",
)  # fmt: skip
# What a picture may further be entered with, on the day it comes.
ENTERED = frozenset(
    (*FIELDS, "focal_x", "focal_y", "source_type", "original_name", "released_at", "made_at", "file_caption")
)
# What is printed into the copies themselves.
IN_COPIES = frozenset({"creator", "credit", "copyright"})
# What editions show of a picture beside the words they printed.
IN_EDITIONS = frozenset({"is_made_by_ai", "creator"})
MOST_KEYWORDS, LONGEST_KEYWORD = 200, 200
MOST_TEXT = 20_000

# No text has a use for these, and PostgreSQL keeps neither NUL nor half a character.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LISTED = re.compile(r"[,;\n\u060c]+")


class Unfit(Exception):
    """What is to be said of a picture does not fit its field; the message is a sentence for the person who says it."""


def cleaned(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return `facts` as the columns can keep them. Raises `Unfit` where that would lose something that was said.

    Texts lose control characters, keywords may be given as one text with commas. Names that are no fields are a
    mistake in the program that calls, and raise `TypeError`.
    """
    unknown = sorted(set(facts) - ENTERED)
    if unknown:
        raise TypeError(f"A picture has no {', '.join(unknown)} that could be said.")
    kept = {
        name: _NO_TEXT.sub("", value) if isinstance(value, str) else value for name, value in facts.items()
    }
    if "keywords" in kept:
        kept["keywords"] = keywords(kept["keywords"])
    probe = Picture(**kept)
    for name in kept:
        field: Any = Picture._meta.get_field(name)
        try:
            kept[name] = field.clean(getattr(probe, name), probe)
        except ValidationError as wrong:
            label = str(getattr(field, "verbose_name", name))
            raise Unfit(f"{label[:1].upper()}{label[1:]}: {' '.join(wrong.messages)}") from wrong
        if isinstance(kept[name], str) and len(kept[name]) > MOST_TEXT:
            raise Unfit(
                f"{name.replace('_', ' ').capitalize()}: {len(kept[name]):,} characters are more than "
                f"{MOST_TEXT:,}. Shorten it."
            )
    return kept


def keywords(given: Any) -> list[str]:
    """Return keywords as a list, each once; a text is divided at commas, semicolons and line ends."""
    many = _LISTED.split(given) if isinstance(given, str) else [str(one) for one in given or ()]
    words = (" ".join(_NO_TEXT.sub("", one).split())[:LONGEST_KEYWORD] for one in many)
    return list(dict.fromkeys(one for one in words if one))[:MOST_KEYWORDS]


def check_together(picture: Picture) -> None:
    """Raise `Unfit` where fields that each are right contradict each other."""
    begin, end = picture.rights_begin_on, picture.rights_end_on
    if begin and end and end < begin:
        raise Unfit("The rights end before they begin. Correct one of the two days.")


def stated(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file states (`Decoded.said`) as a picture's own fields, cut to their length; absent ones left out.

    A licence's days become the days of the rights, its owner their holder: a picture whose licence has run out must
    not come in looking free.
    """
    given = {
        name: said.get(name) for name in ("headline", "credit", "source", "copyright", "alt", "alt_long")
    }
    given |= {name: said.get(name) for name in ("instructions", "rights_terms")}
    given["creator"] = ", ".join(map(str, said.get("creator") or ()))
    given["place"] = _place(said)
    given["source_type"] = said.get("digital_source_type")
    given["rights_holder"] = ", ".join(_names(said.get("copyright_owner")))
    texts = {name: _cut(name, str(text)) for name, text in given.items() if text}
    days = {
        "taken_on": _day(said.get("taken_at")),
        "rights_begin_on": _day(said.get("license_starts_at")) or _day(said.get("release_at")),
        "rights_end_on": _day(said.get("license_ends_at")) or _day(said.get("expires_at")),
    }
    if days["rights_begin_on"] and days["rights_end_on"] and days["rights_end_on"] < days["rights_begin_on"]:
        del days["rights_begin_on"]
    found: dict[str, Any] = {
        **{name: text for name, text in texts.items() if text},
        **{name: day for name, day in days.items() if day},
    }
    if said.get("keywords"):
        found["keywords"] = keywords(said["keywords"])
    if said.get("made_by_ai"):
        found["is_made_by_ai"] = True
    return found


def complete(picture: Picture, more: Mapping[str, Any]) -> list[str]:
    """Set what of `more` the picture says nothing about, and return the names; nothing that was said is touched.

    A caption counts as said also where it was left empty. A day of rights that would contradict the other is left out.
    """
    filled = []
    for name, value in more.items():
        if value in (None, "", [], False) or _is_said(picture, name):
            continue
        before = getattr(picture, name)
        setattr(picture, name, value)
        if name in ("rights_begin_on", "rights_end_on"):
            try:
                check_together(picture)
            except Unfit:
                setattr(picture, name, before)
                continue
        if before != value:
            filled.append(name)
    return filled


def _is_said(picture: Picture, name: str) -> bool:
    value = getattr(picture, name)
    if name in ("caption", "file_caption"):
        return value is not None
    if name == "rights_class":
        return bool(value != RightsClass.UNKNOWN)
    if name == "uses":
        return bool(value != Picture._meta.get_field("uses").get_default())
    return value not in (None, "", [], False)


def _cut(name: str, text: str) -> str:
    most = getattr(Picture._meta.get_field(name), "max_length", None) or MOST_TEXT
    whole = _NO_TEXT.sub("", text).strip()
    return whole if len(whole) <= most else f"{whole[: most - 1]}…"


def _day(stated_at: Any) -> date | None:
    """Return the day of a date as a file states it (ISO 8601); None where it names no whole day."""
    try:
        return date.fromisoformat(str(stated_at or "")[:10])
    except ValueError:
        return None


def _place(said: Mapping[str, Any]) -> str:
    """Return where the picture was taken, from the small to the large."""
    names = [said.get(name) for name in ("sublocation", "city", "state", "country")]
    if not any(names):
        where: Mapping[str, Any] = said.get("location_created") or next(
            iter(said.get("location_shown") or ()), {}
        )
        names = [where.get(name) for name in ("name", "sublocation", "city", "state", "country")]
    return ", ".join(dict.fromkeys(str(one) for one in names if one))


def _names(things: Any) -> list[str]:
    return [str(one["name"]) for one in things or () if isinstance(one, dict) and one.get("name")]


def web_address(stated: object) -> str:
    """Return an address on the web as stated, "" for anything else: a link is made of it."""
    try:
        parts = urlsplit(str(stated or "").strip())
    except ValueError:
        return ""
    return parts.geturl() if parts.scheme in {"http", "https"} and parts.netloc else ""
