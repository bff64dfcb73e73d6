"""Tells people what happened to a story of theirs: one line in the desk, mailed later to who wants it."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet, Value
from django.utils import timezone
from django.utils.formats import date_format

from articles import prose, roles
from articles.models import Article, Edition, HandOver, NoMail, Notice, NoticeKind, Sitting, StoryNote
from articles.workflow.editions import slug_of
from newsroom.prepared import prepared

LONGEST = 400
# What nobody could be told by mail for so long is told in the desk alone.
MAILED_FOR = timedelta(days=3)


def named(person: Any) -> str:
    """Return what colleagues call a person: the full name, else the name they log in with."""
    return str(person.get_full_name() or person.get_username())


def called(article: Article) -> str:
    """Return what a notice calls a story: its slug, or what becomes it; of an embargoed one without a slug the number."""
    is_embargoed = article.embargo_until is not None and article.embargo_until > timezone.now()
    headline = "" if is_embargoed else article.headline
    slug = article.slug or (slug_of(headline, article.language) if headline else "")
    return f"“{slug}”" if slug else f"story {article.pk}"


def clock(moment: datetime) -> str:
    """Return the hour and minute of a moment in the paper's own zone."""
    return date_format(timezone.localtime(moment), "H:i")


def readers_of(article: Article) -> list[Any]:
    """Return the people of the desk who may read this copy, by name: two queries, however many they are."""
    people = roles.with_roles(User.objects.filter(is_active=True, is_staff=True)).prefetch_related("desks")
    found: list[Any] = list(people.order_by("first_name", "last_name", "username"))
    for one in found:
        # What `roles.desks_of` keeps of a person, so that it does not ask for each.
        one._newsroom_desks = frozenset(desk.pk for desk in one.desks.all())
    return [one for one in found if roles.may_read(one, article)]


def tell(
    people: Iterable[Any],
    kind: NoticeKind,
    *,
    article: Article,
    text: str,
    by: Any,
    note: StoryNote | None = None,
) -> list[Notice]:
    """Tell each of `people` once, but for who did it and who may not know of the story."""
    wanted = {one.pk: one for one in people if one.pk != by.pk}
    said = " ".join(prose.without_controls(text).split())
    return Notice.objects.bulk_create(
        Notice(
            person=one,
            kind=kind,
            story_id=article.pk,
            note=note,
            text=said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…",
            by=by,
        )
        for one in wanted.values()
        if roles.may_read(one, article)
    )


def sent_back(article: Article, *, by: Any, note: str) -> None:
    """Tell the writer that the story came back, and what to do."""
    if article.writer:
        text = f"{named(by)} sent {called(article)} back to you: {note}"
        tell([article.writer], NoticeKind.SENT_BACK, article=article, text=text, by=by)


def published(article: Article, edition: Edition, *, by: Any) -> None:
    """Tell the writer that the story is out, or from when readers will see it."""
    if article.writer:
        how = f"published {called(article)}: edition {edition.number}"
        if edition.announced_at is None:
            moment = timezone.localtime(edition.live_from)
            how = (
                f"scheduled {called(article)} for {date_format(moment, 'l, j F Y, H:i')} ({moment.tzname()})"
            )
        tell([article.writer], NoticeKind.PUBLISHED, article=article, text=f"{named(by)} {how}.", by=by)


def changed(article: Article, *, by: Any, how: str, but_for: Collection[int | None] = ()) -> None:
    """Tell those whose story it is, while they are away, that somebody else did something to it.

    `how` is what is done: "began to change", "changed" or "moved", which says what the story is now. Who has not
    looked yet since they were last told is not told again, nor are those of `but_for`, who hear it in other words.
    """
    ways = (article.writer_id, *_handed_to(article.pk))
    concerned = {one for one in ways if one is not None and one != by.pk} - set(but_for)
    if not concerned:
        return
    here = Sitting.objects.here().filter(story_id=article.pk).values("by_id")
    known = Notice.objects.filter(story_id=article.pk, kind=NoticeKind.CHANGED, seen_at__isnull=True)
    away = User.objects.filter(pk__in=concerned).exclude(pk__in=here)
    people = away.exclude(pk__in=known.values("person_id"))
    moved = f": it is {article.get_state_display()} now" if how == "moved" else ""
    did = "changed" if moved else how
    text = f"{named(by)} {did} {called(article)} at {clock(timezone.now())}, while you were away{moved}."
    tell(people, NoticeKind.CHANGED, article=article, text=text, by=by)


