"""Lists: the stories that a category, tag or author page shows, in whatever form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from articles.importing.reading.captions import Piece, make_media
from articles.importing.reading.credits import has_credit
from articles.importing.reading.datelines import find_dateline
from articles.importing.reading.dates import only_date
from articles.importing.reading.folding import fold
from articles.importing.reading.lines import Line, Notes
from articles.importing.reading.page import Byline, Entry, Fact, Label, MediaBlock, PrintedDate
from articles.importing.reading.paper import Paper

_MARK = re.compile(
    r"(?:\s?(?:\.{3,}|…|\(\.{3}\)|\(…\)|\[\.{3}\]|\[…\]))+\.?(?:\s?\[?(?:read more|continue reading|more)\]?\W{0,3})?$"
    r"|\s?\[(?:read more|continue reading)\]$",
    re.IGNORECASE,
)
_BY_GLUED = re.compile(r"(?<=[.…)\]]) ?(?=by [^|]{2,80} \| )")
_PAGE_WORDS = frozenset(
    [
        "older entries",
        "next entries",
        "previous",
        "next",
        "older posts",
        "newer posts",
        "load more",
        "read more",
    ]
)
_PAGE_NUMBERS = re.compile(r"(?:page )?\d{1,5}(?: of \d{1,5})?|«.{0,20}|.{0,20}»", re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    """An entry while its lines are read."""

    has_id: bool = False
    media_id: str | None = None
    labelled: bool = False
    captions: list[Line] = field(default_factory=list)
    texts: list[Line] = field(default_factory=list)
    by: Line | None = None
    byline: tuple[Byline | None, PrintedDate | None, Fact[Label] | None] = (None, None, None)
    teaser: Line | None = None
    mark: str | None = None
    lines: list[int] = field(default_factory=list)
    media_lines: list[int] = field(default_factory=list)

    @property
    def pictured(self) -> bool:
        return self.has_id or self.labelled or bool(self.captions)


def split_bylines(lines: Sequence[Line]) -> list[Line]:
    """Give a "by …" line that runs on behind a teaser a line of its own, with the same number."""
    split: list[Line] = []
    for line in lines:
        if " | " in line.text and "by " in line.text:
            split += [Line(line.number, part) for part in _BY_GLUED.split(line.text) if part]
        else:
            split.append(line)
    return split


def cut_mark(text: str) -> str | None:
    """The mark with which a teaser breaks off, or None."""
    found = _MARK.search(text[-60:])
    return found.group().strip() if found else None


def strip_mark(text: str) -> str:
    """A teaser without the mark with which it breaks off."""
    return text[:-60] + _MARK.sub("", text[-60:])


def parse_byline(
    line: Line, paper: Paper
) -> tuple[Byline | None, PrintedDate | None, Fact[Label] | None] | None:
    """“by NAME | Mon D, YYYY | SECTION”, any part but one missing; None when the line is none."""
    if "|" not in line.text or len(line.text) > 300:
        return None
    parts = [part.strip() for part in line.text.split("|")]
    named = parts[0].lower().startswith(("by ", "posted by "))
    dates = [only_date(part, line=line.number, where="entry", rule="entry-date") for part in parts]
    if not any(dates) or len(parts) > 6:
        return None
    at = next(index for index, found in enumerate(dates) if found)
    name = parts[0].split(" ", 2 if parts[0].lower().startswith("posted") else 1)[-1].strip() if named else ""
    byline = (
        Byline(Fact(name, line.number, "entry-byline"), is_paper=paper.is_organisation(name))
        if name
        else None
    )
    rest = [
        part
        for part in parts[at + 1 :]
        if part and not re.fullmatch(r"\d{1,6} comments?", part, re.IGNORECASE)
    ]
    section = Fact(Label(rest[0]), line.number, "entry-section") if rest else None
    return byline, dates[at], section


def is_prose(text: str) -> bool:
    """Whether a line is running text and no headline."""
    if len(text) >= 150:
        return True
    ends = text[-1:] in ".”" and not text.endswith(("...", " vs."))
    return len(text) >= 60 and (
        ends or re.search(r"[^\W\d_]{3}[.!?]”? [“‘]?[^\W\d_a-z]", text[20:]) is not None
    )


def read_entries(found: Sequence[Piece], *, paper: Paper, notes: Notes) -> list[Entry]:
    """Read a list from its lines: [picture] [headline, perhaps twice] [byline] [teaser], whichever of them there are.

    A new entry begins where a part comes that the present one has, or that stands before what it has.
    """
    drafts: list[_Draft] = []
    current = _Draft()
    hard = _hard_length(found)
    for piece in found:
        if piece.kind != "text":
            only_id = current.has_id and not current.labelled and not current.captions and not current.texts
            if current.lines and not (piece.kind == "label" and only_id and not current.teaser):
                drafts.append(current)
                current = _Draft()
            current.has_id |= piece.kind == "id"
            current.labelled |= piece.kind == "label"
            current.media_id = current.media_id or piece.media_id
            current.lines.append(piece.block.number)
            current.media_lines.append(piece.block.number)
            continue
        for line in piece.block.lines:
            if _is_paging(line.text):
                notes.put_aside(line, "list-paging")
                continue
            if _begins_anew(current, line, paper):
                drafts.append(current)
                current = _Draft()
            _take(current, line, paper, hard)
    if current.lines:
        drafts.append(current)
    return [_entry(draft, paper) for draft in drafts]


def _hard_length(found: Sequence[Piece]) -> int:
    """The length at which a list's teasers are cut without a mark, 0 when they aren't: three lines of just that length."""
    lengths = Counter(
        len(line.text)
        for piece in found
        if piece.kind == "text"
        for line in piece.block.lines
        if 80 <= len(line.text) <= 400 and line.text[-1].isalnum()
    )
    length, times = max(lengths.items(), key=lambda pair: pair[1], default=(0, 0))
    return length if times >= 3 else 0


def _is_paging(text: str) -> bool:
    return fold(text) in _PAGE_WORDS or (len(text) <= 40 and _PAGE_NUMBERS.fullmatch(text) is not None)


def _begins_anew(draft: _Draft, line: Line, paper: Paper) -> bool:
    if draft.teaser is not None:
        return True
    if not draft.lines:
        return False
    if parse_byline(line, paper):
        return draft.by is not None
    if cut_mark(line.text) or draft.by is not None:
        return False
    if has_credit(line.text):
        same = draft.captions and fold(draft.captions[0].text) == fold(line.text)
        return bool(draft.texts) or (bool(draft.captions) and not same)
    return False


def _take(draft: _Draft, line: Line, paper: Paper, hard: int) -> None:
    """Give a line its part in the entry."""
    draft.lines.append(line.number)
    byline = parse_byline(line, paper)
    mark = cut_mark(line.text)
    if byline:
        draft.by, draft.byline = line, byline
    elif mark is not None or draft.by is not None or (hard and hard - 1 <= len(line.text) <= hard):
        draft.teaser, draft.mark = line, mark
    elif has_credit(line.text) or (
        draft.labelled and not draft.captions and not draft.texts and is_prose(line.text)
    ):
        draft.captions.append(line)
        draft.media_lines.append(line.number)
    elif draft.texts and (is_prose(line.text) or _is_sentence(line.text)):
        draft.teaser = line
    else:
        draft.texts.append(line)


def _is_sentence(text: str) -> bool:
    """A short teaser that is whole: headlines have no full stop."""
    return len(text) >= 25 and text[-1] == "." and not text.endswith("..") and text[-3:-2] != "."


def _entry(draft: _Draft, paper: Paper) -> Entry:
    """What an entry's lines make: of several lines the last is the headline, one before it the picture's text."""
    texts = draft.texts
    headline = None
    if texts and draft.teaser is None and is_prose(texts[-1].text):
        draft.teaser = texts.pop()
    if texts and draft.teaser is not None and texts[-1].text[-1] == "." and is_prose(texts[-1].text):
        draft.captions += texts
        draft.media_lines += [line.number for line in texts]
        texts = []
    if texts:
        headline = Fact(texts[-1].text, texts[-1].number, "entry-headline")
        other = [line for line in texts[:-1] if fold(line.text) != fold(texts[-1].text)]
        draft.captions += other
        draft.media_lines += [line.number for line in other]
    teaser = Fact(draft.teaser.text, draft.teaser.number, "entry-teaser") if draft.teaser else None
    opened = find_dateline(teaser.value, paper=paper, line=teaser.line) if teaser else None
    text = opened[1] if opened else (teaser.value if teaser else None)
    byline, published, section = draft.byline
    return Entry(
        line=min(draft.lines),
        headline=headline,
        byline=byline,
        published=published,
        section=section,
        teaser=teaser,
        text=strip_mark(text) if text and draft.mark else text,
        dateline=opened[0] if opened else None,
        media=_picture(draft),
        cut_mark=draft.mark if draft.mark is not None else _silent_cut(teaser),
        lines=tuple(sorted(set(draft.lines))),
        rule=_form(draft, headline),
    )


def _picture(draft: _Draft) -> MediaBlock | None:
    if not draft.pictured:
        return None
    return make_media(
        draft.media_id,
        [line.text for line in draft.captions],
        lines=draft.media_lines,
        rule="entry-picture",
        labelled=draft.labelled,
        has_id=draft.has_id,
        caption_line=draft.captions[0].number if draft.captions else 0,
    )


def _silent_cut(teaser: Fact[str] | None) -> str | None:
    if teaser is None or teaser.value[-1:] in ".!?”’\"')":
        return None
    return ""


def _form(draft: _Draft, headline: Fact[str] | None) -> str:
    """Which of the forms the entry has, for its provenance."""
    if draft.by:
        return "byline-teaser"
    if draft.pictured and headline is None and draft.teaser is None:
        return "picture"
    if draft.pictured:
        return "picture-headline-teaser" if headline else "picture-teaser"
    if len(draft.texts) > 1:
        return "headline-twice-teaser"
    return "headline-teaser" if headline else "teaser"
