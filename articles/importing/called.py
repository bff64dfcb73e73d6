"""Knows a story's parts by the names that others give them: schema.org, JSON Feed, news agencies, dumps of other systems."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from django.utils.dateparse import parse_datetime

# Ours, and what else it is called elsewhere, the most telling name first. Upper case, “_” and “-” make no difference.
OTHERS: Mapping[str, tuple[str, ...]] = {
    "headline": ("title", "webtitle", "articletitle", "name"),
    "standfirst": ("dek", "subtitle", "description", "summary", "abstract", "trailtext", "excerpt"),
    "body_html": ("contenthtml", "htmlbody"),
    "body_text": (
        "body", "articlebody", "contenttext", "fulltext", "maintext", "bodytext", "articletext", "content", "text", "article",
    ),
    "language": ("lang", "inlanguage"),
    "section": ("articlesection", "sectionname", "category"),
    "bylines": ("authors", "author", "byline", "creators", "creator"),
    "tags": ("keywords", "topics", "categories", "subjects"),
    "places": ("place", "location"),
    "published_at": (
        "published", "datepublished", "datepublish", "publisheddate", "publishdate", "publishedon", "publicationdate",
        "webpublicationdate", "pubdate", "firstpublished", "firstcreated", "datetime", "date",
    ),
    "url": ("link", "permalink", "canonicalurl", "weburl", "sourceurl", "uri"),
    "story_id": ("id", "identifier", "guid", "uuid"),
}  # fmt: skip
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_OURS = {other: (turn, ours) for ours, others in OTHERS.items() for turn, other in enumerate(others)}
_CLOSING_TAG = re.compile(r"</[a-z][a-z0-9]*>", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_BLOCK = re.compile(
    r"\s*</?(?:p|div|h[1-6]|ul|ol|li|blockquote|figure|table|section|article|pre|hr)\b", re.IGNORECASE
)
_MOMENT = re.compile(
    r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
_WRITTEN = ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y")
# Seconds since 1970 are taken as such up to the year 5138; more are thousandths.
_MOST_SECONDS = 10**11


def in_our_names(told: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a line with its parts under our names, and which other name each was read under.

    A name of ours that says something is left alone; of two others the more telling one is read, and the rest is left.
    """
    found: dict[str, tuple[int, str]] = {}
    for name, value in told.items():
        turn, ours = _OURS.get(re.sub("[_-]", "", name).lower(), (0, ""))
        is_free = ours and value not in _EMPTY and told.get(ours) in _EMPTY
        if is_free and (turn, name) < found.get(ours, (len(_OURS), "")):
            found[ours] = turn, name
    if "body_html" in found or told.get("body_html") not in _EMPTY:
        # One text is enough; the other stays as it was told.
        found.pop("body_text", None)
    read = {ours: name for ours, (_, name) in found.items()}
    taken = set(read.values())
    renamed = {name: value for name, value in told.items() if name not in taken and name not in read}
    return renamed | {ours: _plain(told[name]) for ours, name in read.items()}, read


def _plain(value: Any) -> Any:
    """Return what WordPress wraps: its API gives a text as `{"rendered": …}`, each a piece of HTML."""
    if not isinstance(value, dict) or not isinstance(value.get("rendered"), str):
        return value
    text: str = value["rendered"]
    return text if "<" in text else unescape(text)


def as_markup(text: str) -> str | None:
    """Return a text that holds markup with its loose lines made paragraphs; None of one that holds none."""
    if not _CLOSING_TAG.search(text):
        return None
    blocks = (block.strip() for block in _BLANK_LINE.split(text))
    return "\n".join(block if _BLOCK.match(block) else f"<p>{block}</p>" for block in blocks if block)


def moment(value: Any) -> datetime | str | None:
    """Return the moment that a date says: `YYYY-MM-DD` where it is of a day alone, None where it is none.

    Read are ISO 8601 and what comes near it, a mail's date (RFC 5322), seconds or thousandths since 1970, and a day
    with its month in English. A moment without a zone has none.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000 if abs(value) >= _MOST_SECONDS else value, UTC)
    if not isinstance(value, str):
        return None
    text = " ".join(value.split())
    if near := _MOMENT.fullmatch(text):
        year, month, day, hour, minute, second, zone = near.groups()
        on = f"{year}-{int(month):02}-{int(day):02}"
        if hour is None:
            return on
        zone = "+00:00" if zone in ("Z", "UTC", "GMT") else zone or ""
        return parse_datetime(f"{on}T{int(hour):02}:{minute}:{second or '00'}{zone}")
    return next(_as_written(text), None)


def _as_written(text: str) -> Iterator[datetime | str]:
    for form in _WRITTEN:
        try:
            yield datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    try:
        yield parsedate_to_datetime(text)
    except ValueError:
        return