@prepared
def _handed_to(story_id: int) -> QuerySet[HandOver, int | None]:
    return HandOver.objects.filter(story_id=story_id).values_list("to_person_id", flat=True)[:1]


def of(person: Any) -> QuerySet[Notice]:
    """Return a person's notices, newest first, without those of stories that they may no longer know of."""
    readable = Article.objects.filter(roles.readable_by(person)).order_by().values("pk")
    return Notice.objects.filter(Q(story__isnull=True) | Q(story_id__in=readable), person_id=person.pk)


def unseen(person: Any) -> int | None:
    """Return how many notices a person has not seen: one query. None, and no query, for who is told nothing."""
    if not person.is_authenticated or not roles.has_role(person, "note"):
        return None
    return next(iter(_unseen(person.pk, held=roles.roles_of(person))), 0)


@prepared
def _unseen(key: int, *, held: frozenset[roles.Role]) -> QuerySet[Notice, int]:
    return counted_unseen(roles.Holder(key, held))


def counted_unseen(person: Any) -> QuerySet[Notice, int]:
    """Return one row, how many notices a person has not seen; none where all were."""
    rows = of(person).filter(seen_at__isnull=True).order_by()
    return rows.values(one=Value(1)).annotate(count=Count("pk")).values_list("count", flat=True)


def see(*, by: Any, notices: Iterable[int] | None = None) -> int:
    """Mark a person's own notices as seen, or all of them; return how many."""
    rows = of(by).filter(seen_at__isnull=True)
    if notices is not None:
        rows = rows.filter(pk__in=list(notices))
    return Notice.objects.filter(pk__in=rows.order_by().values("pk")).update(seen_at=timezone.now())


def want_no_mail(*, by: Any) -> None:
    """Send this person no more notices by mail."""
    NoMail.objects.get_or_create(person_id=by.pk)


def want_mail(*, by: Any) -> None:
    """Send this person notices by mail again: those from now on."""
    Notice.objects.filter(person_id=by.pk, mailed_at__isnull=True, seen_at__isnull=True).filter(
        person__no_mail__isnull=False
    ).update(mailed_at=timezone.now())
    NoMail.objects.filter(person_id=by.pk).delete()


def to_be_mailed(now: datetime) -> QuerySet[Notice]:
    """Return the notices that wait to be mailed, by person, oldest first: not seen, not old, to whom wants mail."""
    waiting = Notice.objects.filter(
        mailed_at__isnull=True, seen_at__isnull=True, made_at__gt=now - MAILED_FOR
    )
    wanted = waiting.filter(person__is_active=True, person__no_mail__isnull=True).exclude(person__email="")
    return wanted.order_by("person_id", "made_at", "pk")


def claim(notices: Iterable[Notice]) -> tuple[datetime, list[Notice]]:
    """Mark those of `notices` that nobody claimed or saw meanwhile as mailed, before they are; return when, and them.

    Whoever dies between claiming and sending leaves a notice that is told at the desk alone: none is mailed twice.
    """
    asked = list(notices)
    at = timezone.now()
    waiting = Notice.objects.filter(mailed_at__isnull=True, seen_at__isnull=True)
    waiting.filter(pk__in=[one.pk for one in asked]).update(mailed_at=at)
    ours = set(
        Notice.objects.filter(pk__in=[one.pk for one in asked], mailed_at=at).values_list("pk", flat=True)
    )
    return at, [one for one in asked if one.pk in ours]


def give_back(notices: Iterable[Notice], claimed_at: datetime) -> None:
    """Let these notices be mailed by the next run: no mail could be handed on."""
    Notice.objects.filter(pk__in=[one.pk for one in notices], mailed_at=claimed_at).update(mailed_at=None)
