"""Hands a story over from its page, and tells who opens it what changed since they last had it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format

from articles import roles, workflow
from articles.models import HandOver, State
from articles.together import doors, since
from articles.workflow.handing import Receiver, receivers
from articles.workflow.noticing import named
from newsroom.letters import Letter


def standing(request: HttpRequest, story_id: int) -> HttpResponse:
    """Tell whom the story may be handed to, who has it, and what changed since this person last had it."""
    article = doors.readable_or_404(request, story_id)
    may = article.state not in {State.SPIKED, State.KILLED} and not roles.refusal(
        request.user, "save", article
    )
    last = since.last_hand_over(story_id)
    return JsonResponse(
        {
            "receivers": [_told(one) for one in receivers(by=request.user, article=article)] if may else [],
            "with": _with(last, request.user) if last else None,
            "since": since.changed_since(by=request.user, story_id=story_id),
        }
    )


def hand_over(request: HttpRequest, told: Letter, story_id: int) -> HttpResponse:
    """Hand the story to the person or desk that was chosen."""
    doors.readable_or_404(request, story_id)
    kind, _, key = doors.words(told, "to").partition(":")
    if kind not in ("person", "desk"):
        raise doors.Misread("Choose a person or a desk from the list.")
    handed = workflow.hand_over(
        by=request.user,
        story_id=story_id,
        token=doors.words(told, "token"),
        note=doors.words(told, "note"),
        to_person=doors.row(key) if kind == "person" else None,
        to_desk=doors.row(key) if kind == "desk" else None,
    )
    given = handed.hand_over
    to = named(given.to_person) if given.to_person else f"the desk {given.to_desk}"
    return JsonResponse(
        {
            "done": f"Handed over to {to}{', and filed' if handed.is_filed else ''}.",
            "token": handed.article.token,
            "revision": given.revision,
            "state": handed.article.state,
            "state_word": handed.article.get_state_display(),
            "with": _with(given, request.user),
            "is_readable": roles.may_read(request.user, handed.article),
        }
    )


def _told(one: Receiver) -> dict[str, str]:
    return {"key": one.key, "name": one.name, "about": one.about}


def _with(last: HandOver, user: Any) -> dict[str, Any]:
    """Return who has the story, and who handed it over when, as one sentence; the note; whether it is theirs who ask."""
    to = named(last.to_person) if last.to_person else f"The desk {last.to_desk}"
    when = date_format(timezone.localtime(last.made_at), "l, j F, H:i")
    return {
        "sentence": f"{to} has it from {named(last.by)}, {when}.",
        "note": last.note,
        "is_mine": last.to_person_id == user.pk or last.to_desk_id in roles.desks_of(user),
    }
