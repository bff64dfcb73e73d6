"""Makes the copies of pictures that readers get, and draws anew the editions that print them. Twice at once is safe."""

import contextlib
import logging
import os
import select
import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from articles.workflow import following_up, rederiving
from media import background, keeping
from newsroom import progress

PAUSE, LONG_PAUSE = 2.0, 15.0
_log = logging.getLogger(__name__)


class Command(BaseCommand):
    """For hand and timer; `serve` keeps one running with --watch."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--all", action="store_true", help="make the copies of every picture anew")
        parser.add_argument("--watch", action="store_true", help="go on, and make what becomes due")
        parser.add_argument(
            "--until-closed", action="store_true", help="with --watch: end when standard input is closed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is due; with --watch until stopped."""
        if options["all"]:
            self.stdout.write(f"{background.order_all():,} pictures get new copies.")
        with contextlib.suppress(DatabaseError):
            keeping.tidy()
        if options["watch"]:
            with contextlib.suppress(KeyboardInterrupt):
                _Watch(until_closed=options["until_closed"]).run()
            return
        with progress.bar(
            "Making copies", total=background.due().count(), units="pictures", stream=self.stderr
        ) as bar:
            made = background.make_due(step=bar.step, is_stopped=lambda: bar.is_stopped)
        following_up.follow_due()
        redrawn = rederiving.redraw_due()
        self.stdout.write(f"Copies of {made.count:,} pictures were made.")
        if redrawn:
            self.stdout.write(f"Stories with {len(redrawn):,} of them were drawn anew.")
        left = background.due().count()
        if bar.is_stopped:
            raise CommandError(f"Stopped; {left:,} pictures wait. Run this again to go on.")
        if made.troubled:
            raise CommandError(
                f"{made.troubled:,} pictures have no new copies; why is said on each picture's page at the desk."
            )


def _end_what_was_begun() -> None:
    """Do in stories what changes in the library left to be done: readers wait for it, and so it waits for no copy."""
    following_up.follow_due()
    rederiving.redraw_due()


class _Watch:
    """Makes what becomes due until somebody says stop: a signal, or the end of whoever holds the other end of its input."""

    def __init__(self, *, until_closed: bool) -> None:
        self._until_closed = until_closed
        self._is_stopped = False

    def run(self) -> None:
        # Readers come first.
        os.nice(10)
        for sent in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sent, self._stop)
        while not self.is_over(0):
            pause = PAUSE
            try:
                background.make_due(step=_end_what_was_begun, is_stopped=lambda: self.is_over(0))
                _end_what_was_begun()
            except DatabaseError:
                _log.exception("The database did not answer; the copies wait")
                connection.close()
                pause = LONG_PAUSE
            if self.is_over(pause):
                return

    def is_over(self, wait: float) -> bool:
        """Say whether to stop, within `wait` seconds."""
        if self._is_stopped:
            return True
        readable = select.select([sys.stdin] if self._until_closed else [], [], [], wait)[0]
        if readable and not os.read(sys.stdin.fileno(), 1024):
            self._is_stopped = True
        return self._is_stopped

    def _stop(self, *_sent: Any) -> None:
        # Nothing is lost by ending at once: a claim is given back, and what was begun begins anew.
        self._is_stopped = True
        raise KeyboardInterrupt
