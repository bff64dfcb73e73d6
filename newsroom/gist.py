"""What is told of a plain text, in any script: its opening, and how many words it has."""

import re
from html import unescape

_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
# The same of plain letters, counted in a quarter of the time: what stands between them, less what joins two of them.
_BETWEEN_WORDS = "".join(sign if (sign := chr(code)).isalnum() or sign == "_" else " " for code in range(128))
_JOINTS = re.compile(r"['-](?<=\w['-])(?=\w)")


def word_count(text: str) -> int:
    """Return the number of words in plain text, in any script."""
    if not text.isascii():
        return len(_WORD.findall(text))
    words = len(text.translate(_BETWEEN_WORDS).split())
    return words - len(_JOINTS.findall(text)) if "'" in text or "-" in text else words


def excerpt(text: str, length: int = 240) -> str:
    """Return the opening of plain text, at most `length` characters, cut between words and marked so."""
    opening = unescape(" ".join(text[: length * 4].split()))
    if len(opening) <= length:
        return opening
    whole_words = opening[:length].rpartition(" ")[0] or opening[: length - 1]
    return whole_words.rstrip(" ,;:.…–—-") + "…"
