"""The dateline: the place that opens a text, the organisation, and the dash."""

from __future__ import annotations

import re

from articles.importing.reading.credits import names_agency
from articles.importing.reading.folding import fold
from articles.importing.reading.page import Dateline
from articles.importing.reading.paper import Paper
from articles.importing.reading.vocabulary import CITIES, COUNTRIES, NO_PLACES, PARTICLES

_DASHES = "—–-‐‒―−"
_LONG = "—–―"
_REACH = 110
_SPLIT = re.compile(r"\s*(?:/|,|;| and | & )\s*")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘`´.-])*")
_ARABIC = re.compile(r"([^\W\d_][\w\s،-]{1,40}?)\s?:\s?[«\"“]([^»\"”]{3,40})[»\"”]\s?[-–—]?\s?")


def find_dateline(text: str, *, paper: Paper, line: int) -> tuple[Dateline, str] | None:
    """The dateline that a text opens with and the text behind it, or None.

    With the paper's name (typing errors included) any dash will do, and even none; without it the place must be a known
    city, or stand as a place does: a few words with capitals, a dash, and a new sentence.
    """
    head = text[:_REACH]
    for at, character in enumerate(head):
        if character in _DASHES:
            end = at + 1
            while end < len(head) and head[end] in _DASHES:
                end += 1
            found = _judge(text[:600], at, end, paper, line)
            if found:
                return _with_organisation((found, text[end:].lstrip()), paper)
        if character in "?!:" or (character == "." and _ends_sentence(head, at)):
            break
    return _without_dash(text, paper, line) or _arabic(text, line)


def _ends_sentence(head: str, at: int) -> bool:
    start = head.rfind(" ", 0, at) + 1
    word = head[start:at]
    return len(word) > 3 and "." not in word and head[at + 1 : at + 2] == " "


def _judge(text: str, at: int, end: int, paper: Paper, line: int) -> Dateline | None:
    """Whether what stands before this dash is a dateline."""
    left, rest = text[:at].rstrip(), text[end:].lstrip()
    if not left or not rest:
        return None
    place_text, organisation = _organisation(left, paper)
    places = _places(place_text)
    if places is None:
        return None
    if organisation is None:
        if not places or not _stands_alone(text, at, end, places):
            return None
        rule = "dateline-place"
    else:
        if (
            not rest[0].isupper()
            and rest[0] not in "“\"‘'([«"
            and not rest[0].isdecimal()
            and not rest[0].isalpha()
        ):
            return None
        rule = "dateline-dash"
    return Dateline(text[:end].rstrip(), places, organisation, line, rule)


def _organisation(left: str, paper: Paper) -> tuple[str, str | None]:
    """Take the organisation off the end: ", Asharq Al-Awsat", "(Reuters)" or the name alone."""
    if left.endswith(")") and "(" in left:
        place, inside = left[:-1].rsplit("(", 1)
        if paper.is_organisation(inside) or (len(inside) <= 30 and names_agency(inside)):
            return place.strip(" ,"), inside.strip()
    place, comma, name = left.rpartition(",")
    if comma and (paper.is_organisation(name) or (len(name) <= 30 and names_agency(name))):
        return place.strip(), name.strip()
    if not comma and paper.is_organisation(left):
        return "", left
    first, comma, others = left.partition(",")
    if comma and paper.is_organisation(first):
        return others.strip(), first.strip()
    return left, None


def _places(text: str) -> tuple[str, ...] | None:
    """The places of a dateline; None when the text is something else."""
    if not text:
        return ()
    if len(text) > 70:
        return None
    if fold(text) in CITIES:
        return (text,)
    parts = [part for part in _SPLIT.split(text) if part]
    if not 1 <= len(parts) <= 4 or not all(_is_place(part) for part in parts):
        return None
    return tuple(parts)


def _is_place(part: str) -> bool:
    words = part.split()
    if not 1 <= len(words) <= 4 or (fold(words[0]) in NO_PLACES and fold(part) not in CITIES):
        return False
    if not words[0][0].isupper() and words[0].lower() not in ("al", "el"):
        return words[0][0].isalpha() and not words[0][0].islower()
    return all(
        _WORD.fullmatch(word)
        and (word[0].isupper() or word[0] in "'’‘" or word.split("-")[0].lower() in PARTICLES)
        for word in words
    )


def _stands_alone(text: str, at: int, end: int, places: tuple[str, ...]) -> bool:
    """Whether places without an organisation are a dateline and no part of a sentence."""
    rest = text[end:].lstrip()
    opening = rest[0]
    if not (opening.isupper() or opening.isdecimal() or opening in "“\"‘'([«"):
        return False
    known = all(fold(place) in CITIES for place in places)
    if text[end : end + 1] != " " and text[at] not in _LONG:
        next_word = fold(re.split(r"[\s,.:;-]", rest, maxsplit=1)[0])
        return known and not opening.isdecimal() and next_word not in CITIES and next_word not in COUNTRIES
    if known:
        return True
    first = re.split(r"[.!?] ", rest[:400], maxsplit=1)[0]
    closes = any(f" {dash} " in first for dash in _DASHES) or any(dash in first for dash in _LONG)
    country = all(fold(place) in COUNTRIES for place in places)
    return not closes and (country or sum(len(place.split()) for place in places) <= 3)


def _with_organisation(found: tuple[Dateline, str], paper: Paper) -> tuple[Dateline, str]:
    """“London – Asharq Al-Awsat – The …” has its organisation behind the first dash."""
    dateline, rest = found
    if dateline.organisation is not None:
        return found
    for at in range(min(len(rest), 40)):
        if rest[at] in f"{_DASHES}:" and paper.is_organisation(rest[:at]) and rest[at + 1 :].strip():
            gap = " " if rest[at - 1] == " " else ""
            printed = f"{dateline.printed} {rest[:at].strip()}{gap}{rest[at]}"
            both = Dateline(printed, dateline.places, rest[:at].strip(), dateline.line, "dateline-dash")
            return both, rest[at + 1 :].lstrip()
    return found


def _without_dash(text: str, paper: Paper, line: int) -> tuple[Dateline, str] | None:
    """“London, Asharq Al-Awsat The …”: the dash was lost."""
    comma = text.find(",", 0, 70)
    places = _places(text[:comma]) if comma > 0 else None
    if not places or not all(fold(place) in CITIES for place in places):
        return None
    tokens = text[comma + 1 : comma + 60].split()
    for count in (2, 3):
        name = " ".join(tokens[:count]).rstrip(":")
        if len(tokens) <= count or not paper.is_organisation(name):
            continue
        opening = tokens[count][0]
        at = text.find(tokens[count], comma + 1 + len(name))
        if (opening.isupper() or opening in "“\"‘'") and at > 0:
            return Dateline(text[:at].rstrip(), places, name, line, "dateline-without-dash"), text[at:]
    return None


def _arabic(text: str, line: int) -> tuple[Dateline, str] | None:
    """The Arabic paper's own form: place, colon, organisation in quotes."""
    found = _ARABIC.match(text[:_REACH])
    if not found or not "\u0600" <= text[0] <= "\u06ff" or not text[found.end() :]:
        return None
    places = tuple(part.strip() for part in found.group(1).split("،") if part.strip())
    return Dateline(found.group().strip(), places, found.group(2), line, "dateline-arabic"), text[
        found.end() :
    ]
