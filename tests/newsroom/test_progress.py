"""A long command says how far it is, and a Ctrl-C waits until what was begun is finished."""

import io
import os
import pty
import signal
import termios
from contextlib import suppress

import pytest
from django.core.management.base import OutputWrapper

from newsroom import progress


def test_away_from_a_terminal_it_prints_plain_lines_with_rate_and_time_left(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", -1.0)
    said = io.StringIO()
    with progress.bar("Importing", total=4, units="files", stream=said) as bar:
        bar.step()
        bar.say("a line of its own")
    first, second, last = said.getvalue().splitlines()
    assert first.startswith("Importing: 1 of 4 files, ")
    assert first.endswith(" left")
    assert second == "a line of its own"
    assert last.startswith("Importing: 1 of 4 files")
    assert "\r" not in said.getvalue()


def test_on_a_terminal_it_draws_a_bar():
    reading, writing = pty.openpty()
    termios.tcsetwinsize(writing, (24, 80))
    with (
        os.fdopen(writing, "w") as terminal,
        progress.bar("Reading", total=2, units="files", stream=terminal) as bar,
    ):
        bar.step(2)
    drawn = b""
    # The end of what was written comes as an error on Linux, not as an empty read.
    with suppress(OSError):
        while part := os.read(reading, 65536):
            drawn += part
    assert b"Reading: 100%" in drawn
    os.close(reading)


def test_the_first_interrupt_waits_and_the_second_does_not():
    said = io.StringIO()
    before = signal.getsignal(signal.SIGINT)
    with progress.bar("Making", total=9, stream=said) as bar:
        assert not bar.is_stopped
        signal.raise_signal(signal.SIGINT)
        assert bar.is_stopped
        bar.step()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert "Stopping after what is being done now" in said.getvalue()
    assert signal.getsignal(signal.SIGINT) is before


def test_through_a_command_s_own_stream_each_line_ends_once():
    said = io.StringIO()
    with progress.bar("Making", total=9, stream=OutputWrapper(said)) as bar:
        bar.step(9)
    assert said.getvalue().count("\n") == 1


@pytest.mark.parametrize(("seconds", "said"), [(41, "41 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")])
def test_a_length_of_time_is_said_as_people_say_it(seconds, said):
    assert progress.in_words(seconds) == said
