"""Reads the sample's stories: a few lines of facts, then text in a light notation, one paragraph a line.

    section: city                       ## a subhead
    headline: The ferry is back         > a quotation        >> a pull quote
    by: layla-haddane, a (photographer) - a list             1. a numbered list
    when: yesterday 18:05               | a row | of a table |
                                        !harbour             a picture, by its name in `pictures.py`
    First paragraph.                    Q Name: question     A Name: answer (A alone goes on)

A line `=== correction 3 hours later: what was wrong` begins a further edition: facts that change, then its text whole.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

from articles import prose

FOLDER = Path(__file__).parent / "stories"

_FACT = re.compile(r"([a-z-]+): ?(.*)")
_EDITION = re.compile(r"=== (update|correction|clarification) (\d+) (minute|hour|day)s? later: (.+)")
_TURN = re.compile(r"([QA])(?: ([^:]+))?: (.+)")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_SECONDS = {"minute": 60, "hour": 3600, "day": 86_400}


class Unreadable(Exception):
    """A story of the sample is not written as `notation` reads it; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Later:
    """A further edition: what sort, how many seconds after the first, its note, changed facts and whole text."""

    kind: str
    after: int
    note: str
    facts: Mapping[str, str]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A story as it was written for the sample."""

    name: str
    facts: Mapping[str, str]
    lines: tuple[str, ...]
    later: tuple[Later, ...]

    @property
    def pictures(self) -> list[str]:
        """Return the names of its pictures: the ones it is given, then the ones in its text."""
        given = [one.strip() for one in self.facts.get("pictures", "").split(",") if one.strip()]
        in_text = [line[1:].strip() for line in self.lines if line.startswith("!")]
        return list(dict.fromkeys([*given, *in_text]))


def manuscripts() -> Iterator[Manuscript]:
    """Return every story of the sample, in the order of its files' names."""
    for file in sorted(FOLDER.glob("*.txt")):
        yield read(file.stem, file.read_text(encoding="utf-8"))


def read(name: str, text: str) -> Manuscript:
    """Return the story in `text`; raises `Unreadable`."""
    first, *rest = re.split(r"(?m)^(?==== )", text)
    facts, lines = _parts(name, first)
    later = []
    for part in rest:
        head, _, below = part.partition("\n")
        found = _EDITION.fullmatch(head.strip())
        if found is None:
            raise Unreadable(f"{name}: “{head.strip()}” begins no edition.")
        changed, body = _parts(name, below)
        after = int(found[2]) * _SECONDS[found[3]]
        later.append(Later(found[1], after, found[4], {**facts, **changed}, body or lines))
    return Manuscript(name, facts, lines, tuple(later))


def _parts(name: str, text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the facts at the head of `text` and the lines of its body; either may be missing in a later edition."""
    head, _, below = ("", "", text) if text.startswith("\n") else text.partition("\n\n")
    facts: dict[str, str] = {}
    for line in head.splitlines():
        found = _FACT.fullmatch(line.strip())
        if found is None:
            raise Unreadable(f"{name}: “{line}” is no fact. Write it as headline: …")
        facts[found[1]] = found[2].strip()
    return facts, tuple(line.strip() for line in below.splitlines() if line.strip())


def markup(lines: tuple[str, ...], figure: Callable[[str], str]) -> str:
    """Return the text as body markup; `figure` gives the markup of a picture by its name."""
    made: list[str] = []
    for kind, group in groupby(lines, key=_kind):
        rows = list(group)
        if kind == "list":
            made.append(f"<ul>{''.join(f'<li>{_inline(row[2:])}</li>' for row in rows)}</ul>")
        elif kind == "numbers":
            texts = [row.partition(". ")[2] for row in rows]
            made.append(f"<ol>{''.join(f'<li>{_inline(text)}</li>' for text in texts)}</ol>")
        elif kind == "table":
            made.append(_table(rows))
        else:
            made += [_line(row, figure) for row in rows]
    return "\n".join(made)


def _kind(line: str) -> str:
    if line.startswith("- "):
        return "list"
    if re.match(r"\d+\. ", line):
        return "numbers"
    return "table" if line.startswith("|") else "lines"


def _line(line: str, figure: Callable[[str], str]) -> str:
    if line.startswith("!"):
        return figure(line[1:].strip())
    for mark, opening, closing in (
        ("## ", "<h2>", "</h2>"),
        (">> ", '<blockquote class="pull"><p>', "</p></blockquote>"),
        ("> ", "<blockquote><p>", "</p></blockquote>"),
    ):
        if line.startswith(mark):
            return f"{opening}{_inline(line.removeprefix(mark))}{closing}"
    turn = _TURN.fullmatch(line)
    if turn:
        return prose.turn("question" if turn[1] == "Q" else "answer", turn[2] or "", turn[3])
    return f"<p>{_inline(line)}</p>"


def _table(rows: list[str]) -> str:
    cells = [[_inline(cell.strip()) for cell in row.strip("|").split("|")] for row in rows]
    head = "".join(f"<th>{cell}</th>" for cell in cells[0])
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells[1:])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _inline(text: str) -> str:
    safe = escape(text, quote=False)
    safe = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", safe)
    safe = re.sub(r"\*([^*\s][^*]*)\*", r"<em>\1</em>", safe)
    return _LINK.sub(r'<a href="\2">\1</a>', safe)
