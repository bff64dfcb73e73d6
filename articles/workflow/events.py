"""Writes the record of who did what: appended only, each event chained to the one before."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import ChainHead, Event
from articles.models.hashed import canonical
from newsroom.prepared import prepared
from newsroom.rows import Rows

EVENTS = Rows(
    Event, "sequence", "at", "verb", "story_id", "by_id", "by_name", "details", "previous_digest", "digest"
)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done, before it has its place in the chain."""

    verb: str
    story_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def digest_of(event: Event) -> str:
    """Return the SHA-256 (hex) over an event's facts and the digest of the event before it."""
    return _digest(
        event.sequence, event.at.astimezone(UTC).isoformat(), event.verb, event.story_id, event.by_name,
        event.details, event.previous_digest,
    )  # fmt: skip


def _digest(
    sequence: int,
    at: str,
    verb: str,
    story_id: int | None,
    by_name: str,
    details: Mapping[str, Any],
    previous: str,
) -> str:
    facts = {
        "sequence": sequence,
        "at": at,
        "verb": verb,
        "story": story_id,
        "by": by_name,
        "details": details,
        "previous": previous,
    }
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def record(verb: str, *, by: Any, story_id: int | None = None, **details: Any) -> None:
    """Append one event, inside the transaction of the verb that calls it."""
    record_all([Act(verb, story_id, details)], by=by)


@transaction.atomic(savepoint=False)
def record_all(acts: Sequence[Act], *, by: AbstractBaseUser | None, at: datetime | None = None) -> None:
    """Append many events at once, in order. The chain's end is locked until the transaction ends."""
    if not (ends := _end(1)):
        ChainHead.objects.get_or_create(pk=1)
        ends = _end(1)
    head = ends[0]
    when = at or timezone.now()
    said, key, name = when.astimezone(UTC).isoformat(), by.pk if by else None, by.get_username() if by else ""
    rows = []
    for act in acts:
        sequence, previous, details = head.sequence + 1, head.digest, dict(act.details)
        digest = _digest(sequence, said, act.verb, act.story_id, name, details, previous)
        rows.append(EVENTS.row(sequence, when, act.verb, act.story_id, key, name, details, previous, digest))
        head.sequence, head.digest = sequence, digest
    EVENTS.write(rows)
    head.save()


@prepared
def _end(key: int) -> QuerySet[ChainHead]:
    return ChainHead.objects.select_for_update().filter(pk=key)
