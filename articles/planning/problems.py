"""Lists what is wrong: on the first screen by problem, with how many stories have it, and as a filter of both lists.

What is wrong, the rules say (`articles.rules`), to this list as to whoever publishes. Only that a page was left open
is no matter of what a story says.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count as CountOf
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from articles import roles
from articles.models import Article, Edition, LinkUse
from articles.planning import whose_turn
from articles.rules import BY_NAME, RULES, Rule
from articles.rules.rule import Question
from newsroom.prepared import prepared

# Of the rules, those whose breach the desk looks for day by day; all others are told when a story goes out.
WATCHED = ("rights_denied", "rights_open", "uncredited", "no_caption", "dead_link")
LEFT_OPEN = "left_open"
PARAMETER = "problem"
# How many stories a problem names, and among how much copy they are counted.
SHOWN, MOST = 3, 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """One story that has a problem: its words, where one mends it, and what else there is to say."""

    words: str
    address: str
    said: str = ""


@dataclass(slots=True)
class Problem:
    """What is wrong, with how many stories, the first of them, and the lists that have all."""

    name: str
    heading: str
    lines: list[Line] = field(default_factory=list)
    count: int = 0
    more: list[tuple[str, str]] = field(default_factory=list)
    is_open_ended: bool = False

    @property
    def has_more(self) -> bool:
        """Tell whether more stories have it than are named."""
        return self.count > len(self.lines)

    def add(self, line: Line) -> None:
        """Count a story, and name it while there is room."""
        self.count += 1
        if len(self.lines) < SHOWN:
            self.lines.append(line)


def of_copy(user: Any, now: datetime) -> list[Problem]:
    """Return the problems of the copy on its way to readers that `user` may read, and who left a page open: one query."""
    found = {name: Problem(name, BY_NAME[name].heading) for name in WATCHED}
    found[LEFT_OPEN] = Problem(LEFT_OPEN, "Left open")
    # What may be printed is a matter of the day.
    rows = _looked_at(user.pk, now, held=roles.roles_of(user), day=timezone.localdate(now))
    for row in rows[:MOST]:
        words = row["headline"] or f"story {row['pk']}, no headline yet"
        line = Line(words, reverse("admin:articles_article_change", args=[row["pk"]]))
        for name in WATCHED:
            if row[_breaks(name)] and row["is_on_its_way"]:
                found[name].add(line)
        if row["left_at"]:
            who = row["left_by"] or row["left_by_name"]
            found[LEFT_OPEN].add(Line(words, line.address, f"by {who}, who is gone"))
    for name, one in found.items():
        one.more = [("The whole list", _list("article", name))]
        one.is_open_ended = len(rows) > MOST
    return [one for one in found.values() if one.count]


@prepared
def _looked_at(
    key: int, now: datetime, *, held: frozenset[roles.Role], day: date
) -> QuerySet[Any, dict[str, Any]]:
    """Return copy on its way to readers, and copy left open, with what is wrong with it, if anything.

    What is wrong is asked of each row once, not sought: such copy is little, however much there is, and a condition
    that is asked and shown both is asked twice.
    """
    left = whose_turn.abandoned(now).filter(story_id=OuterRef("pk"))
    on_its_way = Q(state__in=whose_turn.WITH_THE_DESK) | whose_turn.scheduled()
    is_left = Q(pk__in=whose_turn.abandoned(now).order_by().values("story_id"))
    rows = whose_turn.that(roles.readable_by(roles.Holder(key, held))).filter(on_its_way | is_left)
    told: QuerySet[Any, dict[str, Any]] = rows.order_by(Coalesce("due_at", "changed_at"), "pk").values(
        "pk",
        "headline",
        is_on_its_way=whose_turn.whether(on_its_way),
        left_by=Subquery(left.values("by__first_name")[:1]),
        left_by_name=Subquery(left.values("by__username")[:1]),
        left_at=Subquery(left.values("seen_at")[:1]),
        **{_breaks(name): whose_turn.whether(_query(name)) for name in WATCHED},
    )
    return told[: MOST + 1]


def _breaks(name: str) -> str:
    return f"breaks_{name}"


def _query(name: str) -> Q:
    asked = BY_NAME[name].query()
    assert asked is not None, name
    return asked


def _list(model: str, problem: str) -> str:
    return f"{reverse(f'admin:articles_{model}_changelist')}?{urlencode({PARAMETER: problem})}"


def out_today_or_dead(user: Any, now: datetime, midnight: datetime, most: int) -> list[Any]:
    """Return the editions that readers see since midnight, and those with a dead link that are the user's to mend.

    One query; up to `most` of each, the newest first. `is_of_today` and `has_dead` say which is which, `of_kind` how many there are.
    """
    return _out_today_or_dead(user.pk, now, midnight, held=roles.roles_of(user), most=most)


@prepared
def _out_today_or_dead(
    key: int, now: datetime, midnight: datetime, *, held: frozenset[roles.Role], most: int
) -> QuerySet[Any]:
    user = roles.Holder(key, held)
    dead = BY_NAME["dead_link"].edition_query()
    assert dead is not None
    if not roles.has_role(user, "take_up"):
        theirs = whose_turn.that(roles.readable_by(user)).filter(pk=OuterRef("story_id"))
        dead &= Q(Exists(theirs))
    seen = Edition.objects.at(now)
    address = LinkUse.objects.filter(edition=OuterRef("pk"), link__is_dead=True).order_by("pk")
    today = seen.begun_between(midnight, now + timedelta(seconds=1))
    both: QuerySet[Any] = (today | seen.filter(dead)).annotate(
        is_of_today=Exists(today.filter(pk=OuterRef("pk"))),
        has_dead=whose_turn.whether(dead),
        has_copy=Exists(Article.objects.filter(pk=OuterRef("story_id"))),
        dead_address=Subquery(address.values("link__address")[:1]),
    )
    kind, newest = [F("has_dead")], [F("live_from").desc(), F("pk").desc()]
    rows: QuerySet[Any] = both.annotate(
        nth=Window(RowNumber(), partition_by=kind, order_by=newest),
        of_kind=Window(CountOf("pk"), partition_by=kind),
    )
    shown = ("story_id", "number", "kind", "headline", "slug", "live_from", "language")
    found: QuerySet[Any] = rows.filter(nth__lte=most).only(*shown).order_by("-live_from", "-pk")
    return found


def of_editions(rows: Iterable[Any]) -> list[Problem]:
    """Return the one problem of what readers see that the first screen names: links that lead nowhere."""
    dead = [one for one in rows if one.has_dead]
    if not dead:
        return []
    found = Problem(
        "dead_in_print",
        "Dead links in published stories",
        count=dead[0].of_kind,
        lines=[_printed(one) for one in dead[:SHOWN]],
        more=[("In copy", _list("article", "dead_link")), ("In the archive", _list("edition", "dead_link"))],
    )
    return [found]


def _printed(edition: Any) -> Line:
    desk = reverse("admin:articles_article_change", args=[edition.story_id])
    address = desk if edition.has_copy else edition.get_absolute_url()
    return Line(edition.headline, address, edition.dead_address or "")


class _Filter(admin.SimpleListFilter):
    """Those that break one rule."""

    title = "problem"
    parameter_name = PARAMETER

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(rule.name, rule.heading) for rule in RULES if self.question(rule) is not None]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rule = BY_NAME.get(self.value() or "")
        question = self.question(rule) if rule else None
        return queryset if question is None else queryset.filter(question())

    def question(self, rule: Rule) -> Question | None:
        """Return what asks the rule of what is listed, None where only the predicate can tell."""
        raise NotImplementedError


class InCopy(_Filter):
    """Copy that breaks one rule, or that somebody left open."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*super().lookups(request, model_admin), (LEFT_OPEN, "Left open")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == LEFT_OPEN:
            held = whose_turn.abandoned(timezone.now()).order_by().values("story_id")
            return queryset.filter(pk__in=held)
        return super().queryset(request, queryset)

    def question(self, rule: Rule) -> Question | None:
        return rule.copies


class InArchive(_Filter):
    """Editions that break one rule."""

    def question(self, rule: Rule) -> Question | None:
        return rule.editions
