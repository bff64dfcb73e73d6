"""The formes that all workers of a server have together: who asks another worker than the last time finds the page standing too."""

import logging
import sys
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from newsroom.page_cache.forme import NOW, NOW_IN_MICROS, Forme, Question
from newsroom.page_cache.rack import Rack
from newsroom.page_cache.shelf import Address

# So many wordings are known by heart; there are some dozens.
_MOST_WORDINGS = 2_000
# The statements of a page, and where in their parameters the moment stands: the same for all pages of a kind.
_Wording = tuple[tuple[str, tuple[tuple[int, bool], ...]], ...]
_log = logging.getLogger(__name__)


class Together:
    """Formes by address on a rack. What all pages of a kind have in common, their wording, is there once."""

    def __init__(self, rack: Rack) -> None:
        self._rack = rack
        self._wordings: dict[bytes, _Wording] = {}
        self._names: dict[_Wording, bytes] = {}
        self._is_told = False

    @classmethod
    def within(cls, room: int, folder: Path) -> "Together | None":
        """Return a place for so many bytes of them in a folder's file system; None where none are wanted, or none can be there."""
        if room <= 0:
            return None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return cls(Rack(room, folder))
        except OSError as error:
            _log.warning("Each worker keeps its own standing pages alone: %s", error)
            return None

    def get(self, address: Address) -> Forme | None:
        """Return the forme of an address, as some worker put it there last."""
        found = self._rack.get(_name(address))
        if found is None:
            return None
        named, given, *others, kept = found
        wording = self._wordings.get(named) or self._learnt(named)
        if wording is None:
            return None
        questions = tuple(
            Question(sql, _with_moments(params, at)) for (sql, at), params in zip(wording, given, strict=True)
        )
        if kept is not None:
            # Most are the same on every page.
            kept.headers = [(sys.intern(name), sys.intern(value)) for name, value in kept.headers]
        asked_until, said, days, set_at, took = others
        return Forme(questions, asked_until, said, kept, days, set_at, took)

    def put(self, address: Address, forme: Forme) -> None:
        """Put a forme there for all workers."""
        wording = tuple((one.sql, _moments(one.params)) for one in forme.questions)
        given = tuple(
            tuple([None if type(one) is object else one for one in each.params]) for each in forme.questions
        )
        try:
            named = self._named(wording)
            told = (forme.asked_until, forme.said, forme.days, forme.set_at, forme.took)
            self._rack.put(_name(address), (named, given, *told, forme.kept))
        except OSError as error:
            if not self._is_told:
                _log.warning("No standing page can be kept for other workers: %s", error)
            self._is_told = True

    def _named(self, wording: _Wording) -> bytes:
        """Return by which name a wording is found, and see that it is."""
        name = self._names.get(wording)
        if name is None:
            name = b"wording " + blake2b(repr(wording).encode(), digest_size=16).digest()
            self._know(name, wording)
        if not self._rack.has(name):
            self._rack.put(name, wording)
        return name

    def _learnt(self, name: bytes) -> _Wording | None:
        found: Sequence[Any] | None = self._rack.get(name)
        if found is None:
            return None
        wording = tuple((sys.intern(sql), at) for sql, at in found)
        self._know(name, wording)
        return wording

    def _know(self, name: bytes, wording: _Wording) -> None:
        if len(self._wordings) >= _MOST_WORDINGS:
            self._wordings.clear()
            self._names.clear()
        self._wordings[name], self._names[wording] = wording, name


def _name(address: Address) -> bytes:
    return "?".join(address).encode("utf-8", "surrogatepass")


def _moments(params: tuple[Any, ...]) -> tuple[tuple[int, bool], ...]:
    """Return where the present moment stands among parameters, and whether as a number."""
    return tuple([(at, one is NOW_IN_MICROS) for at, one in enumerate(params) if type(one) is object])


def _with_moments(params: tuple[Any, ...], moments: tuple[tuple[int, bool], ...]) -> tuple[Any, ...]:
    if not moments:
        return params
    filled = [*params]
    for at, is_number in moments:
        filled[at] = NOW_IN_MICROS if is_number else NOW
    return tuple(filled)
