"""The rules of the W3C's feed validator for RSS 2.0 and Atom, and those of JSON Feed 1.1, as far as a feed can break them.

Written from what the validator's documentation says of each message (named here as it names them), and from the formats'
own texts: https://validator.w3.org/feed/docs/, RFC 4287, https://www.jsonfeed.org/version/1.1/.
"""

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from django.utils import timezone
from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d "
    r"([+-]\d{4}|GMT)"
)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+(; ?charset=utf-8)?")
ONCE_A_CHANNEL = (
    "title",
    "link",
    "description",
    "language",
    "lastBuildDate",
    "pubDate",
    "generator",
    "docs",
    "ttl",
)
ONCE_AN_ITEM = ("title", "link", "description", "guid", "pubDate", "author", "comments", "source", ENCODED)
ONCE_AN_ENTRY = ("id", "title", "updated", "published", "summary", "content")
# SecurityRisk: what a reader of feeds must not be handed.
RISKY = {
    "script",
    "meta",
    "embed",
    "object",
    "iframe",
    "form",
    "input",
    "style",
    "link",
    "base",
    "applet",
    "frame",
}
ADDRESSES = ("href", "src", "cite", "poster", "data")


def whole(address):
    parts = urlsplit(address or "")
    return (
        parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in address and address.isascii()
    )


def wrong_with_html(text):
    """ContainsRelRef, SecurityRisk, ContainsUndeclaredHTML."""
    if not text.strip():
        return []
    faults = []
    for one in html.fragment_fromstring(text, create_parent="div").iter(etree.Element):
        faults += [f"SecurityRisk: <{one.tag}>"] if one.tag in RISKY else []
        faults += [f"SecurityRisk: {name}" for name in one.attrib if name.startswith("on") or name == "style"]
        for name in ADDRESSES:
            address = one.get(name, "http://x.example/")
            if not (whole(address) or address.startswith("mailto:")):
                faults.append(f"ContainsRelRef: {name}={address}")
        for part in one.get("srcset", "").split(","):
            if part.strip() and not whole(part.split()[0]):
                faults.append(f"ContainsRelRef: srcset {part}")
        if one.get("id") or "turn-link" in one.get("class", ""):
            faults += (
                [] if "turn-link" not in one.get("class", "") else ["A link that works on our page alone"]
            )
    return faults


def _tree(content):
    content.decode("utf-8")
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _blank(parent, names):
    return [
        f"NotBlank: {name}" for name in names for one in parent.findall(name) if not (one.text or "").strip()
    ]


def _repeated(parent, names):
    return [f"DuplicateElement: {name}" for name in names if len(parent.findall(name)) > 1]


def _missing(parent, names):
    return [f"MissingElement: {name}" for name in names if parent.find(name) is None]


def _again(values, what):
    return [f"DuplicateValue: {what} {value}" for value, count in Counter(values).items() if count > 1]


def _implausible(moment):
    later = timezone.now() + timedelta(days=1)
    return not datetime(1000, 1, 1, tzinfo=UTC) < moment < later


def _date_822(text):
    if not RFC_822.fullmatch(text or ""):
        return [f"InvalidRFC2822Date: {text}"]
    moment = parsedate_to_datetime(text)
    faults = [] if f"{moment:%a}" == text[:3] else [f"IncorrectDOW: {text}"]
    return faults + ([f"ImplausibleDate: {text}"] if _implausible(moment) else [])


def _date_3339(text):
    if not RFC_3339.fullmatch(text or ""):
        return [f"InvalidRFC3339Date: {text}"]
    return [f"ImplausibleDate: {text}"] if _implausible(datetime.fromisoformat(text)) else []


def _plain(text):
    """ContainsHTML: a reader would show the marks, or swallow them."""
    return [f"ContainsHTML: {text}"] if re.search(r"</?(b|i|em|strong|p|a|br)\b", text or "") else []


