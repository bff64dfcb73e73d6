"""Pictures as the page names them: "Media ID:", "Caption:", the caption and its copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from articles.importing.reading.credits import has_credit, split_credit
from articles.importing.reading.datelines import find_dateline
from articles.importing.reading.dates import first_day
from articles.importing.reading.folding import fold
from articles.importing.reading.lines import Block, Line, Notes
from articles.importing.reading.page import CaptionForm, CaptionState, Doubt, MediaBlock
from articles.importing.reading.paper import Paper

_ID = re.compile(r"Media ID ?[:#-]? ?(?P<id>\d{4,12})?(?P<bad>\S{0,40}) ?(?=$|Caption)", re.IGNORECASE)
_LABEL = re.compile(r"Caption ?: ?", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[.…!?)”’\"\]])\s?(?=Media ID ?: ?\d|Caption ?: ?(?:$|[^\W_]))")
_CUES = re.compile(
    r"\b(?:file (?:photo|picture)|(?:is|are) (?:seen|pictured|shown)|(?:undated|handout|combination|aerial) (?:photo|picture|image|handout)"
    r"|(?:poses?|gestures?|shakes? hands|waves?|smiles?|looks? on|speaks? (?:at|during|to)|attends?|stands? (?:at|in|near|next)|walks? (?:past|in))"
    r"\b|in this (?:photo|picture|image)|photo taken)|\((?:L|R|C|left|right|center|centre)\)|, (?:left|right|center|centre),",
)
_SPOKEN = re.compile(r"\[|\(?[QA] ?\d{0,3}[):.]|[^:]{2,40}: ")
_LONGEST = 1_200


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or a line of it that is a picture's label."""

    kind: Literal["id", "label", "text"]
    block: Block
    media_id: str | None = None


def split_glued(lines: Sequence[Line]) -> list[Line]:
    """Give a label that runs on behind a sentence a line of its own, with the same number."""
    split: list[Line] = []
    for line in lines:
        if "Media ID" not in line.text and "Caption" not in line.text:
            split.append(line)
            continue
        split += [Line(line.number, part) for part in _GLUED.split(line.text) if part] or [line]
    return split


def pieces(found: Sequence[Block], notes: Notes) -> list[Piece]:
    """Take blocks apart where a label stands."""
    taken: list[Piece] = []
    for block in found:
        run: list[Line] = []
        parts: list[tuple[Literal["id", "label", "text"], list[Line], str | None]] = []
        for line in block.lines:
            labels = _labels(line, notes)
            if labels and run:
                parts.append(("text", run, None))
                run = []
            parts += [(label, [line], media_id) for label, media_id in labels]
            rest = _behind_labels(line.text) if labels else line.text
            if rest:
                run.append(Line(line.number, rest))
        if run:
            parts += _apart(run) if parts else [("text", run, None)]
        for index, (kind, lines, media_id) in enumerate(parts):
            gap = block.gap if index == 0 else 0
            after = block.after if index == len(parts) - 1 else 0
            taken.append(Piece(kind, Block(tuple(lines), gap, after), media_id))
    return taken


def _apart(run: list[Line]) -> list[tuple[Literal["id", "label", "text"], list[Line], str | None]]:
    """Text right below a label: where empty lines were lost, a caption and the paragraphs stand line by line."""
    if len(run) > 1 and (has_credit(run[0].text) or any(len(line.text) > 150 for line in run)):
        return [("text", [line], None) for line in run]
    return [("text", run, None)]


def _labels(line: Line, notes: Notes) -> list[tuple[Literal["id", "label"], str | None]]:
    """The labels that a line begins with."""
    text = line.text
    labels: list[tuple[Literal["id", "label"], str | None]] = []
    found = _ID.match(text)
    if found and (found.group("id") or found.group("bad") or len(text) <= 12):
        if found.group("bad") or not found.group("id"):
            notes.doubts.append(_bad_id(line))
        labels.append(("id", found.group("id") if not found.group("bad") else None))
        text = text[found.end() :]
    if _LABEL.match(text):
        labels.append(("label", None))
    return labels


def _bad_id(line: Line) -> Doubt:
    return Doubt(
        line.number, f"“{line.text[:60]}” names no Media ID of 4 to 12 digits; the picture stays without one."
    )


def _behind_labels(text: str) -> str:
    found = _ID.match(text)
    if found:
        text = text[found.end() :]
    label = _LABEL.match(text)
    return text[label.end() :].strip() if label else text.strip()


