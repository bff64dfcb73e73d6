"""Interviews: whose turn it is, by the labels that begin paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from articles.importing.reading.folding import fold
from articles.importing.reading.page import QuestionStyle, Role
from articles.importing.reading.paper import Paper
from articles.importing.reading.vocabulary import ANSWERS, ASKS, NO_PLACES, NO_SPEAKERS, SMALL

_HALF = re.compile(r"(?P<label>(?P<name>[QAqa]) ?\d{0,3}\))[:.]? ?")
_PAREN = re.compile(r"(?P<label>\((?P<name>Q|A|q|a|Question|Answer) ?\d{0,3}\))[:.]? ?")
_COLON = re.compile(r"(?P<label>(?P<name>Q|A|Question|QUESTION|Answer|ANSWER) ?\d{0,3} ?:) ?")
_DOTTED = re.compile(r"(?P<label>(?P<name>[QA]) ?\d{0,3} ?[.–—-]) ")
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘.-])*")


@dataclass(frozen=True, slots=True)
class Turn:
    """The label that a line begins with, and what is left of the line."""

    label: str
    speaker: str
    rest: str
    role: Role = "plain"


def find_style(texts: Sequence[str], *, paper: Paper) -> QuestionStyle | None:
    """How this text marks who speaks, or None when it is no interview.

    Brackets and colons also mark insertions and notes, so a label must be the paper's, come back, or alternate with another.
    """
    shown = [text[:120] for text in texts]
    if sum(bool(_HALF.match(text)) for text in shown) >= 1 and _asks_and_answers(shown, _HALF):
        return "half"
    if _asks_and_answers(shown, _PAREN):
        return "paren"
    if _asks_and_answers(shown, _COLON) or _asks_and_answers(shown, _DOTTED, both=True):
        return "colon"
    if _alternates([turn for text in shown if (turn := _bracket(text, paper))], len(shown), paper, least=2):
        return "bracket"
    named = [turn for text in shown[1:] if (turn := _named(text, paper))]
    if _alternates(named, len(shown), paper, least=3):
        return "name"
    return None


def turns(style: QuestionStyle, texts: Sequence[str], *, paper: Paper) -> list[Turn | None]:
    """For each line its turn, with its role, or None where nobody new speaks."""
    read: Callable[[str], Turn | None]
    if style in ("half", "paren", "colon"):
        read = _question_or_answer
    elif style == "bracket":
        read = partial(_bracket, paper=paper)
    else:
        read = partial(_named, paper=paper)
    found = [read(text) for text in texts]
    if style in ("half", "paren", "colon"):
        return [
            turn
            and Turn(turn.label, turn.speaker, turn.rest, "question" if turn.speaker == "Q" else "answer")
            for turn in found
        ]
    named = [turn for turn in found if turn]
    asking = {fold(turn.speaker) for turn in named if _asks(turn.speaker, paper)} or {fold(named[0].speaker)}
    return [
        turn
        and Turn(
            turn.label, turn.speaker, turn.rest, "question" if fold(turn.speaker) in asking else "answer"
        )
        for turn in found
    ]


def _asks_and_answers(texts: Sequence[str], pattern: re.Pattern[str], *, both: bool = False) -> bool:
    """A question, or two answers: a text cut early may have no more; "A)" alone may be a list's first point."""
    letters = Counter(found.group("name")[0].upper() for text in texts if (found := pattern.match(text)))
    if both:
        return letters["Q"] >= 1 and letters["A"] >= 1
    return letters["Q"] >= 1 or letters["A"] >= 2


def _question_or_answer(text: str) -> Turn | None:
    for pattern in (_HALF, _PAREN, _COLON, _DOTTED):
        found = pattern.match(text)
        if found:
            return Turn(found.group("label"), found.group("name")[0].upper(), text[found.end() :].strip())
    return None


def _bracket(text: str, paper: Paper) -> Turn | None:
    """“[Label] text”; "[the] text" is an insertion."""
    if not text.startswith("["):
        return None
    close = text.find("]", 1, 64)
    name = text[1:close].strip() if close > 0 else ""
    if not name or not _is_speaker(name, paper):
        return None
    rest = text[close + 1 :].strip()
    label = text[: close + 1]
    if rest.startswith(":"):
        label, rest = label + ":", rest[1:].strip()
    return Turn(label, name, rest)


def _named(text: str, paper: Paper) -> Turn | None:
    """“Name: text”."""
    colon = text.find(":", 1, 60)
    name = text[:colon].strip() if colon > 0 else ""
    if not name or text[colon + 1 : colon + 2] not in ("", " ") or not _is_speaker(name, paper):
        return None
    return Turn(text[: colon + 1], name, text[colon + 1 :].strip())


def _is_speaker(name: str, paper: Paper) -> bool:
    """Whether a label can name who speaks."""
    if paper.is_organisation(name) or fold(name).replace(" ", "") in ASKS | ANSWERS:
        return True
    words = name.split()
    first = fold(words[0])
    if (
        not 1 <= len(words) <= 6
        or not first
        or first in NO_PLACES - {"mr", "mrs"}
        or fold(name) in NO_SPEAKERS
        or first in NO_SPEAKERS
    ):
        return False
    for index, word in enumerate(words):
        bare = word.strip("().,")
        arabic = bool(bare) and bare[0].isalpha() and bare[0].lower() == bare[0].upper()
        if not bare or not _NAME.fullmatch(bare):
            return False
        small = bare.split("-")[0].lower() in SMALL and (index or "-" in bare)
        if not (bare[0].isupper() or arabic or small):
            return False
    return True


def _asks(speaker: str, paper: Paper) -> bool:
    return paper.is_organisation(speaker) or fold(speaker).replace(" ", "") in ASKS


def _alternates(found: Sequence[Turn], among: int, paper: Paper, *, least: int) -> bool:
    """Whether labels are speakers': one is the paper's, or two or more come back in turn."""
    if not found:
        return False
    count = Counter(fold(turn.speaker) for turn in found)
    asks = any(_asks(turn.speaker, paper) for turn in found)
    if asks:
        return True
    back = sum(number >= 2 for number in count.values())
    return len(found) >= max(3, least) and len(count) >= 2 and back >= 1 and len(found) * 4 >= among
