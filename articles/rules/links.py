"""Finds the links of a text that lead nowhere: our own by asking the database, others by what was found of them before."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import unescape
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from articles.models import Edition, Link, public_picture, shelf
from articles.models.shelf import Moved, Shelf

# How much of an address a sentence shows, and how many of our own shelves and pictures one look asks for.
SHOWN, MOST = 120, 60
SHELVES: Mapping[str, tuple[Callable[[str], Shelf | Moved | None], str]] = {
    "section": (shelf.section, "section"),
    "tag": (shelf.tag, "tag"),
    "by": (shelf.contributor, "contributor"),
}
_LINK = re.compile(r'<a(?: [^<>]*?)? href="([^"]*)"')
_STORY = re.compile(r"/story/([1-9][0-9]{7})(?:/|$)")
_PICTURE = re.compile(r"/media/([0-9]{4,12})(?:/|$)")
_SHELF = re.compile(r"/(section|tag|by)/([^/]+)(?:/|$)")
_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]\.?|localhost|[0-9a-f:.]*:[0-9a-f:.]*|[0-9]{1,3}(?:\.[0-9]{1,3}){3}"
)


def in_body(body: str) -> list[str]:
    """Return the addresses that a clean body links to, in order, each once."""
    return list(dict.fromkeys(unescape(one) for one in _LINK.findall(body)))


def dead(addresses: Sequence[str]) -> list[str]:
    """Return a sentence for each address that no reader can follow.

    One query for all stories, one for all of other people's addresses, one or two for each shelf and picture, of which
    at most `MOST` are asked for. Nothing is fetched: other people's pages were asked for before, or are not known.
    """
    why = why_dead(addresses) | _known_dead([one for one in addresses if host_of(one)])
    return [
        f"The link to {one[:SHOWN]} leads nowhere: {why[one]} Mend it or take it out."
        for one in addresses
        if one in why
    ]


def why_dead(addresses: Iterable[str]) -> dict[str, str]:
    """Return, of addresses that are our own or cannot be right, those that lead nowhere, each with the reason."""
    own: dict[str, str] = {}
    found = {}
    for address in addresses:
        path = own_path(address)
        if path is not None:
            own[address] = path
        elif not _may_be_right(address):
            found[address] = "it is no address anybody can follow."
    gone = _gone(set(own.values()))
    return found | {address: gone[path] for address, path in own.items() if path in gone}


def _known_dead(addresses: list[str]) -> dict[str, str]:
    if not addresses:
        return {}
    return dict(Link.objects.to(addresses).filter(is_dead=True).values_list("address", "why"))


def host_of(address: str) -> str:
    """Return whom an address would be asked of: "" for our own, for mail and for what cannot be right."""
    if own_path(address) is not None or not _may_be_right(address):
        return ""
    parts = urlsplit(address)
    return (parts.hostname or "")[:255] if parts.scheme in {"http", "https"} else ""


def own_path(address: str) -> str | None:
    """Return the path of an address on our own site, None for anybody else's and for what is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    here = urlsplit(settings.SITE_URL).netloc
    is_ours = (
        not parts.netloc if not parts.scheme else parts.netloc == here and parts.scheme in {"http", "https"}
    )
    return unquote(parts.path) or "/" if is_ours else None


def _gone(paths: set[str]) -> dict[str, str]:
    """Return, of our own paths, those that answer a reader with 404 or 410, each with the reason."""
    stories = {path: int(found[1]) for path in paths if (found := _STORY.match(path))}
    public = _public(stories.values()) if stories else set()
    gone = {
        path: f"readers see no story {number}." for path, number in stories.items() if number not in public
    }
    for path in sorted(paths - stories.keys())[:MOST]:
        said = _missing(path)
        if said:
            gone[path] = said
    return gone


def _public(numbers: Iterable[int]) -> set[int]:
    rows = Edition.objects.at().filter(story_id__in=list(numbers))
    return set(rows.values_list("story_id", flat=True))


def _missing(path: str) -> str:
    """Return why a reader finds nothing at one of our own paths, "" where something is."""
    if found := _PICTURE.match(path):
        row = public_picture.find(found[1])
        return "" if row and row.is_public else f"readers see no picture with the Media ID {found[1]}."
    if found := _SHELF.match(path):
        of_kind, word = SHELVES[found[1]]
        row_or_move = of_kind(found[2])
        held = row_or_move.shelf if isinstance(row_or_move, Moved) else row_or_move
        has_any = held is not None and (held.is_always_there or held.walk(None).exists())
        return "" if has_any else f"readers find no {word} “{found[2][:SHOWN]}”."
    if path.startswith(settings.DESK_PATH):
        return "readers have no way into the desk."
    try:
        resolve(path)
    except Resolver404:
        return "there is no such page."
    return ""


def _may_be_right(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme == "mailto":
        name, _, place = parts.path.partition("@")
        return bool(name) and _HOST.fullmatch(place.casefold()) is not None
    return port != 0 and _HOST.fullmatch(host.casefold()) is not None
