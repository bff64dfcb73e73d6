"""How a picture is cited: in a line to copy, and as the programs of those who cite read it."""

import re
from typing import NamedTuple

from django.conf import settings

from articles.models.cited import Cited, in_one_line
from articles.models.public_picture import PublicPicture
from media.models import Picture


def in_groups(media_id: str) -> str:
    """Return a Media ID as one says it on the phone: in fours, counted from its end."""
    return " ".join(re.findall(r"\d{1,4}", media_id[::-1]))[::-1]


def name_of(picture: PublicPicture) -> str:
    """Return what a picture is called where it needs a name: the opening of its caption, else its number."""
    return picture.opening or f"Media ID {picture.row.media_id}"


def maker_of(row: Picture) -> str:
    """Return whom to name: who made it, else whom the paper credits; "" where nobody is known."""
    return in_one_line(row.creator or row.credit)


class Citation(NamedTuple):
    """A citation in parts, for a page that sets each in its own direction: maker, name of what is cited, the rest."""

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


def cited(picture: PublicPicture) -> Cited:
    """Return what the programs of those who cite are told of a picture."""
    row, maker = picture.row, maker_of(picture.row)
    media_id = row.media_id or ""
    return Cited(
        key=f"picture{media_id}",
        kind="ART",
        bibtex="misc",
        csl="graphic",
        name=name_of(picture),
        makers=(maker,) if maker else (),
        paper=settings.SITE_NAME,
        number=f"Media ID {media_id}",
        address=_address(picture),
        on=row.taken_on,
        further=(
            ("bibtex", "howpublished", f"{settings.SITE_NAME}, Media ID {media_id}"),
            ("csl", "number", media_id),
        ),
    )


def _address(picture: PublicPicture) -> str:
    return f"{settings.SITE_URL}{picture.path}"
