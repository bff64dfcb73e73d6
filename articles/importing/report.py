"""Tells what an import did: JSON Lines, one a file read, and a summary in plain sentences."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import IO

from articles.importing.pages import Taken
from articles.models import Outcome

MOST_REASONS = 12


def line_of(taken: Taken) -> str:
    """Return one file's line of the report, its end included."""
    row = {
        "file": taken.file,
        "outcome": str(taken.outcome),
        "reason": taken.reason,
        "stories": [f"{one:08}" for one in taken.stories],
        "pictures": list(taken.pictures),
        "repairs": list(taken.repairs),
    }
    return json.dumps(row, ensure_ascii=False) + "\n"


@dataclass(slots=True)
class Tally:
    """Counts what a run does, and writes its report line by line."""

    stream: IO[str] | None = None
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    stories: set[int] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)
    joined: int = 0
    bounded: set[int] = field(default_factory=set)

    def add(self, taken: Taken) -> None:
        """Count one file, and write its line at once: what was done is told even if the run is killed."""
        self.outcomes[str(taken.outcome)] += 1
        if taken.outcome == Outcome.REFUSED:
            self.reasons[taken.reason] += 1
        self.stories.update(taken.stories)
        self.pictures.update(taken.pictures)
        self.joined += taken.joined
        self.bounded.update(taken.bounded)
        if self.stream is not None:
            self.stream.write(line_of(taken))
            self.stream.flush()

    def as_counts(self) -> dict[str, int]:
        """Return the counts as they are kept with the run."""
        counts = {str(outcome): self.outcomes[str(outcome)] for outcome in Outcome}
        told = {"stories": len(self.stories), "pictures": len(self.pictures)}
        return counts | told | {"joined": self.joined, "bounded": len(self.bounded)}

    def sentences(self, *, is_dry: bool) -> list[str]:
        """Return the summary, a sentence a line."""
        read = sum(self.outcomes.values())
        if not read:
            return ["No file was found there. Name a folder with saved pages, or the pages themselves."]
        did = "would be" if is_dry else "were"
        counted = ", ".join(f"{self.outcomes[str(one)]:,} {did} {one}" for one in Outcome)
        lines = [
            f"{_many(read, 'file was', 'files were')} read: {counted}.",
            (
                f"They tell of {_many(len(self.stories), 'story', 'stories')} "
                f"and {_many(len(self.pictures), 'picture with a Media ID', 'pictures with Media IDs')}."
            ),
        ]
        if self.joined:
            lines.append(
                f"{_many(self.joined, 'time', 'times')} a page told of a story that was there already: joined."
            )
        if self.bounded:
            stories = _many(len(self.bounded), "undated story was", "undated stories were")
            lines.append(f"{stories} given bounds, inferred from Media IDs, captions and text.")
        for reason, count in self.reasons.most_common(MOST_REASONS):
            lines.append(f"Refused, {_many(count, 'file', 'files')}: {reason}")
        left = sum(count for _, count in self.reasons.most_common()[MOST_REASONS:])
        if left:
            lines.append(f"Refused for other reasons, {_many(left, 'file', 'files')}: the report names each.")
        return lines


def _many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