def wrong_with_rss(content, address):
    """What breaks a rule in an RSS feed that stands at `address`."""
    root = _tree(content)
    if root.tag != "rss" or root.get("version") != "2.0" or len(root) != 1:
        return ["MissingElement: rss version 2.0 with one channel"]
    channel = root[0]
    faults = _missing(channel, ("title", "link", "description", "language"))
    faults += _repeated(channel, ONCE_A_CHANNEL) + _blank(channel, ("title", "link", "description"))
    faults += [] if whole(channel.findtext("link")) else ["InvalidFullLink: link"]
    faults += [] if LANGUAGE.fullmatch(channel.findtext("language") or "") else ["InvalidLanguage"]
    for name in ("lastBuildDate", "pubDate"):
        faults += [fault for one in channel.findall(name) for fault in _date_822(one.text)]
    own = [one for one in channel.findall(f"{ATOM}link") if one.get("rel") == "self"]
    if [one.get("href") for one in own] != [address]:
        faults.append("SelfDoesntMatchLocation")
    items = channel.findall("item")
    faults += _again([item.findtext("guid") for item in items], "guid")
    return faults + [
        f"{item.findtext('link')}: {fault}" for item in items for fault in _wrong_with_item(item)
    ]


def _wrong_with_item(item):
    faults = _missing(item, ("title", "link", "description", "guid")) + _repeated(item, ONCE_AN_ITEM)
    faults += _blank(item, ("title", "link", "guid", "category", f"{DC}creator"))
    faults += [] if whole(item.findtext("link")) else ["InvalidFullLink: link"]
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink", "true") == "true" and not whole(guid.text):
        faults.append("InvalidPermalink: guid")
    faults += [fault for one in item.findall("pubDate") for fault in _date_822(one.text)]
    both = [("author", f"{DC}creator"), ("pubDate", f"{DC}date"), ("category", f"{DC}subject")]
    faults += [f"DuplicateItemSemantics: {a}" for a, b in both if item.findall(a) and item.findall(b)]
    names = [one.tag for one in item]
    if ENCODED in names and names.index(ENCODED) < names.index("description"):
        faults.append("content:encoded before description")
    for one in (*item.findall("description"), *item.findall(ENCODED)):
        faults += wrong_with_html(one.text or "")
    for one in item.findall("enclosure"):
        faults += [f"MissingAttribute: {name}" for name in ("url", "length", "type") if not one.get(name)]
    for one in item.findall(f"{MEDIA}content"):
        faults += [] if whole(one.get("url")) and TYPE.fullmatch(one.get("type", "")) else ["media:content"]
    for one in item.findall(f"{DC}language"):
        faults += [] if LANGUAGE.fullmatch(one.text or "") else ["InvalidLanguage"]
    return faults


def wrong_with_atom(content, address):
    """What breaks a rule in an Atom feed that stands at `address`."""
    feed = _tree(content)
    if feed.tag != f"{ATOM}feed":
        return ["UndefinedElement: no Atom feed"]
    names = [f"{ATOM}{name}" for name in ("id", "title", "updated")]
    faults = _missing(feed, names) + _repeated(feed, names) + _blank(feed, names)
    faults += _date_3339(feed.findtext(f"{ATOM}updated")) + _links(feed)
    faults += [] if whole(feed.findtext(f"{ATOM}id")) else ["InvalidFullLink: id"]
    faults += [] if LANGUAGE.fullmatch(feed.get(XML_LANG) or "en") else ["InvalidLanguage"]
    own = [one.get("href") for one in feed.findall(f"{ATOM}link") if one.get("rel") == "self"]
    faults += [] if own == [address] else ["SelfDoesntMatchLocation"]
    entries = feed.findall(f"{ATOM}entry")
    faults += _again([entry.findtext(f"{ATOM}id") for entry in entries], "id")
    for entry in entries:
        faults += [f"{entry.findtext(f'{ATOM}id')}: {fault}" for fault in _wrong_with_entry(entry, feed)]
    return faults


