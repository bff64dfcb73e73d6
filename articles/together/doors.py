"""What every JSON door of the room does: know who asks, read what they sent, answer refusals as sentences."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from articles import roles
from articles.models import Article
from articles.workflow import Refused
from newsroom import letters

# The largest row number a database can look up.
LARGEST = 2**63 - 1

_log = logging.getLogger("newsroom.doors")


class Misread(Exception):
    """What was sent is not in the door's language; the sentence says what is wrong."""


def answering(site: AdminSite, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view of the room: JSON for every answer but "no such story", never kept by a cache.

    401 where the session has ended, 409 where a verb refuses, 422 for what is not this door's language.
    """

    @wraps(view)
    @never_cache
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not site.has_permission(request):
            return JsonResponse({"login": reverse("admin:login")}, status=401)
        try:
            return view(request, *args, **kwargs)
        except Misread as misread:
            return JsonResponse({"refused": [str(misread)]}, status=422)
        except Refused as refused:
            return JsonResponse({"refused": list(refused.reasons)}, status=409)

    return door


def sent(request: HttpRequest) -> dict[str, Any]:
    """Return what was sent, an object of names and values."""
    told = letters.read(request.body)
    if told is None:
        raise Misread("This page sent what the desk cannot read. Reload the page and try again.")
    return told


def words(told: dict[str, Any], name: str) -> str:
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


def page(told: dict[str, Any]) -> UUID:
    """Return the number that the page made for itself."""
    try:
        return UUID(words(told, "page"))
    except ValueError as wrong:
        raise Misread("This page does not say which it is. Reload it and try again.") from wrong


def readable_or_404(request: HttpRequest, story_id: int) -> Article:
    """Return the copy if this person may read it; else 404, as if there were none."""
    rows = Article.objects.select_related("section", "desk", "writer")
    article = rows.filter(roles.readable_by(request.user)).filter(pk=story_id).first()
    if article is None:
        _log.warning("%s was refused story %s at %s", request.user, story_id, request.path)
        raise Http404
    return article
