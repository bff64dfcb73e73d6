"""Put a page together: what was read of it, what its address adds, and the dates that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from articles.importing.reading.bodies import Body
from articles.importing.reading.dates import find_dates
from articles.importing.reading.folding import words
from articles.importing.reading.header import Header
from articles.importing.reading.lines import Notes
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
from articles.importing.reading.refusals import Unreadable, refuse_too_damaged


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
    tags: tuple[Fact[str], ...] = ()
    cut: Cut = field(default_factory=lambda: Cut("no"))


def put_together(story: Story, saved: Saved, notes: Notes) -> Page:
    """The Page, with what its address adds and the dates that it holds."""
    headline = story.headline
    address = _number_of_headline(saved.address, headline)
    if headline is None and story.kind.value == "article" and address and address.slug_base:
        headline = Fact(shelf_from_slug(address.slug_base), 0, "address-slug", stated=False)
    language, direction = _language(story)
    _refuse_nothing(story, saved)
    refuse_too_damaged(len(notes.repairs), file=saved.file)
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
        bylines=_with_slug(story.bylines, saved) or _bylines(story, saved),
        section=_shelf_mark(story.section, _section(address, sub=False)),
        sub_section=_section(address, sub=True),
        published=story.published or _address_date(address),
        media=tuple(story.media),
        dateline=story.body.dateline,
        paragraphs=story.body.paragraphs,
        question_style=story.body.question_style,
        entries=tuple(story.entries),
        tags=story.tags,
        dates=tuple(_dates(story)),
        language=language,
        direction=direction,
        cut=story.cut,
        repairs=tuple(notes.repairs),
        furniture=tuple(notes.furniture),
        doubts=tuple(notes.doubts),
    )


def _number_of_headline(address: Address | None, headline: Fact[str] | None) -> Address | None:
    """A slug's last number that the headline ends with too ("Top 10") counts no copies."""
    if address is None or address.copy_number is None or headline is None:
        return address
    if words(headline.value)[-1:] != [str(address.copy_number)]:
        return address
    return replace(address, slug_base=address.slug, copy_number=None)


def _refuse_nothing(story: Story, saved: Saved) -> None:
    """A page without a story in it is refused."""
    if story.entries or story.kind.value == "attachment" or any(block.caption for block in story.media):
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
        return _with_slug((Byline(printed, is_paper=saved.paper.is_organisation(printed.value)),), saved)
    if not slug or story.kind.value == "attachment":
        return ()
    if saved.paper.is_own_slug(slug):
        return (Byline(Fact(saved.paper.name, 0, "address-own-account", stated=False), slug, is_paper=True),)
    return (Byline(Fact(person_from_slug(slug), 0, "address-contributor", stated=False), slug),)


def _with_slug(bylines: tuple[Byline, ...], saved: Saved) -> tuple[Byline, ...]:
    """A printed byline is the account in the address, unless the account is the paper's own."""
    slug = saved.address.contributor_slug if saved.address and saved.address.kind == "article" else None
    if (
        len(bylines) != 1
        or not slug
        or bylines[0].slug
        or bylines[0].is_paper
        or saved.paper.is_own_slug(slug)
    ):
        return bylines
    return (replace(bylines[0], slug=slug),)


def _shelf_mark(printed: Fact[Label] | None, inferred: Fact[Label] | None) -> Fact[Label] | None:
    """A printed section with the slug that the address gives it."""
    if printed is None or inferred is None or printed.value.slug:
        return printed or inferred
    return replace(printed, value=replace(printed.value, slug=inferred.value.slug))


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
