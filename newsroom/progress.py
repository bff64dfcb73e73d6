"""Shows how far a long command has come: a bar on a terminal, plain lines elsewhere, and a Ctrl-C that waits for whole work.

    with progress.bar("Importing", total=67, units="files", stream=self.stderr) as bar:
        for file in files:
            if bar.is_stopped:
                break
            bar.step()

Between two looks at `is_stopped` a Ctrl-C only makes a note, so that what was begun is finished. A second one
interrupts at once.
"""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from tqdm import tqdm

SECONDS_BETWEEN_LINES = 10.0


class Bar:
    """What a command tells about its progress. Made by `bar`."""

    def __init__(self, what: str, total: int | None, units: str, stream: Any) -> None:
        self.done = 0
        self.is_stopped = False
        self._what, self._total, self._units, self._stream = what, total, units, stream
        self._began = self._told = time.monotonic()
        self._bar = (
            tqdm(
                total=total,
                desc=what,
                unit=f" {units}",
                file=stream,
                dynamic_ncols=True,
                leave=True,
                mininterval=0.2,
            )
            if stream.isatty()
            else None
        )

    @property
    def rate(self) -> float:
        """Return how many were done a second so far."""
        return self.done / max(time.monotonic() - self._began, 1e-6)

    def step(self, count: int = 1) -> None:
        """Count `count` more as done."""
        self.done += count
        if self._bar is not None:
            self._bar.update(count)
        elif time.monotonic() - self._told > SECONDS_BETWEEN_LINES:
            self._tell()

    def say(self, line: str) -> None:
        """Print a line of its own without breaking the bar."""
        if self._bar is not None:
            tqdm.write(line, file=self._stream)
        else:
            _write(self._stream, line)

    def close(self) -> None:
        """Leave the last state on the screen."""
        if self._bar is not None:
            self._bar.close()
        else:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        of = f" of {self._total:,}" if self._total else ""
        pace = f"{self.rate:,.0f} a second" if self.rate >= 1 else f"{self.rate * 60:,.0f} a minute"
        line = f"{self._what}: {self.done:,}{of} {self._units}, {pace}"
        if self._total and 0 < self.done < self._total:
            line += f", {in_words((self._total - self.done) / self.rate)} left"
        _write(self._stream, line)


def in_words(seconds: float) -> str:
    """Return a length of time as a person would say it: "40 s", "3 min 20 s", "2 h 5 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


@contextmanager
def bar(what: str, *, total: int | None = None, units: str = "stories", stream: Any = None) -> Iterator[Bar]:
    """Give a bar named `what`; while it is open, the first Ctrl-C sets its `is_stopped`, the second interrupts.

    `units` is what is counted, in the plural. `stream` is where it is drawn, standard error if none is given; one that is no
    terminal gets a plain line every ten seconds and one at the end.
    """
    raw = getattr(stream, "_out", stream)  # a command's own stream ends each piece of a bar with a new line
    shown = Bar(what, total, units, raw if raw is not None else sys.stderr)
    previous: Any = None
    catches = threading.current_thread() is threading.main_thread()

    def note(_signal: int, _frame: FrameType | None) -> None:
        if shown.is_stopped:
            raise KeyboardInterrupt
        shown.is_stopped = True
        shown.say("Stopping after what is being done now. Ctrl-C again stops at once.")

    if catches:
        previous = signal.signal(signal.SIGINT, note)
    try:
        yield shown
    finally:
        if catches:
            signal.signal(signal.SIGINT, previous)
        shown.close()


def _write(stream: Any, line: str) -> None:
    stream.write(f"{line}\n")
    stream.flush()
