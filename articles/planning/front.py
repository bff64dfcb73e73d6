"""The front page as editors arrange it: what stands in each place, what will, and a look at it at any moment ahead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from articles import roles, workflow
from articles.models import Article, Edition, Section
from articles.models.front_page import Layout, layout
from articles.models.front_slot import PLACES, FrontSlot, Place, plan
from articles.planning import known, whose_turn
from articles.planning.asked import Asked
from articles.planning.found_stories import stories
from articles.workflow.fronting import last_act
from articles.workflow.refusals import Refused
from newsroom.moments import Trouble, read_moment

# How many stories are offered beside the places, and of these how many that are not out yet.
OFFERED, SCHEDULED = 24, 12
NOT_YOURS = "a story of another desk that is not out yet"


@dataclass(slots=True)
class Spot:
    """One place: what readers see there, which row holds it now, and which will."""

    place: str
    label: str
    number: int
    edition: Edition | None = None
    hold: Any = None
    coming: list[Any] = field(default_factory=list)

    @property
    def is_as_meant(self) -> bool:
        """Say whether the story that is held there is what readers see there."""
        return bool(self.hold and self.edition and self.hold.story_id == self.edition.story_id)


@require_http_methods(["GET", "HEAD", "POST"])
def front(request: HttpRequest) -> HttpResponse:
    """Show the front page's places, and do to them what was asked."""
    if not roles.has_role(request.user, "front"):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request)
    try:
        act = _do(request)
    except _Several as several:
        messages.warning(request, "Several stories fit. Choose one of them, then put it there.")
        return _page(request, several.found)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return _page(request, status=409)
    messages.success(request, act)
    return HttpResponseRedirect(reverse("admin:desk_front"))


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """Show the front page as readers would see it at the moment that was asked for, as far as the person may know it."""
    if not roles.has_role(request.user, "front"):
        raise PermissionDenied
    typed = request.GET.get("at", "").strip()
    now = timezone.now()
    found = read_moment(typed, now=now, zone=timezone.get_current_timezone()) if typed else None
    at = now if found is None or isinstance(found, Trouble) else found.at
    context = {
        "layout": _layout_at(request.user, at),
        "at": at,
        "typed": typed,
        "trouble": found.said if isinstance(found, Trouble) else "",
    }
    return TemplateResponse(request, "planning/front_preview.html", context)


class _Several(Exception):
    """More than one story fits what was typed."""

    def __init__(self, found: list[dict[str, str]]) -> None:
        super().__init__("several")
        self.found = found


def _do(request: HttpRequest) -> str:
    asked, by = request.POST, request.user
    on: dict[str, Any] = {"by": by, "token": asked.get("token")}
    match asked.get("act"):
        case "hold":
            since, until = (_moment(asked.get(name, "")) for name in ("since", "until"))
            story_id = _story(by, asked.get("number", "") or asked.get("story", ""))
            act = workflow.hold_front(
                place=asked.get("place", ""), story_id=story_id, since=since, until=until, **on
            )
        case "release":
            act = workflow.release_front(hold=_number(asked.get("hold", "")), **on)
        case "move":
            act = workflow.move_front(place=asked.get("place", ""), to=asked.get("to", ""), **on)
        case "undo":
            return f"Taken back: {workflow.undo_front(**on).said}."
        case _:
            raise Refused("The desk does not know what to do. Reload the page and try again.")
    return f"{act.said}."


def _moment(typed: str) -> datetime | None:
    """Return the moment that was typed, None for nothing; raises `Refused` with what was not understood."""
    if not typed.strip():
        return None
    found = read_moment(typed, now=timezone.now(), zone=timezone.get_current_timezone())
    if isinstance(found, Trouble):
        raise Refused(found.said)
    return found.at


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0


def _story(user: Any, typed: str) -> int:
    """Return the story that was named by its number, an address, or words that no other story has."""
    asked = Asked.read(typed)
    if number := _number(asked.leads.get("story", "") or asked.digits):
        return number
    found = {one["number"]: one for one in stories(user, asked) if one["number"]} if asked.words else {}
    if not found:
        raise Refused("Which story? Tick one, or write its number, its address or words of its headline.")
    if len(found) > 1:
        raise _Several(list(found.values()))
    return int(next(iter(found)))


def _page(
    request: HttpRequest, found: list[dict[str, str]] | None = None, *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    ahead: list[Any] = list(FrontSlot.objects.ahead(now).select_related("made_by"))
    names = _names(request.user, {row.story_id for row in ahead})
    for row in ahead:
        row.name = names.get(row.story_id, NOT_YOURS)
        row.is_known = row.story_id in names
    shown = layout(_sections())
    context = {
        **admin.site.each_context(request),
        "title": "Front page",
        "plan": plan(),
        "last": last_act(),
        "spots": _spots(shown, ahead, now),
        "places": Place.choices,
        "turns": _turns(ahead, now),
        "found": found,
        "offered": _offered(request.user),
        "typed": {name: request.POST.get(name, "") for name in ("place", "since", "until", "story")},
    }
    return TemplateResponse(request, "planning/front.html", context, status=status)


def _sections() -> list[Section]:
    return list(Section.objects.filter(is_in_masthead=True))


def _spots(shown: Layout, ahead: list[Any], now: datetime) -> list[Spot]:
    standing = shown.by_place()
    spots = [
        Spot(place, Place(place).label, number, standing.get(place)) for number, place in enumerate(PLACES, 1)
    ]
    by_place = {spot.place: spot for spot in spots}
    for row in ahead:
        spot = by_place[row.place]
        if row.held_from <= now:
            spot.hold = row
        else:
            spot.coming.append(row)
    return spots


def _turns(ahead: Iterable[Any], now: datetime) -> list[datetime]:
    """Return the moments ahead at which what is held changes."""
    moments = {moment for row in ahead for moment in (row.held_from, row.held_until) if moment}
    return sorted(moment for moment in moments if moment > now)


def _names(user: Any, story_ids: set[int]) -> dict[int, str]:
    """Return what to call these stories, those left out of which `user` may know nothing yet."""
    public = Edition.objects.at().filter(story_id__in=story_ids)
    copy = Article.objects.filter(roles.readable_by(user)).filter(pk__in=story_ids)
    found = {article.pk: str(article) for article in copy.select_related("section")}
    return found | dict(public.values_list("story_id", "headline"))


def _offered(user: Any) -> list[dict[str, Any]]:
    """Return the stories to choose from: those scheduled next that `user` may read, then the newest that are out."""
    waiting = whose_turn.copy_for(user).filter(whose_turn.scheduled()).order_by("scheduled_at", "pk")
    found = [
        {
            "number": article.pk,
            "name": str(article),
            "at": article.scheduled_at,
            "slug": known.slug_shown(article),
        }
        for article in waiting[:SCHEDULED]
    ]
    newest = Edition.objects.at().listed()[:OFFERED]
    return found + [
        {"number": one.story_id, "name": one.headline, "section": one.section, "language": one.language}
        for one in newest
    ]


def _layout_at(user: Any, at: datetime) -> Layout:
    """Return the front page at a moment, without the stories that are not out yet and not for `user` to read."""
    readable = Article.objects.filter(roles.readable_by(user)).values("pk")
    out = Edition.objects.at().values("story_id")
    among = Edition.objects.at(at).filter(Q(story_id__in=readable) | Q(story_id__in=out))
    return layout(_sections(), among=among, holds_at=at)
