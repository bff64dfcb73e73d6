"""Makes the copies of pictures that readers get, and draws anew the editions that print them. Twice at once is safe."""

import contextlib
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from articles.workflow import following_up, rederiving
from media import background, keeping
from newsroom import progress
from newsroom.migrated import DatabaseCommand
from newsroom.watching import Watch

PAUSE = 2.0


class Command(DatabaseCommand):
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
            Watch(_make_due, pause=PAUSE, until_closed=options["until_closed"]).run()
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


def _make_due(watch: Watch) -> None:
    # Nothing is lost by ending at once: a claim is given back, and what was begun begins anew.
    background.make_due(step=_end_what_was_begun, is_stopped=watch.is_over)
    _end_what_was_begun()
