"""Writes the record of who did what: appended only, each event chained to the one before."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.models import ChainHead, Event
from newsroom.rows import Rows

EVENTS = Rows(Event)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done, before it has its place in the chain."""

    verb: str
    story_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


def digest_of(event: Event) -> str:
    """Return the SHA-256 (hex) over an event's facts and the digest of the event before it."""
    facts = {
        "sequence": event.sequence,
        "at": event.at.astimezone(UTC).isoformat(),
        "verb": event.verb,
        "story": event.story_id,
        "by": event.by_name,
        "details": event.details,
        "previous": event.previous_digest,
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def record(verb: str, *, by: Any, story_id: int | None = None, **details: Any) -> Event:
    """Append one event, inside the transaction of the verb that calls it."""
    return record_all([Act(verb, story_id, details)], by=by)[0]


@transaction.atomic(savepoint=False)
def record_all(
    acts: Sequence[Act], *, by: AbstractBaseUser | None, at: datetime | None = None
) -> list[Event]:
    """Append many events at once, in order. The chain's end is locked until the transaction ends."""
    ends = ChainHead.objects.select_for_update()
    head = ends.filter(pk=1).first()
    if head is None:
        ChainHead.objects.get_or_create(pk=1)
        head = ends.get(pk=1)
    when = at or timezone.now()
    events = []
    for act in acts:
        event = Event(
            sequence=head.sequence + 1,
            at=when,
            verb=act.verb,
            story_id=act.story_id,
            by_id=by.pk if by else None,
            by_name=by.get_username() if by else "",
            details=dict(act.details),
            previous_digest=head.digest,
        )
        event.digest = digest_of(event)
        head.sequence, head.digest = event.sequence, event.digest
        events.append(event)
    EVENTS.write([EVENTS.of(event) for event in events])
    head.save()
    return events
