"""The door every open story page knocks at: it says who else is here, who holds the story, and who took it over."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from articles import roles
from articles.models import Article
from articles.together import doors
from articles.workflow import be_here, noting, presence, see, take_hold, unseen
from articles.workflow.noticing import clock
from articles.workflow.presence import Present
from newsroom.letters import Letter

# So many are named; the rest are counted.
NAMED = 6


def here(request: HttpRequest, told: Letter) -> HttpResponse:
    """Note that a page is open on a story, or has left it, and tell who else is there."""
    story_id, page = doors.row(told.get("story")), doors.page(told)
    article = doors.readable_or_404(request, story_id)
    heard = told.get("heard", [])
    if not isinstance(heard, list):
        raise doors.Misread("“heard” is to be a list. Reload the page and try again.")
    if heard:
        see(by=request.user, notices=[doors.row(one) for one in heard[:50]])
    is_leaving = bool(told.get("left"))
    is_back = bool(told.get("back"))
    be_here(by=request.user, page=page, story_id=story_id, is_leaving=is_leaving, is_back=is_back)
    if is_leaving:
        return JsonResponse({})
    return JsonResponse(_standing(request.user, article, page))


def take_over(request: HttpRequest, told: Letter, story_id: int) -> HttpResponse:
    """Let the page that asks hold the story, whoever held it; tell who else is there."""
    article = doors.readable_or_404(request, story_id)
    page = doors.page(told)
    take_hold(by=request.user, page=page, story_id=story_id, force=True)
    return JsonResponse(_standing(request.user, article, page))


def _standing(user: Any, article: Article, page: UUID) -> dict[str, Any]:
    met = presence.present(by=user, story_id=article.pk, page=page)
    others = [one for one in met if not one.is_this]
    holder = next((one for one in met if one.is_holding), None)
    taken = presence.taken_from(by=user, story_id=article.pk)
    return {
        "others": [_told(one) for one in others if not one.is_me],
        "elsewhere": any(one.is_me for one in others),
        "holder": _told(holder) | {"this": holder.is_this} if holder else None,
        "sentence": sentence(others),
        "taken": [{"id": one.pk, "text": one.text} for one in taken],
        "notices": unseen(user),
        "stamp": noting.stamp(article.pk),
        "token": article.token,
        "state": article.state,
        "may_write": roles.refusal(user, "save", article) is None,
    }


def _told(one: Present) -> dict[str, Any]:
    return {
        "name": one.name,
        "since": one.since.isoformat(),
        "said": clock(one.since),
        "writing": one.is_writing,
        "holds": one.is_holding,
        "me": one.is_me,
    }


def sentence(others: list[Present]) -> str:
    """Return who else has the story open as one line."""
    said = [_doing(one) for one in others[:NAMED]]
    if len(others) > NAMED:
        said.append(f"{len(others) - NAMED} more have it open")
    return f"{'; '.join(said)}." if said else ""


def _doing(one: Present) -> str:
    since = clock(one.since)
    if timezone.localdate(one.since) != timezone.localdate():
        since = "yesterday or before"
    if one.is_me:
        return f"You have this story open on another page too{', and write there' if one.is_writing else ''}"
    if one.is_holding:
        return f"{one.name} is writing here since {since}"
    return f"{one.name} writes here too" if one.is_writing else f"{one.name} reads along"
