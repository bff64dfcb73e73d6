"""Imports pictures from files and folders, however many, with what is true of all of them said once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from media import intake
from media.importing import Import, Tally
from media.models import RightsClass, Uses
from newsroom import folders, import_command, outcomes, progress
from newsroom.migrated import DatabaseCommand
from newsroom.outcomes import UNUSABLE

# What may be said of all pictures of a run: option -> (field, what it is).
SAID = {
    "--caption": ("caption", "caption where the library is to say it; without this, each file's own is used"),
    "--headline": ("headline", "headline"),
    "--credit": ("credit", "credit as printed"),
    "--creator": ("creator", "who made them"),
    "--source": ("source", "where they come from"),
    "--copyright": ("copyright", "copyright notice"),
    "--place": ("place", "where they were taken"),
    "--keywords": ("keywords", "keywords, with commas between"),
    "--taken-on": ("taken_on", "day on which they were taken, as 2016-11-03"),
    "--instructions": ("instructions", "instructions to editors"),
    "--rights-holder": ("rights_holder", "who holds the rights"),
    "--rights-terms": ("rights_terms", "terms of the rights"),
    "--rights-begin-on": ("rights_begin_on", "first day of the rights, as 2016-11-03"),
    "--rights-end-on": ("rights_end_on", "last day of the rights, as 2026-11-03"),
}


class Command(DatabaseCommand):
    """`manage.py import_pictures PATH… [--credit …] [--ids-from-names] [--dry-run] [--report FILE]`."""

    help = (
        "Take pictures in from files and folders. What the options leave open is taken from what each file states. "
        "Running it again changes nothing; Ctrl-C finishes what was begun, and the next run goes on from there."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        import_command.add_options(
            parser, of_what="pictures", dry_run="read and check every picture, and keep nothing"
        )
        for option, (_, what) in SAID.items():
            parser.add_argument(option, metavar="TEXT", help=f"of all of them: {what}")
        parser.add_argument(
            "--rights-class",
            choices=RightsClass.values,
            help="of all of them: on what ground they may be shown",
        )
        parser.add_argument("--uses", choices=Uses.values, help="of all of them: where they may be shown")
        parser.add_argument(
            "--ids-from-names",
            action="store_true",
            help="the files are named by their Media IDs: 55361435.jpg is the file of Media ID 55361435",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import."""
        paths = options["paths"]
        outcomes.check_paths(paths)
        fields = [field for field, _ in SAID.values()] + ["rights_class", "uses"]
        try:
            given = intake.cleaned({field: options[field] for field in fields if options[field] is not None})
        except intake.NotTaken as unfit:
            raise CommandError(unfit.reason, returncode=UNUSABLE) from unfit
        leave_out = options["report"] or ""
        total = sum(1 for _ in folders.files_under(paths, leave_out=leave_out))
        is_dry = options["dry_run"]
        with (
            outcomes.report(options["report"]) as report,
            progress.bar(
                "Reading" if is_dry else "Importing", total=total, units="pictures", stream=self.stderr
            ) as bar,
        ):
            work = Import(
                paths,
                given,
                Tally(report),
                bar,
                options["ids_from_names"],
                is_dry=is_dry,
                leave_out=leave_out,
            )
            with import_command.ending_in_a_sentence("what was not finished"):
                work.go()
        self._sum_up(work)

    def _sum_up(self, work: Import) -> None:
        for sentence in work.tally.sentences(is_dry=work.is_dry):
            self.stdout.write(sentence)
        if work.is_dry:
            self.stdout.write(import_command.WAS_DRY)
        if work.bar.is_stopped:
            self.stdout.write(import_command.WAS_STOPPED)
