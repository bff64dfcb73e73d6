"""Sets pages before anybody asks for them, in a process of the server's own that stands behind all others.

A server that was started has no page standing, nor has one in its first minutes of a day: whoever came first waited for each, and a crawler
for all of them. So the newest pages are set in turn, as if somebody asked, and locked up for all workers. Nothing else differs:
who asks has all that a page was set from asked again, and it is set anew where an answer is another.
"""

import math
import os
import select
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.db.utils import Error

from newsroom.beside import SECONDS_BETWEEN_STARTS, SECONDS_TO_END
from newsroom.page_cache.application import PageCache

# So long after a walk, in seconds, nobody looks whether there is something to set; and for so many times what the walk took.
PAUSE, TIMES_AS_LONG = 120, 10
# At most so much of what all pages have together: what readers ask for besides has the rest.
_SHARE = 0.75
# Where so many pages in turn cannot be kept, somebody is writing very much: there is no point in going on now.
IN_VAIN = 40
# What a page takes on the rack beside its body, about.
_BESIDE = 2_400
_NICE = 19

Pages = Callable[[], Iterable[str]]


def none() -> Iterable[str]:
    """Name no page."""
    return ()


_pages: Pages = none


def ask_of_pages(pages: Pages) -> None:
    """Have `pages` say which are to be set ahead: their paths, those first that will be asked for first."""
    global _pages  # noqa: PLW0603 - wired once, where the site is set up
    _pages = pages


def walk(site: PageCache, paths: Iterable[str], room: int) -> int:
    """See that pages stand, until they take `room` bytes; return how many had to be set."""
    number = in_vain = 0
    for path in paths:
        was_set, size = site.set_ahead(path)
        number += was_set
        in_vain = 0 if size else in_vain + 1
        room -= size + _BESIDE if size else 0
        if room <= 0 or in_vain >= IN_VAIN:
            break
    return number


class Ahead:
    """Keeps the process that sets pages ahead, started again when it dies; it ends with the server, however that ends."""

    def __init__(self, site: PageCache, leave: Callable[[], None]) -> None:
        """`leave` gives up what only those need that take requests."""
        self._site, self._leave = site, leave
        self._process = 0
        # Only that process holds the other end: what can be read here is its end.
        self._lives = -1
        self._started_at = float("-inf")

    def keep(self) -> None:
        """Start it where it does not run. For a loop that comes by about every second."""
        if self._has_ended() and time.monotonic() - self._started_at >= SECONDS_BETWEEN_STARTS:
            self._started_at = time.monotonic()
            self._start()

    def ask_to_end(self) -> None:
        """Tell it to end, and do not wait."""
        if not self._has_ended():
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGTERM)

    def stop(self, within: float = SECONDS_TO_END) -> None:
        """End it and wait for its end: it holds nothing that could be lost."""
        self.ask_to_end()
        if not self._has_ended(within):
            os.kill(self._process, signal.SIGKILL)

    def _start(self) -> None:
        if self._lives >= 0:
            os.close(self._lives)
        self._lives, theirs = os.pipe()
        server = os.getpid()
        # Not by `multiprocessing`, with which a worker that ends would end what it takes for a child of its own.
        self._process = os.fork()
        if self._process == 0:
            try:
                _run(self._site, self._leave, server)
            finally:
                traceback.print_exc()
                os._exit(1)
        os.close(theirs)

    def _has_ended(self, within: float = 0) -> bool:
        return self._lives < 0 or bool(select.select([self._lives], [], [], within)[0])


def _run(site: PageCache, leave: Callable[[], None], server: int) -> None:
    """Set pages for as long as the server is there: when it was started, with the day, and after something was announced."""
    for one in signal.valid_signals():
        if callable(signal.getsignal(one)):
            signal.signal(one, signal.SIG_DFL)
    # A Ctrl-C is for the server, which then ends this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leave()
    os.nice(_NICE)
    room = int(min(settings.PAGE_FORMES_AHEAD, settings.PAGE_FORMES_TOGETHER * _SHARE) * 2**20)
    seen: object = None
    while True:
        state, began = site.state(), time.monotonic()
        if state != seen:
            with suppress(Error):
                walk(site, _while(server, _pages()), room)
                seen = state
            close_old_connections()
        pause = max(PAUSE, TIMES_AS_LONG * (time.monotonic() - began))
        for _ in _while(server, range(math.ceil(pause))):
            time.sleep(1)


def _while(server: int, some: Iterable[Any]) -> Iterator[Any]:
    """Give what there is while the server is there; then end this process."""
    for one in some:
        if os.getppid() != server:
            os._exit(0)
        yield one
