"""What the room's doors have of their own beside `newsroom.letters`: what a letter says, and whose story it is."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse

from articles import roles
from articles.models import Article
from articles.workflow import Refused
from newsroom.letters import Letter, answers_letters, refuse

# The largest row number a database can look up.
LARGEST = 2**63 - 1
# What a letter of this room may weigh, in bytes: notes and numbers, never a story's text.
LARGEST_LETTER = 2 * 1024 * 1024

_log = logging.getLogger("newsroom.doors")


class Misread(Exception):
    """What was sent is not in the door's language; the sentence says what is wrong."""


def letters_to(site: AdminSite, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view of the room that takes letters; of its own 409 where a verb refuses, 422 for what it cannot read."""

    @wraps(view)
    def read(request: HttpRequest, letter: Letter, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, letter, *args, **kwargs)
        except Misread as misread:
            return refuse(str(misread), status=422)
        except Refused as refused:
            return refuse(*refused.reasons, status=409)

    return answers_letters(site, read, largest=LARGEST_LETTER)


def words(told: Letter, name: str) -> str:
    """Return one text of what was sent, empty where there is none."""
    value = told.get(name, "")
    if not isinstance(value, str):
        raise Misread(f"“{name}” is to be a text. Reload the page and try again.")
    return value


def row(value: Any) -> int:
    """Return the number of a row."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 18:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= LARGEST:
        raise Misread("This page names a row that cannot be. Reload the page and try again.")
    return value


def page(told: Letter) -> UUID:
    """Return the number that the page made for itself."""
    try:
        return UUID(words(told, "page"))
    except ValueError as wrong:
        raise Misread("This page does not say which it is. Reload it and try again.") from wrong


def readable_or_404(request: HttpRequest, story_id: int) -> Article:
    """Return the copy if this person may read it; else 404, as if there were none."""
    article = roles.copy_read_by(request.user, story_id)
    if article is None:
        _log.warning("%s was refused story %s at %s", request.user, story_id, request.path)
        raise Http404
    return article
