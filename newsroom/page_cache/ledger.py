"""Says, to every process that serves pages, which keys were touched since when: what tells that a kept page is void.

A ledger is a count that only goes up, and beside it a table that says for each key at which count it was touched last.
Whoever keeps a page notes the count before rendering it; the page is good as long as none of its keys was touched
later. Two keys may share a place in the table: then a page is forgotten that need not be, never the other way round.
"""

import fcntl
import hashlib
import logging
import mmap
import os
import threading
import time
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.cache import caches

PLACES = 65_536
_WIDTH = 8
# How old the count may be that was read from another machine: a withdrawn story is gone everywhere within a second.
_POLLED_EVERY = 0.2
# A count begins with the nanosecond: one that went up by so much was begun anew.
_LEAP = 100_000
_log = logging.getLogger(__name__)


class Unknown(Exception):
    """Nobody can say what was touched: no kept page is to be trusted, and all of them are to be forgotten."""


class Ledger(Protocol):
    """What was touched. One that is near is in this machine's memory: to look at it takes no waiting."""

    is_near: bool

    def count(self) -> int:
        """Return how often anything was touched; raises `Unknown`."""
        ...

    def touched_at(self, places: Collection[int]) -> int:
        """Return the count at which any of these was touched last; raises `Unknown`."""
        ...

    def touch(self, keys: Iterable[str]) -> None:
        """Touch keys, for every process to see."""
        ...


def places_of(keys: Iterable[str]) -> tuple[int, ...]:
    """Return where these keys stand in the table: the same in every process."""
    return tuple({_place(key) for key in keys})


def _place(key: str) -> int:
    # The first place is the count itself.
    return 1 + int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little") % (PLACES - 1)


class MappedLedger:
    """A ledger in a file that all processes of one machine map into memory: looked at without a system call.

    Each number is one aligned word, so it is never seen half written. Writers wait for one another. They write the
    table before the count, and readers who see the old count may serve the old page: the change is not announced yet.
    """

    is_near = True

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = -1
        self._numbers: Any = None
        self._looked_at = float("-inf")
        # The lock on the file is the process's: its threads need one of their own.
        self._writing = threading.Lock()

    def count(self) -> int:
        return int(self._words()[0])

    def touched_at(self, places: Collection[int]) -> int:
        words = self._words()
        return max((words[place] for place in places), default=0)

    def touch(self, keys: Iterable[str]) -> None:
        places = places_of(keys)
        with self._writing:
            words = self._words()
            fcntl.lockf(self._opened, fcntl.LOCK_EX)
            try:
                count = words[0] + 1
                for place in places:
                    words[place] = count
                words[0] = count
            finally:
                fcntl.lockf(self._opened, fcntl.LOCK_UN)

    def _words(self) -> Any:
        """Return the table; anew where somebody put another file in its place, looked for once a second."""
        now = time.monotonic()
        if now - self._looked_at >= 1:
            self._looked_at = now
            self._map()
        if self._numbers is None:
            raise Unknown
        return self._numbers

    def _map(self) -> None:
        try:
            if self._is_still_there():
                return
            was_there = self._numbers is not None
            self._numbers = None
            self._opened = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if os.fstat(self._opened).st_size < PLACES * _WIDTH:
                os.ftruncate(self._opened, PLACES * _WIDTH)
            self._numbers = memoryview(mmap.mmap(self._opened, PLACES * _WIDTH)).cast("Q")
        except OSError as problem:
            _log.error("Changed pages cannot be announced, so no page is kept: %s", problem)
            raise Unknown from problem
        if was_there:
            # What the old file said is not in the new one.
            raise Unknown

    def _is_still_there(self) -> bool:
        try:
            return self._opened >= 0 and os.path.samestat(os.stat(self._path), os.fstat(self._opened))
        except FileNotFoundError:
            return False


class SharedLedger:
    """A ledger in the store that `CACHE_URL` names, for several machines.

    The count goes up before and after the table is written: who reads it in between will read it again. It is asked
    for five times a second, not for each page.
    """

    is_near = False

    def __init__(self, store: Any = None) -> None:
        self._given = store
        self._read_at = float("-inf")
        self._count = 0

    @property
    def _store(self) -> Any:
        return caches["default"] if self._given is None else self._given

    def count(self) -> int:
        now = time.monotonic()
        if now - self._read_at >= _POLLED_EVERY:
            last = self._count
            self._count = self._asked(lambda: self._store.get_or_set("pages:0", time.time_ns, timeout=None))
            self._read_at = now
            if last and not 0 <= self._count - last < _LEAP:
                # The store was emptied, and with it what was touched.
                raise Unknown
        return self._count

    def touched_at(self, places: Collection[int]) -> int:
        names = [f"pages:{place}" for place in places]
        found = self._asked(lambda: max(self._store.get_many(names).values(), default=0))
        return int(found)

    def touch(self, keys: Iterable[str]) -> None:
        places = places_of(keys)

        def write() -> int:
            self._store.get_or_set("pages:0", time.time_ns, timeout=None)
            count = self._store.incr("pages:0")
            self._store.set_many({f"pages:{place}": count for place in places}, timeout=None)
            return int(self._store.incr("pages:0"))

        self._asked(write)
        self._read_at = float("-inf")

    def _asked(self, act: Any) -> int:
        try:
            return int(act())
        except Exception as problem:
            # Whatever the store's own library raises: a page that cannot be vouched for is not served.
            self._read_at = float("-inf")
            _log.error("The store of CACHE_URL does not answer, so no page is kept: %s", problem)
            raise Unknown from problem


@cache
def ours() -> Ledger:
    """Return the ledger that the settings ask for: a file of this machine, or the store that several machines share."""
    kind = settings.CACHES["default"]["BACKEND"]
    if kind.endswith((".LocMemCache", ".DummyCache")):
        return MappedLedger(Path(settings.VAR_DIR) / "touched_pages")
    return SharedLedger()


def touch(keys: Iterable[str], **_signal: Any) -> None:
    """Have every page forgotten that shows one of these, in all processes."""
    ours().touch(keys)
