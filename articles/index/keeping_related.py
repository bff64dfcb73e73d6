"""Keeps related stories in step with the record: reads in the events what changed, and works those stories out again.

For a command beside the site, never for a request. Twice at once is safe, and what a run leaves the next one does: a
story stays due until its rows are written, in one transaction with them.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.index.nearness import Near, nearest, put
from articles.models import BulkAct, Edition, Event, Related, RelatedDue, RelatedRead
from articles.models.related import KEPT

EVENTS, BATCH, AT_ONCE = 1_000, 100, 500
# What changes no list that readers see.
WITHOUT_EFFECT = frozenset({
    "start", "save", "write", "assign", "plan", "conflict", "open_preview", "revoke_preview", "take_over", "take_up",
    "tell_apart", "hand_over", "note", "answer", "resolve", "reopen", "name_version", "change_picture", "file",
    "send_back", "approve", "spike", "unspike",
})  # fmt: skip
MERGES = frozenset({"merge", "unmerge"})


def keep_related(
    now: datetime | None = None,
    *,
    is_stopped: Callable[[], bool] = lambda: False,
    most: int | None = None,
    tell: Callable[[set[int]], None] = lambda _: None,
) -> int:
    """Read what changed and work out what is due, at most `most` stories; return how many were worked out.

    `tell` is told after each of them which stories, by story ID, have others beside them now.
    """
    while _read(now or timezone.now()):
        if is_stopped():
            return 0
    done = 0
    while not is_stopped() and (most is None or done < most):
        keys = _due(now or timezone.now())
        for story_id in keys:
            if is_stopped():
                break
            changed = _work_out(story_id, now or timezone.now())
            if changed:
                tell(changed)
            done += 1
        if len(keys) < BATCH:
            break
    return done


def relate_anew(now: datetime | None = None) -> int:
    """Let every public story be worked out again; return how many that is."""
    now, count = now or timezone.now(), 0
    keys = Edition.objects.at(now).order_by().values_list("story_id", flat=True).iterator(chunk_size=AT_ONCE)
    for part in batched(keys, AT_ONCE):
        make_due(part, now)
        count += len(part)
    return count


def batched(keys: Iterable[int], size: int) -> Iterator[list[int]]:
    """Yield `keys` in lists of at most `size`."""
    every = iter(keys)
    while part := list(islice(every, size)):
        yield part


def _due(now: datetime) -> list[int]:
    waiting = RelatedDue.objects.filter(due_at__lte=now).order_by("due_at", "pk")
    return list(waiting.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _read(now: datetime) -> int:
    """Make due what the next events changed; return how many events there were."""
    RelatedRead.objects.get_or_create(pk=1)
    mark = RelatedRead.objects.select_for_update().get(pk=1)
    events = list(Event.objects.filter(sequence__gt=mark.last_event).order_by("sequence")[:EVENTS])
    if not events:
        return 0
    told = [one for one in events if one.verb not in WITHOUT_EFFECT]
    changed = {one.story_id for one in told if one.story_id is not None}
    changed |= {number for one in told for number in _merged(one.verb, one.details)}
    make_due(changed, now)
    mark.last_event = events[-1].sequence
    mark.save(update_fields=["last_event"])
    return len(events)


def _merged(verb: str, details: Any) -> set[int]:
    """Return the stories whose tag or name was merged, or taken apart again."""
    if verb not in MERGES:
        return set()
    act = BulkAct.objects.filter(pk=details.get("act")).first()
    keys = list(act.before.get("editions", [])) if act else []
    found: set[int] = set()
    for start in range(0, len(keys), AT_ONCE):
        rows = Edition.objects.filter(pk__in=keys[start : start + AT_ONCE])
        found.update(rows.values_list("story_id", flat=True))
    return found


def make_due(story_ids: Iterable[int], now: datetime, *, spreads: bool = True) -> None:
    """Let stories be worked out again; one whose next edition is scheduled, once more when that begins."""
    every = sorted(set(story_ids))
    for start in range(0, len(every), AT_ONCE):
        part = every[start : start + AT_ONCE]
        RelatedDue.objects.bulk_create(
            [RelatedDue(story_id=one, due_at=now, spreads=spreads) for one in part], ignore_conflicts=True
        )
        if spreads:
            RelatedDue.objects.filter(pk__in=part).update(due_at=now, spreads=True)


@transaction.atomic
def _work_out(story_id: int, now: datetime) -> set[int]:
    """Work out one story, and put it into the lists of those that it is near to, or take it out of them.

    Return the stories of which the list is another one now.
    """
    due = RelatedDue.objects.select_for_update().filter(pk=story_id, due_at__lte=now).first()
    if due is None:
        return set()
    edition = Edition.objects.at(now).filter(story=story_id).without_texts().first()
    found = nearest(edition) if edition else []
    changed = {story_id} if put(story_id, found) else set()
    if due.spreads:
        changed |= _spread(story_id, found, now)
    waiting = Edition.objects.waiting(now).filter(story=story_id).values_list("live_from", flat=True).first()
    if waiting is None:
        due.delete()
    else:
        due.due_at, due.spreads = waiting, True
        due.save(update_fields=["due_at", "spreads"])
    return changed


def _spread(story_id: int, found: list[Near], now: datetime) -> set[int]:
    """Put a story where it belongs in the lists of others; those that lose it are worked out again."""
    near = {one.story_id: one.nearness for one in found}
    holding = set(Related.objects.filter(other=story_id).values_list("story", flat=True))
    lost = holding - near.keys()
    if lost:
        Related.objects.filter(other=story_id, story__in=lost).delete()
        make_due(lost, now, spreads=False)
    return lost | {other for other, nearness in near.items() if _put_into(other, Near(story_id, nearness))}


def _put_into(story_id: int, one: Near) -> bool:
    rows = Related.objects.filter(story=story_id).order_by("rank")
    held = [Near(*row) for row in rows.values_list("other", "nearness")]
    kept = [row for row in held if row.story_id != one.story_id]
    ranked = sorted([*kept, one], key=lambda row: (-row.nearness, row.story_id))[:KEPT]
    return ranked != held and put(story_id, ranked)
