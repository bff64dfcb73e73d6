"""Writes mammoth's HTML as blocks of a story's body: the headline taken out, notes and pictures behind what they stood in."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any

from lxml import etree
from lxml import html as markup

from articles.authoring.word.converting import LOST
from articles.authoring.word.marks import NOTE, RIGHT_TO_LEFT
from articles.authoring.word.preparing import NO_FILE

# A picture is a dictionary of its number, its alternative text and its caption; everything else is markup.
Block = str | dict[str, Any]
# So far down the first heading is still the headline.
HIGHEST = 5
ENOUGH_LETTERS = 600
_INLINE = re.compile(r"</?(?:strong|em|s|sub|sup|a)\b[^>]*>")
_TAG = re.compile(r"<[^>]+>")
_AT_THE_EDGE = re.compile(
    r"(<(?:p|li|td|th|h2|h3|blockquote)(?: [^>]*)?>)\s+|\s+(</(?:p|li|td|th|h2|h3|blockquote)>)"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DIRECTED = ("p", "h2", "h3", "blockquote", "ul", "ol")


@dataclass(slots=True)
class Blocks:
    """A text read into blocks: `base` is the direction in which the story runs, `notes` what the marks in it stand for."""

    base: str
    notes: Sequence[str]
    headline: str = ""
    standfirst: str = ""
    blocks: list[Block] = field(default_factory=list)
    footnotes: int = 0
    told: set[int] = field(default_factory=set)

    def read(self, html: str) -> None:
        """Read all of a text."""
        root = markup.fragment_fromstring(html, create_parent="div")
        for box in list(root.iter("input")):
            box.tail = ("☑ " if box.get("checked") else "☐ ") + (box.tail or "")
            box.drop_tag()
        children = list(root)
        top = _headline_among(children)
        above = sum(1 for one in children if one.tag == "h1" and one is not top)
        for number, one in enumerate(children):
            if one is top:
                self._headline(one)
            elif self._is_standfirst(children, number, top):
                self.standfirst = self._words(one)
            elif one.tag in _HEADINGS:
                level = int(str(one.tag)[1]) + (1 if above else 0)
                one.tag = "h2" if level <= 2 else "h3"
                self._block(one)
            elif one.tag == "ol" and _is_notes(one):
                self._footnotes(one)
            else:
                self._block(one)
        self.blocks += [note(said) for place, said in enumerate(self.notes) if place not in self.told]

    def _headline(self, element: Any) -> None:
        marks, pictures = self._marks(element), _pictures(element)
        self.headline = _text(element)
        self.blocks += [*pictures, *marks]

    def _is_standfirst(self, children: list[Any], number: int, top: Any) -> bool:
        is_under = top is not None and number and children[number - 1] is top
        return bool(is_under and children[number].get("class") == "subtitle")

    def _words(self, element: Any) -> str:
        self.blocks += self._marks(element)
        return _text(element)

    def _block(self, element: Any) -> None:
        """Write one block of the text, what hung in it behind it; a caption goes to its picture."""
        is_caption = element.get("class") == "caption"
        direction = self._direction(element)
        begins_with_picture = _begins_with_picture(element)
        marks, pictures = self._marks(element), _pictures(element)
        self._plainly(element)
        if begins_with_picture:
            self.blocks += pictures
        has_words = bool(_text(element)) or element.tag == "table"
        last = self.blocks[-1] if self.blocks else None
        if has_words and is_caption and isinstance(last, dict) and not last["caption"]:
            last["caption"] = _text(element)
        elif has_words:
            if direction != self.base and element.tag in _DIRECTED:
                element.set("dir", direction)
            self.blocks.append(_written(element))
        self.blocks += marks if begins_with_picture else [*pictures, *marks]

    def _marks(self, element: Any) -> list[Block]:
        """Take our signs out of an element and return the notes that they stand for."""
        found: list[Block] = []
        for sign in [one for one in element.iter("a") if (one.get("id") or "").startswith(NOTE)]:
            place = int(sign.get("id").removeprefix(NOTE))
            if place not in self.told:
                self.told.add(place)
                found.append(note(self.notes[place]))
            sign.drop_tag()
        return found

    def _direction(self, element: Any) -> str:
        """Return in which direction a block runs; in its cells and lines each paragraph for itself."""
        signs = [one for one in element.iter("a") if one.get("id") == RIGHT_TO_LEFT]
        of_paragraphs = {_paragraph(one) for one in signs}
        for one in signs:
            one.drop_tag()
        for one in element.iter("p"):
            if one is not element:
                way = "rtl" if one in of_paragraphs else _runs(_text(one), self.base)
                if way != self.base and element.tag == "table":
                    one.set("dir", way)
        return "rtl" if of_paragraphs else _runs(_text(element), self.base)

    def _plainly(self, element: Any) -> None:
        """Leave of an element what a body may hold: no links into the file itself, no paragraph alone in its cell."""
        for link in list(element.iter("a")):
            href = link.get("href") or ""
            if not href or href.startswith("#"):
                link.drop_tag()
            else:
                link.attrib.pop("target", None)
        for one in [element, *element.iterdescendants()]:
            one.attrib.pop("id", None)
            if one.get("class") != "pull":
                one.attrib.pop("class", None)
        for holder in [element, *element.iterdescendants()]:
            if holder.tag in ("td", "th", "blockquote", "li"):
                _bare(holder)

    def _footnotes(self, notes: Any) -> None:
        """Keep the notes at the end, in their order: their numbers stand in the text."""
        self.footnotes = len(notes)
        marks = []
        for back in [one for one in notes.iter("a") if "note-ref-" in (one.get("href") or "")]:
            back.drop_tree()
        for line in notes:
            for last in [one for one in line if one.tag == "p" and not _text(one)]:
                last.drop_tree()
        marks = self._marks(notes)
        self.blocks.append("<hr>")
        self._block(notes)
        self.blocks += marks

    def texts(self) -> list[str]:
        """Return all words there are now, block by block."""
        said = [self.headline, self.standfirst]
        for one in self.blocks:
            said.append(words_of(one) if isinstance(one, str) else f"{one['caption']} {one['alt']}")
        return said


def words_of(block: str) -> str:
    """Return the words of a block of markup."""
    return unescape(_TAG.sub(" ", _INLINE.sub("", block)))


def note(said: str) -> str:
    """Return a note to the editor, which is never printed."""
    return f'<p class="note">{escape(" ".join(said.split()), quote=False)}</p>'


def language_of(texts: Sequence[str]) -> str:
    """Return the language by script: whose letters are more."""
    sample = " ".join(text[:2_000] for text in texts[:40])
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in sample)
    latin = sum(letter.isalpha() and letter < "\u0250" for letter in sample)
    return "ar" if arabic > latin else "en"


def _headline_among(children: list[Any]) -> Any:
    for one in children:
        if one.tag == "h1" and one.get("class") == "title" and _text(one):
            return one
    return next((one for one in children[:HIGHEST] if one.tag == "h1" and _text(one)), None)


def _is_notes(element: Any) -> bool:
    return any(re.match(r"(foot|end)note-", line.get("id") or "") for line in element)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _begins_with_picture(element: Any) -> bool:
    if element.tag not in ("p", *_HEADINGS):
        return False
    for one in element.iter():
        if one.tag == "img":
            return True
        if (one.text or "").strip() or (one is not element and one.tag != "a" and (one.tail or "").strip()):
            return False
    return False


def _pictures(element: Any) -> list[Block]:
    found: list[Block] = []
    for image in list(element.iter("img")):
        alt = " ".join((image.get("alt") or "").split())
        number = image.get("src") or LOST
        found.append(
            note(NO_FILE + (f" It shows: {alt}" if alt else ""))
            if number == LOST
            else {"picture": int(number), "alt": alt, "caption": ""}
        )
        image.drop_tree()
    return found


def _paragraph(sign: Any) -> Any:
    return next((one for one in sign.iterancestors() if one.tag in ("p", "li", *_HEADINGS)), None)


def _runs(text: str, base: str) -> str:
    """Return the direction of most letters, `base` where there are none."""
    kinds = [unicodedata.bidirectional(letter) for letter in text[:ENOUGH_LETTERS]]
    left, right = kinds.count("L"), kinds.count("R") + kinds.count("AL")
    return base if left == right else ("rtl" if right > left else "ltr")


def _bare(holder: Any) -> None:
    """The one plain paragraph of a cell, a line or a quotation stands there without its tags."""
    lines = [one for one in holder if one.tag == "p"]
    if len(lines) == 1 and len(holder) == 1 and not lines[0].attrib:
        lines[0].drop_tag()


def _written(element: Any) -> str:
    for one in element.iter():
        one.text = one.text.replace("\t", " ") if one.text else one.text
        one.tail = one.tail.replace("\t", " ") if one.tail else one.tail
    written = str(etree.tostring(element, method="html", encoding="unicode", with_tail=False))
    return _AT_THE_EDGE.sub(lambda found: found[1] or found[2], written).strip()
