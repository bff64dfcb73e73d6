"""Finds pictures for Ctrl-K: by Media ID or the beginning of one, by address or file, by words of what is said of them."""

from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse

from articles import roles
from articles.models import Address
from articles.planning.asked import OF_A_KIND, Asked, Found
from media.models import Picture

SHOWN = ("media_id", "caption", "file_caption", "credit", "headline")
# The newest are looked through first; what is sought most often is among them.
LATELY = 2_000


def pictures(user: Any, asked: Asked) -> list[Found]:
    """Return the pictures meant, the newest first."""
    if not roles.has_role(user, "pictures"):
        return []
    if asked.path:
        rows = _addressed(asked)
    elif number := asked.digits:
        first = Case(When(media_id=number, then=0), default=1)
        begun = Picture.objects.standing().filter(media_id__gte=number, media_id__lt=f"{number}:")
        rows = _few(begun.order_by(first, "media_id"))
        if not rows and (merged := Picture.objects.numbered(number)) is not None:
            rows = [merged]
    else:
        rows = _said(asked.typed) if asked.words else []
    return [_picture(row) for row in rows]


def _few(rows: QuerySet[Picture]) -> list[Picture]:
    return list(rows.only(*SHOWN)[:OF_A_KIND])


def _said(typed: str) -> list[Picture]:
    """Return the newest of which every word typed begins a word: among the last two thousand, then among all others."""
    standing = Picture.objects.standing().matching(typed).order_by("-pk")
    lately = Picture.objects.order_by("-pk").values_list("pk", flat=True)[LATELY - 1 : LATELY]
    oldest = next(iter(lately), 0)
    found = _few(standing.filter(pk__gte=oldest))
    if len(found) < OF_A_KIND and oldest:
        found += _few(standing.filter(pk__lt=oldest))
    return found[:OF_A_KIND]


def _addressed(asked: Asked) -> list[Picture]:
    """Return the picture that an address leads to: its page, its page at the desk, one of its files, an old address."""
    leads = asked.leads
    if "media_id" in leads:
        return _one(Picture.objects.numbered(leads["media_id"]))
    meant = Q()
    if "picture" in leads:
        meant = Q(pk=int(leads["picture"]))
    elif "file" in leads:
        meant = Q(renditions__name=leads["file"])
    if not meant:
        old = Address.objects.of_path(asked.path)
        return _one(old.picture.in_force if old is not None and old.picture else None)
    row = Picture.objects.select_related("alias_of").filter(meant).first()
    return _one(row.in_force if row else None)


def _one(row: Picture | None) -> list[Picture]:
    return [row] if row is not None else []


def _picture(row: Picture) -> Found:
    said = " ".join((row.caption_in_force or row.headline or "").split())
    return {
        "kind": "picture",
        "name": said[:90] or str(row),
        "note": " · ".join(part for part in (str(row.media_id or "no Media ID"), row.credit[:40]) if part),
        "address": reverse("admin:media_picture_change", args=[row.pk]),
    }
