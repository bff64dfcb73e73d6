"""How far elements stand within one another in markup, and what becomes of blocks that a text does not know."""

import re
from dataclasses import dataclass, field

# Deeper than any text is; what is nested further keeps its words and loses its tags, so that reading stays quick.
DEEPEST = 100
# Blocks whose words become paragraphs of their own.
LOOSE_BLOCKS = frozenset(
    (
        "address", "article", "aside", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
        "figcaption", "footer", "form", "header", "hgroup", "legend", "main", "menu", "nav", "optgroup", "option",
        "pre", "search", "section", "summary",
    )
)  # fmt: skip
# What stands in a line. Every other element of a text begins a line and ends one.
IN_LINE = frozenset(("a", "strong", "em", "s", "sub", "sup", "br"))
_ENDED_BY_OTHERS = frozenset(("p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option"))
_HOLDS_NOTHING = frozenset(
    ("br", "hr", "img", "input", "meta", "link", "col", "wbr", "source", "area", "base")
)
_LETTERS = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
_FRAMES = frozenset(
    ("object", "applet", "marquee", "template", "table", "caption", "button", "svg", "math", "select")
)
_ANY_TAG = re.compile(r"<(/?)([a-z][^\s<>/]*)[^<>]*>?", re.IGNORECASE)
_HEADINGS = frozenset(("h2", "h3"))
_HOLDERS = frozenset(("li", "td", "th"))
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^">]|"[^"]*")*)>')
_SPACE = " \t\r\n\f"
_ENDING = re.compile(rf"[{_SPACE}]*</")
_WORDS_BEFORE = re.compile(rf"(?:[^\s>]|</?(?:{'|'.join(IN_LINE - {'br'})})(?: [^<>]*)?>)\Z")
_WORDS_AFTER = re.compile(rf"[^\s<]|</?(?:{'|'.join(IN_LINE - {'br'})})[ >]")
# As far back as the tag before is looked for; a longer address is taken for the end of a block.
_NEAR = 400


def shallow(markup: str) -> str:
    """Return `markup` without the tags that stand deeper than `DEEPEST`; a tag left open counts to the end.

    An end tag ends what a browser would let it end: a letter's mark alone, any other what is open in it, and
    nothing outside the table or frame that it stands in.
    """
    if markup.count("<") <= DEEPEST:
        return markup
    opened: list[str] = []
    over = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal over
        name = found[2].lower()
        if name in _ENDED_BY_OTHERS or name in _HOLDS_NOTHING:
            return found[0]
        left = "" if name in _LETTERS or name in IN_LINE or name == "span" else "\n"
        if not found[1]:
            if len(opened) >= DEEPEST:
                over += 1
                return left
            opened.append(name)
        elif over:
            over -= 1
            return left
        else:
            _end(opened, name)
        return found[0]

    return _ANY_TAG.sub(kept, markup)


def _end(opened: list[str], name: str) -> None:
    """Take what the end tag `name` ends from the open tags, if it ends any."""
    for place in range(len(opened) - 1, -1, -1):
        if opened[place] == name:
            del opened[place : place + 1 if name in _LETTERS else None]
            return
        if opened[place] in _FRAMES:
            return


def gap(markup: str, start: int, end: int) -> str:
    """Return what has to stand for a block that is taken out: a line's end where words stand before it and behind it."""
    before, after = markup[max(0, start - _NEAR) : start], markup[end : end + 10]
    return "\n" if _WORDS_BEFORE.search(before) and _WORDS_AFTER.match(after) else ""


@dataclass(slots=True)
class _Part:
    """A tag, or the words between two (`tag` is ""): whether a block stands in it, and nothing else where it stands."""

    said: str
    tag: str = ""
    is_end: bool = False
    attributes: str = ""
    holds_block: bool = False
    is_only: bool = False


@dataclass(slots=True)
class _Open:
    """An open element; `wraps` are the attributes of the paragraphs that its words become, None where they stay loose."""

    tag: str
    is_kept: bool
    wraps: str | None
    is_all_of_a_cell: bool


def in_paragraphs(markup: str) -> str:
    """Return well-formed markup with the words that stand straight in a loose block as paragraphs, and no such block.

    In a paragraph or a heading no other can stand, and what is all of a line of a list or of a cell needs none: there
    its ends leave white space. So does a block that a browser would not let stand where it does.
    """
    writing = _Writing()
    for part in _parts(markup):
        if not part.tag:
            writing.words(part.said)
        elif part.is_end:
            writing.end(part)
        else:
            writing.start(part)
    return "".join(writing.out)


