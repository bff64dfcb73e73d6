"""Reads a Media ID however it was typed, pasted or said: with its words, in groups, as an address, in any script's digits."""

import re

LONGEST = 300
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_IN_AN_ADDRESS = re.compile(r"(?:https?:/)?/\S*?media/([0-9]{4,12})(?:[/.?#]\S*)?", re.ASCII | re.IGNORECASE)
_IN_WORDS = re.compile(r"(?:media\s*id\s*[:#.]?\s*)?([0-9]+(?:[\s-][0-9]+)*)", re.IGNORECASE)


def as_typed(text: str) -> str:
    """Return the Media ID in `text` as plain digits, "" where it holds none or anything beside.

    "Media ID 55361435", "5536 1435", "https://paper.example/media/55361435/" and the same in Arabic digits are
    all 55361435. `static/js/desk/media_id.js` reads alike; a test holds the two together.
    """
    seen = "".join(
        str(int(sign)) if sign.isdecimal() else sign for sign in _UNSEEN.sub("", text[:LONGEST])
    ).strip()
    found = _IN_AN_ADDRESS.fullmatch(seen) or _IN_WORDS.fullmatch(seen)
    digits = re.sub(r"[\s-]", "", found[1]) if found else ""
    return digits if 4 <= len(digits) <= 12 else ""
