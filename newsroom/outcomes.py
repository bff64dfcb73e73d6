"""Tells what became of each file that a long command read: JSON Lines, one a file, and counts with their reasons."""

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.core.management.base import CommandError

MOST_REASONS = 12
_DID, _WOULD = ("was", "were"), ("would be", "would be")
# A command that was told what it cannot do ends with this; one that was stopped at once, as the shell has it.
UNUSABLE, INTERRUPTED = 2, 130


@dataclass(slots=True)
class Outcomes:
    """Counts what a run does, and writes its report line by line."""

    stream: IO[str] | None = None
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    # What is counted, in the plural.
    units: str = "files"

    def count(self, row: dict[str, Any], *, is_refused: bool) -> None:
        """Count one file (`row` has its `file`, `outcome`, `reason` and what else is told of it).

        Its line is written at once: what was done is told even if the run is killed.
        """
        self.outcomes[str(row["outcome"])] += 1
        if is_refused:
            self.reasons[str(row["reason"])] += 1
        if self.stream is not None:
            self.stream.write(json.dumps(row, ensure_ascii=False) + "\n")
            self.stream.flush()

    @property
    def read(self) -> int:
        """Return how many files were counted."""
        return sum(self.outcomes.values())

    @property
    def _one(self) -> str:
        return {"lines": "line"}.get(self.units, "file")

    def read_sentence(self, names: Sequence[str], *, is_dry: bool) -> str:
        """Return how many files were read, and what became of how many of them."""
        counts = {one: self.outcomes[one] for one in names}
        counted = ", ".join(f"{many(counts[one], *(_WOULD if is_dry else _DID))} {one}" for one in names)
        return f"{many(self.read, f'{self._one} was', f'{self.units} were')} read: {counted}."

    def refusals(self) -> list[str]:
        """Return a sentence for each reason that files were refused for, the commonest first."""
        told = self.reasons.most_common()
        lines = [
            f"Refused, {many(count, self._one, self.units)}: {reason}"
            for reason, count in told[:MOST_REASONS]
        ]
        left = sum(count for _, count in told[MOST_REASONS:])
        if left:
            lines.append(
                f"Refused for other reasons, {many(left, self._one, self.units)}: the report names each."
            )
        return lines


def many(count: int, one: str, more: str) -> str:
    """Return a count with its noun in the number it asks for."""
    return f"{count:,} {one if count == 1 else more}"


def check_paths(paths: Sequence[str]) -> None:
    """Stop a command that was told to read nothing, or what is not there."""
    if not paths:
        raise CommandError("Name the files and folders to import.", returncode=UNUSABLE)
    for path in paths:
        if "\0" in path or not os.path.lexists(path):
            raise CommandError(
                f"There is nothing at {path!r}. Check the path and try again.", returncode=UNUSABLE
            )


@contextmanager
def report(file: str | None) -> Iterator[IO[str] | None]:
    """Give the report's stream, None where no file is named; stop the command where it cannot be written."""
    if file is None:
        yield None
        return
    try:
        stream = Path(file).open("w", encoding="utf-8")  # noqa: SIM115 - closed below
    except OSError as problem:
        raise CommandError(
            f"The report cannot be written to {file} ({problem.strerror}). Name another file.",
            returncode=UNUSABLE,
        ) from problem
    with stream:
        yield stream
