"""The door for Word files: one comes in as it is, and a story starts with it, or its text goes back to the page that sent it.

`?page=` is a UUID that the page made: sent twice, a file starts one story. `?name=` is what the file is called, for
sentences only. `?into=text` starts nothing: the body is answered, to be put where the cursor stands, written for a
story in `?language=`.
"""

import logging
from html import escape
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from articles import prose, roles
from articles.authoring import draft, typed
from articles.authoring.word import reading, telling
from articles.authoring.word.refusing import Refused as NoWordFile
from articles.authoring.word.taking import Taken, take
from articles.models import Contributor, Language, Sitting
from articles.workflow import Refused
from articles.workflow.autosaving import Sent, begin
from articles.workflow.presence import be_here
from media import intake
from newsroom.letters import refuse

NOT_YOURS = "You may not start stories. Ask a chief for the role of a reporter."
_log = logging.getLogger("newsroom.doors")


def door(request: HttpRequest, raw: bytes) -> HttpResponse:
    """Take one Word file and tell what became of it."""
    if not roles.has_role(request.user, "start"):
        _log.warning("%s was refused to start a story from a Word file", request.user)
        return refuse(NOT_YOURS, status=403)
    name = intake.file_name(request.GET.get("name", "")) or "the Word file"
    into_text = request.GET.get("into") == "text"
    page = _page(request.GET.get("page", ""))
    if page is None and not into_text:
        return refuse("This is not a letter that the desk can read.", status=422)
    known = Sitting.objects.filter(page=page, by=request.user).first()  # type: ignore[misc]
    if known is not None and not into_text:
        return _tell_story(known.story_id, [], status=200)
    asked = request.GET.get("language", "") if into_text else ""
    language = asked if asked in Language.values else ""
    try:
        with reading.opened(raw, language=language) as read:
            taken = take(read, by=request.user, name=name)
            if into_text:
                return _tell_text(taken, telling.told(read, taken, name=name))
            return _start(request, page, read, taken, name)
    except NoWordFile as refused:
        return refuse(str(refused), status=422)
    except Refused as refused:
        return refuse(*refused.reasons, status=403)


def _page(sent: str) -> UUID | None:
    try:
        return UUID(sent)
    except ValueError:
        return None


def _start(
    request: HttpRequest, page: UUID | None, read: reading.Read, taken: Taken, name: str
) -> HttpResponse:
    """Start a story as its page would with the first that is typed, and leave it: whoever opens it next is the first."""
    assert page is not None
    own = Contributor.objects.filter(user=request.user).first()  # type: ignore[misc]
    changed: dict[str, Any] = {
        "headline": taken.headline or read.stated_title,
        "standfirst": taken.standfirst,
        "body": taken.body,
        "language": taken.language,
        "writer": str(request.user.pk),
        "bylines": [{"contributor": own.slug, "role": "writer", "as_printed": ""}] if own else [],
        "pictures": rows(taken),
    }
    facts = typed.read(changed, user=request.user, article=None)
    sent = Sent(
        page=page, serial=1, changed=facts.contents, assigned=facts.assigned, unfinished=facts.unfinished
    )
    started = begin(by=request.user, sent=sent)
    be_here(by=request.user, page=page, story_id=started.article.pk, is_leaving=True)
    said = telling.told(read, taken, name=name)
    for sentence in said.taken:
        messages.success(request, sentence)
    for sentence in said.not_taken:
        messages.warning(request, sentence)
    return _tell_story(started.article.pk, [*said.taken, *said.not_taken], status=201)


def rows(taken: Taken) -> list[dict[str, Any]]:
    """Return the pictures of the text as rows of the story's page."""
    return [
        {
            **draft.row(draft.placement({**_NOTHING, "picture": picture})),
            "caption": caption,
            "alt": alt,
        }
        for picture, caption, alt in taken.placed.values()
    ]


_NOTHING = {"own_caption": None, "own_credit": None, "own_alt": None, "caption_is_absent": False}


def _tell_story(story_id: int, said: list[str], *, status: int) -> JsonResponse:
    address = reverse("admin:articles_article_change", args=[story_id])
    return JsonResponse({"story": story_id, "address": address, "said": said}, status=status)


def _tell_text(taken: Taken, said: telling.Told) -> JsonResponse:
    """Answer with the text alone: its headline is a subhead among what stands there already."""
    above = ""
    if taken.headline:
        above = f"<h2>{escape(taken.headline, quote=False)}</h2>\n"
    if taken.standfirst:
        above += prose.paragraphs([taken.standfirst]) + "\n"
    body = prose.clean(f"{above}{taken.body}")
    return JsonResponse(
        {"body": body, "pictures": rows(taken), "said": [*said.taken, *said.not_taken]}, status=200
    )
