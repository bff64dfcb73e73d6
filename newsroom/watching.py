"""Goes on doing what becomes due, until somebody says stop: a signal, or the end of whoever holds the other end of its input."""

import contextlib
import logging
import os
import select
import signal
import sys
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection

LONG_PAUSE = 15.0
_log = logging.getLogger(__name__)


class Watch:
    """Calls `step` again and again, `pause` seconds between; with `until_closed` until standard input is closed.

    A step is told nothing when to stop: a signal ends it where it stands, so it must lose nothing by that. One that
    takes long may ask `is_over`.
    """

    def __init__(self, step: Callable[["Watch"], Any], *, pause: float, until_closed: bool) -> None:
        self._step = step
        self._pause = pause
        self._until_closed = until_closed
        self._is_stopped = False

    def run(self) -> None:
        """Go on until stopped. A database that does not answer is asked again later."""
        # Readers come first.
        os.nice(10)
        for sent in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sent, self._stop)
        with contextlib.suppress(KeyboardInterrupt):
            while not self.is_over(0):
                pause = self._pause
                try:
                    self._step(self)
                except DatabaseError:
                    _log.exception("The database did not answer; it is asked again")
                    connection.close()
                    pause = max(pause, LONG_PAUSE)
                if self.is_over(pause):
                    return

    def is_over(self, wait: float = 0) -> bool:
        """Say whether to stop, within `wait` seconds."""
        if self._is_stopped:
            return True
        readable = select.select([sys.stdin] if self._until_closed else [], [], [], wait)[0]
        if readable and not os.read(sys.stdin.fileno(), 1024):
            self._is_stopped = True
        return self._is_stopped

    def _stop(self, *_sent: Any) -> None:
        self._is_stopped = True
        raise KeyboardInterrupt
