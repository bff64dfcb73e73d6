"""Reads what a page of the library needs beside its pictures: the sections, the picture of a Media ID, the notices not seen."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles import roles
from articles.models import Edition, Section
from articles.workflow import noticing
from media.models import Picture
from newsroom.prepared import prepared


@dataclass(frozen=True, slots=True)
class Known:
    """The sections somebody may know of (slug to name, in order), the row of a Media ID, and the notices not seen.

    `exact` is None where there is no such picture; of a merged one it is the row that it stands for. `unseen` is None for
    who is told nothing.
    """

    sections: dict[str, str]
    exact: int | None
    unseen: int | None


def known_to(user: Any, number: str) -> Known:
    """Return what is known to `user`, and of the Media ID `number`: one query, two where there is no section yet."""
    sections: list[Any] = _known_to(user.pk, number, held=roles.roles_of(user))
    # Every row carries both; the account is a row that is there before any section is.
    row: Any = sections[0] if sections else User.objects.annotate(**_beside(user, number)).get(pk=user.pk)
    return Known(
        sections={section.slug: section.name for section in sections},
        exact=row.exact,
        unseen=(row.unseen or 0) if roles.has_role(user, "note") else None,
    )


def _numbered(number: str) -> QuerySet[Picture, Any]:
    return Picture.objects.filter(media_id=number).order_by().values(key=Coalesce("alias_of_id", "pk"))[:1]


@prepared
def _known_to(key: int, number: str, *, held: frozenset[roles.Role]) -> QuerySet[Section]:
    user = roles.Holder(key, held)
    return _sections(user).order_by("order", "name").annotate(**_beside(user, number))


def _beside(user: Any, number: str) -> dict[str, Subquery]:
    return {"exact": Subquery(_numbered(number)), "unseen": Subquery(noticing.counted_unseen(user))}


def _sections(user: Any) -> QuerySet[Section]:
    """Return the sections `user` may know of: all for those who write or organise, else those readers see."""
    if roles.has_role(user, "start") or roles.has_role(user, "organise"):
        return Section.objects.all()
    return Section.objects.filter(Exists(Edition.objects.at().filter(section=OuterRef("pk"))))
