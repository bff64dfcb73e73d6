"""What kind of page this is: by its address, else by its form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.importing.reading.captions import Piece
from articles.importing.reading.credits import has_credit
from articles.importing.reading.datelines import find_dateline
from articles.importing.reading.entries import cut_mark, is_prose, parse_byline
from articles.importing.reading.header import Header
from articles.importing.reading.names import person_from_slug, shelf_from_slug
from articles.importing.reading.page import Address, Fact, Kind, Shelf
from articles.importing.reading.paper import Paper

_MACHINE = re.compile(
    r"(?P<before>(?:category|tag|author|daily|monthly|yearly) archives? ?[:-] ?)?(?P<name>.*?)(?P<after> archives)?"
    r"(?: ?[-–|,] ?page \d{1,5}(?: of \d{1,5})?)?",
    re.IGNORECASE,
)
_AUTHOR_AT = re.compile(r", author at ", re.IGNORECASE)


def find_kind(address: Address | None, header: Header, found: Sequence[Piece], paper: Paper) -> Fact[Kind]:
    """The page's kind. Two bylines make a list whatever the address says."""
    lines = [line for piece in found if piece.kind == "text" for line in piece.block.lines]
    bylines = sum(parse_byline(line, paper) is not None for line in lines)
    if bylines >= 2 and not (address and address.kind == "list"):
        return Fact("list", lines[0].number, "form-bylines", stated=False)
    if address is not None and address.kind is not None:
        return Fact(address.kind, 0, "address-path")
    marked = sum(cut_mark(line.text) is not None for line in lines)
    labels = sum(piece.kind != "text" for piece in found)
    shelf = header.headline is not None and header.headline.value.lower().endswith(" archives")
    if (
        (bylines and (bylines > 1 or marked or len(lines) <= 4))
        or shelf
        or (marked >= 2 and marked * 4 >= len(lines))
        or (labels >= 4 and marked)
    ):
        return Fact("list", 1, "form-list", stated=False)
    alone = len(lines) == 1 and not labels and header.form is not None
    if alone and has_credit(lines[0].text) and not find_dateline(lines[0].text, paper=paper, line=0):
        return Fact("attachment", 1, "form-picture", stated=False)
    return Fact("article", 1, "form-article", stated=False)


def is_full_article(found: Sequence[Piece], paper: Paper) -> bool:
    """Whether a list's page shows one story's whole text: running paragraphs and hardly a headline."""
    lines = [line for piece in found if piece.kind == "text" for line in piece.block.lines]
    prose = sum(is_prose(line.text) for line in lines)
    marked = sum(cut_mark(line.text) is not None for line in lines[:-1])
    if marked or prose < 2 or any(parse_byline(line, paper) for line in lines):
        return False
    return len(lines) - prose <= max(2, len(lines) // 3)


def read_shelf(address: Address | None, header: Header) -> Shelf:
    """The list's own name: as printed and without the machine's "Archives"; from the slug when none is printed."""
    list_kind = (address.list_kind if address else None) or "unknown"
    slug = address.slug or address.section_slug if address else None
    number = address.page_number if address else None
    printed = header.headline
    name: Fact[str] | None = None
    if printed:
        found = _MACHINE.fullmatch(_AUTHOR_AT.split(printed.value)[0].strip())
        clean = (found.group("name") if found else printed.value).strip()
        name = Fact(clean or printed.value, printed.line, "shelf-name")
    elif slug:
        plain = person_from_slug(slug) if list_kind == "author" else shelf_from_slug(slug)
        name = Fact(plain, 0, "address-slug", stated=False)
    return Shelf(list_kind, printed, name, slug, number)
