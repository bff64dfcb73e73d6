"""Recomputes every hash and chain of the record and names the first row that does not fit."""

from dataclasses import dataclass
from typing import Any

from django.core.management.base import CommandError

from articles.models import Edition, Event
from articles.workflow import verifying
from newsroom import progress
from newsroom.migrated import DatabaseCommand


class Stopped(Exception):
    """Somebody pressed Ctrl-C; the bar has said so."""


@dataclass(slots=True)
class Found:
    """What did not fit: the first row's sentence, and how many rows in all."""

    first: str = ""
    count: int = 0


class Command(DatabaseCommand):
    """Reads only. Ends with 0 when everything fits, 1 when a row does not or when it was stopped."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was checked and what was found; the first row that does not fit by name, the rest as a number."""
        editions, events = Edition.objects.count(), Event.objects.count()
        try:
            found = self._look(editions + events)
        except (Stopped, KeyboardInterrupt):
            raise CommandError(
                "Stopped before the end: nothing can be said of the record. Run it again."
            ) from None
        if found.first:
            raise CommandError("\n".join(_told(found)))
        self.stdout.write(
            f"The record fits: {editions:,} editions and {events:,} events, every hash and every chain."
        )

    def _look(self, total: int) -> Found:
        found = Found()
        with progress.bar("Verifying", total=total, units="rows", stream=self.stderr) as bar:

            def step(count: int) -> None:
                if bar.is_stopped:
                    raise Stopped
                bar.step(count)

            for problem in verifying.problems(step=step):
                found.first = found.first or problem
                found.count += 1
        return found


def _told(found: Found) -> list[str]:
    rest = found.count - 1
    more = f"{rest:,} more rows do not fit." if rest != 1 else "1 more row does not fit."
    advice = (
        "Put the database back from a backup made before this, or find out who wrote to it past the site."
    )
    return [found.first, *([more] if rest else []), advice]
