"""Prints days and moments in the forms of Django's date filter.

A page of stories prints dozens, and Django takes each form apart every time. Here a form is taken apart once; what is
not among the letters below is Django's to say.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from django.utils import dateformat
from django.utils.translation import get_language

Day = date | datetime
_ESCAPED = re.compile(r"\\(.)")


@lru_cache(256)
def _word(letter: str, number: int, _language: str | None) -> str:
    """Return a month's name, or a weekday's (0: Monday), in the language that is spoken."""
    # A year that begins on a Monday.
    return dateformat.format(date(2001, 1, 1 + number) if letter in "lD" else date(2001, number, 1), letter)


_PIECES: dict[str, Callable[[Day], str]] = {
    "Y": lambda when: f"{when.year:04}",
    "m": lambda when: f"{when.month:02}",
    "d": lambda when: f"{when.day:02}",
    "j": lambda when: str(when.day),
    "F": lambda when: _word("F", when.month, get_language()),
    "M": lambda when: _word("M", when.month, get_language()),
    "l": lambda when: _word("l", when.weekday(), get_language()),
    "D": lambda when: _word("D", when.weekday(), get_language()),
}
_OF_HOURS: dict[str, Callable[[datetime], str]] = {
    "H": lambda when: f"{when.hour:02}",
    "i": lambda when: f"{when.minute:02}",
    "s": lambda when: f"{when.second:02}",
}


def formatted(when: Day, form: str) -> str:
    """Return a day or a moment in a form of Django's, in the language that is spoken.

    Raises `TypeError` for a form that asks a day for its hour.
    """
    steps = _steps(form, isinstance(when, datetime))
    if steps is None:
        return dateformat.format(when, form)
    return "".join([step if isinstance(step, str) else step(when) for step in steps])


@lru_cache(256)
def _steps(form: str, has_hour: bool) -> tuple[str | Callable[..., str], ...] | None:
    """Return a form as texts and what says the letters between them; None for one with a letter that is not known here."""
    known = {**_PIECES, **_OF_HOURS} if has_hour else _PIECES
    parts = dateformat.re_formatchars.split(form)
    if not known.keys() >= set(parts[1::2]):
        return None
    texts = [_ESCAPED.sub(r"\1", part) for part in parts[::2]]
    steps = [
        one
        for text, letter in zip(texts, [*parts[1::2], ""], strict=True)
        for one in (text, known.get(letter, ""))
    ]
    return tuple(step for step in steps if step)