def _links(parent):
    faults = []
    links = parent.findall(f"{ATOM}link")
    for one in links:
        faults += [] if whole(one.get("href")) else [f"InvalidFullLink: {one.get('href')}"]
        faults += [] if TYPE.fullmatch(one.get("type", "text/html")) else ["InvalidMIMEType"]
        faults += [] if one.get("length", "0").isdigit() else ["InvalidNonNegativeInteger: length"]
    alternates = [
        (one.get("type"), one.get("hreflang")) for one in links if one.get("rel", "alternate") == "alternate"
    ]
    return faults + _again(alternates, "alternate link")


def _wrong_with_entry(entry, feed):
    required = [f"{ATOM}{name}" for name in ("id", "title", "updated")]
    once = [f"{ATOM}{name}" for name in ONCE_AN_ENTRY]
    faults = _missing(entry, required) + _repeated(entry, once) + _blank(entry, required) + _links(entry)
    for name in ("updated", "published"):
        faults += [fault for one in entry.findall(f"{ATOM}{name}") for fault in _date_3339(one.text)]
    faults += [] if urlsplit(entry.findtext(f"{ATOM}id")).scheme else ["InvalidFullLink: id"]
    if not any(parent.findall(f"{ATOM}author") for parent in (entry, feed)):
        faults.append("MissingElement: author")
    for one in entry.findall(f"{ATOM}author"):
        faults += _missing(one, [f"{ATOM}name"]) + _blank(one, [f"{ATOM}name"])
        faults += [] if whole(one.findtext(f"{ATOM}uri", "http://x.example/")) else ["InvalidURI"]
    alternate = [one for one in entry.findall(f"{ATOM}link") if one.get("rel", "alternate") == "alternate"]
    if not alternate and entry.find(f"{ATOM}content") is None:
        faults.append("MissingContentOrAlternate")
    for one in entry.findall(f"{ATOM}category"):
        faults += [] if (one.get("term") or "").strip() else ["MissingAttribute: term"]
    for one in (*entry.findall(f"{ATOM}summary"), *entry.findall(f"{ATOM}content")):
        faults += wrong_with_html(one.text or "") if one.get("type") == "html" else _plain(one.text)
    if not LANGUAGE.fullmatch(entry.get(XML_LANG) or "en"):
        faults.append("InvalidLanguage")
    return faults


def wrong_with_json_feed(content, address):
    """What breaks a rule in a JSON Feed that stands at `address`."""
    feed = json.loads(content)
    faults = [] if feed["version"] == "https://jsonfeed.org/version/1.1" else ["version"]
    faults += [] if feed.get("title") else ["title"]
    faults += [] if feed.get("feed_url") == address else ["feed_url"]
    faults += [f"{name} is no address" for name in ("home_page_url", "favicon") if not whole(feed.get(name))]
    faults += _authors(feed) + _language(feed)
    faults += _again([item.get("id") for item in feed["items"]], "id")
    return faults + [
        f"{item.get('id')}: {fault}" for item in feed["items"] for fault in _wrong_with_json(item)
    ]


def _wrong_with_json(item):
    faults = [] if isinstance(item.get("id"), str) and item["id"] else ["id"]
    faults += [] if item.get("content_html") or item.get("content_text") else ["neither html nor text"]
    faults += [
        f"{name} is no address"
        for name in ("url", "image", "banner_image")
        if name in item and not whole(item[name])
    ]
    for name in ("date_published", "date_modified"):
        faults += _date_3339(item[name]) if name in item else []
    faults += wrong_with_html(item.get("content_html", "")) + _authors(item) + _language(item)
    tags = item.get("tags", [])
    return faults + ([] if all(isinstance(tag, str) and tag.strip() for tag in tags) else ["tags"])


def _authors(of):
    return [
        "authors" for one in of.get("authors", [])
        if not (one.get("name") or one.get("url")) or not whole(one.get("url", "http://x.example/"))
    ]  # fmt: skip


def _language(of):
    return [] if LANGUAGE.fullmatch(of.get("language", "en")) else ["language"]


RULES = {"rss": wrong_with_rss, "atom": wrong_with_atom, "feed": wrong_with_json_feed}


def wrong_with(content, address):
    """What breaks a rule in any feed, by the name of its file."""
    return RULES[address.rpartition("/")[2].partition(".")[0].partition("-")[0]](content, address)
