"""Takes pictures in: checked by what they hold, kept byte for byte, copied for readers, under a Media ID."""

import re
from typing import Any

from django.db import transaction

from media import minting, permissions, renditions, signals
from media.models import Picture, RightsClass
from media.renditions import Decoded, NotTaken

__all__ = ["NotTaken", "attach", "take_in"]

_MEDIA_ID = re.compile(r"[0-9]{4,12}")
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def take_in(
    file: Any,
    *,
    by: Any,
    media_id: str | None = None,
    caption: str | None = None,
    credit: str = "",
    alt: str = "",
    rights_class: str = RightsClass.UNKNOWN,
    rights_holder: str = "",
    **facts: Any,
) -> Picture:
    """Take the picture in `file` into the library and return it, under `media_id` or the next one free.

    `by` is None for the site itself (an import, the sample). `caption` is the library's: None where it says nothing
    and the file's own is used. Credit and alternative text come from the file where none are given. `facts` are
    further fields of the picture. Where the Media ID is known without its file, the file is attached to it.
    Raises `NotTaken` with a sentence; nothing is kept then.
    """
    _check_may(by, permissions.may_add(by) if by is not None else True)
    if media_id is not None:
        if not _MEDIA_ID.fullmatch(media_id):
            raise NotTaken(f"“{media_id[:40]}” is no Media ID: it is 4 to 12 digits and nothing else.")
        known = Picture.objects.filter(media_id=media_id).first()
        if known is not None:
            return attach(known, file, by=by)
    with renditions.decoded(file) as held, renditions.stored(held) as (name, rows), transaction.atomic():
        _refuse_known(held)
        picture = Picture.objects.create(
            media_id=media_id or minting.mint(),
            caption=caption,
            credit=credit or held.credit,
            alt=alt or held.alt,
            rights_class=rights_class,
            rights_holder=rights_holder,
            made_by=by,
            **_facts_of(held, name, file),
            **facts,
        )
        renditions.save_rows(picture, rows)
    return picture


def attach(picture: Picture, file: Any, *, by: Any) -> Picture:
    """Give a picture that is known without its file that file, and return it; stories that show it follow.

    Credit and alternative text are taken from the file only where the library has none. Raises `NotTaken`.
    """
    _check_may(by, permissions.may_change(by) if by is not None else True)
    _refuse_second(picture)
    with renditions.decoded(file) as held, renditions.stored(held) as (name, rows), transaction.atomic():
        _refuse_known(held)
        fresh = Picture.objects.select_for_update().get(pk=picture.pk)
        _refuse_second(fresh)
        for field, value in _facts_of(held, name, file).items():
            setattr(fresh, field, value)
        fresh.credit = fresh.credit or held.credit
        fresh.alt = fresh.alt or held.alt
        fresh.version += 1
        fresh.save()
        renditions.save_rows(fresh, rows)
        signals.after_commit(fresh, ["original"], by=by)
    return fresh


def file_name(raw: str) -> str:
    """Return the name a file was sent under, fit to be shown: no folders, nothing unprintable, 255 characters."""
    last = _UNPRINTABLE.sub("", raw.replace("\\", "/")).rsplit("/", 1)[-1].strip()
    stem, dot, ending = last.rpartition(".")
    return f"{stem[: 254 - len(ending[:20])]}{dot}{ending[:20]}" if dot else last[:255]


def _facts_of(held: Decoded, name: str, file: Any) -> dict[str, Any]:
    return {
        "original": name,
        "original_name": file_name(str(getattr(file, "name", "") or "")),
        "digest": held.digest,
        "width": held.width,
        "height": held.height,
        "file_caption": held.caption,
    }


def _check_may(by: Any, allowed: bool) -> None:
    if not allowed:
        raise NotTaken("Your role does not allow this. Ask the picture desk to do it.")


def _refuse_second(picture: Picture) -> None:
    if picture.has_file:
        raise NotTaken(f"{picture} has its file already. Take the new one in under a Media ID of its own.")


def _refuse_known(held: Decoded) -> None:
    same = Picture.objects.filter(digest=held.digest).first()
    if same is not None:
        raise NotTaken(f"This very picture is here already: {same}. Use that one.")
