"""The body of a story: paragraphs, verse, the particulars of a book, turns of speech, and the dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.importing.reading.datelines import find_dateline
from articles.importing.reading.folding import plain
from articles.importing.reading.interviews import Turn, find_style, turns
from articles.importing.reading.lines import Block, Line, Notes
from articles.importing.reading.page import Dateline, Fact, Paragraph, QuestionStyle, Repair
from articles.importing.reading.paper import Paper

_PARTICULAR = re.compile(
    r"\W*(?:(?:written |edited |translated |directed )?by ?:? \S|(?:published|publisher|translated|translation|edited|author|editor|pages|price"
    r"|isbn|director|starring|hardcover|paperback)\b|\d{1,4} ?(?:pages|pp)\b|[$£€] ?\d)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|written by|reported by)\s?:?\s(?P<name>[^\W\d_][^|:;!?\d]{2,60})", re.IGNORECASE)
_ENDS = ".!?…”’\"'):]؟»"


@dataclass(frozen=True, slots=True)
class Body:
    """What a story's text was read into."""

    paragraphs: tuple[Paragraph, ...]
    dateline: Dateline | None
    question_style: QuestionStyle | None
    printed_byline: Fact[str] | None


def read_body(found: Sequence[Block], *, paper: Paper, notes: Notes, captions: Sequence[str] = ()) -> Body:
    """Read the blocks that are left when the pictures are taken out."""
    blocks = list(found)
    byline = _take_byline(blocks)
    style = find_style([line.text for block in blocks for line in block.lines], paper=paper)
    paragraphs: list[Paragraph] = []
    if style:
        paragraphs = _spoken(blocks, style, paper, notes)
    else:
        for block in blocks:
            paragraphs += _paragraphs(block, notes)
    if paragraphs and captions:
        paragraphs[0] = _without_caption(paragraphs[0], captions, notes)
    _join_lone_dateline(paragraphs, paper)
    dateline = None
    for index, paragraph in enumerate(paragraphs[:3]):
        if paragraph.role != "plain":
            continue
        opened = find_dateline(paragraph.text, paper=paper, line=paragraph.line)
        if opened and (index == 0 or opened[0].organisation):
            dateline = opened[0]
            paragraphs[index] = replace(paragraph, text=opened[1])
            break
    return Body(tuple(paragraphs), dateline, style, byline)


def _join_lone_dateline(paragraphs: list[Paragraph], paper: Paper) -> None:
    """A dateline that stands in a paragraph of its own belongs to the next one."""
    if (
        len(paragraphs) < 2
        or len(paragraphs[0].text) > 80
        or {paragraphs[0].role, paragraphs[1].role} != {"plain"}
    ):
        return
    both = f"{paragraphs[0].text} {paragraphs[1].text}"
    opened = find_dateline(both, paper=paper, line=paragraphs[0].line)
    if opened and opened[0].printed == paragraphs[0].text:
        numbers = paragraphs[0].lines + paragraphs[1].lines
        paragraphs[:2] = [replace(paragraphs[1], text=both, line=paragraphs[0].line, lines=numbers)]


