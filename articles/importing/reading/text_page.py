"""A page saved as text, from its lines to a Page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from articles.importing.reading.accounting import account
from articles.importing.reading.bodies import read_body
from articles.importing.reading.captions import Piece, make_media, pieces, split_glued, take_media
from articles.importing.reading.endings import cut_caption, cut_list, cut_text
from articles.importing.reading.entries import is_prose, parse_byline, read_entries, split_bylines
from articles.importing.reading.folding import fold
from articles.importing.reading.header import Header, read_header
from articles.importing.reading.kinds import find_kind, is_full_article, read_shelf
from articles.importing.reading.later import is_later, read_later
from articles.importing.reading.lines import Line, Notes, blocks
from articles.importing.reading.page import (
    Byline,
    Fact,
    Kind,
    Label,
    Page,
    PrintedDate,
)
from articles.importing.reading.refusals import Unreadable, refuse_too_many
from articles.importing.reading.story import Saved, Story, put_together


def read_lines(lines: Sequence[Line], saved: Saved, notes: Notes) -> Page:
    """Read a page of the archive: header, then article, list or picture."""
    header = read_header(lines, paper=saved.paper, notes=notes)
    if is_later(lines[header.size :], header, saved):
        return account(
            put_together(read_later(lines[header.size :], header, saved, notes), saved, notes), lines
        )
    return account(put_together(read_story(lines[header.size :], header, saved, notes), saved, notes), lines)


def read_story(lines: Sequence[Line], header: Header, saved: Saved, notes: Notes) -> Story:
    """Read what stands below the header by the page's kind."""
    apart = split_bylines(split_glued(lines))
    refuse_too_many(len(apart) - sum(not line.text for line in apart), file=saved.file)
    found = pieces(blocks(apart), notes)
    kind = find_kind(saved.address, header, found, saved.paper)
    if kind.value == "list" and not is_full_article(found, saved.paper):
        return _list(kind, header, found, saved, notes)
    if kind.value == "attachment":
        return _attachment(kind, header, found, saved)
    return _article(kind, header, found, saved, notes)


def _list(kind: Fact[Kind], header: Header, found: Sequence[Piece], saved: Saved, notes: Notes) -> Story:
    entries = read_entries(found, paper=saved.paper, notes=notes)
    if not entries:
        raise Unreadable("This list names no story. Leave the page out.", file=saved.file)
    cut = cut_list(entries, cut_character=saved.cut_character)
    return Story(kind, header, shelf=read_shelf(saved.address, header), entries=entries, cut=cut)


def _attachment(kind: Fact[Kind], header: Header, found: Sequence[Piece], saved: Saved) -> Story:
    """A picture's page: all its text is the caption."""
    labels = [piece for piece in found if piece.kind != "text"]
    texts = [piece.block for piece in found if piece.kind == "text"]
    caption = " ".join(dict.fromkeys(block.text for block in texts))
    if not caption and header.headline is None:
        raise Unreadable(
            "This picture's page has neither caption nor heading. Leave it out.", file=saved.file
        )
    lines = [number for piece in found for number in piece.block.numbers]
    if not lines:
        lines = [header.headline.line if header.headline else 1]
    block = make_media(
        next((piece.media_id for piece in labels if piece.media_id), None),
        [caption] if caption else [],
        lines=lines,
        rule="attachment-caption",
        labelled=any(piece.kind == "label" for piece in labels),
        has_id=any(piece.kind == "id" for piece in labels),
        caption_line=texts[0].number if texts else 0,
    )
    cut = cut_caption([block], cut_character=saved.cut_character)
    return Story(kind, header, headline=header.headline, media=[block], cut=cut)


def _article(kind: Fact[Kind], header: Header, found: Sequence[Piece], saved: Saved, notes: Notes) -> Story:
    headline = header.headline
    own = list(found)
    if header.form is None:
        headline = _own_headline(own, notes)
    shelf = None
    if kind.value == "list":
        shelf = read_shelf(saved.address, header if header.form else Header(None, None, 0))
        headline = headline if header.form is None else _own_headline(own, notes)
    byline, published, section = _take_byline(own, saved)
    media, rest = take_media(
        own,
        headline=headline.value if headline else None,
        paper=saved.paper,
        under_header=header.form is not None,
        notes=notes,
    )
    captions = [block.caption for block in media if block.caption]
    body = read_body(rest, paper=saved.paper, notes=notes, captions=captions)
    cut = cut_text(body.paragraphs, saved.characters, cut_character=saved.cut_character)
    return Story(
        kind,
        header,
        headline=headline,
        shelf=shelf,
        media=media,
        body=body,
        cut=cut,
        published=published,
        section=section,
        bylines=(byline,) if byline else (),
    )


def _take_byline(
    found: list[Piece], saved: Saved
) -> tuple[Byline | None, PrintedDate | None, Fact[Label] | None]:
    """A line "by NAME | Mon D, YYYY | SECTION" near the top of an article, as some of the site's pages have it."""
    for index, piece in enumerate(found[:4]):
        if piece.kind == "text" and len(piece.block.lines) == 1:
            read = parse_byline(piece.block.lines[0], saved.paper)
            if read:
                del found[index]
                byline, published, section = read
                return (
                    byline,
                    replace(published, where="page", proves="published") if published else None,
                    section,
                )
    return None, None, None


def _own_headline(found: list[Piece], notes: Notes) -> Fact[str] | None:
    """A page without header may begin with the story's headline: a line that's no prose, with text below it."""
    if len(found) < 2 or found[0].kind != "text":
        return None
    block = found[0].block
    if len(block.lines) != 1 or is_prose(block.text) or len(block.text) > 250 or block.text[0] in "[(":
        return None
    copies = 1
    for piece in found[1:-1]:
        if piece.kind != "text" or fold(piece.block.text) != fold(block.text):
            break
        copies += 1
        for line in piece.block.lines:
            notes.put_aside(line, "headline-copy")
    del found[:copies]
    return Fact(block.text, block.number, "first-line")
