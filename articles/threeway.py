"""Merges what two people made of one story: field by field, the body by paragraphs; only what both touched is asked."""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from articles.models import Contents

TEXTS = (
    "headline",
    "slug",
    "kicker",
    "standfirst",
    "dateline",
    "language",
    "section",
    "note",
)
# Beyond this many paragraphs on a side, aligning them would keep the writer waiting: each stands as it is.
MOST_BLOCKS = 4_000

_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)(?:[^">]|"[^"]*")*>')
_VOID = frozenset({"br", "hr"})


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing that both changed: `field` of the contents, and which part of it where the field has parts.

    `part` is the paragraph's place in the merged body, or the row's name; None where the field is one text.
    """

    field: str
    part: int | str | None
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged contents, in which theirs stands wherever both changed the same, and what is to be asked."""

    contents: Contents
    clashes: tuple[Clash, ...]


def merge(base: Contents, mine: Contents, theirs: Contents) -> Merged:
    """Return `mine` and `theirs`, both made from `base`, as one."""
    merged: dict[str, Any] = {}
    clashes: list[Clash] = []
    for name in TEXTS:
        was, ours, others = (getattr(one, name) for one in (base, mine, theirs))
        merged[name] = _value(name, None, was, ours, others, clashes)
    merged["body"] = merge_bodies(base.body, mine.body, theirs.body, clashes)
    for name, key in (("bylines", _by_person), ("pictures", _by_picture), ("tags", str)):
        was, ours, others = (getattr(one, name) for one in (base, mine, theirs))
        merged[name] = _rows(name, key, was, ours, others, clashes)
    merged["unfinished"] = _mapping(
        "unfinished", base.unfinished, mine.unfinished, theirs.unfinished, clashes
    )
    return Merged(theirs.changed(**merged), tuple(clashes))


def _by_person(line: Any) -> Hashable:
    return f"{line.contributor}, {line.role}"


def _by_picture(one: Any) -> Hashable:
    return int(one.picture)


def _value(
    field: str, part: int | str | None, base: Any, mine: Any, theirs: Any, clashes: list[Clash]
) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    clashes.append(Clash(field, part, base, mine, theirs))
    return theirs


def _mapping(
    field: str,
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    clashes: list[Clash],
) -> dict[str, Any]:
    names = dict.fromkeys([*theirs, *mine])
    merged = {
        name: _value(field, name, base.get(name), mine.get(name), theirs.get(name), clashes) for name in names
    }
    return {name: value for name, value in merged.items() if value is not None}


def _rows(
    field: str,
    key: Any,
    base: Sequence[Any],
    mine: Sequence[Any],
    theirs: Sequence[Any],
    clashes: list[Clash],
) -> tuple[Any, ...]:
    """Merge lists whose rows have a key each: what either took out goes, what either put in comes."""
    was, ours, others = ({key(row): row for row in rows} for rows in (base, mine, theirs))
    moved = [one for one in ours if one in was] != [one for one in was if one in ours]
    moved = moved or list(others) == list(
        was
    )  # nobody else touched the order: a row put in first stays first
    order = [*ours, *others] if moved else [*others, *ours]
    merged = {}
    for one in dict.fromkeys(order):
        row = _value(field, str(one), was.get(one), ours.get(one), others.get(one), clashes)
        if row is not None:
            merged[one] = row
    return tuple(merged.values())


@dataclass(frozen=True, slots=True)
class Hunk:
    """Paragraphs `start` to `end` of the base, and what one side made of them."""

    start: int
    end: int
    made: tuple[str, ...]

    def meets(self, other: "Hunk") -> bool:
        """Say whether two hunks touch the same paragraph; two that only insert at one place do not."""
        if self.start == self.end and other.start == other.end:
            return False
        return self.start < other.end and other.start < self.end


def merge_bodies(base: str, mine: str, theirs: str, clashes: list[Clash]) -> str:
    """Return one clean body made of two; add to `clashes` each paragraph that both changed, theirs standing."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    was, ours, others = (blocks(one) for one in (base, mine, theirs))
    mine_changed, theirs_changed = _hunks(was, ours), _hunks(was, others)
    if mine_changed is None or theirs_changed is None:
        clashes.append(Clash("body", None, base, mine, theirs))
        return theirs
    kept: list[str] = []
    at = 0
    for group in _groups(mine_changed, theirs_changed):
        (start, end), of_mine, of_theirs = group
        kept += was[at:start]
        at = end
        before = "".join(was[start:end])
        made, other = _made(was, start, end, of_mine), _made(was, start, end, of_theirs)
        if not of_mine or not of_theirs or made == other:
            kept += made if of_mine else other
        elif start == end:
            kept += [*other, *made]
        else:
            clashes.append(Clash("body", len(kept), before, "".join(made), "".join(other)))
            kept += other
    kept += was[at:]
    return ("\n" if ">\n<" in theirs or ">\n<" in mine else "").join(kept)


def _made(was: Sequence[str], start: int, end: int, hunks: Sequence[Hunk]) -> list[str]:
    """Return the paragraphs `start` to `end` as one side has them."""
    made: list[str] = []
    at = start
    for hunk in hunks:
        made += [*was[at : hunk.start], *hunk.made]
        at = hunk.end
    return [*made, *was[at:end]]


Group = tuple[tuple[int, int], list[Hunk], list[Hunk]]


def _groups(mine: list[Hunk], theirs: list[Hunk]) -> list[Group]:
    """Return the hunks of both sides in order, those that meet taken together."""
    found: list[Group] = []
    tagged = sorted(
        [(hunk, 0) for hunk in mine] + [(hunk, 1) for hunk in theirs],
        key=lambda one: (one[0].start, one[0].end, 1 - one[1]),
    )
    for hunk, side in tagged:
        if found:
            (start, end), ours, others = found[-1]
            both_insert = start == end == hunk.start == hunk.end
            if both_insert or Hunk(start, end, ()).meets(hunk):
                (ours, others)[side].append(hunk)
                found[-1] = ((start, max(end, hunk.end)), ours, others)
                continue
        found.append(((hunk.start, hunk.end), [hunk] if side == 0 else [], [hunk] if side else []))
    return found


def _hunks(was: list[str], now: list[str]) -> list[Hunk] | None:
    """Return what changed from `was` to `now`; paragraphs rewritten one for one are hunks of their own.

    None where between the first and the last that changed there are too many to be compared.
    """
    head = next(
        (n for n, (one, other) in enumerate(zip(was, now, strict=False)) if one != other),
        min(len(was), len(now)),
    )
    left = min(len(was), len(now)) - head
    backwards = zip(reversed(was), reversed(now), strict=False)
    tail = next((n for n, (one, other) in enumerate(backwards) if n >= left or one != other), left)
    old, new = was[head : len(was) - tail], now[head : len(now) - tail]
    if max(len(old), len(new)) > MOST_BLOCKS:
        return None
    found: list[Hunk] = []
    for change, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            continue
        start, end, begin, stop = (head + place for place in places)
        if end - start == stop - begin:
            found += [Hunk(start + n, start + n + 1, (now[begin + n],)) for n in range(end - start)]
        elif end > start and stop > begin:
            found += _aligned(was, now, (start, end), (begin, stop))
        else:
            found.append(Hunk(start, end, tuple(now[begin:stop])))
    return found


def _aligned(was: list[str], now: list[str], old: tuple[int, int], new: tuple[int, int]) -> list[Hunk]:
    """Pair rewritten paragraphs with those they most resemble, in order; the rest came or went."""
    found, (at, end), begin = [], old, new[0]
    for place in range(*new):
        likest = max(range(at, end), key=lambda n: _likeness(was[n], now[place]), default=None)
        if likest is None or _likeness(was[likest], now[place]) < 0.4:
            continue
        if likest > at or place > begin:
            found.append(Hunk(at, likest, tuple(now[begin:place])))
        found.append(Hunk(likest, likest + 1, (now[place],)))
        at, begin = likest + 1, place + 1
    if at < end or begin < new[1]:
        found.append(Hunk(at, end, tuple(now[begin : new[1]])))
    return found


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.split()[:400], other.split()[:400], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= 0.4 else 0.0


def blocks(body: str) -> list[str]:
    """Return the paragraphs of a clean body: its outermost elements, each with its tags, and loose text as it is."""
    found: list[str] = []
    depth, begin, end = 0, 0, 0
    for tag in _TAG.finditer(body):
        if depth == 0:
            _add_loose(found, body[end : tag.start()])
            begin = tag.start()
        if tag[1]:
            depth = max(0, depth - 1)
        elif tag[2] not in _VOID:
            depth += 1
        if depth == 0:
            found.append(body[begin : tag.end()])
        end = tag.end()
    if depth:
        found.append(body[begin:])
    else:
        _add_loose(found, body[end:])
    return found


def _add_loose(found: list[str], text: str) -> None:
    if text.strip():
        found.append(text.strip())
