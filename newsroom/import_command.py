"""What the commands that import files share: how they are told what to read, and how they end when something stops them."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import OperationalError

from newsroom.outcomes import INTERRUPTED

WAS_DRY = "This was a dry run: nothing was kept."
WAS_STOPPED = "It was stopped before the end. Run it again to go on with the rest."


def add_options(parser: ArgumentParser, *, of_what: str, dry_run: str) -> None:
    """Name what every import is told: the paths, and whether to keep anything (`dry_run` is that option's help)."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help=f"files and folders of {of_what}")
    parser.add_argument("--dry-run", action="store_true", help=dry_run)
    parser.add_argument("--report", metavar="FILE", help="write what became of each file here, as JSON Lines")


@contextmanager
def ending_in_a_sentence(left_out: str) -> Iterator[None]:
    """Turn a second Ctrl-C, and a database that is away, into a sentence; `left_out` is what was begun and not kept."""
    try:
        yield
    except KeyboardInterrupt as stop:
        raise CommandError(
            f"Stopped at once: {left_out} was left out whole. Run it again to go on.", returncode=INTERRUPTED
        ) from stop
    except OperationalError as problem:
        raise CommandError(
            f"The database could not be read or written any more ({problem}). What was imported until then "
            "stands whole; run the import again to go on with the rest."
        ) from problem
