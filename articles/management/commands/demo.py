"""Loads the sample newspaper, or any number of plausible stories for measurements."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from articles.importing.indexing import index_what_came
from articles.sample import bulk, loading, logins
from newsroom import checks, progress
from newsroom.migrated import DatabaseCommand


class Command(DatabaseCommand):
    """`manage.py demo`: a newspaper to look at; `--stories N`: an archive to measure."""

    help = "Load the sample newspaper: stories, pictures and one login for each role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument("--logins", action="store_true", help="only print the sample's logins again")
        parser.add_argument(
            "--add", action="store_true", help="load it even beside stories that are here already"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="load it only where there is no story yet"
        )
        parser.add_argument(
            "--stories", type=int, metavar="N", help="instead: make N plausible stories for measurements"
        )
        parser.add_argument("--seed", type=int, default=1, help="with --stories: which N stories (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the options say; a second time, say that it is done."""
        if options["stories"] is not None:
            self._make(options["stories"], options["seed"])
        elif options["logins"] or loading.is_loaded():
            self._tell(quietly=options["logins"] or options["if_empty"])
        elif loading.has_other_stories() and not options["add"]:
            if not options["if_empty"]:
                raise CommandError(
                    "There are stories here already that are not the sample's. Load the sample into a newspaper of "
                    "its own (another VAR_DIR), or put it beside them with --add."
                )
        else:
            self._load()

    def _load(self) -> None:
        with progress.bar("Loading the sample newspaper", total=loading.count(), units="steps") as bar:
            loading.load(bar)
        if bar.is_stopped:
            raise CommandError(
                "Stopped. What was loaded is whole; run `manage.py demo` again to load the rest."
            )
        self._tell(quietly=True)

    def _tell(self, *, quietly: bool) -> None:
        if not loading.is_loaded():
            raise CommandError("The sample newspaper is not loaded here. `manage.py demo` loads it.")
        if not quietly:
            self.stdout.write("The sample newspaper is here already; nothing was changed.")
        self.stdout.write("\n" + "\n".join(logins.lines()))
        if not (settings.DEBUG or checks.is_loopback(settings.SITE_URL)):
            self.stdout.write(
                f"  CAREFUL: this site is {settings.SITE_URL}, which others may reach. Do not leave these logins in it."
            )

    def _make(self, stories: int, seed: int) -> None:
        if stories < 1:
            raise CommandError("--stories takes a number of stories, 1 or more.")
        before = bulk.made_with(seed)
        if before >= stories:
            self.stdout.write(f"{before:,} stories were made with seed {seed} already; nothing was changed.")
            return
        with progress.bar(f"Making stories, seed {seed}", total=stories - before) as bar:
            bulk.make(stories, seed=seed, bar=bar)
        if bar.is_stopped:
            self.stdout.write(
                f"Stopped after {before + bar.done:,} of {stories:,}. The same command goes on from there."
            )
        else:
            self.stdout.write(f"{bulk.made_with(seed):,} stories were made with seed {seed}.")
            if left := index_what_came(self.stderr):
                self.stdout.write(left)
