"""Mints Media IDs in sequence, each once and for ever."""

from django.conf import settings
from django.db import transaction

from media.models import MediaIDCounter, Picture


def mint() -> str:
    """Return the next free Media ID.

    Imported IDs are stepped over; the counter is never lowered, so an ID whose picture is gone is not given again.
    """
    with transaction.atomic():
        MediaIDCounter.objects.get_or_create(pk=1, defaults={"last": settings.MEDIA_ID_START - 1})
        counter = MediaIDCounter.objects.select_for_update().get(pk=1)
        number = counter.last + 1
        while Picture.objects.filter(media_id=str(number)).exists():
            number += 1
        counter.last = number
        counter.save(update_fields=["last"])
    return str(number)