def ends_whole(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return not text or text.rstrip()[-1:] in _ENDS


def is_particulars(lines: Sequence[Line]) -> bool:
    """Whether short lines give a reviewed book's writer, pages and publisher."""
    if len(lines) < 2 or any(len(line.text) > 140 for line in lines):
        return False
    hits = sum(bool(_PARTICULAR.match(line.text)) for line in lines)
    return hits >= 2 and hits >= len(lines) - 2


def _take_byline(blocks: list[Block]) -> Fact[str] | None:
    """“By Name” alone in a block at the beginning or the end is who wrote it."""
    for index in (0, 1, len(blocks) - 1):
        if not 0 <= index < len(blocks) or len(blocks) < 2:
            continue
        block = blocks[index]
        found = _BYLINE.fullmatch(block.text.strip().rstrip("."))
        if (
            found
            and len(block.lines) == 1
            and all(word[0].isupper() or len(word) <= 3 for word in found.group("name").split())
        ):
            del blocks[index]
            return Fact(found.group("name").strip(), block.number, "printed-byline")
    return None


def _paragraphs(block: Block, notes: Notes) -> list[Paragraph]:
    """A block as one paragraph, as several, as verse or as particulars."""
    lines = block.lines
    if len(lines) == 1:
        return [Paragraph(lines[0].text, lines[0].number, lines=block.numbers)]
    if is_particulars(lines):
        return [_joined(lines, "\n", "particulars")]
    ended = sum(ends_whole(line.text) for line in lines[:-1])
    longest = max(len(line.text) for line in lines)
    if len(lines) >= 3 and longest <= 100 and ended * 2 <= len(lines) - 1 and _is_wrapped(lines):
        was = f"lines {lines[0].number} to {lines[-1].number}"
        notes.repairs.append(Repair(0, "unwrapped-lines", was, "one paragraph"))
        return [_joined(lines, " ", "plain")]
    if longest <= 80 and ended < len(lines) - 1:
        return [_joined(lines, "\n", "verse")]
    return [Paragraph(line.text, line.number, lines=(line.number,)) for line in lines]


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines were broken at a width: all but the last nearly as long as the longest, sentences running on."""
    longest = max(len(line.text) for line in lines)
    full = sum(len(line.text) >= longest - 14 for line in lines[:-1])
    small = sum(line.text[0].islower() for line in lines[1:])
    return longest >= 35 and full * 10 >= (len(lines) - 1) * 8 and small * 2 >= len(lines) - 1


def _joined(lines: Sequence[Line], glue: str, role: str) -> Paragraph:
    text = glue.join(line.text for line in lines)
    numbers = tuple(line.number for line in lines)
    if role == "particulars":
        return Paragraph(text, lines[0].number, "particulars", lines=numbers)
    return Paragraph(text, lines[0].number, "verse" if role == "verse" else "plain", lines=numbers)


def _spoken(blocks: Sequence[Block], style: QuestionStyle, paper: Paper, notes: Notes) -> list[Paragraph]:
    """Paragraphs with their speakers; a label alone belongs to the paragraph below, an answer runs on to the next label."""
    spoken: list[Paragraph] = []
    said = turns(style, [line.text for block in blocks for line in block.lines], paper=paper)
    at = 0
    current: Turn | None = None
    waiting: tuple[int, Turn] | None = None
    for block in blocks:
        own = said[at : at + len(block.lines)]
        at += len(block.lines)
        units = (
            _units(block, own, notes)
            if any(own)
            else [(paragraph, None) for paragraph in _paragraphs(block, notes)]
        )
        for paragraph, turn in units:
            if turn:
                current = turn
                if not turn.rest:
                    waiting = (paragraph.line, turn)
                    continue
                waiting = None
                spoken.append(
                    replace(paragraph, text=turn.rest, role=turn.role, speaker=turn.speaker, label=turn.label)
                )
            elif current and paragraph.role == "plain":
                label = waiting[1].label if waiting else None
                numbers = (waiting[0], *paragraph.lines) if waiting else paragraph.lines
                waiting = None
                spoken.append(
                    replace(paragraph, role=current.role, speaker=current.speaker, label=label, lines=numbers)
                )
            else:
                spoken.append(paragraph)
    if waiting:
        notes.put_aside(Line(waiting[0], waiting[1].label), "speaker-label-without-text")
    return spoken


def _units(block: Block, own: Sequence[Turn | None], notes: Notes) -> list[tuple[Paragraph, Turn | None]]:
    """The lines of a block that holds labels: a label begins a paragraph, other lines stand for themselves."""
    return [
        (Paragraph(line.text, line.number, lines=(line.number,)), turn)
        for line, turn in zip(block.lines, own, strict=True)
    ]


def _without_caption(paragraph: Paragraph, captions: Sequence[str], notes: Notes) -> Paragraph:
    """Take a caption's copy off a paragraph that runs on behind it."""
    for caption in captions:
        if len(caption) < 30 or not plain(paragraph.text).startswith(plain(caption)):
            continue
        rest = paragraph.text[len(caption) :].lstrip()
        if rest:
            was = paragraph.text[: len(paragraph.text) - len(rest)]
            notes.put_aside(Line(paragraph.line, was), "caption-copy")
            return replace(paragraph, text=rest)
    return paragraph
