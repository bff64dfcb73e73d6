"""Finds the links in stories that lead nowhere. With CHECK_LINKS=1 other people's sites are asked too, politely."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from articles.models import Link
from articles.workflow import checking_links
from newsroom import progress
from newsroom.migrated import DatabaseCommand
from newsroom.outward import Asker
from newsroom.watching import Watch

PAUSE = 10.0


class Command(DatabaseCommand):
    """For hand and timer; `serve` keeps one running with --watch. Twice at once is safe."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--watch", action="store_true", help="go on, and look at what becomes due")
        parser.add_argument(
            "--until-closed", action="store_true", help="with --watch: end when standard input is closed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read and look up all that is due; with --watch until stopped."""
        if options["watch"]:
            Watch(_look, pause=PAUSE, until_closed=options["until_closed"]).run()
            return
        read = 0
        while came := checking_links.read_due():
            read += came
        while checking_links.look_up_due():
            pass
        self.stdout.write(f"The links of {read:,} stories that are new or changed were read.")
        if settings.CHECK_LINKS:
            self._ask()
        else:
            self.stdout.write("Other people's sites are not asked: that is done with CHECK_LINKS=1.")
        self.stdout.write(f"{Link.objects.filter(is_dead=True).count():,} links lead nowhere.")

    def _ask(self) -> None:
        due = checking_links.due
        with progress.bar("Asking", total=due().count(), units="links", stream=self.stderr) as bar:
            while not bar.is_stopped and due().exists():
                asked = checking_links.ask_due(_asker())
                bar.step(asked.count)
                if not asked.count:
                    time.sleep(1)  # each site that is left was asked a moment ago
        self.stdout.write(f"{bar.done:,} addresses were asked for; {due().count():,} wait.")


def _asker() -> Asker:
    return Asker(f"Newsroom link check (+{settings.SITE_URL}/)")


def _look(_watch: Watch) -> None:
    checking_links.read_due()
    checking_links.look_up_due()
    if settings.CHECK_LINKS:
        checking_links.ask_due(_asker())
