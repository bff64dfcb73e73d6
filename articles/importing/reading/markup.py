"""What a saved HTML page says, and what its head says about the story."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block of text: its line in the file, its element's name, whether it is in the story, and in which figure."""

    line: int
    texts: tuple[str, ...]
    tag: str
    is_story: bool
    figure: int = 0


@dataclass(slots=True)
class Markup:
    """What a saved HTML page says."""

    blocks: list[TextBlock] = field(default_factory=list)
    canonical: str | None = None
    heading: tuple[str, int, str] | None = None
    page_name: tuple[str, int] | None = None
    published: tuple[str, int, str] | None = None
    written_by: tuple[str, int, str] | None = None
    section: tuple[str, int] | None = None
    tags: list[tuple[str, int]] = field(default_factory=list)
    figures: dict[int, str | None] = field(default_factory=dict)
    says_article: bool = False
    listed: int = 0


def line_of(element: Any) -> int:
    """The line of the file on which an element begins."""
    return int(element.sourceline or 1)


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def read_head(root: Any, found: Markup) -> None:
    """Canonical address, names, date, writer: the page's own statements."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            found.canonical = found.canonical or link.get("href")
    named = root.find(".//title")
    if named is not None and _words(named):
        found.page_name = (_words(named), line_of(named))
    for meta in root.iter("meta"):
        _read_meta(meta, found)
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            _read_linked(script, found)
    headings = [heading for heading in root.iter("h1") if _words(heading)]
    if len(headings) == 1 or (headings and found.heading is None):
        found.heading = (_words(headings[0]), line_of(headings[0]), "html-heading")


def _read_meta(meta: Any, found: Markup) -> None:
    name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
    said = " ".join((meta.get("content") or "").split())
    line = line_of(meta)
    if not said:
        return
    if name == "og:url":
        found.canonical = found.canonical or said
    elif name == "og:title":
        found.heading = found.heading or (said, line, "html-og-title")
    elif name == "og:type" and said.lower() == "article":
        found.says_article = True
    elif name in ("article:published_time", "datepublished", "date", "pubdate", "dc.date"):
        found.published = found.published or (said, line, "html-published")
    elif name in ("author", "article:author", "dc.creator") and not said.startswith("http"):
        found.written_by = found.written_by or (said, line, "html-writer")
    elif name == "article:section":
        found.section = found.section or (said, line)
    elif name == "article:tag" and len(found.tags) < 100:
        found.tags.append((said, line))


def _read_linked(script: Any, found: Markup) -> None:
    """schema.org in JSON, as newspapers give it."""
    try:
        said = json.loads(script.text[:200_000])
    except (ValueError, RecursionError):
        return
    graph = said.get("@graph", [said]) if isinstance(said, dict) else said
    for thing in graph if isinstance(graph, list) else []:
        if not isinstance(thing, dict) or "Article" not in str(thing.get("@type", ""))[:200]:
            continue
        found.says_article = True
        if isinstance(thing.get("datePublished"), str):
            found.published = found.published or (thing["datePublished"], line_of(script), "html-linked-date")
        writer = thing.get("author")
        writer = writer[0] if isinstance(writer, list) and writer else writer
        name = writer.get("name") if isinstance(writer, dict) else None
        if isinstance(name, str) and name.strip():
            found.written_by = found.written_by or (
                " ".join(name.split()),
                line_of(script),
                "html-linked-writer",
            )