def _parts(markup: str) -> list[_Part]:
    parts: list[_Part] = []
    opened: list[int] = []
    end = 0
    for tag in _TAG.finditer(markup):
        if tag.start() > end:
            parts.append(_Part(markup[end : tag.start()]))
        end = tag.end()
        parts.append(_Part(tag[0], tag[2], bool(tag[1]), tag[3]))
        is_block = tag[2] not in IN_LINE
        if tag[1]:
            begun = opened.pop() if opened else 0
            before = begun - 2 if begun and not parts[begun - 1].said.strip(_SPACE) else begun - 1
            parts[begun].is_only = opened[-1:] == [before] and _ENDING.match(markup, end) is not None
            holds = is_block or parts[begun].holds_block
        else:
            holds = is_block
            if tag[2] not in _HOLDS_NOTHING:
                opened.append(len(parts) - 1)
                continue
        if opened:
            parts[opened[-1]].holds_block |= holds
    parts.append(_Part(markup[end:]))
    return parts


@dataclass(slots=True)
class _Writing:
    """Where the writing stands: `paragraph` is the depth of the block whose paragraph is open, `breaks` a gap still owed."""

    out: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    paragraph: int = 0
    breaks: bool = False
    after_block: bool = True

    def words(self, text: str) -> None:
        """Write words; the first in a loose block open its paragraph."""
        inner = text.lstrip(_SPACE)
        if inner and self._is_to_open():
            self._put(text[: len(text) - len(inner)])
            self._open()
            text = inner
        self._put(text)

    def start(self, part: _Part) -> None:
        """Write the start of an element, if it may stand here."""
        tag = part.tag
        is_block = tag not in IN_LINE
        if not is_block and not part.holds_block and self._is_to_open():
            if tag == "br":
                return
            self._open()
        elif is_block or part.holds_block:
            self._close()
        is_loose = tag in LOOSE_BLOCKS
        is_kept = not is_loose and self._may_stand(tag)
        if is_kept:
            self._put(part.said, is_block=is_block)
        elif is_block:
            self.breaks = True
        if tag not in _HOLDS_NOTHING:
            around = self.opened[-1] if self.opened else None
            is_all = part.is_only and around and (around.tag in _HOLDERS or around.is_all_of_a_cell)
            wraps = part.attributes if is_loose and not is_all and self._may_hold() else None
            self.opened.append(_Open(tag, is_kept, wraps, is_loose and bool(is_all)))

    def end(self, part: _Part) -> None:
        """Write the end of an element whose start was written."""
        if not self.opened:
            return
        is_block = part.tag not in IN_LINE
        self._close()
        if self.opened.pop().is_kept:
            self._put(part.said, is_block=is_block)
        elif is_block:
            self.breaks = True

    def _may_stand(self, tag: str) -> bool:
        """Say whether a browser that reads the text again would leave the element where it is."""
        around = [one.tag for one in self.opened if one.is_kept]
        if tag == "a":
            in_cell = max((place for place, one in enumerate(around) if one in ("td", "th")), default=-1)
            return "a" not in around[in_cell + 1 :]
        if tag in IN_LINE:
            return True
        if "p" in around or (tag in _HEADINGS and around and around[-1] in _HEADINGS):
            return False
        return tag != "li" or next((one for one in reversed(around) if one not in IN_LINE), "") != "li"

    def _may_hold(self) -> bool:
        return not any(one.is_kept and (one.tag == "p" or one.tag in _HEADINGS) for one in self.opened)

    def _is_to_open(self) -> bool:
        return not self.paragraph and bool(self.opened) and self.opened[-1].wraps is not None

    def _open(self) -> None:
        self.paragraph = len(self.opened)
        self._put(f"<p{self.opened[-1].wraps}>", is_block=True)

    def _close(self) -> None:
        """End the paragraph that is open straight in the loose block here."""
        if self.paragraph and self.paragraph == len(self.opened):
            self.paragraph = 0
            self._put("</p>", is_block=True)

    def _put(self, said: str, *, is_block: bool = False) -> None:
        if not said:
            return
        if self.breaks and not (is_block or self.after_block or said[0].isspace()):
            self.out.append("\n")
        self.breaks = False
        self.after_block = is_block or said[-1].isspace()
        self.out.append(said)
