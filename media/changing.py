"""Changes what the library says about a picture: checked against the version it was read at, and announced."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from media import permissions, signals
from media.models import Picture

FIELDS = (
    "headline", "caption", "credit", "creator", "source", "copyright", "alt", "alt_long", "place", "keywords",
    "taken_on", "instructions", "is_made_by_ai", "rights_class", "rights_holder", "rights_terms",
    "rights_begin_on", "rights_end_on", "uses", "only_story",
)  # fmt: skip


class NotChanged(Exception):
    """A change was refused and nothing was changed; the message is a sentence for the person who made it."""


@transaction.atomic
def change(*, by: Any, picture_id: int, token: str | None, facts: Mapping[str, Any]) -> Picture:
    """Write `facts` (some of `FIELDS`) to a picture and return it, its version raised.

    `token` is the version the change was made on. Captions that stories printed stay as they were printed.
    """
    if not permissions.may_change(by):
        raise NotChanged("Your role does not allow this. Ask the picture desk to do it.")
    if not token:
        raise NotChanged(
            "This change does not say which version it was made on. Reload the picture and try again."
        )
    picture = Picture.objects.select_for_update().get(pk=picture_id)
    if str(picture.version) != token:
        raise NotChanged(
            "Somebody changed this picture since you opened it. What you typed is still below; what the library "
            "says now is beside it. Compare the two and save again."
        )
    changed = [name for name in FIELDS if name in facts and getattr(picture, name) != facts[name]]
    if not changed:
        return picture
    for name in changed:
        setattr(picture, name, facts[name])
    picture.version += 1
    picture.save(update_fields=[*changed, "version"])
    signals.after_commit(picture, changed, by=by)
    return picture
