"""Folds the saves of one sitting together, so that a history of hundreds of saves is read at a glance."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from articles.models import Revision, RevisionKind

# A pause longer than this begins a new sitting.
PAUSE = timedelta(minutes=30)


@dataclass(slots=True)
class Stretch:
    """Revisions that one person made in one go, newest first; anything but a save while typing stands alone."""

    revisions: list[Revision] = field(default_factory=list)

    @property
    def last(self) -> Revision:
        """Return the newest."""
        return self.revisions[0]

    @property
    def by(self) -> Any:
        """Return who wrote."""
        return self.last.made_by

    @property
    def began_at(self) -> datetime:
        """Return when the first of these saves was made."""
        return self.revisions[-1].made_at

    @property
    def is_folded(self) -> bool:
        """Say whether more than one save is in it."""
        return len(self.revisions) > 1

    def takes(self, earlier: Revision) -> bool:
        """Say whether `earlier`, the save before these, belongs to the same sitting."""
        newer = self.revisions[-1]
        return (
            earlier.kind == newer.kind == RevisionKind.AUTOSAVE
            and earlier.made_by_id == newer.made_by_id
            and newer.made_at - earlier.made_at <= PAUSE
            and not hasattr(earlier, "named")
            and not hasattr(newer, "named")
        )


def folded(revisions: Iterable[Revision]) -> list[Stretch]:
    """Return revisions, given newest first with their names, as sittings in the same order."""
    found: list[Stretch] = []
    for one in revisions:
        if not found or not found[-1].takes(one):
            found.append(Stretch())
        found[-1].revisions.append(one)
    return found
