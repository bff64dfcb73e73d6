"""Tells the rest of the site, once and after commit, that an edition has become public, and which pages changed."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from articles.models import Edition, cache_keys
from articles.workflow.editions import keep_spellings
from articles.workflow.events import record
from articles.workflow.shelving import recount, recount_due

edition_released = Signal()
# Sent with `keys`, a frozenset of those that the answers of changed pages carry: whoever keeps pages forgets these.
pages_changed = Signal()


def after_commit(edition: Edition) -> None:
    """Announce `edition` when the transaction that made it is committed, unless it is still waiting."""
    if edition.announced_at is not None:
        transaction.on_commit(partial(_send, edition))


def _send(edition: Edition) -> None:
    edition_released.send_robust(sender=Edition, edition=edition)
    _send_keys(edition.story_id, frozenset())


def pages_change(story_id: int) -> None:
    """Announce, when the transaction is committed, the keys of the pages that a change of a public story touches.

    To be called before a change of what a story is filed under: the keys are those of before and after it. Nothing is
    asked where nobody listens.
    """
    if pages_changed.has_listeners():
        transaction.on_commit(partial(_send_keys, story_id, cache_keys.touched_by(story_id)))


def picture_pages_changed(media_id: str, story_ids: list[int]) -> None:
    """Announce the keys of the pages that show a picture which was taken back, after they were drawn anew."""
    if pages_changed.has_listeners():
        pages_changed.send_robust(sender=Edition, keys=cache_keys.touched_by_picture(media_id, story_ids))


def keys_change(*keys: str) -> None:
    """Announce, when the transaction is committed, keys of pages that change though no story does."""
    if pages_changed.has_listeners():
        transaction.on_commit(partial(pages_changed.send_robust, sender=Edition, keys=frozenset(keys)))


def _send_keys(story_id: int, before: frozenset[str]) -> None:
    if pages_changed.has_listeners():
        pages_changed.send_robust(sender=Edition, keys=before | cache_keys.touched_by(story_id))


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
