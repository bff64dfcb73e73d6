"""Runs what reads strangers' files in a process of its own, bounded in time and memory, that may die of them."""

import json
import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsroom import bounds

_log = logging.getLogger(__name__)


class Died(Exception):
    """The process ended without saying what it found: it took too much, or too long."""


class Child:
    """One file being read in a process of its own, which leaves its result and what else it makes in `folder`.

    `program` is Python that finds the site's folder as `sys.argv[1]` and `arguments` behind it.
    """

    def __init__(self, program: str, arguments: Sequence[str], folder: Path, *, seconds: float) -> None:
        self._folder = folder
        self._until = time.monotonic() + seconds
        command = [sys.executable, "-I", "-c", program, str(bounds.ROOT), *arguments]
        with (folder / "said").open("wb") as errors:
            # In a group of its own: a Ctrl-C meant for a command lets what was begun be finished.
            self._process = subprocess.Popen(  # noqa: S603 - our own script, no shell, the file's name is ours
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
                env=bounds.ENVIRONMENT, process_group=0,
            )  # fmt: skip

    @property
    def is_done(self) -> bool:
        """Say whether it has ended; one that takes too long is ended here."""
        if self._process.poll() is None and time.monotonic() > self._until:
            self.stop()
        return self._process.poll() is not None

    def stop(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()

    def waited(self) -> dict[str, Any]:
        """Wait for its end and return what it found. Raises `Died`."""
        try:
            self._process.wait(max(0.0, self._until - time.monotonic()))
        except BaseException as interrupted:
            self.stop()
            if not isinstance(interrupted, subprocess.TimeoutExpired):
                raise
        return self.result()

    def result(self) -> dict[str, Any]:
        """Return what it found, once it has ended. Raises `Died`."""
        found = self._folder / bounds.RESULT
        if self._process.returncode or not found.exists():
            said = (self._folder / "said").read_text(errors="replace")[-500:]
            _log.warning("Reading a file ended with %s: %s", self._process.returncode, said)
            raise Died
        facts: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
        return facts
