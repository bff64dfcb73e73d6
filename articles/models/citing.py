"""How a picture is cited: in a line to copy, and as the programs of those who cite read it.

BibTeX and RIS are read by every such program; CSL-JSON is what they exchange.
"""

import re
from typing import Any, NamedTuple

from django.conf import settings

from articles import prose
from articles.models.public_picture import PublicPicture
from media.models import Picture

_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip


def in_groups(media_id: str) -> str:
    """Return a Media ID as one says it on the phone: in fours, counted from its end."""
    return " ".join(re.findall(r"\d{1,4}", media_id[::-1]))[::-1]


def name_of(picture: PublicPicture) -> str:
    """Return what a picture is called where it needs a name: the opening of its caption, else its number."""
    return picture.opening or f"Media ID {picture.row.media_id}"


def maker_of(row: Picture) -> str:
    """Return whom to name: who made it, else whom the paper credits; "" where nobody is known."""
    return " ".join(prose.without_controls(row.creator or row.credit).split())


class Citation(NamedTuple):
    """A citation in parts, for a page that sets each in its own direction: maker, name of the picture, the rest."""

    maker: str
    name: str
    rest: str


def in_parts(picture: PublicPicture) -> Citation:
    """Return the citation as plain text, in parts that stand one after the other."""
    row = picture.row
    taken = f", {row.taken_on.day} {row.taken_on:%B} {row.taken_on.year}" if row.taken_on else ""
    return Citation(
        maker_of(row).rstrip("."),
        f"“{picture.opening}”" if picture.opening else "Picture without a caption",
        f" [picture]{taken}. {settings.SITE_NAME}, Media ID {row.media_id}. {_address(picture)}",
    )


def in_a_line(picture: PublicPicture) -> str:
    """Return the citation as plain text."""
    maker, name, rest = in_parts(picture)
    return f"{maker}. {name}{rest}" if maker else f"{name}{rest}"


def as_bibtex(picture: PublicPicture) -> str:
    """Return the citation as a BibTeX entry."""
    row = picture.row
    fields = {
        "title": f"{{{_tex(name_of(picture))}}}",
        "author": f"{{{_tex(maker_of(row))}}}",
        "year": str(row.taken_on.year) if row.taken_on else "",
        "howpublished": f"{_tex(settings.SITE_NAME)}, Media ID {row.media_id}",
        "url": _address(picture),
    }
    lines = [f"  {name} = {{{said}}}," for name, said in fields.items() if said not in {"", "{}"}]
    return "\n".join([f"@misc{{picture{row.media_id},", *lines, "}", ""])


def as_ris(picture: PublicPicture) -> str:
    """Return the citation as a RIS record, of the kind "artwork"."""
    row = picture.row
    fields = [
        ("TY", "ART"),
        ("TI", name_of(picture)),
        ("AU", maker_of(row)),
        ("DA", f"{row.taken_on:%Y/%m/%d}" if row.taken_on else ""),
        ("PB", settings.SITE_NAME),
        ("AN", f"Media ID {row.media_id}"),
        ("UR", _address(picture)),
        ("ER", None),
    ]
    lines = [f"{name}  - {' '.join((said or '').split())}" for name, said in fields if said or said is None]
    return "\r\n".join([*lines, ""])


def as_csl(picture: PublicPicture) -> list[dict[str, Any]]:
    """Return the citation as CSL-JSON: a list of one."""
    row = picture.row
    facts: dict[str, Any] = {
        "id": f"picture{row.media_id}",
        "type": "graphic",
        "title": name_of(picture),
        "author": [{"literal": maker_of(row)}] if maker_of(row) else [],
        "container-title": settings.SITE_NAME,
        "number": row.media_id,
        "URL": _address(picture),
    }
    if row.taken_on:
        facts["issued"] = {"date-parts": [[row.taken_on.year, row.taken_on.month, row.taken_on.day]]}
    return [{name: fact for name, fact in facts.items() if fact}]


def _address(picture: PublicPicture) -> str:
    return f"{settings.SITE_URL}{picture.path}"


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)
