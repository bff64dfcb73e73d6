"""Writes mails to the people whose notices wait: one a person, several notices in it. Twice at once is safe."""

from argparse import ArgumentParser
from typing import Any

from articles.together import mail
from newsroom.migrated import DatabaseCommand
from newsroom.watching import Watch

PAUSE = 30.0


class Command(DatabaseCommand):
    """For hand and timer; `serve` keeps one running with --watch."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--watch", action="store_true", help="go on, and send what becomes due")
        parser.add_argument(
            "--until-closed", action="store_true", help="with --watch: end when standard input is closed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Send what waits; with --watch until stopped."""
        if options["watch"]:
            Watch(_send, pause=PAUSE, until_closed=options["until_closed"]).run()
            return
        sent = mail.send_due()
        self.stdout.write(sent.in_words() if sent else "Another run is sending; nothing was left to do here.")


def _send(watch: Watch) -> None:
    mail.send_due(is_stopped=watch.is_over)
