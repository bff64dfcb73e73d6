"""A page saved as HTML: its blocks of text with their lines, and what its head says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from articles.importing.reading.markup import Markup, TextBlock, line_of, read_head
from articles.importing.reading.refusals import LINES_CAP

_LOOKS = re.compile(
    r"\s{0,50}(?:<!doctype html|<html[\s>]|<\?xml[^>]{0,200}\?>\s{0,50}(?:<!doctype html|<html))",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</(?:p|div|a|span|body|html|head|h1|article|li)>|<(?:p|div|br|meta|body|head)[ />]", re.IGNORECASE
)
_BLOCKS = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
        ),
        *(
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
        ),
        *(
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
            "time",
        ),
    )
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "template",
        "head",
        "noscript",
        "svg",
        "iframe",
        "object",
        "select",
        "option",
        "button",
        "textarea",
    ]
)
_AROUND = frozenset(["nav", "footer", "aside", "form"])
_ROOMS = (
    "entry-content",
    "post-content",
    "article-body",
    "article__body",
    "td-post-content",
    "story-body",
    "post_content",
    "et_pb_post",
)
_PICTURE = re.compile(r"(?:wp-image-|attachment_)(\d{4,12})")
_BREAK = "\x1e"


def is_html(text: str) -> bool:
    """Whether a text is a web page's markup."""
    head = text[:20_000]
    return _LOOKS.match(head) is not None or sum(1 for _ in _TAG.finditer(head)) >= 6


def read_markup(text: str) -> Markup | None:
    """Parse the page; None when there is nothing to parse. Broken markup is read as browsers do, nothing is fetched."""
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    found = Markup()
    read_head(root, found)
    room = _room(root, found)
    _read_blocks(root, room, found)
    return found


def _room(root: Any, found: Markup) -> Any:
    """The element that holds the story, or all of the list's."""
    articles = list(root.iter("article"))
    found.listed = len(articles)
    if len(articles) == 1:
        found.says_article = True
        return articles[0]
    if len(articles) < 2:
        for element in root.iter("div", "section", "main", "td"):
            known = (element.get("class") or "").split()
            if any(name in known for name in _ROOMS) or element.get("itemprop") == "articleBody":
                found.says_article = True
                return element
    for element in root.iter("main", "div"):
        if (
            element.tag == "main"
            or element.get("role") == "main"
            or element.get("id") in ("main-content", "content", "main")
        ):
            return element
    body = root.find("body")
    return root if body is None else body


def _read_blocks(root: Any, room: Any, found: Markup) -> None:
    """Walk the page without recursion: texts between block elements are the page's lines."""
    state = _Walk(found)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            state.enter(tag, element, element is room)
        else:
            state.leave(tag, element, element is room)
        if len(found.blocks) > LINES_CAP:
            break
    state.flush()


@dataclass(slots=True)
class _Walk:
    """Where the walk stands."""

    found: Markup
    path: list[tuple[str, int]] = field(default_factory=list)
    silent: int = 0
    inside: int = 0
    figure: int = 0
    figures: int = 0
    texts: list[str] = field(default_factory=list)

    def enter(self, tag: str, element: Any, is_room: bool) -> None:
        """An element opens."""
        if tag in _SILENT:
            self.silent += 1
        if tag in _BLOCKS:
            self.flush()
            self.path.append((tag, line_of(element)))
        self.inside += is_room
        known = (
            f"{element.get('class') or ''} {element.get('id') or ''}"
            if tag in ("figure", "div", "img")
            else ""
        )
        if tag == "figure" or (tag == "div" and "wp-caption" in known.split()):
            self.figures += 1
            self.figure = self.figures
            self.found.figures.setdefault(self.figure, None)
        numbered = _PICTURE.search(known) or re.search(r"\d{4,12}", element.get("data-media-id") or "")
        if numbered and self.inside:
            self._picture(numbered.group(1) if numbered.re is _PICTURE else numbered.group())
        if tag == "br":
            self.texts.append(_BREAK)
        if element.text and not self.silent:
            self.texts.append(element.text.replace(_BREAK, " "))

    def _picture(self, media_id: str) -> None:
        if not self.figure:
            self.figures += 1
        self.found.figures[self.figure or self.figures] = media_id

    def leave(self, tag: str, element: Any, is_room: bool) -> None:
        """An element closes."""
        if tag in _BLOCKS:
            self.flush()
            if self.path:
                self.path.pop()
        if tag in _SILENT:
            self.silent -= 1
        if tag == "figure" or (tag == "div" and "wp-caption" in (element.get("class") or "").split()):
            self.figure = 0
        self.inside -= is_room
        if element.tail and not self.silent:
            self.texts.append(element.tail.replace(_BREAK, " "))

    def flush(self) -> None:
        """Make a block of what was gathered."""
        lines = tuple(_kept("".join(self.texts)))
        self.texts.clear()
        if not lines:
            return
        tags = tuple(tag for tag, _ in self.path)
        line = self.path[-1][1] if self.path else 1
        around = any(tag in _AROUND for tag in tags) or ("header" in tags and "article" not in tags)
        self.found.blocks.append(
            TextBlock(line, lines, tags[-1] if tags else "body", self.inside > 0 and not around, self.figure)
        )


def _kept(gathered: str) -> Iterator[str]:
    """The lines of a block; in markup a line's end is a space, and only <br> breaks."""
    for line in gathered.split(_BREAK):
        folded = " ".join(line.split())
        if folded:
            yield folded
