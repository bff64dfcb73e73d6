"""Shows the desk's first screen: whose turn it is, what the next day brings, what is wrong, what readers got today."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from articles import roles
from articles.planning import known, problems, whose_turn
from articles.workflow import beginnings

# How many lines a shelf shows before it sends one to the list.
SHOWN = 12
MORE = 40


@dataclass(frozen=True, slots=True)
class Shelf:
    """A few stories under one heading, where the others are, and what it means when there are none."""

    name: str
    heading: str
    none: str
    lines: list[Any] = field(default_factory=list)
    has_more: bool = False
    more_at: str = ""


def screen(request: HttpRequest) -> dict[str, Any]:
    """Return what the first screen shows to whoever asks: five queries for those who write, none for others."""
    user, now = request.user, timezone.now()
    if not roles.has_role(user, "start"):
        return {"now": now}
    queue, own = whose_turn.in_hand(user, SHOWN + 1)
    ahead = whose_turn.ahead(user, now, most=MORE + 1)
    coming = [one for one in ahead if not one.by_slug_only]
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    in_print = problems.out_today_or_dead(user, now, midnight, SHOWN + 1)
    return {
        "now": now,
        "beginnings": beginnings.offered(),
        "may_change_beginnings": roles.has_role(user, "organise"),
        "turns": [_handed(user, now), _desk(queue), _mine(own)],
        "coming": _coming(coming, now, has_more=len(ahead) > MORE),
        "embargoed": _embargoed(ahead, now),
        "problems": [*problems.of_copy(user, now), *problems.of_editions(in_print)],
        "out_today": _out_today(in_print, now),
    }


def _handed(user: Any, now: datetime) -> Shelf:
    none = "Nothing waits for you. What somebody hands over to you or to your desk appears here, with their note."
    found = whose_turn.handed_to(user, now, most=SHOWN + 1)
    return Shelf("waiting", "Waiting for me", none, found[:SHOWN], len(found) > SHOWN)


def _desk(found: list[Any]) -> Shelf:
    none = "No copy waits to be read. What reporters hand to the desk appears here."
    at = f"{reverse('admin:articles_article_changelist')}?state__exact=filed"
    return Shelf("queue", "With the desk", none, found[:SHOWN], len(found) > SHOWN, at)


def _mine(found: list[Any]) -> Shelf:
    none = "You have no copy in hand. Start a story, and it appears here from its first letter."
    at = f"{reverse('admin:articles_article_changelist')}?whose=mine"
    return Shelf("mine", "My copy", none, found[:SHOWN], len(found) > SHOWN, at)


def _coming(lines: list[Any], now: datetime, *, has_more: bool) -> Shelf:
    near = [one for one in lines if _is_near(one, now)]
    return Shelf(
        "coming",
        "The next 24 hours",
        "Nothing is due or scheduled until this time tomorrow. A story with a due date or a set hour appears here.",
        near[: 2 * SHOWN],
        has_more or len(near) > 2 * SHOWN,
        reverse("admin:desk_budget"),
    )


def _is_near(one: Any, now: datetime) -> bool:
    until = now + whose_turn.A_DAY
    scheduled = one.scheduled_at is not None and one.scheduled_at < until
    due = one.due_at is not None and one.due_at < until and one.state in whose_turn.ON_ITS_WAY
    one.is_overdue = due and one.due_at < now
    one.hour = one.scheduled_at if scheduled else one.due_at
    return scheduled or due


def _embargoed(lines: list[Any], now: datetime) -> Shelf:
    held = [one for one in lines if one.embargo_until and one.embargo_until > now]
    for one in held:
        one.slug_shown = known.slug_shown(one)
    held.sort(
        key=lambda one: (one.by_slug_only, one.slug_shown if one.by_slug_only else "", one.embargo_until)
    )
    return Shelf(
        "embargoed", "Embargoed", "Nothing is under embargo.", held[:SHOWN], len(held) > SHOWN,
        reverse("admin:desk_month"),
    )  # fmt: skip


def _out_today(rows: list[Any], now: datetime) -> Shelf:
    found = [one for one in rows if one.is_of_today]
    day = timezone.localdate(now)
    return Shelf(
        "out",
        "Published today",
        "Nothing has gone out today. The first story of the day appears here.",
        found[:SHOWN],
        len(found) > SHOWN,
        f"/{day:%Y/%m/%d}/",
    )
