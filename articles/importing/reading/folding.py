"""Texts made comparable, for telling copies of a caption and teasers from other texts."""

from __future__ import annotations

import re
from functools import lru_cache

from newsroom.folding import fold_words

_NOT_A_WORD = re.compile(r"\W+")

_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´′ʼʻ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("–—‐‑‒−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\t", " "),
    }
)


def words(text: str) -> list[str]:
    """The folded words of a text; "Sana’a" is one word, "Al-Awsat" two."""
    return fold(text).split()


def fold(text: str) -> str:
    """A key that is equal for texts that differ only in quotes, dashes, spaces, case and accents."""
    if text.isascii():
        return _NOT_A_WORD.sub(" ", text.lower().replace("'", "").replace("`", "")).strip()
    return _fold_other(text)


@lru_cache(maxsize=1024)
def _fold_other(text: str) -> str:
    """Folding letter by letter is slow, and copies are compared more than once."""
    return fold_words(text)


def plain(text: str) -> str:
    """The text with plain quotes and dashes, character for character, for comparing beginnings."""
    return text.translate(_SAME_LENGTH)