def take_media(
    found: Sequence[Piece], *, headline: str | None, paper: Paper, under_header: bool, notes: Notes
) -> tuple[list[MediaBlock], list[Block]]:
    """Read all pictures of a story and give the blocks that are left for its text.

    A caption needs no label when it ends in a credit, is repeated, repeats the headline, or stands before a dateline; what
    follows a label and shows no such sign is the story's own text, and the caption empty.
    """
    media: list[MediaBlock] = []
    rest: list[Block] = []
    at = 0
    while at < len(found):
        piece = found[at]
        if piece.kind == "text":
            copies = _copies(found, at)
            loose = (
                not rest and not media and _is_loose_caption(found, at, copies, headline, paper, under_header)
            )
            if not loose:
                rest.append(piece.block)
                at += 1
                continue
            media.append(_block(None, (), found[at : at + copies], "caption-above-text", False, 0))
            at += copies
            continue
        labels = [piece]
        at += 1
        while (
            at < len(found)
            and found[at].kind == "label"
            and not any(label.kind == "label" for label in labels)
        ):
            labels.append(found[at])
            at += 1
        labelled = any(label.kind == "label" for label in labels)
        copies = 0
        if at < len(found) and found[at].kind == "text" and _is_caption(found, at, headline, paper, labelled):
            copies = _copies(found, at)
        elif (
            at < len(found) and found[at].kind == "text" and not labelled and len(found[at].block.text) <= 300
        ):
            sentence = "This may be the picture's caption: nothing tells it from the story's first paragraph, which it became."
            notes.doubts.append(Doubt(found[at].block.number, sentence))
        rule = "media-label" if piece.kind == "id" else "caption-label"
        media.append(_block(piece.media_id, labels, found[at : at + copies], rule, labelled, len(rest)))
        at += copies
    return media, rest


def _copies(found: Sequence[Piece], at: int) -> int:
    """How many pieces from here on say the same; a copy may break off."""
    first = found[at].block.text[:_LONGEST]
    end = at + 1
    while end < len(found) and end - at < 12 and found[end].kind == "text":
        if not _is_copy(first, found[end].block.text[:_LONGEST]):
            break
        end += 1
    return end - at


def _is_copy(first: str, other: str) -> bool:
    if first[0].isalnum() and other[0].isalnum() and fold(first[:3])[:1] != fold(other[:3])[:1]:
        return False
    first, other = fold(first), fold(other)
    return other == first or (len(other) >= 40 and len(other) >= 0.6 * len(first) and first.startswith(other))


def _is_loose_caption(
    found: Sequence[Piece], at: int, copies: int, headline: str | None, paper: Paper, under_header: bool
) -> bool:
    """A caption with neither Media ID nor label: repeated, or right under the page's header and no prose."""
    block = found[at].block
    if len(block.text) > _LONGEST or at + copies >= len(found):
        return False
    if copies > 1:
        return True
    if not under_header or block.gap or at:
        return False
    # A body stands below an empty line, what stands right under the menu is a picture's text.
    below = [piece for piece in found[1:3] if piece.kind == "text"]
    short = len(block.lines) == 1 and len(block.text) <= 300 and block.after > 0 and len(below) == 2
    if (
        short
        and not _SPOKEN.match(block.text)
        and not find_dateline(block.text, paper=paper, line=block.number)
    ):
        return True
    return _is_caption(found, at, headline, paper, True)


def _is_caption(found: Sequence[Piece], at: int, headline: str | None, paper: Paper, labelled: bool) -> bool:
    """Whether the text behind a label is the caption; see `take_media`."""
    block = found[at].block
    text = block.text
    following = [piece.block for piece in found[at + 1 : at + 3] if piece.kind == "text"]
    if len(text) > _LONGEST or find_dateline(text, paper=paper, line=block.number):
        return False
    if _copies(found, at) > 1 or has_credit(text) or (headline is not None and fold(text) == fold(headline)):
        return True
    if not following:
        return labelled and len(text) <= 600
    if len(block.lines) > 1:
        return False
    sentence = text[-1] in '.!?…”’")'
    if not sentence and len(text) <= 200:
        return True
    if labelled and block.after >= 2 and block.gap <= 1:
        return True
    if len(text) <= 600 and find_dateline(following[0].text, paper=paper, line=0):
        return True
    return len(text) <= 400 and _CUES.search(text) is not None


def _block(
    media_id: str | None,
    labels: Sequence[Piece],
    copies: Sequence[Piece],
    rule: str,
    labelled: bool,
    position: int,
) -> MediaBlock:
    texts = [piece.block.text for piece in copies]
    lines = [number for piece in (*labels, *copies) for number in piece.block.numbers]
    has_id = any(label.kind == "id" for label in labels)
    return make_media(
        media_id,
        texts,
        lines=lines,
        rule=rule,
        labelled=labelled,
        has_id=has_id,
        position=position,
        caption_line=copies[0].block.number if copies else 0,
    )


def make_media(
    media_id: str | None,
    texts: Sequence[str],
    *,
    lines: Sequence[int],
    rule: str,
    labelled: bool,
    has_id: bool,
    position: int = 0,
    caption_line: int = 0,
) -> MediaBlock:
    """A picture from the copies of its caption: the first is kept, others only where they differ in words."""
    caption = texts[0] if texts else None
    state: CaptionState = "present" if caption else ("empty" if labelled else "absent")
    same = sum(fold(text) == fold(texts[0]) for text in texts)
    words, credit = split_credit(caption) if caption else (None, None)
    form: CaptionForm
    if not has_id:
        form = "M7"
    elif labelled:
        form = "M5" if not texts else ("M1" if same > 1 else "M2")
    else:
        form = "M6" if not texts else ("M4" if same > 1 else "M3")
    return MediaBlock(
        media_id=media_id,
        caption=caption,
        caption_state=state,
        caption_text=words,
        credit=credit,
        caption_date=first_day(words, line=caption_line, where="caption") if words else None,
        form=form,
        line=min(lines),
        rule=rule,
        lines=tuple(sorted(set(lines))),
        copies=len(texts),
        alternatives=tuple(
            dict.fromkeys(text for text in texts[1:] if caption and fold(text) != fold(caption))
        ),
        position=position,
    )
