"""Sets raw HTML in Markdown so that its indented lines are read as HTML behind a blank line too, and as no code listing."""

import re
from collections import Counter
from dataclasses import dataclass, field

_BLOCK_NAMES = (
    "address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|header|li|main|"
    "nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_TAG = re.compile(rf"<(/?)({_BLOCK_NAMES})(?=[\s>/]|$)", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*(?=[\s>/]|$)", re.IGNORECASE)
_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)]) {1,4}(?=\S)")
_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_VERBATIM = re.compile(r"</?(?:pre|script|style|textarea)(?=[\s>]|$)|<!--|-->", re.IGNORECASE)
# So many columns further in, a line is a listing.
_LISTED = 4


def laid_open(text: str) -> str:
    """Return Markdown with no line set in as a listing that stands in open raw HTML, or goes on with it in a list.

    An element is open from a line that begins with its tag to its end tag; one that never ends never was. What is fenced
    stays as it is, and so does what is set in anywhere else.
    """
    if not _ANY_TAG.search(text):
        return text
    ends = Counter(tag[2].lower() for tag in _TAG.finditer(text) if tag[1])
    reading = _Reading(ends)
    return "\n".join([reading.line(line) for line in text.split("\n")])


@dataclass(slots=True)
class _Reading:
    """Where the reading stands: which elements are open, set from column `base`; `item` is where a list's words begin."""

    ends: Counter[str]
    opened: list[str] = field(default_factory=list)
    open_of: Counter[str] = field(default_factory=Counter)
    base: int = 0
    item: int = 0
    fence: str = ""
    fenced_in: int = 0
    verbatim: str = ""
    is_behind_blank: bool = True
    is_moved: bool = False
    in_listing: bool = False
    html_to: int = 0

    def line(self, line: str) -> str:
        """Return one line as it is to be read."""
        words = line.lstrip(" \t")
        column = len(line[: len(line) - len(words)].expandtabs(4))
        if self.verbatim:
            self._verbatim_to(words)
            return line
        if self.fence:
            if words.startswith(self.fence) and not words.strip(f"{self.fence[0]} \t\r"):
                self.fence = ""
            return line[min(self.fenced_in, len(line) - len(words)) :]
        if not words.strip():
            self.is_behind_blank = True
            return line
        was_open = bool(self.opened)
        to = self._within(words, column) if was_open else self._outside(line, words, column)
        self.is_behind_blank = False
        self.html_to = column if was_open or self.opened else 0
        return line if to is None else " " * to + words

    def _within(self, words: str, column: int) -> int | None:
        """Return the column to which a line of raw HTML is to be set, None where it stays."""
        if self.is_behind_blank:
            self.is_moved = column >= self.base + _LISTED
        to = self.base if self.is_moved or 0 < column < self.base else None
        if fence := _FENCE.match(words):
            self.fence, self.fenced_in = fence[0], 0 if to is None else column - to
        else:
            self._verbatim_to(words)
            self._count(words)
        return to

    def _outside(self, line: str, words: str, column: int) -> int | None:
        """Return the same of a line that stands in no raw HTML, and may open some."""
        marker = _ITEM.match(line) if self.item or column < _LISTED else None
        to = None
        if marker:
            self.item, words = marker.end(), line[marker.end() :]
        elif not column and self.is_behind_blank:
            self.item = 0
        start = self.item if marker or column >= self.item else 0
        if not marker and column >= start + _LISTED and (self.is_behind_blank or self.in_listing):
            self.in_listing = not (self.is_behind_blank and self._goes_on(words, column))
            if self.in_listing:
                return None
            start = to = self.item
        self.in_listing = False
        if fence := _FENCE.match(words):
            self.fence, self.fenced_in = fence[0], 0
        elif (tag := _TAG.match(words)) and not tag[1]:
            self.base, self.is_moved = start, False
            self._verbatim_to(words)
            self._count(words)
        else:
            if _VERBATIM.match(words):
                self._verbatim_to(words)
            self._count(words, opens=False)
        return to

    def _goes_on(self, words: str, column: int) -> bool:
        """Say whether a line set in like a listing goes on with the raw HTML before it, set in as far, or with a list."""
        if column < self.item:
            return _ANY_TAG.match(words) is not None
        return self.html_to >= _LISTED and _TAG.match(words) is not None

    def _verbatim_to(self, words: str) -> None:
        """Take note of what stands as it is written up to its end, over blank lines, and of that end."""
        for sign in _VERBATIM.finditer(words):
            if self.verbatim and sign[0].lower() == self.verbatim:
                self.verbatim = ""
            elif not self.verbatim and not sign[0].startswith(("</", "-->")):
                self.verbatim = "-->" if sign[0] == "<!--" else f"</{sign[0][1:].lower()}"

    def _count(self, words: str, *, opens: bool = True) -> None:
        """Follow which elements are open behind a line."""
        for tag in _TAG.finditer(words):
            name = tag[2].lower()
            if not tag[1]:
                if opens and self.ends[name] > self.open_of[name]:
                    self.opened.append(name)
                    self.open_of[name] += 1
                continue
            self.ends[name] -= 1
            while self.open_of[name]:
                last = self.opened.pop()
                self.open_of[last] -= 1
                if last == name:
                    break
