"""Folds what stayed between two changes of a text, so that a reader of a redline finds what changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from articles.redline import Line

# Paragraphs that stayed and stand beside a change; and how many between two changes are not worth folding.
AROUND, NOT_FOLDED = 1, 4
# Characters: of what is folded within the page, and of what changed. Beyond, one reads the versions themselves.
MOST_FOLDED, MOST_CHANGED = 60_000, 200_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs one after the other: shown, or folded where they stayed. `lines` is empty where it is too much for a page."""

    lines: list[Line]
    paragraphs: int
    is_folded: bool

    @property
    def is_left_out(self) -> bool:
        """Say whether the paragraphs do not stand in the page at all."""
        return not self.lines


def stretches(lines: list[Line]) -> list[Stretch]:
    """Return the paragraphs of a comparison in order, the long runs that stayed folded."""
    left = {True: MOST_FOLDED, False: MOST_CHANGED}
    found: list[Stretch] = []
    for run, is_folded in _runs(lines):
        kept: list[Line] = []
        for line in run:
            left[is_folded] -= sum(len(span.text) for span in line.spans)
            if left[is_folded] < 0:
                break
            kept.append(line)
        if kept and (not is_folded or len(kept) == len(run)):
            found.append(Stretch(kept, len(kept), is_folded))
        else:
            kept = []
        if len(kept) < len(run):
            found.append(Stretch([], len(run) - len(kept), is_folded))
    return found


def _runs(lines: list[Line]) -> Iterator[tuple[list[Line], bool]]:
    """Give the paragraphs in runs, with whether to fold them."""
    runs = [(is_same, list(run)) for is_same, run in groupby(lines, key=lambda line: line.is_same)]
    shown: list[Line] = []
    for number, (is_same, run) in enumerate(runs):
        before = AROUND if number else 0
        after = AROUND if number < len(runs) - 1 else 0
        if not is_same or len(run) - before - after < NOT_FOLDED:
            shown += run
            continue
        shown += run[:before]
        if shown:
            yield shown, False
        yield run[before : len(run) - after], True
        shown = run[len(run) - after :]
    if shown:
        yield shown, False
