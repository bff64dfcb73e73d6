"""Keeps what is known of the links in stories: which there are, and which of them lead nowhere.

For a command beside the site, never for a request. Our own pages are looked up, other people's are asked for, and only
those in stories that readers see or that the desk has been handed: who asks for an address tells that somebody here
writes about it, so a draft's and an embargoed story's are not asked for.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article, Edition, Link, LinksRead, LinkUse, State
from articles.models.linked import key_of
from articles.rules import Standing, links
from articles.workflow.copy import contents_of, contents_of_edition
from newsroom.outward import Answer, Asker, Outcome

# Copy is read when nobody has changed it for a moment; an edition when whatever wrote it has surely ended.
QUIET, WRITTEN = timedelta(seconds=10), timedelta(minutes=5)
BATCH = 200
# When our own pages are looked up again, and other people's: found there, found failing, known to be dead, not known.
OWN, THERE, AGAIN, DEAD, UNKNOWN = (timedelta(minutes=10), timedelta(days=30), timedelta(days=1), timedelta(days=7), timedelta(days=1))  # fmt: skip
# What was claimed by a run that ended is asked for again; one site is asked no more often than this.
CLAIM, HOST_PAUSE = timedelta(hours=1), timedelta(seconds=10)
ASKED_AT_ONCE, THREADS, LOOKED_THROUGH = 20, 4, 2_000
Tell = Callable[[int], None]


@dataclass(slots=True)
class Asked:
    """How many addresses were asked for, and how many of them are dead now."""

    count: int = 0
    dead: int = 0


def read_due(now: datetime | None = None) -> int:
    """Note the links of the copy and the editions that came since the last time, a batch of each; return how many came."""
    now = now or timezone.now()
    mark = LinksRead.objects.get_or_create(pk=1)[0]
    return _read_copy(mark, now) + _read_editions(mark, now)


def _read_copy(mark: LinksRead, now: datetime) -> int:
    since = Q()
    if mark.last_change is not None:
        same = Q(changed_at=mark.last_change, pk__gt=mark.last_copy)
        since = Q(changed_at__gt=mark.last_change) | same
    quiet = Article.objects.filter(since, changed_at__lte=now - QUIET).select_related("section")
    rows = list(quiet.order_by("changed_at", "pk")[:BATCH])
    for article in rows:
        wanted = _linked(Standing.of(article, contents_of(article))) if _has_link(article.body) else []
        _note(article.pk, None, wanted, now)
        mark.last_change, mark.last_copy = article.changed_at, article.pk
    if rows:
        mark.save(update_fields=["last_change", "last_copy"])
    return len(rows)


def _read_editions(mark: LinksRead, now: datetime) -> int:
    written = Edition.objects.open().filter(pk__gt=mark.last_edition, made_at__lte=now - WRITTEN)
    rows = list(written.select_related("section").defer("rendered").order_by("pk")[:BATCH])
    for edition in rows:
        if _has_link(edition.body):
            standing = Standing(story_id=edition.story_id, contents=contents_of_edition(edition))
            _note(edition.story_id, edition.pk, _linked(standing), now)
        mark.last_edition = edition.pk
    if rows:
        mark.save(update_fields=["last_edition"])
    return len(rows)


def _has_link(body: str) -> bool:
    return 'href="' in body


def _linked(standing: Standing) -> list[str]:
    """Return the addresses that are worth knowing of: our own, those on the web, those that nobody can follow."""
    wrong = links.why_dead(one for one in standing.linked if links.own_path(one) is None)
    return [
        one
        for one in standing.linked
        if links.own_path(one) is not None or links.host_of(one) or one in wrong
    ]


@transaction.atomic
def _note(story_id: int, edition_id: int | None, addresses: Sequence[str], now: datetime) -> None:
    """Make the rows of a story's links those of `addresses`; what no story links to any more is forgotten."""
    of_copy = LinkUse.objects.filter(story_id=story_id, edition=None)
    uses = of_copy if edition_id is None else LinkUse.objects.filter(edition_id=edition_id)
    held = dict(uses.values_list("link__key", "link_id"))
    wanted = {key_of(one): one for one in addresses}
    gone = [held[key] for key in held.keys() - wanted.keys()]
    if gone:
        uses.filter(link__in=gone).delete()
        Link.objects.filter(pk__in=gone, uses=None).delete()
    new = wanted.keys() - held.keys()
    if not new:
        return
    rows = [_new(wanted[key], key, now) for key in sorted(new)]
    Link.objects.bulk_create(rows, ignore_conflicts=True)
    found = Link.objects.filter(key__in=new).values_list("pk", flat=True)
    made = [LinkUse(link_id=link, story_id=story_id, edition_id=edition_id) for link in found]
    LinkUse.objects.bulk_create(made, ignore_conflicts=True)


