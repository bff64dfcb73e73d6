"""Folds spellings together, so that names and words meet however they were typed."""

import re
import unicodedata

_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_ARABIC_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ی": "ي"}
)
_PUNCTUATION = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"}
)
# What turns the direction of a text or joins its letters unseen: no part of a name, and a way to fake one.
_UNSEEN = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_NOT_A_WORD = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """Return `text` in one plain spelling: no case, accents, Arabic vowel signs or typographic quotes.

    White space is collapsed to single spaces. Follows Unicode normal form KC, then drops combining marks.
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_PUNCTUATION).translate(_ARABIC_LETTERS))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    plain = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", plain)).translate(_ARABIC_LETTERS)
    return " ".join(plain.casefold().split())


def fold_words(text: str) -> str:
    """Return the folded words of `text` alone, one space between: what two copies of a caption share."""
    return _NOT_A_WORD.sub(" ", fold(text).replace("'", "")).strip()


def plain_name(text: str) -> str:
    """Return a name without marks that are not seen (such as those that turn its direction), single spaces between."""
    return " ".join(_UNSEEN.sub("", text).split())
