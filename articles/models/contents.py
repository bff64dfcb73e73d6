"""A story's text as a value: what copy, revision and edition have in common."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class PrintedByline:
    """One name over a story, in its order: the contributor's slug, what they did, the name as printed."""

    contributor: str
    role: str
    as_printed: str


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """One picture in a story.

    `picture` is its row, `media_id` its number or None where lost, `caption` None (absent), "" (empty) or text;
    `own_caption` is the story's own layer, None where the library's caption is used.
    """

    picture: int
    media_id: str | None
    caption: str | None
    credit: str
    alt: str
    own_caption: str | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything an editor typed: headline to captions, bylines as printed, section (its slug), tags (by name).

    `note` is the note to the desk: kept with every revision, never printed.
    """

    headline: str = ""
    slug: str = ""
    kicker: str = ""
    standfirst: str = ""
    dateline: str = ""
    body: str = ""
    language: str = "en"
    section: str = ""
    bylines: tuple[PrintedByline, ...] = ()
    pictures: tuple[PrintedPicture, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the contents as plain lists and dictionaries, for a revision's row."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Contents":
        """Read back what `as_json` wrote; keys of a later version are ignored."""
        known = {field.name for field in fields(cls)}
        plain = {name: value for name, value in stored.items() if name in known}
        plain["bylines"] = tuple(PrintedByline(**line) for line in plain.get("bylines", ()))
        plain["pictures"] = tuple(PrintedPicture(**line) for line in plain.get("pictures", ()))
        plain["tags"] = tuple(plain.get("tags", ()))
        return cls(**plain)

    def changed(self, **changes: Any) -> "Contents":
        """Return the same contents with `changes` made."""
        return replace(self, **changes)

    def differences(self, other: "Contents") -> list[str]:
        """Return the names of the fields in which `other` differs, in the order of the form."""
        return [
            field.name for field in fields(self) if getattr(self, field.name) != getattr(other, field.name)
        ]
