"""Tells the rest of the site, once and after commit, that an edition has become public."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from articles.models import Edition
from articles.workflow.editions import keep_spellings
from articles.workflow.events import record
from articles.workflow.shelving import recount, recount_due

edition_released = Signal()


def after_commit(edition: Edition) -> None:
    """Announce `edition` when the transaction that made it is committed, unless it is still waiting."""
    if edition.announced_at is not None:
        transaction.on_commit(partial(_send, edition))


def _send(edition: Edition) -> None:
    edition_released.send_robust(sender=Edition, edition=edition)


def release_due(*, now: datetime | None = None) -> list[Edition]:
    """Announce every edition whose moment has come, each exactly once, and return those announced by this call.

    Readers see a scheduled edition from its second whether or not this ever runs.
    """
    moment = now or timezone.now()
    announced = []
    for edition in Edition.objects.unannounced(moment).order_by("live_from"):
        with transaction.atomic():
            won = Edition.objects.filter(pk=edition.pk, announced_at__isnull=True).update(announced_at=moment)
            if not won:
                continue
            keep_spellings(edition)
            recount([edition.story_id], now=moment)
            record("release", by=None, story_id=edition.story_id, edition=edition.number)
            transaction.on_commit(partial(_send, edition))
        announced.append(edition)
    recount_due(moment)
    return announced
