"""Says whose turn it is: each shelf of the desk's first screen as a condition on copy, asked along an index."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When, Window
from django.db.models.functions import Coalesce, RowNumber

from articles import roles
from articles.models import Article, Desk, Edition, HandOver, Sitting, State
from articles.models.sitting import HERE_FOR
from newsroom.prepared import prepared

ON_ITS_WAY = (State.DRAFT, State.FILED, State.APPROVED)
WITH_THE_DESK = (State.FILED, State.APPROVED)
# How far back a missed hour is still called overdue, and for how long a hand-over of a published story still waits.
OVERDUE_FOR = timedelta(days=14)
A_DAY = timedelta(days=1)
SHOWN = (
    "version", "state", "headline", "slug", "genre", "language", "due_at", "embargo_until", "changed_at", "writer__username",
    "writer__first_name", "writer__last_name", "desk__name", "section__name",
)  # fmt: skip


def copy_for(user: Any) -> QuerySet[Any]:
    """Return the copy `user` may read with what a line of the first screen shows of it: never its text."""
    return _shown(that(roles.readable_by(user)))


def known_copy_for(user: Any) -> QuerySet[Any]:
    """Return the copy `user` may know of; where `by_slug_only`, its slug is all they may be told until its embargo ends."""
    found: QuerySet[Any] = _shown(that(roles.known_to(user))).annotate(
        by_slug_only=whether(roles.known_by_slug_to(user))
    )
    return found


def that(rule: Q) -> QuerySet[Any]:
    """Return the copy for which `rule` holds, asked of each row that another condition finds.

    A desk's copy is everything it ever wrote; what is due tomorrow is not. As a CASE the rule cannot lead the database
    to begin with the former.
    """
    if not rule:
        return Article.objects.all()
    return Article.objects.filter(whether(rule))


def _shown(rows: QuerySet[Any]) -> QuerySet[Any]:
    return with_schedule(rows.select_related("writer", "desk", "section")).only(*SHOWN)


def with_schedule(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Add the moment for which each story is scheduled, None where it is not."""
    waiting = Edition.objects.waiting().filter(story_id=OuterRef("pk")).values("live_from")[:1]
    found: QuerySet[Any] = rows.annotate(scheduled_at=Subquery(waiting))
    return found


def scheduled(until: datetime | None = None) -> Q:
    """Return the condition that copy is scheduled (for before `until`)."""
    waiting = Edition.objects.waiting()
    if until is not None:
        waiting = waiting.begun_between(until - A_DAY, until)
    return Q(pk__in=waiting.values("story_id"))


def handed_to(user: Any, now: datetime, *, most: int) -> list[Any]:
    """Return the copy whose last hand-over was to `user` or to a desk of theirs, the last handed over first, at most so much.

    A story that is out waits too, until its next edition: it was handed over to be updated or corrected. One query.
    """
    return _handed_to(user.pk, now, held=roles.roles_of(user), most=most)


@prepared
def _handed_to(key: int, now: datetime, *, held: frozenset[roles.Role], most: int) -> QuerySet[Any]:
    user = roles.Holder(key, held)
    last = HandOver.objects.filter(story_id=OuterRef("pk")).order_by("-made_at", "-pk")
    desks = Desk.objects.filter(members=user.pk).order_by().values("pk")
    to_me = Q(given_to=user.pk) | Q(given_to_desk__in=desks)
    lately = HandOver.objects.filter(
        Q(to_person=user.pk) | Q(to_desk__in=desks), made_at__gt=now - OVERDUE_FOR
    )
    since = Edition.objects.filter(story_id=OuterRef("pk"), made_at__gt=OuterRef("given_at"))
    out = Q(state=State.PUBLISHED, pk__in=lately.order_by().values("story_id")) & ~Exists(since)
    rows = copy_for(user).annotate(
        given_to=Subquery(last.values("to_person")[:1]),
        given_to_desk=Subquery(last.values("to_desk")[:1]),
        given_at=Subquery(last.values("made_at")[:1]),
        given_by=Subquery(last.values("by__first_name")[:1]),
        given_by_name=Subquery(last.values("by__username")[:1]),
        given_with=Subquery(last.values("note")[:1]),
    )
    found: QuerySet[Any] = rows.filter(Q(state__in=ON_ITS_WAY) | out).filter(to_me).order_by("-given_at")
    return found[:most]


def in_hand(user: Any, most: int) -> tuple[list[Any], list[Any]]:
    """Return the filed and approved copy of the desks of `user`, and the copy that is theirs: up to `most` of each.

    What is due first stands first with the desk; what `user` writes, or wrote and is scheduled, by its last change.
    One query.
    """
    found = _in_hand(user.pk, held=roles.roles_of(user), most=most)
    queue = sorted((one for one in found if one.is_with_the_desk), key=lambda one: one.nth_of_desk)
    own = sorted((one for one in found if one.is_mine), key=lambda one: one.nth_of_mine)
    return queue[:most], own[:most]


@prepared
def _in_hand(key: int, *, held: frozenset[roles.Role], most: int) -> QuerySet[Any]:
    user = roles.Holder(key, held)
    with_the_desk = Q(state__in=WITH_THE_DESK)
    mine = (Q(state__in=ON_ITS_WAY) | scheduled()) & Q(writer_id=user.pk)
    due = [F("due_at").asc(nulls_last=True), F("changed_at").asc(), F("pk").asc()]
    changed = [F("changed_at").desc(), F("pk").asc()]
    both: QuerySet[Any] = copy_for(user).filter(with_the_desk | mine)
    both = both.annotate(
        is_with_the_desk=whether(with_the_desk),
        is_mine=whether(mine),
    )
    rows: QuerySet[Any] = both.annotate(
        nth_of_desk=Window(RowNumber(), partition_by=[F("is_with_the_desk")], order_by=due),
        nth_of_mine=Window(RowNumber(), partition_by=[F("is_mine")], order_by=changed),
    )
    first = Q(is_with_the_desk=True, nth_of_desk__lte=most) | Q(is_mine=True, nth_of_mine__lte=most)
    found: QuerySet[Any] = rows.filter(first)
    return found


def whether(rule: Q) -> Case:
    """Return whether `rule` holds of a row, as something to show or to count by."""
    return Case(When(rule, then=True), default=False, output_field=BooleanField())


def ahead(user: Any, now: datetime, *, most: int) -> list[Any]:
    """Return what is overdue, due or scheduled until this time tomorrow, and all that is embargoed; soonest first, at most so much.

    One query.
    """
    return _ahead(user.pk, now, held=roles.roles_of(user), most=most)


@prepared
def _ahead(key: int, now: datetime, *, held: frozenset[roles.Role], most: int) -> QuerySet[Any]:
    user = roles.Holder(key, held)
    tomorrow = now + A_DAY
    due = Q(due_at__gte=now - OVERDUE_FOR, due_at__lt=tomorrow, state__in=ON_ITS_WAY)
    wanted = due | scheduled(until=tomorrow) | Q(embargo_until__gt=now)
    rows = known_copy_for(user).filter(wanted)
    found: QuerySet[Any] = rows.annotate(soonest=Coalesce("scheduled_at", "due_at", "embargo_until"))
    return found.order_by("soonest", "pk")[:most]


def abandoned(now: datetime) -> QuerySet[Sitting]:
    """Return the sittings that hold a story though their page has been gone a good while."""
    gone = Q(seen_at__lt=now - 4 * HERE_FOR) | Q(left_at__isnull=False)
    return Sitting.objects.filter(gone, held_since__isnull=False)
