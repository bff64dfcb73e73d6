"""No line is lost: which lines of the file a page's facts, paragraphs, entries and furniture come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from articles.importing.reading.lines import Line
from articles.importing.reading.page import Doubt, LineUse, Page


def lines_of(page: Page) -> set[int]:
    """The numbers of all lines that are to be found again in the page."""
    found = {use.line for use in page.furniture}
    facts = [page.headline, page.kind if page.kind.value == "attachment" else None]
    shelf = page.shelf
    if shelf:
        facts += [shelf.printed, shelf.name, shelf.about]
    for byline in page.bylines:
        facts += [byline.name, byline.about]
    found |= {fact.line for fact in facts if fact}
    if page.published:
        found.add(page.published.line)
    for lines in _runs(page):
        found |= set(lines)
    return found - {0}


def _runs(page: Page) -> Iterable[Sequence[int]]:
    yield from (block.lines for block in page.media)
    yield from (paragraph.lines for paragraph in page.paragraphs)
    yield from (entry.lines for entry in page.entries)


def account(page: Page, lines: Sequence[Line]) -> Page:
    """Put aside, with a doubt, what no rule has taken: nothing on a page is dropped silently."""
    taken = lines_of(page)
    left = [line for line in lines if line.text and line.number not in taken]
    if not left:
        return page
    uses = tuple(LineUse(line.number, line.text, "unrecognised") for line in left)
    doubts = tuple(
        Doubt(line.number, f"No rule knows this line: “{line.text[:80]}”. Look whether the story needs it.")
        for line in left[:20]
    )
    return replace(page, furniture=page.furniture + uses, doubts=page.doubts + doubts)
