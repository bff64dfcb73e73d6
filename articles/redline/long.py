"""What changed between two texts of any length, in bounded time: what is the same is set aside first, the rest by words.

Paragraphs that stand once in both texts, and in the same order, are held to be the same ones ("patience", after
Bram Cohen), so that three megabytes of which a sentence changed cost no more than the sentence. What lies between two of
them is compared by words as long as that is not too much; else its paragraphs went and came whole.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from articles.redline import Line, Span, redline

# Words of one text times words of the other: in one stretch between two paragraphs that stayed, and in all of them.
MOST_IN_A_STRETCH = 1_500_000
MOST_IN_ALL = 6_000_000


@dataclass(frozen=True, slots=True)
class Compared:
    """The paragraphs of both texts in one order; `is_by_words` where none was too much to be compared word by word."""

    lines: list[Line]
    is_by_words: bool


def compared(before: str, after: str) -> Compared:
    """Return the paragraphs (lines) of both texts, with what went and came marked."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    left, is_by_words = MOST_IN_ALL, True
    at, to = 0, 0
    for start, begin in [*_anchors(old, new), (len(old), len(new))]:
        gone, came = old[at:start], new[to:begin]
        work = _work(gone, came)
        if work <= min(left, MOST_IN_A_STRETCH):
            lines += _old_first(redline("\n".join(gone), "\n".join(came))) if gone or came else []
            left -= work
        else:
            is_by_words = False
            lines += [_whole("gone", text) for text in gone] + [_whole("new", text) for text in came]
        if start < len(old):
            lines.append(_whole("same", old[start]))
        at, to = start + 1, begin + 1
    return Compared(lines, is_by_words)


def _old_first(lines: list[Line]) -> list[Line]:
    """Return the paragraphs with those that went whole before those that came in their place."""
    found: list[Line] = []
    came: list[Line] = []
    for line in lines:
        kinds = {span.kind for span in line.spans}
        if kinds == {"new"}:
            came.append(line)
        elif kinds == {"gone"}:
            found.append(line)
        else:
            found += [*came, line]
            came = []
    return found + came


def _work(old: list[str], new: list[str]) -> int:
    """Return what comparing two stretches costs: nothing where one of them is empty, else words times words."""
    if not old or not new:
        return 0
    return sum(len(text.split()) + 1 for text in old) * sum(len(text.split()) + 1 for text in new)


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return the places (in old, in new) of paragraphs that stayed: the equal ends, and between them those said once."""
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    ended, stopped = len(old) - tail, len(new) - tail
    middle = _said_once(old, new, head, ended, stopped)
    return (
        [(at, at) for at in range(head)]
        + middle
        + list(zip(range(ended, len(old)), range(stopped, len(new)), strict=True))
    )


def _said_once(old: list[str], new: list[str], head: int, ended: int, stopped: int) -> list[tuple[int, int]]:
    """Return the longest run, in the order of both, of paragraphs that each text says once between its equal ends."""
    was, now = Counter(old[head:ended]), Counter(new[head:stopped])
    place = {old[at]: at for at in range(head, ended) if was[old[at]] == 1}
    pairs = [(place[new[at]], at) for at in range(head, stopped) if now[new[at]] == 1 and new[at] in place]
    tops: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for number, (start, _) in enumerate(pairs):
        pile = bisect_left(tops, start)
        before.append(last[pile - 1] if pile else None)
        if pile == len(tops):
            tops.append(start)
            last.append(number)
        else:
            tops[pile], last[pile] = start, number
    run: list[tuple[int, int]] = []
    at = last[-1] if last else None
    while at is not None:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _whole(kind: str, text: str) -> Line:
    return Line((Span(kind, text),))  # type: ignore[arg-type]
