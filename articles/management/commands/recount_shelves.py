"""Counts anew, from nothing, how many public stories stand on each shelf: for whoever doubts the counts."""

from typing import Any

from articles import workflow
from newsroom.migrated import DatabaseCommand


class Command(DatabaseCommand):
    """For hand. The verbs keep the counts; this finds nothing to do unless rows were changed past them."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, in one transaction, and say how many stories there are."""
        counted = workflow.recount_all()
        noun = "story stands" if counted == 1 else "stories stand"
        self.stdout.write(f"{counted:,} public {noun} on the shelves.")
