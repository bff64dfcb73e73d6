"""The repaired lines of a page, in blocks, and the record of what was furniture or doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.importing.reading.page import Doubt, LineUse, Repair
from articles.importing.reading.repairs import repair_line


@dataclass(frozen=True, slots=True)
class Line:
    """One line, repaired and stripped; `number` counts from 1 in the file."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines with no empty one between them; `gap` is how many empty lines stand before, `after` how many follow."""

    lines: tuple[Line, ...]
    gap: int
    after: int = 0

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(line.text for line in self.lines)

    @property
    def number(self) -> int:
        """Its first line."""
        return self.lines[0].number

    @property
    def numbers(self) -> tuple[int, ...]:
        """All its lines."""
        return tuple(line.number for line in self.lines)


@dataclass(slots=True)
class Notes:
    """What the reading rules leave behind: furniture, doubts, repairs."""

    furniture: list[LineUse] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)

    def put_aside(self, line: Line, rule: str) -> None:
        """Record a line that is no part of the story."""
        self.furniture.append(LineUse(line.number, line.text, rule))


def repaired_lines(text: str, notes: Notes) -> list[Line]:
    """Split text at LF and repair each line."""
    lines = []
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw:
            lines.append(Line(number, ""))
            continue
        mended, steps = repair_line(raw, number)
        notes.repairs += steps
        lines.append(Line(number, mended.strip()))
    return lines


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Group lines at empty ones."""
    found: list[Block] = []
    run: list[Line] = []
    gap = next_gap = 0
    for line in [*lines, Line(0, "")]:
        if line.text:
            if not run:
                gap = next_gap
                next_gap = 0
            run.append(line)
        else:
            if run:
                found.append(Block(tuple(run), gap))
                run = []
            next_gap += 1
    return [
        Block(block.lines, block.gap, found[index + 1].gap if index + 1 < len(found) else 0)
        for index, block in enumerate(found)
    ]
