"""A page saved as HTML, from its markup to a Page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from articles.importing.reading.addresses import parse_address
from articles.importing.reading.bodies import Body
from articles.importing.reading.captions import make_media
from articles.importing.reading.dates import find_dates
from articles.importing.reading.entries import is_prose, parse_byline
from articles.importing.reading.folding import fold
from articles.importing.reading.header import Header, split_headline
from articles.importing.reading.lines import Line, Notes
from articles.importing.reading.markup import Markup, TextBlock
from articles.importing.reading.page import Byline, Fact, Label, MediaBlock, Page, Paragraph, PrintedDate
from articles.importing.reading.refusals import (
    Unreadable,
    refuse_no_article,
    refuse_other_paper,
    refuse_too_many,
)
from articles.importing.reading.repairs import repair_line
from articles.importing.reading.saved_html import read_markup
from articles.importing.reading.story import Saved, Story, put_together
from articles.importing.reading.text_page import read_story

_FULL = re.compile(r"(?:19|20)\d\d-\d\d?-\d\d?")


def read_html(text: str, saved: Saved, notes: Notes) -> Page:
    """Read a saved HTML page, or raise Unreadable when it shows no article, list or picture of the paper's."""
    markup = read_markup(text)
    if markup is None or not markup.blocks:
        raise Unreadable(
            "There is no text in this HTML page. Save the page again once it is fully shown.", file=saved.file
        )
    refuse_too_many(len(markup.blocks), file=saved.file)
    if saved.address is None and markup.canonical:
        address = parse_address(markup.canonical)
        if address:
            refuse_other_paper(address.host, saved.paper, file=saved.file)
            saved = replace(saved, address=address)
    shown = [line for block in markup.blocks for line in block.texts]
    refuse_no_article([markup.page_name[0] if markup.page_name else "", *shown], file=saved.file)
    _refuse_no_story(markup, saved)
    header = _header(markup, saved, notes)
    heading = header.headline.value if header.headline else ""
    lines, captions = _lines(markup, heading, saved, notes)
    saved = replace(saved, characters=0)
    story = read_story(lines, header, saved, notes)
    return put_together(_with_markup(story, markup, captions, saved, notes), saved, notes)


def _refuse_no_story(markup: Markup, saved: Saved) -> None:
    """Without any sign of an article the page is a front page, a form or a shell."""
    prose = sum(is_prose(line) for block in markup.blocks if block.is_story for line in block.texts)
    known = saved.address is not None and saved.address.kind is not None
    if prose == 0 and markup.listed < 2 and not markup.figures:
        raise Unreadable(
            "This HTML page shows no article: there is no paragraph of running text in it. "
            "Save the story's own page once it is fully shown.",
            file=saved.file,
        )
    if not (markup.says_article or known or markup.listed or (markup.heading and prose >= 2)):
        raise Unreadable(
            "This HTML page does not say that it is an article, and has no heading with text below. "
            "Save the story's own page, or give its address in a .json beside it.",
            file=saved.file,
        )


def _header(markup: Markup, saved: Saved, notes: Notes) -> Header:
    """The page's name says the form of its suffix; its heading is the headline."""
    form, left = split_headline(markup.page_name[0], saved.paper) if markup.page_name else ("none", "")
    if markup.heading and not saved.paper.is_slogan(markup.heading[0]):
        words, line, rule = markup.heading
        mended, steps = repair_line(split_headline(words, saved.paper)[1] or words, line)
        notes.repairs += steps
        return Header(form, Fact(mended.strip(), line, rule), 0)
    if left and markup.page_name:
        mended, steps = repair_line(left, markup.page_name[1])
        notes.repairs += steps
        return Header(form, Fact(mended.strip(), markup.page_name[1], "html-title"), 0)
    return Header(form, None, 0)


