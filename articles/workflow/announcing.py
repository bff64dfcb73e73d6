"""Tells the rest of the site, once and after commit, that an edition has become public, and which pages changed."""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone

from articles.models import Edition, cache_keys
from articles.workflow.editions import keep_spellings
from articles.workflow.events import record
from articles.workflow.shelving import recount, recount_due
from media.models import Picture

# Of more stories at once than this the whole paper is forgotten: it is quicker than to ask what each of them touches.
FEW = 20

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


def many_change(story_ids: Collection[int]) -> None:
    """Announce the same of stories that came or changed together: of more than a few the whole paper is forgotten."""
    if len(story_ids) > FEW:
        paper_changes()
    else:
        for story_id in story_ids:
            pages_change(story_id)


def paper_changes() -> None:
    """Announce, when the transaction is committed, that any page may show something else.

    A name of a section, tag or person, or the line about one, stands on pages of stories, lists, indexes and feeds alike.
    It changes a few times a day at most, and no cache keeps a page for longer than a minute.
    """
    keys_change(cache_keys.PAPER)


def keys_change(*keys: str) -> None:
    """Announce, when the transaction is committed, keys of pages that change though no story does."""
    if pages_changed.has_listeners():
        transaction.on_commit(partial(_send_to_caches, frozenset(keys)))


def related_changed(story_ids: Collection[int]) -> None:
    """Announce the keys of stories that have others beside them now."""
    keys_change(*(cache_keys.key("story", story_id) for story_id in story_ids))


def picture_pages_changed(picture_id: int) -> None:
    """Announce the keys of the pages that show a picture, after they were drawn anew; nothing of one that nobody sees."""
    if not pages_changed.has_listeners():
        return
    picture = Picture.objects.get(pk=picture_id)
    shown = Edition.objects.at().filter(picture_rows__picture=picture)
    stories = list(shown.order_by("story_id").values_list("story_id", flat=True).distinct())
    if stories or picture.released_at is not None or picture.withdrawn_at is not None:
        numbers = [picture.media_id, *picture.aliases.values_list("media_id", flat=True)]
        touched = [cache_keys.touched_by_picture(number, stories) for number in numbers if number]
        _send_to_caches(frozenset().union(*touched))


def _send_keys(story_id: int, before: frozenset[str]) -> None:
    if pages_changed.has_listeners():
        _send_to_caches(before | cache_keys.touched_by(story_id))


def _send_to_caches(keys: frozenset[str]) -> None:
    pages_changed.send_robust(sender=Edition, keys=keys)


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
