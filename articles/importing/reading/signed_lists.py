"""Lists of the later sites: section and picture, headline, teaser, and who signed it from where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.importing.reading.captions import make_media
from articles.importing.reading.datelines import find_dateline
from articles.importing.reading.entries import cut_mark, is_prose, strip_mark
from articles.importing.reading.lines import Line
from articles.importing.reading.page import Byline, Entry, Fact, Label
from articles.importing.reading.paper import Paper
from articles.importing.reading.vocabulary import SECTIONS

_SIGNED = re.compile(r"(?P<name>[^\W\d_][^()|:;!?\d]{2,50}?) ?\((?P<place>[^()\d]{2,40})\)")


def signature(line: Line, paper: Paper) -> Byline | None:
    """“Name (Place)” or the paper's name alone on a line: who wrote the teaser above."""
    if len(line.text) > 90:
        return None
    if paper.is_organisation(line.text):
        return Byline(Fact(line.text, line.number, "entry-signature"), is_paper=True)
    found = _SIGNED.fullmatch(line.text)
    if not found or not all(
        word[0].isupper() or len(word.split("-")[0]) <= 3 for word in found.group("name").split()
    ):
        return None
    return Byline(
        Fact(found.group("name").strip(), line.number, "entry-signature"), place=found.group("place").strip()
    )


def read_signed(lines: Sequence[Line], paper: Paper) -> list[Entry]:
    """Entries of section and picture text, headline, teaser and signature."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        groups[-1].append(line)
        if len(groups[-1]) > 1 and signature(line, paper):
            groups.append([])
    return [_signed(group, paper) for group in groups if group]


def _signed(group: Sequence[Line], paper: Paper) -> Entry:
    byline = signature(group[-1], paper) if len(group) > 1 else None
    texts = list(group[: len(group) - bool(byline)])
    teaser = (
        texts.pop() if len(texts) > 1 and (cut_mark(texts[-1].text) or is_prose(texts[-1].text)) else None
    )
    headline = texts[-1] if len(texts) > 1 or teaser else None
    above = texts[0] if texts and texts[0] is not headline else (texts[0] if texts and not headline else None)
    section, caption = _section(above, headline) if above else (None, None)
    opened = find_dateline(teaser.text, paper=paper, line=teaser.number) if teaser else None
    text = opened[1] if opened else (teaser.text if teaser else None)
    media = None
    if above and caption:
        media = make_media(
            None,
            [caption],
            lines=[above.number],
            rule="entry-picture",
            labelled=False,
            has_id=False,
            caption_line=above.number,
        )
    return Entry(
        line=group[0].number,
        headline=Fact(headline.text, headline.number, "entry-headline") if headline else None,
        byline=byline,
        published=None,
        section=section,
        teaser=Fact(teaser.text, teaser.number, "entry-teaser") if teaser else None,
        text=strip_mark(text) if text else None,
        dateline=opened[0] if opened else None,
        media=media,
        cut_mark=cut_mark(teaser.text) if teaser else None,
        lines=tuple(line.number for line in group),
        rule="section-headline-teaser-signature",
    )


def _section(above: Line, headline: Line | None) -> tuple[Fact[Label] | None, str | None]:
    """Split "SECTION caption" and "SECTION headline": the words before the headline, or a section that papers have."""
    text = above.text
    if headline and text.endswith(headline.text):
        name = text[: -len(headline.text)].strip()
        return (Fact(Label(name), above.number, "entry-section") if name else None), None
    known = [name for name in SECTIONS if text.startswith(f"{name} ")]
    if not known:
        return None, text
    name = max(known, key=len)
    return Fact(Label(name), above.number, "entry-section"), text[len(name) :].strip()
