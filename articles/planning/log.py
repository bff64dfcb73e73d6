"""Shows and exports the log: who did what to which story and when, in words, of the stories one may read."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, When
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from articles import roles
from articles.models import Article, Edition, Event
from articles.planning import known
from articles.workflow.telling import TOLD, tell

A_PAGE, MOST_EXPORTED = 60, 50_000
# What a spreadsheet would take for a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
HEADS = ("Number", "When", "Who", "What", "Story ID", "Story", "In words")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the log; `after` is the number of the last event of the page before."""

    by: int | None = None
    story: int | None = None
    verb: str = ""
    day: date | None = None
    after: int | None = None

    @classmethod
    def read(cls, request: HttpRequest) -> "Asked":
        """Read the address; what it says wrongly is left out."""
        try:
            day = parse_date(request.GET.get("day", ""))
        except ValueError:
            day = None
        verb = request.GET.get("verb", "")
        return cls(
            _number(request.GET.get("by", "")),
            _number(request.GET.get("story", "")),
            verb if verb in TOLD else "",
            day,
            _number(request.GET.get("after", "")),
        )

    def address(self, **changes: Any) -> str:
        """Return the part of an address that asks the same, with `changes` made."""
        named = {"by": self.by, "story": self.story, "verb": self.verb, "day": self.day, **changes}
        return "?" + urlencode({name: value for name, value in named.items() if value})

    def events(self, user: Any) -> QuerySet[Event]:
        """Return the events asked for that `user` may know of, the last first."""
        rows = Event.objects.filter(_visible_to(user))
        if self.by is not None:
            rows = rows.filter(by_id=self.by)
        if self.story is not None:
            rows = rows.filter(story_id=self.story)
        if self.verb:
            rows = rows.filter(verb=self.verb)
        if self.day is not None:
            midnight = timezone.make_aware(datetime.combine(self.day, time.min))
            rows = rows.filter(at__gte=midnight, at__lt=midnight + timedelta(days=1))
        if self.after is not None:
            rows = rows.filter(sequence__lt=self.after)
        return _named(rows).order_by("-sequence")


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 18 else None


def _visible_to(user: Any) -> Q:
    """Return the condition on events: chiefs see all; others what befell stories they may read, and what they did themselves."""
    if roles.Role.CHIEF in roles.roles_of(user):
        return Q()
    theirs = Article.objects.filter(roles.readable_by(user)).order_by().values("pk")
    return Q(story_id__in=theirs) | Q(story=None, by_id=user.pk)


def _named(rows: QuerySet[Event]) -> QuerySet[Any]:
    """Add the name of each story as it stands: the copy's headline, else that of its last edition."""
    copy = Article.objects.filter(pk=OuterRef("story_id")).values("headline")
    printed = Edition.objects.filter(story_id=OuterRef("story_id")).order_by("-number").values("headline")
    has_copy = Case(
        When(story__article__isnull=False, then=Subquery(copy[:1])),
        default=Subquery(printed[:1]),
        output_field=CharField(),
    )
    return rows.annotate(headline=has_copy, has_copy=F("story__article__state")).select_related("by")


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the log shows it."""

    event: Any
    who: str
    before: str
    story: str
    after: str
    has_page: bool

    @property
    def whole(self) -> str:
        """The sentence as plain text."""
        return f"{self.before}{self.story}{self.after}"

    @property
    def at(self) -> datetime:
        """When, in the paper's own zone."""
        return timezone.localtime(self.event.at)


def _line(event: Any) -> Line:
    who = known.person(event.by) or event.by_name
    told = tell(event, who)
    story = f"“{event.headline}”" if event.headline else f"story {event.story_id}, no headline yet"
    return Line(
        event, who, told.before, story if told.has_story else "", told.after, event.has_copy is not None
    )


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Show a page of the log."""
    asked = _asked(request)
    rows = list(asked.events(request.user)[: A_PAGE + 1])
    lines = [_line(event) for event in rows[:A_PAGE]]
    people = User.objects.filter(is_staff=True).order_by("first_name", "last_name", "username")
    context = {
        **admin.site.each_context(request),
        "title": "Log",
        "asked": asked,
        "lines": lines,
        "next": asked.address(after=rows[A_PAGE - 1].sequence) if len(rows) > A_PAGE else "",
        "newest": asked.address() if asked.after else "",
        "exports": asked.address(),
        "people": [(row.pk, known.person(row)) for row in people[:500]],
        "verbs": [(verb, verb.replace("_", " ")) for verb in sorted(TOLD)],
    }
    return TemplateResponse(request, "planning/log.html", context)


def _asked(request: HttpRequest) -> Asked:
    if not roles.has_role(request.user, "start"):
        raise PermissionDenied
    return Asked.read(request)


def _exported(request: HttpRequest) -> Iterator[Line]:
    rows = _asked(request).events(request.user)[:MOST_EXPORTED]
    return (_line(event) for event in rows.iterator(chunk_size=500))


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """Give what is asked for as a table for a spreadsheet; no cell of it is taken for a formula."""
    lines = _exported(request)
    writer = csv.writer(_Echo())
    rows = _table(writer, lines) if request.method == "GET" else ()
    return _download(rows, "text/csv; charset=utf-8", "csv")


def _table(writer: Any, lines: Iterator[Line]) -> Iterator[str]:
    yield "\ufeff" + writer.writerow(HEADS)
    for line in lines:
        event = line.event
        cells = (
            event.sequence, f"{line.at:%Y-%m-%d %H:%M:%S %Z}", line.who, event.verb,
            event.story_id or "", event.headline or "", line.whole,
        )  # fmt: skip
        yield writer.writerow([plain(str(cell)) for cell in cells])


def plain(cell: str) -> str:
    """Return a cell that no spreadsheet reckons with."""
    return f"'{cell}" if cell.startswith(FORMULAS) else cell


@require_safe
def as_json(request: HttpRequest) -> HttpResponseBase:
    """Give what is asked for as JSON: a list of events, the last first."""
    lines = _exported(request)
    rows = _array(lines) if request.method == "GET" else ()
    return _download(rows, "application/json", "json")


def _array(lines: Iterator[Line]) -> Iterator[str]:
    yield "["
    comma = ""
    for line in lines:
        event = line.event
        facts = {
            "number": event.sequence,
            "at": line.at.isoformat(),
            "by": event.by_name,
            "verb": event.verb,
            "story_id": event.story_id,
            "headline": event.headline,
            "said": line.whole,
            "digest": event.digest,
        }
        yield comma + "\n" + json.dumps(facts, ensure_ascii=False)
        comma = ","
    yield "\n]\n"


def _download(rows: Any, kind: str, ending: str) -> HttpResponseBase:
    answer = StreamingHttpResponse(rows, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="log-{timezone.localdate():%Y-%m-%d}.{ending}"'
    return answer


class _Echo:
    """Hands each written line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line