def _lines(
    markup: Markup, heading: str, saved: Saved, notes: Notes
) -> tuple[list[Line], list[tuple[TextBlock, list[str], int]]]:
    """The story's blocks as lines with empty ones between, and the captions of its figures."""
    lines = [Line(0, "")]
    captions: list[tuple[TextBlock, list[str], int]] = []
    count = 0
    is_list = markup.listed >= 2
    for block in markup.blocks:
        texts = []
        for text in block.texts:
            mended, steps = repair_line(text, block.line)
            notes.repairs += steps
            texts.append(mended.strip())
        if not block.is_story:
            notes.put_aside(Line(block.line, " ".join(texts)), "outside-story")
        elif block.tag in ("h1", "h2") and fold(" ".join(texts)) == fold(heading) and heading and not is_list:
            notes.put_aside(Line(block.line, " ".join(texts)), "headline-copy")
        elif block.tag == "time":
            notes.put_aside(Line(block.line, " ".join(texts)), "printed-date")
        elif block.figure and not is_list:
            captions.append((block, texts, count))
        else:
            lines += [*(Line(block.line, text) for text in texts if text), Line(0, "")]
            count += parse_byline(Line(block.line, texts[0]), saved.paper) is None
    return lines, captions


def _with_markup(
    story: Story,
    markup: Markup,
    captions: Sequence[tuple[TextBlock, list[str], int]],
    saved: Saved,
    notes: Notes,
) -> Story:
    """Add what only markup says: figures, date, writer, section, tags, subheadings."""
    if story.kind.value != "list" or story.body.paragraphs:
        story.media = [*story.media, *_figures(markup, captions)]
        story.published = story.published or _published(markup)
        story.body = _subheadings(story.body, markup)
        if markup.written_by and not story.bylines:
            name, line, rule = markup.written_by
            story.bylines = (Byline(Fact(name, line, rule), is_paper=saved.paper.is_organisation(name)),)
        if markup.section:
            story.section = Fact(Label(markup.section[0]), markup.section[1], "html-section")
        story.tags = tuple(Fact(name, line, "html-tag") for name, line in markup.tags)
    return story


def _figures(markup: Markup, captions: Sequence[tuple[TextBlock, list[str], int]]) -> list[MediaBlock]:
    """Pictures of the story: with a Media ID where the markup has one, with a caption where there is one."""
    media = []
    told: set[int] = set()
    for block, texts, position in captions:
        media_id = markup.figures.get(block.figure) if block.figure not in told else None
        told.add(block.figure)
        media.append(
            make_media(
                media_id,
                [" ".join(texts)],
                lines=[block.line],
                rule="html-figure",
                labelled=False,
                has_id=media_id is not None,
                position=position,
                caption_line=block.line,
            )
        )
    for figure, media_id in markup.figures.items():
        if figure not in told and media_id:
            media.append(
                make_media(media_id, [], lines=[1], rule="html-picture", labelled=False, has_id=True)
            )
    return media


def _published(markup: Markup) -> PrintedDate | None:
    if not markup.published:
        return None
    printed, line, rule = markup.published
    found = find_dates(
        _FULL.findall(printed[:60])[0] if _FULL.search(printed[:60]) else printed[:60],
        line=line,
        where="page",
    )
    day = next((date for date in found if date.day), None)
    return replace(day, printed=printed[:60], rule=rule, proves="published") if day else None


def _subheadings(body: Body, markup: Markup) -> Body:
    """Headings within the text."""
    known = {
        (block.line, " ".join(block.texts)) for block in markup.blocks if re.fullmatch("h[2-6]", block.tag)
    }
    if not known:
        return body
    paragraphs = tuple(_subheading(paragraph, known) for paragraph in body.paragraphs)
    return replace(body, paragraphs=paragraphs)


def _subheading(paragraph: Paragraph, known: set[tuple[int, str]]) -> Paragraph:
    if paragraph.role == "plain" and (paragraph.line, paragraph.text) in known:
        return replace(paragraph, role="subheading")
    return paragraph
