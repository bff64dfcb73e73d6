"""Whether a list's teaser and a full text are the same story."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.importing.reading.datelines import find_dateline
from articles.importing.reading.entries import cut_mark
from articles.importing.reading.folding import fold, words
from articles.importing.reading.paper import ASHARQ_AL_AWSAT, Paper

_KEY_WORDS = 10
_LEAST_WORDS = 8
_LEAST_LETTERS = 40
_READ = 1_500


def opening(text: str, *, captions: Sequence[str] = (), paper: Paper = ASHARQ_AL_AWSAT) -> list[str]:
    """The folded words that a story begins with, behind copies of its captions and its dateline."""
    head = text[:_READ].strip()
    for caption in captions:
        given, wanted = words(head), words(caption)
        if wanted and given[: len(wanted)] == wanted:
            head = _behind(head, len(wanted))
    dated = find_dateline(head, paper=paper, line=0)
    return words(dated[1] if dated else head)


def fingerprint(text: str, *, captions: Sequence[str] = (), paper: Paper = ASHARQ_AL_AWSAT) -> str | None:
    """A key for the first ten words, the same for a teaser and its full text; None when there are too few.

    Stories that share a key may still be two (columns that begin alike): ask `same_story`.
    """
    given = opening(text, captions=captions, paper=paper)
    if cut_mark(text[:_READ].rstrip()) or len(text) < _READ:
        whole = given[:-1] if cut_mark(text.rstrip()) else given
    else:
        whole = given
    return " ".join(whole[:_KEY_WORDS]) if len(whole) >= _KEY_WORDS else None


def same_story(
    teaser: str, body: str, *, captions: Sequence[str] = (), paper: Paper = ASHARQ_AL_AWSAT
) -> bool:
    """Whether a full text begins as the teaser does, to the teaser's end.

    Quotes, dashes, case, accents and datelines don't count; the teaser's last word may be broken. Either text may break
    off; what both have must agree, and be at least eight words and forty letters.
    """
    short = opening(teaser, captions=captions, paper=paper)
    long = opening(body, captions=captions, paper=paper)
    if not short or not long:
        return False
    last = short[-1]
    compared = min(len(short) - 1, len(long) - (len(long) < len(short)))
    if compared < _LEAST_WORDS or sum(len(word) for word in short[:compared]) < _LEAST_LETTERS:
        return False
    if short[:compared] != long[:compared]:
        return False
    return compared < len(short) - 1 or len(long) == compared or long[compared].startswith(last)


def _behind(text: str, count: int) -> str:
    """What is left of a text when as many of its words are taken off."""
    at = 0
    for number, found in enumerate(re.finditer(r"\S+", text)):
        taken = len(words(text[: found.end()]))
        at = found.end()
        if taken >= count or number > 400:
            break
    return text[at:].lstrip(" .,")


def same_headline(first: str, second: str) -> bool:
    """Whether two headlines are one, whatever their quotes and case."""
    return bool(fold(first)) and fold(first) == fold(second)
