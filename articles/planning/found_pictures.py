"""Finds pictures for Ctrl-K: by Media ID or the beginning of one, by address or file, by words of what is said of them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from articles import roles
from articles.models import Address
from articles.planning.asked import OF_A_KIND, Asked, Found
from media.models import Picture

SHOWN = ("media_id", "caption", "file_caption", "credit", "headline")
# The newest are looked through first; what is sought most often is among them.
LATELY = 2_000


def pictures(user: Any, asked: Asked) -> list[Found]:
    """Return the pictures meant, the newest first; by words among the last two thousand."""
    if not roles.has_role(user, "pictures"):
        return []
    if asked.path:
        rows = _addressed(asked)
    elif asked.digits:
        rows = _numbered(asked.digits)
    else:
        rows = _few(_said(asked).filter(pk__gte=_lately())) if asked.words else []
    return [_picture(row) for row in rows]


def _numbered(number: str) -> list[Picture]:
    """Return the pictures whose Media ID begins so, first the one that is just that, under the number it was merged into.

    Which of the others were merged is looked at here: asked of the database it leads it past the index of numbers.
    """
    begun = Picture.objects.filter(media_id__gte=number, media_id__lt=f"{number}:").order_by("media_id")
    rows = list(begun.only(*SHOWN, "alias_of")[: 4 * OF_A_KIND])
    found = [row for row in rows if row.alias_of_id is None]
    if rows and rows[0].media_id == number and rows[0].alias_of_id is not None:
        found.insert(0, rows[0].in_force)
    return list(dict.fromkeys(found))[:OF_A_KIND]


def older(user: Any, asked: Asked) -> list[Found]:
    """Return the pictures of which every word typed begins a word, among those older than the last two thousand."""
    if not roles.has_role(user, "pictures") or asked.digits or not asked.words:
        return []
    return [_picture(row) for row in _few(_said(asked).filter(pk__lt=_lately()))]


def _few(rows: QuerySet[Picture]) -> list[Picture]:
    return list(rows.only(*SHOWN)[:OF_A_KIND])


def _said(asked: Asked) -> QuerySet[Picture]:
    return Picture.objects.standing().matching(asked.typed).order_by("-pk")


def _lately() -> int:
    """Return the row with which the last two thousand begin."""
    rows = Picture.objects.order_by("-pk").values_list("pk", flat=True)
    return next(iter(rows[LATELY - 1 : LATELY]), 0)


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
