"""Sets two versions of a story side by side, field by field, for the desk."""

from dataclasses import dataclass

from articles import prose
from articles.models import Contents, PrintedPicture
from articles.redline import Line, redline
from media.models import Picture

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
class Shown:
    """A picture of one of two versions: its name, a small copy where there is one, and what became of it."""

    name: str
    src: str
    fate: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One field in which two versions differ: its lines, and whether only the markup does.

    `before` is the earlier version's own text where the field is one box of the form, else None; `pictures` are
    those of both versions where the field is theirs.
    """

    name: str
    label: str
    before: str | None
    lines: list[Line]
    is_markup_only: bool
    pictures: tuple[Shown, ...] = ()


def fields(before: Contents, after: Contents) -> list[Compared]:
    """Return the fields in which `after` differs from `before`, each with its redline."""
    found = []
    for name in before.differences(after):
        was, now = as_text(before, name), as_text(after, name)
        text = getattr(before, name)
        held = text if isinstance(text, str) else None
        shown = _shown(before, after) if name == "pictures" else ()
        found.append(Compared(name, LABELS[name], held, redline(was, now), was == now, shown))
    return found


def _shown(before: Contents, after: Contents) -> tuple[Shown, ...]:
    """Return the pictures of the later version in their order, then those that it has no more."""
    was, now = ([one.picture for one in version.pictures] for version in (before, after))
    rows = Picture.objects.prefetch_related("renditions").in_bulk({*was, *now})
    fates = {key: "stays" if key in was else "put in" for key in now}
    fates |= {key: "taken out" for key in was if key not in now}
    return tuple(_small(rows[key], fate) for key, fate in fates.items() if key in rows)


def _small(row: Picture, fate: str) -> Shown:
    copies = [] if row.killed_at else row.copies()
    return Shown(str(row), copies[0].desk_url if copies else "", fate)


def as_text(contents: Contents, name: str) -> str:
    """Return one field as lines of plain text."""
    if name == "body":
        return prose.plain(contents.body, notes=True)
    if name == "bylines":
        return "\n".join(f"{line.as_printed} ({line.role})" for line in contents.bylines)
    if name == "pictures":
        return "\n".join(_picture(one) for one in contents.pictures)
    if name == "tags":
        return "\n".join(contents.tags)
    return str(getattr(contents, name))


def _picture(one: PrintedPicture) -> str:
    """Return what the story says of a picture itself, a line for each of its own words."""
    which = f"Media ID {one.media_id}" if one.media_id else f"picture {one.picture}, Media ID not known"
    if one.caption_is_absent:
        lines = [f"{which}, no caption: nobody wrote one"]
    elif one.own_caption is None:
        lines = [f"{which}, the library's caption"]
    else:
        lines = [f"{which}: {one.own_caption}" if one.own_caption else f"{which}, no caption printed"]
    for label, own in (("credit", one.own_credit), ("alternative text", one.own_alt)):
        if own is not None:
            lines.append(f"Its {label} here: {own}" if own else f"No {label} here")
    return "\n".join(lines)
