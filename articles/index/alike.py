"""Says which spellings are one name: finer than `newsroom.sounding`, for whole archives of ordinary words stand beside it.

Moussa, Musa and Mousa share a key, as do Houthi and Huthi, Qaddafi, Gaddafi and Kadhafi; Messi and Musa do not, nor do
Bell and Pell. Latin letters only: what Arabic leaves out is dealt with by its normaliser.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ß": "ss"}
)
_IS_LATIN = re.compile(r"[a-z]{3,}\Z")
# In this order: what several letters stand for before what one does. "2" is the sound of "sh", and of "ch" but at the end;
# "q" is what begins Qaddafi, Gaddafi and Kadhafi, where enough follows to tell names apart.
_TOGETHER = [
    (re.compile(pattern), key)
    for pattern, key in (
        (r"[aou]ll?ah?\Z", "alah"),
        (r"tsch|tch|sch|sh|ch(?![rl]|\Z)", "2"),
        (r"x", "ks"),
        (r"dj", "j"),
        (r"gh", "g"),
        (r"kh|ck|ch", "k"),
        (r"q(?!a)", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"ph", "f"),
        (r"dh", "d"),
        (r"(?<=.)w(?=[^aeiouy]|\Z)", "u"),
        (r"\Aou(?=[aeiou])", "w"),
        (r"\Ay(?=[aeiou])", "1"),
        (r"ah\Z", "a"),
    )
]
_THROAT = re.compile(r"\A(?:gh?|kh?|q)(?=a)")
_TWICE = re.compile(r"([^aeiouy])\1+")
_TWICE_WITHIN = re.compile(r"([^aeiouy])\1+(?=[aeiouy])")
_PARTS = re.compile(r"[aeiouy]+|[^aeiouy]")
# With fewer consonants a name says too little: then vowels count, and the letters that only some languages confuse.
ENOUGH = 3
# Written with a capital, and spelled in one way.
_NO_NAMES = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
_OPEN, _HIGH, _ROUND = ("a", "aa"), ("i", "y", "ee", "ii", "ie"), ("u", "ou", "oo", "uu")
_GLIDING = ("ai", "ay", "ei", "ey")


@lru_cache(maxsize=60_000)
def key(word: str) -> str:
    """Return the key of a word in its exact form, "" for one that has none (it is short, or in no Latin letters)."""
    word = word.translate(_LETTERS)
    if word in _NO_NAMES or not _IS_LATIN.match(word):
        return ""
    once = _TWICE.sub(r"\1", _plain(_THROAT.sub("q", word)).replace("th", "t"))
    parts = _PARTS.findall(once)
    consonants = sum(1 for part in parts if not _is_vowel(part))
    if consonants < 2 or consonants == len(parts):
        return ""
    is_loose = consonants >= ENOUGH
    if not is_loose:
        parts = _PARTS.findall(_TWICE_WITHIN.sub(r"\1", _plain(word)).replace("q", "k"))
    return "".join(_sounded(parts, is_loose=is_loose))


def _plain(word: str) -> str:
    for pattern, sign in _TOGETHER:
        word = pattern.sub(sign, word)
    return word


def _is_vowel(part: str) -> bool:
    return part[0] in "aeiouy"


def _sounded(parts: list[str], *, is_loose: bool) -> Iterator[str]:
    is_first = True
    for place, part in enumerate(parts):
        if not _is_vowel(part):
            yield part
        elif is_first or place == len(parts) - 1:
            is_last = place == len(parts) - 1
            # An "e" that is not heard makes another name all the same: Jean, Jeanne.
            is_mute = part == "e" and is_last and not is_first
            yield part if is_mute else _vowel(part, is_loose=is_loose, begins=place == 0, ends=is_last)
            is_first = False
        else:
            yield _within(part)


def _vowel(part: str, *, is_loose: bool, begins: bool, ends: bool) -> str:
    """Return the sound of the first or last vowels of a name, which carry most of it."""
    if part in _OPEN:
        return "a"
    if part in _ROUND or (part == "o" and (is_loose or begins)):
        return "u"
    if part == "y" and not (is_loose or ends):
        return part
    if part in _HIGH or (part == "e" and is_loose):
        return "i"
    # Several that are no one sound stay as they are: Martian is not Martin.
    return "3" if part in _GLIDING else part


def _within(part: str) -> str:
    """Return what is heard of vowels within a name: next to nothing of short ones, Khaled or Khalid."""
    if part in (*_OPEN, *_HIGH, *_ROUND, "e"):
        return "."
    return "3" if part in _GLIDING else part
