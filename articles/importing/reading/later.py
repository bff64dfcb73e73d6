"""Pages of the paper's later sites: headline and caption repeated, a text-size button, a printed date, writers' pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from articles.importing.reading.bodies import read_body
from articles.importing.reading.captions import make_media, pieces
from articles.importing.reading.credits import has_credit
from articles.importing.reading.dates import only_date
from articles.importing.reading.endings import cut_list, cut_text
from articles.importing.reading.entries import cut_mark, read_entries
from articles.importing.reading.folding import fold
from articles.importing.reading.header import Header
from articles.importing.reading.kinds import read_shelf
from articles.importing.reading.lines import Line, Notes, blocks
from articles.importing.reading.page import Byline, Doubt, Fact, Kind, PrintedDate
from articles.importing.reading.refusals import Unreadable
from articles.importing.reading.signed_lists import read_signed, signature
from articles.importing.reading.story import Saved, Story

_TOP = 16
_BUTTON = "TT"
_SIZE = re.compile(r"\d{1,2}")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’‘.-])*")
_FURNITURE = frozenset(
    ["writer articles", "more from this writer", "related articles", "most viewed", "editors choice"]
)
_LATEST = re.compile(r"(?:latest [^:]{0,30}news|news) ?: ", re.IGNORECASE)


def is_later(lines: Sequence[Line], header: Header, saved: Saved) -> bool:
    """Whether a page has the later sites' form; the first archive's pages have its menu, or none of these signs."""
    if header.form is not None:
        return False
    filled = [line for line in lines if line.text]
    top = filled[:_TOP]
    if any(line.text == _BUTTON for line in top) or any(_printed_date(line) for line in top[:8]):
        return True
    if saved.address and saved.address.story_number:
        return True
    if sum(signature(line, saved.paper) is not None for line in filled) >= 2:
        return True
    return len(top) >= 3 and _about(top) is not None


def read_later(lines: Sequence[Line], header: Header, saved: Saved, notes: Notes) -> Story:
    """Read a later site's article or list."""
    address = saved.address
    filled = [line for line in lines if line.text]
    if address and address.kind:
        kind: Fact[Kind] = Fact(address.kind, 0, "address-path")
    else:
        signed = sum(signature(line, saved.paper) is not None for line in filled) >= 2
        marked = sum(cut_mark(line.text) is not None for line in filled) >= 2
        kind = Fact("list" if signed or marked else "article", 1, "form-later", stated=False)
    if kind.value == "list":
        return _list(kind, lines, header, saved, notes)
    return _article(kind, lines, header, saved, notes)


