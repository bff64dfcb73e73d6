"""Keeps one command running beside the server, and ends it with the server, however that ends."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from django.conf import settings

# A command that cannot start is not started over and over.
SECONDS_BETWEEN_STARTS = 5.0
SECONDS_TO_END = 10.0


class Alongside(Protocol):
    """What a server keeps running beside its workers."""

    def keep(self) -> None:
        """Start it where it does not run."""

    def ask_to_end(self) -> None:
        """Tell it to end, and do not wait."""

    def stop(self, within: float = SECONDS_TO_END) -> None:
        """End it and wait for its end: `within` seconds in peace, then by force."""


class Beside:
    """`manage.py` with some arguments, as a child that is started again when it dies.

    It reads from a pipe that only this process holds open: when this process is killed, the pipe ends, and so does
    the command, which is told to watch for that.
    """

    def __init__(self, *arguments: str) -> None:
        self._command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments]
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = float("-inf")

    def keep(self) -> None:
        """Start the command where it does not run. For a loop that comes by about every second."""
        if self._process is not None and self._process.poll() is None:
            return
        if time.monotonic() - self._started_at < SECONDS_BETWEEN_STARTS:
            return
        self._started_at = time.monotonic()
        # In a group of its own: a Ctrl-C is meant for the server, which then ends this.
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, process_group=0)  # noqa: S603 - ours

    def ask_to_end(self) -> None:
        """Tell the command to end, and do not wait: several end at the same time."""
        if self._process is not None:
            self._process.terminate()

    def stop(self, within: float = SECONDS_TO_END) -> None:
        """End the command and wait for its end: `within` seconds in peace, then by force."""
        if self._process is None:
            return
        self.ask_to_end()
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def stop_all(commands: Sequence[Alongside]) -> None:
    """End all commands; together they have the time that one has."""
    for one in commands:
        one.ask_to_end()
    deadline = time.monotonic() + SECONDS_TO_END
    for one in commands:
        one.stop(max(0.0, deadline - time.monotonic()))
