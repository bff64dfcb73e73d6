"""Sets two versions of a story side by side, field by field, for the desk."""

from dataclasses import dataclass

from articles import prose
from articles.models import Contents
from articles.redline import Line, redline

LABELS = {
    "headline": "Headline",
    "slug": "Slug",
    "kicker": "Kicker",
    "standfirst": "Standfirst",
    "dateline": "Dateline",
    "body": "Text",
    "language": "Language",
    "section": "Section",
    "bylines": "Byline",
    "pictures": "Pictures",
    "tags": "Tags",
    "note": "Note to the desk",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One field in which two versions differ: its lines, and whether only the markup does.

    `before` is the earlier version's own text where the field is one box of the form, else None.
    """

    name: str
    label: str
    before: str | None
    lines: list[Line]
    is_markup_only: bool


def fields(before: Contents, after: Contents) -> list[Compared]:
    """Return the fields in which `after` differs from `before`, each with its redline."""
    found = []
    for name in before.differences(after):
        was, now = as_text(before, name), as_text(after, name)
        text = getattr(before, name)
        held = text if isinstance(text, str) else None
        found.append(Compared(name, LABELS[name], held, redline(was, now), was == now))
    return found


def as_text(contents: Contents, name: str) -> str:
    """Return one field as lines of plain text."""
    if name == "body":
        return prose.plain(contents.body)
    if name == "bylines":
        return "\n".join(f"{line.as_printed} ({line.role})" for line in contents.bylines)
    if name == "pictures":
        return "\n".join(_picture(one.media_id, one.picture, one.own_caption) for one in contents.pictures)
    if name == "tags":
        return "\n".join(contents.tags)
    return str(getattr(contents, name))


def _picture(media_id: str | None, row: int, own_caption: str | None) -> str:
    which = f"Media ID {media_id}" if media_id else f"picture {row}, Media ID not known"
    if own_caption is None:
        return f"{which}, the library's caption"
    return f"{which}: {own_caption}" if own_caption else f"{which}, no caption printed"
