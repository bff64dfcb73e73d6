"""Tells what an import did: JSON Lines, one a file read, and a summary in plain sentences."""

from collections import Counter
from dataclasses import dataclass, field

from articles.importing.pages import Taken
from articles.models import Outcome
from newsroom.outcomes import Outcomes, many

MOST_NAMED = 12


@dataclass(slots=True)
class Tally(Outcomes):
    """Counts what a run does, and writes its report line by line."""

    stories: set[int] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)
    joined: int = 0
    bounded: set[int] = field(default_factory=set)
    unknown: Counter[str] = field(default_factory=Counter)
    otherwise: Counter[tuple[str, str]] = field(default_factory=Counter)
    without_text: int = 0

    def add(self, taken: Taken) -> None:
        """Count one file."""
        row = {
            "file": taken.file,
            "outcome": str(taken.outcome),
            "reason": taken.reason,
            "stories": [f"{one:08}" for one in taken.stories],
            "pictures": list(taken.pictures),
            "repairs": list(taken.repairs),
        }
        self.count(row, is_refused=taken.outcome == Outcome.REFUSED)
        self.stories.update(taken.stories)
        self.pictures.update(taken.pictures)
        self.joined += taken.joined
        self.bounded.update(taken.bounded)
        self.unknown.update(taken.unknown)
        self.otherwise.update(taken.otherwise)
        self.without_text += taken.is_without_text

    def as_counts(self) -> dict[str, int]:
        """Return the counts as they are kept with the run."""
        counts = {str(outcome): self.outcomes[str(outcome)] for outcome in Outcome}
        told = {"stories": len(self.stories), "pictures": len(self.pictures)}
        return counts | told | {"joined": self.joined, "bounded": len(self.bounded)}

    def sentences(self, *, is_dry: bool) -> list[str]:
        """Return the summary, a sentence a line."""
        if not self.read:
            return ["No file was found there. Name a folder with saved pages, or the pages themselves."]
        lines = [
            self.read_sentence([str(one) for one in Outcome], is_dry=is_dry),
            (
                f"They tell of {many(len(self.stories), 'story', 'stories')} "
                f"and {many(len(self.pictures), 'picture with a Media ID', 'pictures with Media IDs')}."
            ),
        ]
        if self.joined:
            lines.append(
                f"{many(self.joined, 'time', 'times')} a page told of a story that was there already: joined."
            )
        if self.bounded:
            stories = many(len(self.bounded), "undated story was", "undated stories were")
            lines.append(f"{stories} given bounds, inferred from Media IDs, captions and text.")
        return lines + self._not_understood() + self.refusals()

    def _not_understood(self) -> list[str]:
        """Return sentences on what their lines said under other names, and on the stories that came in without a text."""
        lines = []
        if self.otherwise:
            read = ", ".join(
                f"“{theirs}” as “{ours}” ({times:,})"
                for (ours, theirs), times in self.otherwise.most_common(MOST_NAMED)
            )
            lines.append(f"Read under the names that others use: {read}.")
        if self.without_text:
            stories = many(self.without_text, "story has", "stories have")
            lines.append(f"{stories} no text. A line's text is its “body_html” or “body_text”.")
        if self.unknown:
            named = ", ".join(f"“{name}” ({times:,})" for name, times in self.unknown.most_common(MOST_NAMED))
            lines.append(
                f"Names that no story's .json has were kept with the facts and not printed: {named}."
            )
        return lines
