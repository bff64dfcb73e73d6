"""Changes what the library says about a picture: checked against the version it was read at, and announced."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from media import facts as saying
from media import permissions, signals
from media.facts import FIELDS
from media.models import CaptionLayer, CaptionVersion, Picture

__all__ = ["FIELDS", "NotChanged", "change"]


class NotChanged(Exception):
    """A change was refused and nothing was changed; the message is a sentence for the person who made it."""


@transaction.atomic
def change(*, by: Any, picture_id: int, token: str | None, facts: Mapping[str, Any]) -> Picture:
    """Write `facts` (some of `FIELDS`) to a picture and return it, its version raised.

    `token` is the version the change was made on. Captions that stories printed stay as they were printed; what the
    library's caption was stays as a version of its own. Copies that carry a changed name are ordered anew.
    Raises `NotChanged`; what was typed is then still with the caller.
    """
    if not permissions.may_change(by):
        raise NotChanged("Your role does not allow this. Ask the picture desk to do it.")
    if not token:
        raise NotChanged(
            "This change does not say which version it was made on. Reload the picture and try again."
        )
    picture = Picture.objects.select_for_update(of=("self",)).select_related("alias_of").get(pk=picture_id)
    if str(picture.version) != token:
        raise NotChanged(
            "Somebody changed this picture since you opened it. What you typed is still below; what the library "
            "says now is beside it. Compare the two and save again."
        )
    if picture.alias_of is not None:
        raise NotChanged(f"{picture} was merged into {picture.alias_of}. Change that one.")
    try:
        kept = saying.cleaned({name: facts[name] for name in FIELDS if name in facts})
        changed = [name for name in kept if getattr(picture, name) != kept[name]]
        if not changed:
            return picture
        for name in changed:
            setattr(picture, name, kept[name])
        saying.check_together(picture)
    except saying.Unfit as unfit:
        raise NotChanged(str(unfit)) from unfit
    _save(picture, changed, by=by)
    signals.after_commit(picture, changed, by=by)
    return picture


def _save(picture: Picture, changed: list[str], *, by: Any) -> None:
    """Save the changed fields and what follows from them: how it is found, and the work that waits."""
    now, follows = timezone.now(), ["version", "search_text"]
    picture.version += 1
    picture.search_text = picture.searched()
    if picture.has_file and saying.IN_COPIES & set(changed):
        picture.copies_due_at = now
        follows.append("copies_due_at")
    if saying.IN_EDITIONS & set(changed):
        picture.editions_due_at = now
        follows.append("editions_due_at")
    picture.save(update_fields=[*changed, *follows])
    if "caption" in changed:
        CaptionVersion.objects.create(
            picture=picture, layer=CaptionLayer.LIBRARY, caption=picture.caption, said_at=now, said_by=by
        )
