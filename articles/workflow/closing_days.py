"""Closes each day of the record when it is over: one hash over all that became public on it, chained to the day before."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import DayHead, Edition
from articles.models.day_head import MOST_LINES, bounds, entered_on, hash_of, lines_in, text_of
from articles.workflow.events import record

CLOSED = "close_day"
# What was begun before midnight may be committed after it.
GRACE = timedelta(hours=1)


def close_days(*, now: datetime | None = None) -> list[DayHead]:
    """Close every day that is over and on which something became public, in order; return the heads made by this call.

    Two processes at once make each of them once. What is public by `now` decides, so that nothing scheduled shows.
    """
    moment = now or timezone.now()
    made: list[DayHead] = []
    while (day := _due(moment)) is not None:
        try:
            made += _close(day, moment)
        except IntegrityError:  # another process closed it a moment ago
            break
    return made


def _due(moment: datetime) -> date | None:
    """Return the first day that is to be closed: two looks in an index."""
    ends = (moment - GRACE).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    last = DayHead.objects.order_by("-day").values_list("day", flat=True).first()
    begins = bounds(last)[1] if last else datetime(1, 1, 1, tzinfo=UTC)
    if begins >= ends:
        return None
    rows = Edition.objects.once_public(moment).entered(begins, ends).in_order_of_entry()
    first = rows.only("live_from", "made_at").first()
    return first.entered_at.astimezone(UTC).date() if first else None


@transaction.atomic
def _close(day: date, moment: datetime) -> list[DayHead]:
    last = DayHead.objects.order_by("-day", "-part").first()
    previous = last.digest if last else ""
    heads: list[DayHead] = []
    lines = lines_in(entered_on(day, moment))
    while covered := list(islice(lines, MOST_LINES)):
        head = DayHead(
            day=day, part=len(heads) + 1, is_last=False, editions=len(covered), previous_digest=previous,
            begins_at=covered[0].entered_at, begins_with=covered[0].place, closed_at=moment,
            digest=hash_of(text_of(day, len(heads) + 1, previous, map(str, covered))),
        )  # fmt: skip
        previous = head.digest
        heads.append(head)
    heads[-1].is_last = True
    kept = DayHead.objects.bulk_create(heads, batch_size=200)
    # So that a head cut off at the end of the chain is missed: nothing would follow it.
    record(CLOSED, by=None, day=day.isoformat(), parts=len(kept), digest=previous)
    return kept
