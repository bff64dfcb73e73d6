"""Shows the budget: every story on its way with its desk, writer, due date, length and state, to be sorted and printed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from articles import prose, roles
from articles.models import Desk, Genre
from articles.planning import known, whose_turn

MOST = 200
# Words are counted in so much of a text; what is longer is said to be more than that.
COUNTED = 40_000
_LAST = {"nulls_last": True}
SORTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "due": ("Due", (F("due_at").asc(**_LAST), "slug", "pk")),
    "slug": ("Slug", ("slug", "headline", "pk")),
    "kind": ("Kind", ("genre", F("due_at").asc(**_LAST), "pk")),
    "desk": ("Desk", (F("desk__name").asc(**_LAST), F("due_at").asc(**_LAST), "pk")),
    "writer": ("Writer", ("writer__first_name", "writer__last_name", F("due_at").asc(**_LAST), "pk")),
    "words": ("Length", (F("planned_words").desc(**_LAST), "pk")),
    "state": ("State", ("state", F("due_at").asc(**_LAST), "pk")),
}
WHEN = {"today": "Today", "tomorrow": "Tomorrow", "week": "Seven days", "none": "No date"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the budget; what it says wrongly is left out."""

    desk: str = ""
    when: str = ""
    day: date | None = None
    sort: str = "due"

    @classmethod
    def read(cls, request: HttpRequest, desks: list[Desk]) -> "Asked":
        """Read the address."""
        asked = {name: request.GET.get(name, "") for name in ("desk", "when", "day", "sort")}
        try:
            day = parse_date(asked["day"])
        except ValueError:
            day = None
        return cls(
            asked["desk"] if asked["desk"] in {desk.slug for desk in desks} else "",
            asked["when"] if asked["when"] in WHEN else "",
            day,
            asked["sort"] if asked["sort"] in SORTS else "due",
        )

    def address(self, **changes: str) -> str:
        """Return the address that asks the same with `changes` made."""
        now = {"desk": self.desk, "when": self.when, "day": str(self.day or ""), "sort": self.sort} | changes
        now["sort"] = "" if now["sort"] == "due" else now["sort"]
        return "?" + urlencode({name: value for name, value in now.items() if value})

    def rule(self) -> Q:
        """Return the condition on copy."""
        rule = Q(state__in=whose_turn.ON_ITS_WAY) | whose_turn.scheduled()
        if self.desk:
            rule &= Q(desk__slug=self.desk) | Q(desk=None, section__desk__slug=self.desk)
        if self.when == "none":
            return rule & Q(due_at=None)
        first, days = self._span()
        if first is None:
            return rule
        begin, end = _midnight(first), _midnight(first + timedelta(days=days))
        return rule & Q(due_at__gte=begin, due_at__lt=end)

    def _span(self) -> tuple[date | None, int]:
        today = timezone.localdate()
        if self.day:
            return self.day, 1
        spans: dict[str, tuple[date | None, int]] = {
            "today": (today, 1),
            "tomorrow": (today + timedelta(days=1), 1),
            "week": (today, 7),
        }
        return spans.get(self.when, (None, 0))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@require_safe
def budget(request: HttpRequest) -> HttpResponse:
    """List the copy on its way that the person may read."""
    if not roles.has_role(request.user, "start"):
        raise PermissionDenied
    desks = list(Desk.objects.all())
    asked = Asked.read(request, desks)
    rows = list(_rows(request.user, asked)[: MOST + 1])
    now = timezone.now()
    context = {
        **admin.site.each_context(request),
        "title": "Budget",
        "asked": asked,
        "desks": desks,
        "whens": [(name, word, asked.address(when=name, day="")) for name, word in WHEN.items()],
        "heads": [(name, word, asked.address(sort=name)) for name, (word, _) in SORTS.items()],
        "every": asked.address(when="", day=""),
        "lines": [_line(article, now) for article in rows[:MOST]],
        "has_more": len(rows) > MOST,
        "most": MOST,
        "genres": Genre.choices,
        "told": date_format(timezone.localtime(now), "l, j F Y, H:i"),
    }
    return TemplateResponse(request, "planning/budget.html", context)


def _rows(user: Any, asked: Asked) -> QuerySet[Any]:
    rows = whose_turn.known_copy_for(user).filter(asked.rule()).select_related("section__desk")
    if asked.when or asked.day:
        rows = rows.filter(by_slug_only=False)  # on which day it stands is more than its slug
    shown = (*whose_turn.SHOWN, "version", "planned_words", "writer_id", "section__desk__name")
    found: QuerySet[Any] = rows.annotate(opening=Substr("body", 1, COUNTED)).only(*shown)
    return found.order_by(*SORTS[asked.sort][1])


def _line(article: Any, now: datetime) -> dict[str, Any]:
    """Return what a line shows; of a story under embargo that others keep, its slug alone."""
    due = timezone.localtime(article.due_at) if article.due_at else None
    words = prose.word_count(prose.plain(article.opening))
    of_section = article.section.desk if article.section else None
    if article.by_slug_only:
        return {"article": article, "slug": known.slug_shown(article)}
    return {
        "article": article,
        "slug": known.slug_shown(article),
        "desk": article.desk or of_section or "",
        "writer": known.person(article.writer),
        "due": f"{due:%Y-%m-%dT%H:%M}" if due else "",
        "is_overdue": due is not None and due < now and article.state in whose_turn.ON_ITS_WAY,
        "words": f"{words:,}+" if len(article.opening) == COUNTED else f"{words:,}",
    }
