"""Keeps count of what stands on each shelf: called by every verb that changes what readers see, in its transaction."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.index.due import mark_due
from articles.models import Edition
from articles.models.edition import JUST_NOW
from articles.models.edition_rows import people_of, tags_of
from articles.models.shelf_count import Filed, ShelfCount, ShelfPair, ShelvedStory
from newsroom.prepared import prepared
from newsroom.rows import Rows

STEP = 500
# As many rows as one statement writes: no more than any database takes.
A_STATEMENT = 150
COUNTED = ("kind", "shelf", "period")
PAIRED = ("kind", "shelf", "other_kind", "other")
COUNTS = Rows(ShelfCount, *COUNTED, "stories")
PAIRS = Rows(ShelfPair, *PAIRED, "stories")


def recount(story_ids: Iterable[int], *, now: datetime | None = None) -> int:
    """Count these stories where readers find them at this moment, and nowhere else; return how many changed.

    What each was counted under before is known by its own row, so that calling this twice, late or once too often
    changes nothing: the counts are always those of the stories' last call.
    """
    keys = sorted(set(story_ids))
    moment = now or timezone.now()
    changed = 0
    for start in range(0, len(keys), STEP):
        with transaction.atomic():
            part = keys[start : start + STEP]
            known = set(_known(part))
            changed += _recount(part, moment)
            # The search hears of it here, in the same transaction: of no verb that comes by is it to be told apart.
            mark_due(part, new=set(part) - known)
    return changed


def recount_due(now: datetime | None = None) -> int:
    """Count the stories of which an edition has become public by itself; return how many. For a timer."""
    moment = now or timezone.now()
    due = ShelvedStory.objects.filter(due_at__lte=moment)
    return recount(due.values_list("pk", flat=True), now=moment)


@transaction.atomic
def recount_all() -> int:
    """Count everything anew, from nothing; return the number of stories counted. For whoever doubts the counts."""
    ShelfCount.objects.all().delete()
    ShelfPair.objects.all().delete()
    ShelvedStory.objects.all().delete()
    stories = Edition.objects.order_by("story_id").values_list("story_id", flat=True).distinct()
    moment, keys = timezone.now(), list(stories)
    for start in range(0, len(keys), STEP):
        _recount(keys[start : start + STEP], moment)
    return ShelvedStory.objects.filter(is_counted=True).count()


@transaction.atomic
def _recount(keys: list[int], now: datetime) -> int:
    rows = _held(keys)
    filed, due = _filed(keys, now), _due(keys, now)
    counts: Counter[tuple[Any, ...]] = Counter()
    pairs: Counter[tuple[Any, ...]] = Counter()
    changed = []
    for row in rows:
        was, is_now = row.filed, filed.get(row.pk)
        if (was, row.due_at) == (is_now, due.get(row.pk)):
            continue
        if was is not None:
            counts.subtract(was.counts())
            pairs.subtract(was.pairs())
        if is_now is not None:
            counts.update(is_now.counts())
            pairs.update(is_now.pairs())
        row.keep(is_now, due.get(row.pk))
        changed.append(row)
    add_up(counts, pairs)
    ShelvedStory.objects.bulk_create(
        changed,
        batch_size=A_STATEMENT,
        update_conflicts=True,
        unique_fields=["story"],
        update_fields=["is_counted", "on", "section", "tags", "people", "due_at"],
    )
    return len(changed)


def _held(keys: list[int]) -> list[ShelvedStory]:
    """Return the stories' own rows, made where there are none, and locked before it is looked where they stand."""
    new = [ShelvedStory(story_id=key) for key in sorted(set(keys).difference(_known(keys)))]
    if new:
        ShelvedStory.objects.bulk_create(new, ignore_conflicts=True)
    return _locked(keys)


@prepared
def _known(keys: list[int]) -> QuerySet[ShelvedStory, int]:
    return ShelvedStory.objects.filter(pk__in=keys).values_list("pk", flat=True)


@prepared
def _locked(keys: list[int]) -> QuerySet[ShelvedStory]:
    return ShelvedStory.objects.select_for_update().filter(pk__in=keys).order_by("pk")


def _filed(keys: list[int], now: datetime) -> dict[int, Filed]:
    rows = _public(keys, now, moment=now if now <= timezone.now() - JUST_NOW else None)
    tags, people = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    editions = [row[0] for row in rows]
    for edition, tag, _ in tags_of(editions):
        tags[edition].add(tag)
    for edition, person, is_first in people_of(editions):
        if is_first:
            people[edition].add(person)
    return {
        story: Filed(on, section, tuple(sorted(tags[edition])), tuple(sorted(people[edition])))
        for edition, story, section, on in rows
    }


@prepared
def _public(keys: list[int], now: datetime, *, moment: datetime | None) -> QuerySet[Edition, Any]:
    public = Edition.objects.at(moment or now).filter(story_id__in=keys)
    return public.values_list("pk", "story_id", "section_id", "published_on")


def _due(keys: list[int], now: datetime) -> dict[int, datetime]:
    return dict(_waiting(keys, now))


@prepared
def _waiting(keys: list[int], now: datetime) -> QuerySet[Edition, Any]:
    return Edition.objects.waiting(now).filter(story_id__in=keys).values_list("story_id", "live_from")


def add_up(counts: Counter[tuple[Any, ...]], pairs: Counter[tuple[Any, ...]]) -> None:
    """Add to the counts of shelves, and of pairs of them, as much as these say; what is not there is made."""
    for kept, unique, changes in ((COUNTS, COUNTED, counts), (PAIRS, PAIRED, pairs)):
        rows = sorted((*key, change) for key, change in changes.items() if change)
        kept.merge(rows, unique, summed=["stories"])
