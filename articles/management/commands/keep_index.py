"""Takes into the search index what changed, and makes the index where there is none. Twice at once is safe."""

from argparse import ArgumentParser
from typing import Any

from articles.index import Taken, keep_index
from newsroom.migrated import DatabaseCommand
from newsroom.watching import Watch

PAUSE = 1.0


class Command(DatabaseCommand):
    """For hand and timer; `serve` keeps one running with --watch. What is due is found without it, only slower."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--watch", action="store_true", help="go on, and take in what becomes due")
        parser.add_argument(
            "--until-closed", action="store_true", help="with --watch: end when standard input is closed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take in what is due; with --watch until stopped."""
        if options["watch"]:
            Watch(_keep, pause=PAUSE, until_closed=options["until_closed"]).run()
            return
        try:
            done = keep_index()
        except Taken as taken:
            self.stdout.write(str(taken))
            return
        noun = "story was" if done == 1 else "stories were"
        self.stdout.write(f"{done:,} {noun} taken into the search index.")


def _keep(watch: Watch) -> None:
    try:
        keep_index(is_stopped=watch.is_over)
    except Taken:
        # Whoever is at it takes in all that is due.
        return
