"""The lines above a page: the site's slogan, the page's title with the site's name behind it, the menu's label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing.reading.lines import Line, Notes
from articles.importing.reading.page import Fact, HeaderForm
from articles.importing.reading.paper import Paper

_MENU = re.compile(
    r"(?:select page|toggle navigation|skip to (?:main )?content|menu|main menu)", re.IGNORECASE
)
_REACH = 14


@dataclass(frozen=True, slots=True)
class Header:
    """`form` is None when the page has no header at all; `size` is how many lines it took."""

    form: HeaderForm | None
    headline: Fact[str] | None
    size: int


def read_header(lines: Sequence[Line], *, paper: Paper, notes: Notes) -> Header:
    """Read the header; what it takes is a headline or furniture."""
    menu = next(
        (index for index, line in enumerate(lines[:_REACH]) if line.text and _MENU.fullmatch(line.text)), None
    )
    if menu is None:
        return _without_menu(lines, paper, notes)
    above = [line for line in lines[:menu] if line.text]
    notes.put_aside(lines[menu], "menu-label")
    if above and paper.is_slogan(above[0].text) and (len(above) > 1 or _is_only_slogan(above[0].text, paper)):
        notes.put_aside(above.pop(0), "site-slogan")
    size = menu + 1
    if not above:
        return Header("none", None, size)
    return _titled(above, paper, notes, size)


def _is_only_slogan(text: str, paper: Paper) -> bool:
    """A line that stands alone above the menu: the slogan, or a section of two words with the site's name behind it."""
    left = paper.split_name(text)[0]
    return not left or len(left.replace("-", " ").split()) >= 4


def _titled(above: Sequence[Line], paper: Paper, notes: Notes, size: int) -> Header:
    """The title is the last line above the menu; a title that was broken over lines is joined."""
    text = " ".join(line.text for line in above)
    form, headline = split_headline(text, paper)
    if not headline:
        for line in above:
            notes.put_aside(line, "site-name")
        return Header("none", None, size)
    return Header(
        form, Fact(headline, above[0].number, "header-suffix" if form != "bare" else "header-bare"), size
    )


def split_headline(text: str, paper: Paper) -> tuple[HeaderForm, str]:
    """A page's title without the site's name, and which form of suffix it had."""
    headline, separator, name = paper.split_name(text)
    if not separator:
        return ("none", "") if paper.is_slogan(text) else ("bare", text)
    if "|" in separator:
        return "P", headline
    return ("DY" if re.search(r"(?:19|20)\d\d", name) else "D"), headline


def _without_menu(lines: Sequence[Line], paper: Paper, notes: Notes) -> Header:
    """No menu's label: a slogan or a suffix still makes a header, anything else is the page's own text."""
    filled = [(index, line) for index, line in enumerate(lines[:_REACH]) if line.text][:2]
    size = 0
    if filled and paper.is_slogan(filled[0][1].text):
        notes.put_aside(filled[0][1], "site-slogan")
        size = filled[0][0] + 1
        del filled[0]
    if filled:
        headline, separator, _ = paper.split_name(filled[0][1].text)
        if separator and headline:
            return _titled([filled[0][1]], paper, notes, filled[0][0] + 1)
    return Header(None, None, size)
