"""The notes of one story as JSON: read, written, answered, settled, and whom one may mention in them."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format

from articles import workflow
from articles.models import StoryNote
from articles.together import doors
from articles.workflow.noticing import named, readers_of
from articles.workflow.noting import Said, notes_on, stamp
from newsroom.letters import Letter


def notes(request: HttpRequest, story_id: int) -> HttpResponse:
    """Give every note with its answers, oldest first."""
    doors.readable_or_404(request, story_id)
    return JsonResponse(_everything(story_id))


def people(request: HttpRequest, story_id: int) -> HttpResponse:
    """Give those whom a note can mention: who may read the story."""
    article = doors.readable_or_404(request, story_id)
    found = [one for one in readers_of(article) if one.pk != request.user.pk]
    return JsonResponse({"people": [{"name": named(one), "login": one.get_username()} for one in found]})


def add(request: HttpRequest, told: Letter, story_id: int) -> HttpResponse:
    """Keep a note on the story, or on the passage that was selected."""
    doors.readable_or_404(request, story_id)
    passage = workflow.Passage(
        doors.words(told, "field"), doors.words(told, "passage"), doors.words(told, "opening")
    )
    said = workflow.add_note(
        by=request.user, story_id=story_id, text=doors.words(told, "text"), passage=passage
    )
    return _kept(said, "Noted.", story_id, status=201)


def answer(request: HttpRequest, told: Letter, story_id: int, note: int) -> HttpResponse:
    """Keep an answer to a note."""
    doors.readable_or_404(request, story_id)
    text = doors.words(told, "text")
    said = workflow.answer_note(by=request.user, story_id=story_id, note=note, text=text)
    return _kept(said, "Answered.", story_id, status=201)


def resolve(request: HttpRequest, told: Letter, story_id: int, note: int) -> HttpResponse:
    """Settle a note."""
    doors.readable_or_404(request, story_id)
    workflow.resolve_note(by=request.user, story_id=story_id, note=note)
    return _all("Settled. It is kept, and can be opened again.", story_id)


def reopen(request: HttpRequest, told: Letter, story_id: int, note: int) -> HttpResponse:
    """Open a settled note again."""
    doors.readable_or_404(request, story_id)
    workflow.reopen_note(by=request.user, story_id=story_id, note=note)
    return _all("Opened again.", story_id)


def _kept(said: Said, done: str, story_id: int, *, status: int) -> HttpResponse:
    sentences = [done]
    if said.told:
        sentences.append(f"{_and(said.told)} will be told.")
    if said.unheard:
        shown = _and([f"“@{one}”" for one in said.unheard])
        sentences.append(f"{shown} is nobody who may read this story, so nobody was told.")
    return _all(" ".join(sentences), story_id, note=said.note.pk, status=status)


def _all(done: str, story_id: int, *, note: int | None = None, status: int = 200) -> HttpResponse:
    told = {"done": done, "note": note, **_everything(story_id)}
    return JsonResponse(told, status=status)


def _everything(story_id: int) -> dict[str, Any]:
    return {"stamp": stamp(story_id), "notes": [_told(one) for one in notes_on(story_id)]}


def _and(names: Any) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else str(last)


def _told(note: StoryNote) -> dict[str, Any]:
    return {
        "id": note.pk,
        "field": note.field,
        "passage": note.passage,
        "opening": note.opening,
        **_line(note),
        "answers": [_line(one) for one in note.replies.all()],
        "settled": f"settled by {named(note.resolved_by)}, {_when(note.resolved_at)}"
        if note.resolved_at
        else "",
    }


def _line(note: StoryNote) -> dict[str, str]:
    return {
        "by": named(note.by),
        "said": _when(note.made_at),
        "at": note.made_at.isoformat(),
        "text": note.text,
    }


def _when(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return date_format(local, "H:i" if local.date() == timezone.localdate() else "j M Y, H:i")
