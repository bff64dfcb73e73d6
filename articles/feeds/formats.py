"""Writes one feed as RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1, well-formed whatever was typed."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import escape
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.templatetags.static import static
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator

from articles import linkable, prose
from articles.feeds.answers import absolute, iso

# An empty feed has not changed since long ago: its bytes must not depend on the clock.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_TAG = re.compile(r"<(?:a|img|source)\b[^>]*>")
_OWN_PATH = re.compile(r'(?<= )(href|src)="([/#][^"]*)"')
_SRCSET = re.compile(r'(?<= )srcset="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `key` is the permanent address it is known by; `html` is trusted, the rest plain text."""

    key: str
    link: str
    headline: str
    summary: str
    updated_at: datetime
    published_at: datetime | None = None
    html: str = ""
    language: str = ""
    image: str = ""
    image_type: str = ""
    image_size: tuple[int, int] | None = None
    names: tuple[str, ...] = ()
    name_pages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_key_an_address: bool = True


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its name, the page it belongs to and its own address (both absolute), and its entries."""

    name: str
    page: str
    address: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def changed_at(self) -> datetime:
        """Return the moment of the newest entry."""
        return max((entry.updated_at for entry in self.entries), default=LONG_AGO)


def with_whole_addresses(html: str, page: str) -> str:
    """Return trusted HTML with our own paths made absolute, for readers that show it elsewhere; `page` is where it stands."""

    def led(path: str) -> str:
        return f"{page}{path}" if path.startswith("#") else absolute(path)

    def whole(found: re.Match[str]) -> str:
        tag = _OWN_PATH.sub(lambda one: f'{one[1]}="{led(one[2])}"', found[0])
        return _SRCSET.sub(lambda one: f'srcset="{_whole_srcset(one[1])}"', tag)

    return _TAG.sub(whole, linkable.without_links(html))


def _whole_srcset(value: str) -> str:
    files = [part.strip().partition(" ") for part in value.split(",") if part.strip()]
    return ", ".join(f"{absolute(address)}{space}{width}" for address, space, width in files)


class _Rss(Rss201rev2Feed):
    def latest_post_date(self) -> datetime:
        changed: datetime = self.feed["changed_at"]
        return changed

    def rss_attributes(self) -> dict[str, str]:
        namespaces = {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }
        return {**super().rss_attributes(), **namespaces}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["names"]:
            handler.addQuickElement("dc:creator", name)
        if item["language"]:
            handler.addQuickElement("dc:language", item["language"])
        if item["html"]:
            handler.addQuickElement("content:encoded", item["html"])
        if item["picture"]:
            # Without words of its own: there are clients that take them for the story's text.
            handler.addQuickElement("media:content", "", item["picture"])


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        changed: datetime = self.feed["changed_at"]
        return changed

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name, page in item["credited"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            if page:
                handler.addQuickElement("uri", page)
            handler.endElement("author")
        if item["picture"]:
            # How long the file is, nobody has looked up; RFC 4287 asks for no length.
            shown = {"rel": "enclosure", "type": item["picture"]["type"], "href": item["picture"]["url"]}
            handler.addQuickElement("link", "", shown)
        if item["html"]:
            handler.addQuickElement("content", item["html"], {"type": "html"})


def _as_xml(kind: type[_Rss] | type[_Atom], feed: Feed) -> bytes:
    plain = prose.without_controls
    made = kind(
        title=plain(feed.name),
        link=feed.page,
        description=plain(feed.name),
        language=settings.LANGUAGE_CODE,
        author_name=plain(settings.SITE_NAME),
        feed_url=feed.address,
        feed_guid=feed.address,
        changed_at=feed.changed_at,
    )
    for entry in feed.entries:
        made.add_item(
            title=plain(entry.headline),
            link=entry.link,
            # Readers take it for HTML in both formats, so what looks like markup in plain text is escaped once more.
            description=escape(plain(entry.summary), quote=False),
            unique_id=entry.key,
            unique_id_is_permalink=entry.is_key_an_address,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            categories=[plain(tag) for tag in entry.tags],
            names=[plain(name) for name in entry.names],
            credited=_credited(entry),
            picture=_picture(entry),
            html=plain(with_whole_addresses(entry.html, entry.link)),
            language=entry.language,
        )
    out = StringIO()
    made.write(out, "utf-8")
    return out.getvalue().encode("utf-8")


def _credited(entry: Entry) -> list[tuple[str, str]]:
    """Return each name with the page of all that person wrote, "" where there is none."""
    pages = entry.name_pages or ("",) * len(entry.names)
    return [(prose.without_controls(name), page) for name, page in zip(entry.names, pages, strict=True)]


def _picture(entry: Entry) -> dict[str, str]:
    """Return the lead picture as Media RSS has it, nothing where there is none or its kind is not known."""
    if not entry.image or not entry.image_type:
        return {}
    size = entry.image_size
    sized = {"width": str(size[0]), "height": str(size[1])} if size else {}
    return {"url": entry.image, "medium": "image", "type": entry.image_type, **sized}


def without_texts(feed: Feed) -> Feed:
    """Return a feed whose entries have their summaries only."""
    return replace(feed, entries=[replace(entry, html="") for entry in feed.entries])


def rss(feed: Feed) -> bytes:
    """Return `feed` as RSS 2.0, the whole text in content:encoded."""
    return _as_xml(_Rss, feed)


def atom(feed: Feed) -> bytes:
    """Return `feed` as Atom, the whole text in content."""
    return _as_xml(_Atom, feed)


def json_feed(feed: Feed) -> bytes:
    """Return `feed` as JSON Feed 1.1."""
    facts = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.name,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": settings.LANGUAGE_CODE,
        "authors": [{"name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}],
        "favicon": absolute(static("icon.svg")),
        "items": [_json_entry(entry) for entry in feed.entries],
    }
    return json.dumps(facts, ensure_ascii=False).encode("utf-8", "replace")


def _json_entry(entry: Entry) -> dict[str, Any]:
    facts = {
        "id": entry.key,
        "url": entry.link,
        "title": entry.headline,
        "summary": entry.summary,
        "content_html": with_whole_addresses(entry.html, entry.link),
        "image": entry.image,
        "banner_image": entry.image,
        "date_published": iso(entry.published_at),
        "date_modified": iso(entry.updated_at),
        "authors": [{"name": name, **({"url": page} if page else {})} for name, page in _credited(entry)],
        "tags": list(entry.tags),
        "language": entry.language,
    }
    said = {name: value for name, value in facts.items() if value}
    return said if entry.html else said | {"content_text": entry.summary}


FORMS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "rss.xml": (Rss201rev2Feed.content_type, rss),
    "atom.xml": (Atom1Feed.content_type, atom),
    "feed.json": ("application/feed+json; charset=utf-8", json_feed),
}
# The same with summaries only.
SUMMARIES = {
    "rss-summary.xml": "rss.xml",
    "atom-summary.xml": "atom.xml",
    "feed-summary.json": "feed.json",
}