def _printed_date(line: Line) -> PrintedDate | None:
    """“Sunday, 27 June, 2021 - 10:15” alone on a line, weekday in front."""
    if not line.text[:3].isalpha() or "," not in line.text:
        return None
    found = only_date(line.text, line=line.number, where="page", rule="printed-date")
    return (
        found
        if found and re.match(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", line.text, re.IGNORECASE)
        else None
    )


def _is_name(text: str) -> bool:
    """A person's name: two to five words with capitals."""
    words = text.split()
    return (
        2 <= len(words) <= 5
        and len(text) <= 60
        and all(_WORD.fullmatch(word) for word in words)
        and (sum(word[0].isupper() for word in words) >= len(words) - 1 and words[0][0].isupper())
    )


def _about(top: Sequence[Line]) -> tuple[int, Line] | None:
    """Where a writer's name stands with a line about that person below: its place, and that line."""
    for index, line in enumerate(top[:-1]):
        below = top[index + 1]
        if (
            _is_name(line.text)
            and below.text.startswith(f"{line.text} ")
            and len(below.text) > len(line.text) + 8
        ):
            return index, below
    return None


@dataclass(slots=True)
class _Top:
    """What stands above the body of a later article."""

    headline: Fact[str]
    published: PrintedDate | None = None
    byline: Byline | None = None
    captions: list[Line] = field(default_factory=list)


def _article(kind: Fact[Kind], lines: Sequence[Line], header: Header, saved: Saved, notes: Notes) -> Story:
    own = _first_story(lines, notes)
    filled = [line for line in own if line.text]
    if not filled:
        return Story(kind, header)
    top, size = _read_top(filled, notes)
    rest = [line for line in own if size < len(filled) and line.number >= filled[size].number]
    media = []
    if top.captions:
        numbers = [line.number for line in top.captions]
        texts = [line.text for line in top.captions]
        media.append(
            make_media(
                None,
                texts,
                lines=numbers,
                rule="repeated-caption",
                labelled=False,
                has_id=False,
                caption_line=numbers[0],
            )
        )
    found = [piece.block for piece in pieces(blocks(rest), notes)]
    body = read_body(found, paper=saved.paper, notes=notes, captions=[line.text for line in top.captions[:1]])
    return Story(
        kind,
        header,
        headline=top.headline,
        media=media,
        body=body,
        bylines=(top.byline,) if top.byline else (),
        published=top.published,
        cut=cut_text(body.paragraphs, saved.characters, cut_character=saved.cut_character),
    )


def _read_top(filled: Sequence[Line], notes: Notes) -> tuple[_Top, int]:
    """Read the lines above the body: where the first that's none of them stands, the body begins."""
    top = _Top(Fact(filled[0].text, filled[0].number, "first-line"))
    known = {fold(filled[0].text)}
    at = 1
    while at < len(filled):
        line, before = filled[at], filled[at - 1]
        dated = _printed_date(line)
        if fold(line.text) in known:
            notes.put_aside(line, "headline-copy")
        elif line.text == _BUTTON or (before.text == _BUTTON and _SIZE.fullmatch(line.text)):
            notes.put_aside(line, "text-size-button")
        elif dated and not top.published:
            top.published = dated
        elif top.byline is None and _is_name(line.text) and (_about(filled[at : at + 2]) or top.published):
            about = _about(filled[at : at + 2])
            told = Fact(about[1].text, about[1].number, "printed-about") if about else None
            top.byline = Byline(Fact(line.text, line.number, "printed-byline"), about=told)
            at += bool(about)
        elif _is_caption(filled, at, top.captions):
            top.captions.append(line)
        else:
            break
        at += 1
    return top, at


def _is_caption(filled: Sequence[Line], at: int, captions: Sequence[Line]) -> bool:
    """A line above the body that comes twice, or ends as captions do."""
    text = filled[at].text
    if captions:
        return fold(text) == fold(captions[0].text)
    if at + 1 >= len(filled) or len(text) > 700:
        return False
    again = any(fold(line.text) == fold(text) for line in filled[at + 1 : at + 6])
    return again or has_credit(text)


def _first_story(lines: Sequence[Line], notes: Notes) -> Sequence[Line]:
    """The lines of the first story; a page that loads the next one below has a second button and headline."""
    buttons = [index for index, line in enumerate(lines) if line.text == _BUTTON]
    if len(buttons) < 2:
        return lines
    second = buttons[1]
    below = [line for line in lines[second + 1 : second + 8] if line.text and not _SIZE.fullmatch(line.text)]
    if not below:
        return lines
    starts = [
        index
        for index in range(max(buttons[0] + 1, second - 10), second)
        if fold(lines[index].text) == fold(below[0].text)
    ]
    if not starts:
        return lines
    for line in lines[starts[0] :]:
        if line.text:
            notes.put_aside(line, "next-story")
    notes.doubts.append(
        Doubt(
            lines[starts[0]].number,
            "Another story begins here and was left out: save its own page to import it.",
        )
    )
    return lines[: starts[0]]


def _list(kind: Fact[Kind], lines: Sequence[Line], header: Header, saved: Saved, notes: Notes) -> Story:
    """A writer's page, or a section's with its signed teasers."""
    filled = [line for line in lines if line.text]
    printed = Fact(filled[0].text, filled[0].number, "first-line") if filled else None
    about: Fact[str] | None = None
    at = 1
    while printed and at < len(filled):
        line = filled[at]
        if fold(line.text) == fold(printed.value):
            notes.put_aside(line, "headline-copy")
        elif fold(line.text) in _FURNITURE:
            notes.put_aside(line, "list-label")
        elif (
            about is None
            and line.text.startswith(f"{printed.value} ")
            and len(line.text) > len(printed.value) + 8
        ):
            about = Fact(line.text, line.number, "printed-about")
        else:
            break
        at += 1
    shelf = replace(read_shelf(saved.address, replace(header, headline=printed)), about=about)
    if shelf.name:
        shelf = replace(shelf, name=replace(shelf.name, value=_LATEST.sub("", shelf.name.value)))
    rest = filled[at:]
    if sum(signature(line, saved.paper) is not None for line in rest) >= 2:
        entries = read_signed(rest, saved.paper)
    else:
        below = [line for line in lines if rest and line.number >= rest[0].number]
        entries = read_entries(pieces(blocks(below), notes), paper=saved.paper, notes=notes)
    if not entries:
        raise Unreadable("This list names no story. Leave the page out.", file=saved.file)
    return Story(
        kind, header, shelf=shelf, entries=entries, cut=cut_list(entries, cut_character=saved.cut_character)
    )
