"""Starts the bounded process that decodes a picture, waits for it, and reads what it found."""

import json
import logging
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from media import decoding
from media.decoding import refusing

# A person waits for a picture to be taken: what takes longer is ended. Its processor time is bounded more tightly still
# (`decoding.child`); this is for what waits and does nothing, and for a machine that is very busy.
SECONDS = 10
_log = logging.getLogger(__name__)


class NotTaken(Exception):
    """A picture was not taken; the message is a sentence for the person who sent it."""

    @property
    def reason(self) -> str:
        """Return the sentence."""
        return str(self)


class Child:
    """One picture being decoded in a process of its own, which leaves what it makes in `folder`."""

    def __init__(
        self, mode: str, file: Path, folder: Path, order: Mapping[str, Any], seconds: float | None = None
    ) -> None:
        self._folder = folder
        self._until = time.monotonic() + (SECONDS if seconds is None else seconds)
        command = [
            sys.executable, "-I", "-c", decoding.START, str(decoding.ROOT), mode, str(file), str(folder),
            json.dumps(order),
        ]  # fmt: skip
        with (folder / "said").open("wb") as errors:
            # In a group of its own: a Ctrl-C meant for a command lets what was begun be finished.
            self._process = subprocess.Popen(  # noqa: S603 - our own script, no shell, the file's name is ours
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
                env=decoding.ENVIRONMENT, process_group=0,
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
        """Wait for its end and return what it found. Raises `NotTaken`."""
        try:
            self._process.wait(max(0.0, self._until - time.monotonic()))
        except BaseException as interrupted:
            self.stop()
            if not isinstance(interrupted, subprocess.TimeoutExpired):
                raise
        return self.result()

    def result(self) -> dict[str, Any]:
        """Return what it found, once it has ended. Raises `NotTaken` with what it refused, or that it took too much."""
        found = self._folder / "result.json"
        if self._process.returncode or not found.exists():
            said = (self._folder / "said").read_text(errors="replace")[-500:]
            _log.warning("A picture's decoding ended with %s: %s", self._process.returncode, said)
            raise NotTaken(refusing.TOO_MUCH)
        facts: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
        if "refused" in facts:
            raise NotTaken(str(facts["refused"]))
        return facts
