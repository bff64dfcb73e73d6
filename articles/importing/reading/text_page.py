"""A page saved as text, from its lines to a Page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from articles.importing.reading.bodies import Body, read_body
from articles.importing.reading.captions import Piece, make_media, pieces, split_glued, take_media
from articles.importing.reading.dates import find_dates
from articles.importing.reading.endings import cut_caption, cut_list, cut_text
from articles.importing.reading.entries import is_prose, read_entries, split_bylines
from articles.importing.reading.folding import fold
from articles.importing.reading.header import Header, read_header
from articles.importing.reading.kinds import find_kind, is_full_article, read_shelf
from articles.importing.reading.lines import Line, Notes, blocks
from articles.importing.reading.names import person_from_slug, shelf_from_slug
from articles.importing.reading.page import (
    Address,
    Byline,
    Cut,
    Doubt,
    Entry,
    Fact,
    Kind,
    Label,
    MediaBlock,
    Page,
    PrintedDate,
    Shelf,
)
from articles.importing.reading.paper import Paper
from articles.importing.reading.refusals import Unreadable


@dataclass(frozen=True, slots=True)
class Saved:
    """A file whose lines are known: what every reading of it needs."""

    file: str
    source: Literal["text", "html"]
    encoding: str
    line_count: int
    characters: int
    cut_character: bool
    address: Address | None
    paper: Paper


@dataclass(slots=True)
class Story:
    """What was read of a page, before it is put together."""

    kind: Fact[Kind]
    header: Header
    headline: Fact[str] | None = None
    shelf: Shelf | None = None
    media: Sequence[MediaBlock] = ()
    body: Body = field(default_factory=lambda: Body((), None, None, None))
    entries: Sequence[Entry] = ()
    bylines: tuple[Byline, ...] = ()
    section: Fact[Label] | None = None
    published: PrintedDate | None = None
    cut: Cut = field(default_factory=lambda: Cut("no"))


def read_lines(lines: Sequence[Line], saved: Saved, notes: Notes) -> Page:
    """Read a page of the archive: header, then article, list or picture."""
    header = read_header(lines, paper=saved.paper, notes=notes)
    rest = split_bylines(split_glued(lines[header.size :]))
    found = pieces(blocks(rest), notes)
    kind = find_kind(saved.address, header, found, saved.paper)
    if kind.value == "list" and not is_full_article(found, saved.paper):
        story = _list(kind, header, found, saved, notes)
    elif kind.value == "attachment":
        story = _attachment(kind, header, found, saved)
    else:
        story = _article(kind, header, found, saved, notes)
    return put_together(story, saved, notes)


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
    if not caption and not labels and header.headline is None:
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
    media, rest = take_media(
        own,
        headline=headline.value if headline else None,
        paper=saved.paper,
        under_header=header.form is not None,
    )
    captions = [block.caption for block in media if block.caption]
    body = read_body(rest, paper=saved.paper, notes=notes, captions=captions)
    cut = cut_text(body.paragraphs, saved.characters, cut_character=saved.cut_character)
    return Story(kind, header, headline=headline, shelf=shelf, media=media, body=body, cut=cut)


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


def put_together(story: Story, saved: Saved, notes: Notes) -> Page:
    """The Page, with what its address adds and the dates that it holds."""
    headline = story.headline
    address = saved.address
    if headline is None and story.kind.value == "article" and address and address.slug_base:
        headline = Fact(shelf_from_slug(address.slug_base), 0, "address-slug", stated=False)
    language, direction = _language(story)
    _refuse_nothing(story, saved)
    if address is None:
        notes.doubts.append(
            Doubt(0, "The page has no address, so who wrote it and its section may be unknown.")
        )
    return Page(
        file=saved.file,
        source=saved.source,
        encoding=saved.encoding,
        line_count=saved.line_count,
        kind=story.kind,
        address=address,
        header_form=story.header.form,
        headline=headline,
        shelf=story.shelf,
        bylines=story.bylines or _bylines(story, saved),
        section=story.section or _section(address, sub=False),
        sub_section=_section(address, sub=True),
        published=story.published or _address_date(address),
        media=tuple(story.media),
        dateline=story.body.dateline,
        paragraphs=story.body.paragraphs,
        question_style=story.body.question_style,
        entries=tuple(story.entries),
        dates=tuple(_dates(story)),
        language=language,
        direction=direction,
        cut=story.cut,
        repairs=tuple(notes.repairs),
        furniture=tuple(notes.furniture),
        doubts=tuple(notes.doubts),
    )


def _refuse_nothing(story: Story, saved: Saved) -> None:
    """A page without a story in it is refused."""
    if story.entries or any(block.caption for block in story.media):
        return
    letters = sum(
        character.isalpha() for paragraph in story.body.paragraphs[:50] for character in paragraph.text[:500]
    )
    if letters < 30:
        raise Unreadable(
            "There is no story on this page: hardly any text is left beside its headings. Save the page again, or leave it out.",
            file=saved.file,
        )


def _bylines(story: Story, saved: Saved) -> tuple[Byline, ...]:
    """Who wrote it: as printed, else by the account in the address; a slug only suggests how a name is written."""
    printed = story.body.printed_byline
    address = saved.address
    slug = address.contributor_slug if address else None
    if printed:
        return (Byline(printed, is_paper=saved.paper.is_organisation(printed.value)),)
    if not slug or story.kind.value == "attachment":
        return ()
    if saved.paper.is_own_slug(slug):
        return (Byline(Fact(saved.paper.name, 0, "address-own-account", stated=False), slug, is_paper=True),)
    return (Byline(Fact(person_from_slug(slug), 0, "address-contributor", stated=False), slug),)


def _section(address: Address | None, *, sub: bool) -> Fact[Label] | None:
    slug = (address.sub_section_slug if sub else address.section_slug) if address else None
    if not slug:
        return None
    return Fact(
        Label(shelf_from_slug(slug), slug),
        0,
        "address-sub-section" if sub else "address-section",
        stated=False,
    )


def _address_date(address: Address | None) -> PrintedDate | None:
    if address is None or address.year is None or address.kind != "article":
        return None
    printed = "-".join(str(part) for part in (address.year, address.month, address.day) if part)
    found = find_dates(f"{address.year}-{address.month or 1}-{address.day or 1}", line=0, where="address")
    if not found or not address.day:
        return None
    return PrintedDate(
        printed, "day", found[0].earliest, found[0].latest, 0, "address-date", "address", "published"
    )


def _dates(story: Story) -> list[PrintedDate]:
    """All dates of the page in one list."""
    dates: list[PrintedDate] = [story.published] if story.published else []
    media = [*story.media, *(entry.media for entry in story.entries if entry.media)]
    for block in media:
        dates += find_dates(block.caption_text or "", line=block.line, where="caption")
        dates += find_dates(block.credit or "", line=block.line, where="credit")
    for paragraph in story.body.paragraphs:
        dates += find_dates(paragraph.text, line=paragraph.line, where="body")
    for entry in story.entries:
        dates += [entry.published] if entry.published else []
        dates += find_dates(entry.text or "", line=entry.line, where="body")
    return dates


def _language(story: Story) -> tuple[str, Literal["ltr", "rtl"]]:
    """By script: which letters are more."""
    texts = [paragraph.text for paragraph in story.body.paragraphs[:40]]
    texts += [block.caption or "" for block in story.media] + [
        entry.text or "" for entry in story.entries[:40]
    ]
    sample = " ".join(text[:2_000] for text in texts)
    arabic = sum("\u0600" <= character <= "\u06ff" for character in sample)
    latin = sum(character.isalpha() and character < "\u0250" for character in sample)
    return ("ar", "rtl") if arabic > latin else ("en", "ltr")
