"""Mints Media IDs in sequence, each once and for ever."""

from django.conf import settings
from django.db import transaction

from media.models import MediaIDCounter, Picture

# A Media ID that is given out here has eight digits.
FIRST, LAST = 10_000_000, 99_999_999
# So many numbers are looked at together: an imported archive may hold a hundred thousand in a row.
_AHEAD = 1_000


class NoneLeft(Exception):
    """Every number from the start on is taken; the message is a sentence for whoever runs the site."""


def mint() -> str:
    """Return the next free Media ID.

    IDs that were imported or belong to merged pictures are stepped over; the counter is never lowered, so an ID whose
    picture is gone is not given again. Raises `NoneLeft`. Of many at once, each waits until the one before has
    committed: call it in a transaction that is short.
    """
    with transaction.atomic():
        MediaIDCounter.objects.get_or_create(pk=1, defaults={"last": settings.MEDIA_ID_START - 1})
        counter = MediaIDCounter.objects.select_for_update().get(pk=1)
        # A start that was set higher since is followed; one that was set lower never is.
        counter.last = _free(max(counter.last, settings.MEDIA_ID_START - 1) + 1)
        counter.save(update_fields=["last"])
    return str(counter.last)


def _free(first: int) -> int:
    """Return the first number from `first` on that no picture bears."""
    while first <= LAST:
        ahead = range(first, min(first + _AHEAD, LAST + 1))
        numbers = [str(one) for one in ahead]
        taken = set(Picture.objects.filter(media_id__in=numbers).values_list("media_id", flat=True))
        free = next((one for one in ahead if str(one) not in taken), None)
        if free is not None:
            return free
        first = ahead[-1] + 1
    raise NoneLeft(
        f"Every Media ID up to {LAST} is given out. Set MEDIA_ID_START to where a free range begins, and start again."
    )
