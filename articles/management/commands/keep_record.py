"""Keeps what the public record says of itself: each day's head, what is missing, what editions changed. Twice at once is safe."""

from argparse import ArgumentParser
from typing import Any

from articles import workflow
from newsroom.migrated import DatabaseCommand
from newsroom.watching import Watch

PAUSE = 60.0


class Command(DatabaseCommand):
    """For hand and timer; `serve` keeps one running with --watch, and `release_due` does the same."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--anew", action="store_true", help="count again what was counted today already")
        parser.add_argument("--watch", action="store_true", help="go on, and do what becomes due")
        parser.add_argument(
            "--until-closed", action="store_true", help="with --watch: end when standard input is closed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due and say what that was; with --watch until stopped."""
        if options["watch"]:
            Watch(_keep, pause=PAUSE, until_closed=options["until_closed"]).run()
            return
        kept = workflow.keep_record(is_anew=options["anew"])
        said = kept.sentences() + (["Counted what is missing in the archive."] if kept.is_counted else [])
        self.stdout.write("\n".join(said) or "Nothing was due: the last day is closed, and today is counted.")


def _keep(_watch: Watch) -> None:
    workflow.keep_record()
