"""Works out which stories stand near which, for those that changed. Twice at once is safe."""

from argparse import ArgumentParser
from typing import Any

from articles.index import keep_related, relate_anew
from articles.workflow.announcing import related_changed
from newsroom.migrated import DatabaseCommand
from newsroom.watching import Watch

PAUSE = 5.0


class Command(DatabaseCommand):
    """For hand and timer; `serve` keeps one running with --watch."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--all", action="store_true", help="work out every public story anew")
        parser.add_argument("--watch", action="store_true", help="go on, and work out what becomes due")
        parser.add_argument(
            "--until-closed", action="store_true", help="with --watch: end when standard input is closed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work out what is due; with --watch until stopped."""
        if options["all"]:
            self.stdout.write(f"{relate_anew():,} stories are to be worked out anew.")
        if options["watch"]:
            Watch(_relate, pause=PAUSE, until_closed=options["until_closed"]).run()
            return
        done = keep_related(tell=related_changed)
        noun = "story" if done == 1 else "stories"
        self.stdout.write(f"The related stories of {done:,} {noun} were worked out.")


def _relate(watch: Watch) -> None:
    keep_related(is_stopped=watch.is_over, tell=related_changed)
