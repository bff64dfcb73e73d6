"""A story's text as a value: what copy, revision and edition have in common."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
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
    `own_caption`, `own_credit` and `own_alt` are the story's own layer, each None where the library's is used;
    `caption_is_absent` says that the story has no caption and takes none from the library.
    """

    picture: int
    media_id: str | None
    caption: str | None
    credit: str
    alt: str
    own_caption: str | None = None
    own_credit: str | None = None
    own_alt: str | None = None
    caption_is_absent: bool = False

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "PrintedPicture":
        """Read back what a revision keeps of a picture, an older or a newer version's too."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in known})


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything an editor typed: headline to captions, bylines as printed, section (its slug), tags (by name).

    `note` is the note to the desk: kept with every revision, never printed. `unfinished` is what was typed and is no
    fact yet, by the form's field: a name nobody knows, half a Media ID, a headline too long. It is kept like the rest,
    each field a list of {at: the row's place or None, typed: the text or the row, said: why it is no fact yet}.
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
    unfinished: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the contents as plain lists and dictionaries, for a revision's row."""
        plain = asdict(self)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Contents":
        """Read back what `as_json` wrote; keys of a later version are ignored."""
        known = {one.name for one in fields(cls)}
        plain = {name: value for name, value in stored.items() if name in known}
        plain["bylines"] = tuple(PrintedByline(**line) for line in plain.get("bylines", ()))
        plain["pictures"] = tuple(PrintedPicture.from_json(line) for line in plain.get("pictures", ()))
        plain["tags"] = tuple(plain.get("tags", ()))
        return cls(**plain)

    def changed(self, **changes: Any) -> "Contents":
        """Return the same contents with `changes` made."""
        return replace(self, **changes)

    def differences(self, other: "Contents") -> list[str]:
        """Return the names of the fields in which `other` differs, in the order of the form."""
        return [one.name for one in fields(self) if getattr(self, one.name) != getattr(other, one.name)]
