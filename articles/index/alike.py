"""Says which spellings are one name: finer than `newsroom.sounding`, for whole archives of ordinary words stand beside it.

Moussa, Musa and Mousa share a key, as do Houthi and Huthi, Qaddafi, Gaddafi and Kadhafi; Messi and Musa do not, nor do
Bell and Pell. Latin letters only: what Arabic leaves out is dealt with by its normaliser.
"""

import re
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ß": "ss"}
)
_IS_LATIN = re.compile(r"[a-z]{3,}\Z")
# In this order: what several letters stand for before what one does. "x" is the sound of "sh", "9" that of "kh".
_TOGETHER = [
    (re.compile(pattern), key)
    for pattern, key in (
        (r"tsch|tch|sch|sh|ch(?![rl])", "x"),
        (r"dj|g(?=[ei])", "j"),
        (r"gh|gu(?=[ei])", "g"),
        (r"kh|ck|ch|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"ph", "f"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"w(?=[^aeiouy]|\Z)", "u"),
        (r"\Aou(?=[aeiou])", "w"),
        (r"(?<=[aeiou])h(?=[^aeiouyh]|\Z)", "h"),
        (r"ah\Z", "a"),
    )
]
_TWICE = re.compile(r"([^aeiouy])\1+")
_VOWELS = re.compile(r"[aeiouy]+")
_PARTS = re.compile(r"[aeiouy]+|[^aeiouy]")
# With fewer consonants a name says too little: then vowels and the letters that only some languages confuse count.
ENOUGH = 3


@lru_cache(maxsize=60_000)
def key(word: str) -> str:
    """Return the key of a word in its exact form, "" for one that has none (it is short, or in no Latin letters)."""
    word = word.translate(_LETTERS)
    if not _IS_LATIN.match(word):
        return ""
    for pattern, sign in _TOGETHER:
        word = pattern.sub(sign, word)
    # A "y" before a vowel is a consonant: Yemen.
    word = re.sub(r"y(?=[aeiou])", "j", word) if word.startswith("y") else word
    word = _TWICE.sub(r"\1", word)
    parts = _PARTS.findall(word)
    consonants = [part for part in parts if not _VOWELS.match(part)]
    if len(consonants) < 2:
        return ""
    is_loose = len(consonants) >= ENOUGH
    made, is_first = "", True
    for place, part in enumerate(parts):
        if not _VOWELS.match(part):
            made += "k" if is_loose and part == "g" else part
            continue
        is_last = place == len(parts) - 1
        made += _vowel(part, is_loose=is_loose, begins=place == 0) if is_first or is_last else "."
        is_first = False
    return made


def _vowel(part: str, *, is_loose: bool, begins: bool) -> str:
    if part in ("ou", "oo", "u", "uu"):
        return "u"
    if part.startswith("o"):
        return "u" if is_loose or begins else "o"
    if part.startswith("u"):
        return "u"
    if part in ("a", "aa"):
        return "a"
    if part in ("i", "y", "ee", "ii", "ie"):
        return "i"
    # e, ei, ai, ay, ey: one sound in long names.
    return "i" if is_loose else "e"
