"""Imports saved pages of an old archive, or stories as JSON Lines, or takes one import back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from articles import workflow
from articles.importing.indexing import index_what_came
from articles.importing.report import Tally
from articles.importing.run import Import, steps_of
from newsroom import import_command, outcomes, progress
from newsroom.migrated import DatabaseCommand
from newsroom.outcomes import UNUSABLE


class Command(DatabaseCommand):
    """`manage.py import_archive PATH… [--dry-run] [--report FILE]`, `manage.py import_archive --undo RUN`."""

    help = (
        "Import saved pages (.txt or .html, an address beside them in .json) and corpora (.jsonl or .jsonl.gz, on each "
        "line a story with the keys of a story's .json) from files and folders. Running it again changes nothing; "
        "Ctrl-C stops after what is being read, and the next run goes on from there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        import_command.add_options(
            parser,
            of_what="saved pages and of stories as JSON Lines",
            dry_run="read, join and check everything, and keep nothing (nobody else can save meanwhile)",
        )
        parser.add_argument("--undo", metavar="RUN", type=int, help="take back the import of this number")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, or undo."""
        if options["undo"] is not None:
            if options["paths"] or options["dry_run"] or options["report"]:
                raise CommandError("Give --undo alone, with the number of the import.", returncode=UNUSABLE)
            self._undo(options["undo"])
            return
        paths = options["paths"]
        outcomes.check_paths(paths)
        with outcomes.report(options["report"]) as report:
            self._import(paths, Tally(report), is_dry=options["dry_run"], leave_out=options["report"] or "")

    def _import(self, paths: list[str], tally: Tally, *, is_dry: bool, leave_out: str) -> None:
        total, units = steps_of(paths, leave_out=leave_out)
        tally.units = units
        with progress.bar(
            "Reading" if is_dry else "Importing", total=total, units=units, stream=self.stderr
        ) as bar:
            work = Import(paths, tally, bar, is_dry=is_dry, leave_out=leave_out)
            with import_command.ending_in_a_sentence("the last file"):
                work.go()
        for sentence in tally.sentences(is_dry=is_dry):
            self.stdout.write(sentence)
        if is_dry:
            self.stdout.write(import_command.WAS_DRY)
        else:
            number = work.run.pk
            self.stdout.write(
                f"This was import {number}; `manage.py import_archive --undo {number}` takes it back."
            )
        if bar.is_stopped:
            self.stdout.write(import_command.WAS_STOPPED)
        elif not is_dry and (left := index_what_came(self.stderr)):
            self.stdout.write(left)

    def _undo(self, number: int) -> None:
        try:
            undone = workflow.undo_import(by=None, run_id=number)
        except workflow.Refused as refused:
            raise CommandError(str(refused), returncode=UNUSABLE) from refused
        for sentence in undone.sentences():
            self.stdout.write(sentence)