def _new(address: str, key: str, now: datetime) -> Link:
    host = links.host_of(address)
    if host or links.own_path(address) is not None:
        return Link(key=key, address=address, host=host, ask_at=now)
    why = links.why_dead([address])[address]
    return Link(key=key, address=address, ask_at=None, is_dead=True, failing_since=now, asked_at=now, why=why)


def look_up_due(now: datetime | None = None) -> int:
    """Look up those of our own pages whose time has come, a batch; return how many."""
    now = now or timezone.now()
    rows = list(Link.objects.filter(host="", ask_at__lte=now).order_by("ask_at", "pk")[:BATCH])
    for start in range(0, len(rows), links.MOST):
        some = rows[start : start + links.MOST]
        why = links.why_dead(row.address for row in some)
        Link.objects.filter(pk__in=[row.pk for row in some]).update(asked_at=now, ask_at=now + OWN)
        for row in some:
            said = why.get(row.address, "")[:300]
            if said != row.why:
                since = (row.failing_since or now) if said else None
                Link.objects.filter(pk=row.pk).update(why=said, is_dead=bool(said), failing_since=since)
    return len(rows)


def due(now: datetime | None = None) -> QuerySet[Link]:
    """Return other people's addresses whose time has come: those in what readers see, or in what the desk was handed."""
    now = now or timezone.now()
    public = Edition.objects.at(now).filter(pk=OuterRef("edition_id"))
    waiting = Edition.objects.waiting(now).filter(pk=OuterRef("edition_id"))
    copy = Article.objects.filter(Q(embargo_until=None) | Q(embargo_until__lte=now), pk=OuterRef("story_id"))
    handed = copy.filter(state__in=(State.FILED, State.APPROVED))
    told = Exists(public) | (Exists(waiting) & Exists(copy)) | (Q(edition=None) & Exists(handed))
    uses = LinkUse.objects.filter(told, link=OuterRef("pk"))
    return Link.objects.filter(Exists(uses), ask_at__lte=now).exclude(host="")


def ask_due(asker: Asker, now: datetime | None = None, most: int = ASKED_AT_ONCE) -> Asked:
    """Ask for some of the addresses whose time has come, one of each site that has not been asked a moment ago."""
    now = now or timezone.now()
    claimed = [one for one in _one_of_each_site(now, most) if _claim(one, now)]
    if not claimed:
        return Asked()
    with ThreadPoolExecutor(THREADS, thread_name_prefix="links") as pool:
        answers = list(pool.map(asker.ask, [one.address for one in claimed]))
    # Where nobody answers, the fault may be ours.
    is_connected = any(one.outcome in {Outcome.THERE, Outcome.GONE} for one in answers)
    asked = Asked(len(claimed))
    for link, answer in zip(claimed, answers, strict=True):
        asked.dead += conclude(link, answer, now, is_connected=is_connected)
    return asked


def _one_of_each_site(now: datetime, most: int) -> Iterable[Link]:
    lately = Link.objects.filter(host=OuterRef("host"), asked_at__gt=now - HOST_PAUSE)
    first = due(now).filter(~Exists(lately)).order_by("ask_at")[:LOOKED_THROUGH]
    hosts = Link.objects.filter(pk__in=first.values("pk")).order_by().values("host")
    keys = hosts.annotate(first=Min("pk")).order_by("first").values_list("first", flat=True)[:most]
    return list(Link.objects.filter(pk__in=list(keys)))


def _claim(link: Link, now: datetime) -> bool:
    """Say whether this run is the one that asks: no two ask for one address, and a run that ends gives it back."""
    mine = Link.objects.filter(pk=link.pk, ask_at=link.ask_at)
    return mine.update(ask_at=now + CLAIM, asked_at=now) == 1


def conclude(link: Link, answer: Answer, now: datetime, *, is_connected: bool) -> bool:
    """Keep what came of asking for a link; return whether it is dead: found failing twice, a day or more apart."""
    is_failing = answer.outcome == Outcome.GONE or (answer.outcome == Outcome.SILENT and is_connected)
    if answer.outcome == Outcome.THERE:
        link.failing_since, link.is_dead, link.why = None, False, ""
        link.ask_at = now + THERE
    elif is_failing:
        link.failing_since = link.failing_since or now
        link.is_dead = link.is_dead or now - link.failing_since >= AGAIN
        since = date_format(timezone.localtime(link.failing_since), "j F Y")
        link.why = f"{link.host[:120]} {answer.said}, since {since} or before."
        link.ask_at = now + (DEAD if link.is_dead else AGAIN)
    else:
        link.ask_at = now + UNKNOWN
    link.save(update_fields=["failing_since", "is_dead", "why", "ask_at"])
    return link.is_dead
