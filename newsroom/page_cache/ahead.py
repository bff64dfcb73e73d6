"""Sets pages before anybody asks for them, in a process of the server's own that stands behind all others.

A server that was started has no page standing, nor has one in its first minutes of a day: whoever came first waited for each, and a crawler
for all of them. So the newest pages are set in turn, as if somebody asked, and locked up for all workers. Nothing else differs:
who asks has all that a page was set from asked again, and it is set anew where an answer is another.
"""

import math
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import connection, get_context
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
        self._process: Any = None
        self._started_at = float("-inf")

    def keep(self) -> None:
        """Start it where it does not run. For a loop that comes by about every second."""
        if self._process is not None and not connection.wait([self._process.sentinel], 0):
            return
        if time.monotonic() - self._started_at >= SECONDS_BETWEEN_STARTS:
            self._started_at = time.monotonic()
            self._process = get_context("fork").Process(
                target=_run, args=(self._site, self._leave, os.getpid()), daemon=True
            )
            self._process.start()

    def ask_to_end(self) -> None:
        """Tell it to end, and do not wait."""
        if self._process is not None:
            self._process.terminate()

    def stop(self, within: float = SECONDS_TO_END) -> None:
        """End it and wait for its end: it holds nothing that could be lost."""
        if self._process is not None:
            self.ask_to_end()
            if not connection.wait([self._process.sentinel], within):
                self._process.kill()


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
