"""Edits the front page: put a story in a place, release it, move it, take the last act back; past moments stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import roles
from articles.models import BulkAct, Edition, State, cache_keys
from articles.models.front_slot import PLACES, FrontPlan, FrontSlot, Place
from articles.workflow import announcing
from articles.workflow.events import record
from articles.workflow.refusals import Refused, need_token
from newsroom.moments import in_words

OF_THE_FRONT = "front"
NEVER_THERE = (State.SPIKED, State.KILLED)


@dataclass(slots=True)
class _Changes:
    """What one act changed: rows that it made, rows that it ended, with when they would have ended."""

    at: datetime
    by: Any
    made: list[int] = field(default_factory=list)
    ended: list[list[Any]] = field(default_factory=list)

    def end(self, row: FrontSlot, at: datetime) -> None:
        """Let a row end at `at`, or before it has begun."""
        self.ended.append([row.pk, row.held_until.isoformat() if row.held_until else None])
        row.held_until = max(at, row.held_from)
        row.save(update_fields=["held_until"])

    def hold(
        self,
        place: str,
        story_id: int,
        since: datetime,
        until: datetime | None,
        again_of: int | None = None,
    ) -> None:
        """Add a row."""
        row = FrontSlot.objects.create(
            place=place,
            story_id=story_id,
            held_from=since,
            held_until=until,
            again_of_id=again_of,
            made_by=self.by,
        )
        self.made.append(row.pk)


@transaction.atomic
def hold_front(
    *,
    by: Any,
    token: str | None,
    place: str,
    story_id: int,
    since: datetime | None = None,
    until: datetime | None = None,
) -> BulkAct:
    """Put a story in a place of the front page from `since` (now, if none is given) until `until`, or until released.

    What held the place until then gives way; a story that stands in another place leaves that. One that is not public
    yet is not seen there before its own moment.
    """
    plan, now = _held_plan(by, token), timezone.now()
    _known(place)
    begin = since or now
    if begin < now:
        raise Refused(f"{in_words(begin)} has passed. Put the story there now, or at a later hour.")
    if until is not None and until <= begin:
        raise Refused(
            f"It would end ({in_words(until)}) before it begins ({in_words(begin)}). Choose a later end."
        )
    _may_stand(by, story_id)
    changes = _Changes(now, by)
    there = FrontSlot.objects.held_between(begin, until).select_for_update()
    for row in [*there.filter(place=place), *there.filter(story_id=story_id).exclude(place=place)]:
        if row.held_from > begin:
            raise Refused(
                f"From {in_words(row.held_from)} another hold begins: {row.get_place_display()}. "
                "Release that first, or let this one end before."
            )
        changes.end(row, begin)
    changes.hold(place, story_id, begin, until)
    said = f"Put a story on the front page, {Place(place).label}"
    if since is not None:
        said += f" from {in_words(begin)}"
    facts = {"place": place, "since": begin.isoformat(), "until": until.isoformat() if until else None}
    return _kept(plan, changes, said, verb="front_hold", story_id=story_id, **facts)


@transaction.atomic
def release_front(*, by: Any, token: str | None, hold: int) -> BulkAct:
    """End what one row holds, now; one that has not begun never begins. The place fills itself again."""
    plan, now = _held_plan(by, token), timezone.now()
    row = FrontSlot.objects.held_between(now, None).select_for_update().filter(pk=hold).first()
    if row is None:
        raise Refused("That story no longer holds a place on the front page. Reload the page.")
    changes = _Changes(now, by)
    changes.end(row, now)
    said = f"Released a story on the front page, {row.get_place_display()}"
    return _kept(plan, changes, said, verb="front_release", story_id=row.story_id, place=row.place)


@transaction.atomic
def move_front(*, by: Any, token: str | None, place: str, to: str) -> BulkAct:
    """Move the story that holds a place now to another one; what holds that comes in its stead."""
    plan, now = _held_plan(by, token), timezone.now()
    _known(place)
    _known(to)
    held = {row.place: row for row in FrontSlot.objects.held_at(now).select_for_update()}
    if place not in held or place == to:
        raise Refused("No story is held in that place. Put one there first.")
    changes = _Changes(now, by)
    moving = [(held[place], to)] + ([(held[to], place)] if to in held else [])
    ends = [(row, there, _free_until(there, now, row.held_until)) for row, there in moving]
    for row, _, _ in ends:
        changes.end(row, now)
    for row, there, until in ends:
        changes.hold(there, row.story_id, now, until)
    story_id = held[place].story_id
    said = f"Moved a story on the front page, {Place(place).label}: now {Place(to).label}"
    return _kept(plan, changes, said, verb="front_move", story_id=story_id, place=place, to=to)


@transaction.atomic
def undo_front(*, by: Any, token: str | None) -> BulkAct:
    """Take the last act on the front page back from now on: what it put there goes, what it ended comes again."""
    plan, now = _held_plan(by, token), timezone.now()
    last = last_act()
    if last is None:
        raise Refused("There is nothing to take back.")
    changes = _Changes(now, by)
    made = Q(pk__in=last.before["made"]) | Q(again_of__in=last.before["made"])
    for row in FrontSlot.objects.held_between(now, None).filter(made):
        changes.end(row, now)
    for key, until in last.before["ended"]:
        _come_again(FrontSlot.objects.get(pk=key), parse_datetime(until) if until else None, changes)
    last.undone_at = now
    last.save(update_fields=["undone_at"])
    _step(plan, by)
    record("front_undo", by=by, act=last.pk, said=last.said)
    return last


def last_act() -> BulkAct | None:
    """Return the last act on the front page that was not taken back."""
    return BulkAct.objects.filter(verb=OF_THE_FRONT, undone_at__isnull=True).select_related("by").first()


def _come_again(row: FrontSlot, until: datetime | None, changes: _Changes) -> None:
    """Let a row go on that was ended: from now, or from its end where that is still to come."""
    begin = max(changes.at, row.held_until or changes.at)
    if until is not None and until <= begin:
        return
    there = FrontSlot.objects.held_between(begin, until)
    if there.filter(place=row.place).exists() or there.filter(story_id=row.story_id).exists():
        raise Refused("The front page has changed since. Put the story back by hand.")
    changes.hold(row.place, row.story_id, begin, until, row.again_of_id or row.pk)


def _held_plan(by: Any, token: str | None) -> FrontPlan:
    """Return the plan, locked, if `by` may change it and knows how it stands."""
    expected = need_token(token)
    if reason := roles.refusal(by, "front"):
        raise Refused(reason)
    FrontPlan.objects.get_or_create(pk=1)
    plan = FrontPlan.objects.select_for_update().get(pk=1)
    if plan.token != expected:
        who = plan.changed_by.get_username() if plan.changed_by else "somebody"
        raise Refused(
            f"{who} changed the front page while you looked at it. Nothing of yours was done: look at it again."
        )
    return plan


def _known(place: str) -> None:
    if place not in PLACES:
        raise Refused("There is no such place on the front page. Choose one of the list.")


def _may_stand(by: Any, story_id: int) -> None:
    """Refuse a story unless readers see it, or it is copy that `by` may read and readers may come to see."""
    if Edition.objects.at().filter(story_id=story_id).exists():
        return
    article = roles.copy_read_by(by, story_id)
    if article is None:
        raise Refused(f"There is no story {story_id}, or it is not yours to read. Check the number.")
    if article.state in NEVER_THERE:
        raise Refused(f"Story {story_id} is {article.get_state_display()}: readers will never see it.")


def _free_until(place: str, now: datetime, until: datetime | None) -> datetime | None:
    """Return until when a story may hold a place from now: its own end, or earlier, when another one is to come."""
    coming = FrontSlot.objects.held_between(now, None).filter(place=place, held_from__gt=now)
    first = coming.order_by("held_from").values_list("held_from", flat=True).first()
    ends: Iterable[datetime] = [end for end in (until, first) if end is not None]
    return min(ends, default=None)


def _kept(
    plan: FrontPlan, changes: _Changes, said: str, *, verb: str, story_id: int, **facts: Any
) -> BulkAct:
    before = {"made": changes.made, "ended": changes.ended}
    act = BulkAct.objects.create(verb=OF_THE_FRONT, said=said[:300], before=before, by=changes.by)
    _step(plan, changes.by)
    record(verb, by=changes.by, story_id=story_id, act=act.pk, **facts)
    return act


def _step(plan: FrontPlan, by: Any) -> None:
    announcing.keys_change(cache_keys.FRONT, cache_keys.MANY)
    plan.version += 1
    plan.changed_by, plan.changed_at = by, timezone.now()
    plan.save()
