"""Says which files a browser may choose from for a picture: by format, by width, and by the shape its window asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
# The style sheets change their layout at the same width.
NARROW = "(max-width: 43.99rem)"
# What a browser gets that knows no srcset, and whoever fetches the picture by its one address.
PLAIN_WIDTH = 1280
WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Source:
    """One choice: a format, its files by width, the size on the page, when it is one ("" always: then in the plain one's shape)."""

    type: str
    srcset: str
    sizes: str
    width: int
    height: int
    media: str = ""


@dataclass(frozen=True, slots=True)
class Plain:
    """What every browser understands: JPEGs, with the size that keeps the page from jumping."""

    src: str
    srcset: str
    sizes: str
    width: int
    height: int


def choices(
    shown: Mapping[str, Any], sizes: str, slot: str = WHOLE, narrow: str = ""
) -> tuple[list[Source], Plain | None]:
    """Return the choices for an entry of `Edition.shown_pictures` in `slot`, or in `narrow` in a narrow window.

    Where a shape has no copies yet the whole picture stands in its place. None where there is no file at all.
    """
    if not shown["src"]:
        return [], None
    copies, formats = shown.get("copies") or {}, shown.get("formats") or []
    here = copies.get(slot) or copies.get(WHOLE)
    if not here or "jpg" not in formats:
        # Drawn before copies were counted by shape.
        return [], Plain(shown["src"], shown["srcset"], sizes, shown["width"], shown["height"])
    path = shown.get("path", "/images/")
    found = []
    if narrow and copies.get(narrow):
        found += list(_by_format(copies[narrow], formats, path, sizes, NARROW))
    found += [one for one in _by_format(here, formats, path, sizes, "") if one.type != TYPES["jpg"]]
    plain = next((one for one in here if one[1] >= PLAIN_WIDTH), here[-1])
    _, width, height = here[-1]
    # A browser that knows neither of the lighter formats is old: it gets the one file, and no list to choose from.
    srcset = "" if formats != ["jpg"] else _srcset(here, "jpg", path)
    return found, Plain(f"{path}{plain[0]}.jpg", srcset, sizes, width, height)


def _by_format(
    copies: list[list[Any]], formats: list[str], path: str, sizes: str, media: str
) -> Iterator[Source]:
    _, width, height = copies[-1]
    for kind, type_ in TYPES.items():
        if kind in formats:
            yield Source(type_, _srcset(copies, kind, path), sizes, width, height, media)


def _srcset(copies: list[list[Any]], kind: str, path: str) -> str:
    return ", ".join(f"{path}{name}.{kind} {width}w" for name, width, _ in copies)
