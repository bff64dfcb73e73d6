"""What a page's address says: the kind of page, and a story's contributor, section and slug."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

from articles.importing.reading.page import Address

_COPY = re.compile(r"(.+)-([2-9]|1\d)")
_STORED = re.compile(r"/web/\d{4,14}[a-z_]{0,4}/(https?:/{1,2}.+)", re.DOTALL)
_NUMBERED = re.compile(r"(\d{3,9})-(.+)")
_LONGEST = 2_000
_LISTS = {
    "category": "category",
    "section": "category",
    "tag": "tag",
    "tags": "tag",
    "topic": "tag",
    "author": "author",
    "writer": "author",
    "taxonomy": "taxonomy",
    "search": "search",
}


def parse_address(address: str) -> Address | None:
    """Read an address; None when it is none. `?share=` copies give the same path; a web archive's copy gives the original."""
    text = address.strip()
    if not text or len(text) > _LONGEST:
        return None
    try:
        parts = urlsplit(text if "//" in text[:10] else f"//{text}")
        host = (parts.hostname or "").lower()
        number = _whole(parse_qs(parts.query, max_num_fields=50).get("page", [""])[0])
    except ValueError:
        return None
    stored = _STORED.match(parts.path)
    if stored and "archive" in host:
        return parse_address(re.sub(r"^(https?:)/{1,2}", r"\1//", stored.group(1)))
    segments = [unquote(part) for part in parts.path.split("/") if part]
    if not host or "." not in host:
        return None
    found = Address(host=host, path="/" + "/".join(part for part in parts.path.split("/") if part), kind=None)
    return _kind(_dated(_paged(found, segments, number)), _inner(segments))


def _inner(segments: list[str]) -> list[str]:
    """The segments that name the page: without page numbers, dates, a "home" or a language in front."""
    inner = list(segments)
    if len(inner) >= 2 and inner[-2].lower() == "page" and inner[-1].isdecimal():
        del inner[-2:]
    while len(inner) > 1 and inner[0].lower() in ("home", "english", "en", "ar"):
        del inner[0]
    if len(inner) > 1 and inner[-1].lower() in ("amp", "feed", "index.html"):
        del inner[-1]
    dated = len(inner) > 3 and _whole(inner[0]) and len(inner[0]) == 4
    if dated:
        del inner[: 3 if _whole(inner[2]) else 2]
    return inner


def _paged(found: Address, segments: list[str], number: int | None) -> Address:
    """The number of a list's page, from its path or its query; it's no part of what the page is."""
    if len(segments) >= 2 and segments[-2].lower() == "page" and segments[-1].isdecimal():
        return replace(found, page_number=_whole(segments[-1]))
    return replace(found, page_number=number)


def _dated(found: Address) -> Address:
    """A WordPress address that begins with year, month and perhaps day."""
    dated = re.match(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?:/(0[1-9]|[12]\d|3[01]))?/", found.path + "/")
    if not dated:
        return found
    year, month, day = dated.groups()
    return replace(found, year=int(year), month=int(month), day=int(day) if day else None)


def _kind(found: Address, inner: list[str]) -> Address:
    """The kind of page, by the words in its path."""
    if not inner:
        return replace(found, kind="list", list_kind="front")
    lower = [part.lower() for part in inner]
    if found.year and all(part.isdecimal() for part in inner):
        return replace(found, kind="list", list_kind="date")
    if "attachment" in lower[1:]:
        at = lower.index("attachment", 1)
        story = _story(found, inner[:at])
        whole = found.path.lower().rsplit("/attachment", 1)[0]
        return replace(
            story,
            kind="attachment",
            slug=inner[-1] if at + 1 < len(inner) else None,
            parent_path=whole or None,
        )
    if lower[0] == "article" and len(inner) >= 2:
        writer = inner[2] if len(inner) >= 4 else None
        slug = inner[-1] if len(inner) >= 3 else None
        return replace(
            found, kind="article", story_number=inner[1], contributor_slug=writer, slug=slug, slug_base=slug
        )
    named = next((word for word in (lower[0], lower[-2] if len(lower) > 1 else "") if word in _LISTS), None)
    if named:
        return _list(found, inner, _LISTS[named])
    numbered = _NUMBERED.fullmatch(inner[-1])
    if numbered and len(inner) >= 2:
        number, slug = numbered.groups()
        return replace(
            found, kind="article", story_number=number, section_slug=inner[0], slug=slug, slug_base=slug
        )
    if len(inner) == 1:
        return replace(found, kind="list", list_kind="section", section_slug=inner[0])
    return replace(_story(found, inner), kind="article")


def _list(found: Address, inner: list[str], list_kind: str) -> Address:
    """A category, tag, author or taxonomy list: its slug is the last segment that is no number."""
    slug = next((part for part in reversed(inner[1:]) if not part.isdecimal()), inner[-1])
    if inner[-2:-1] == ["section"] and len(inner) > 2:
        slug = inner[0]
    if list_kind == "taxonomy":
        return replace(found, kind="list", list_kind=list_kind, slug=inner[-1])
    if list_kind == "author":
        return replace(found, kind="list", list_kind=list_kind, slug=slug, contributor_slug=slug)
    if list_kind == "category":
        return replace(found, kind="list", list_kind=list_kind, slug=slug, section_slug=slug)
    return replace(found, kind="list", list_kind=list_kind, slug=slug)


def _story(found: Address, inner: list[str]) -> Address:
    """`/{contributor}/{section}[/{sub-section}]/{slug}[-N]`, with fewer parts where the address has fewer."""
    slug = inner[-1] if inner else None
    copy = _COPY.fullmatch(slug or "")
    before = inner[:-1]
    return replace(
        found,
        contributor_slug=before[0] if len(before) >= 2 else None,
        section_slug=before[1] if len(before) >= 2 else (before[0] if before else None),
        sub_section_slug=before[2] if len(before) >= 3 else None,
        slug=slug,
        slug_base=copy.group(1) if copy else slug,
        copy_number=int(copy.group(2)) if copy else None,
    )


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else None
