"""JSON letters from the desk's own pages: who sends them, whether they are forged, how long they are, what they say."""

import json
import logging
import re
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from newsroom.forgery import is_forged

Letter = dict[str, Any]
# What a page of text may weigh, its markup and JSON's own signs included, in bytes.
LARGEST = 12 * 1024 * 1024
# So many seconds is a file that is too long read and dropped.
DROPPED_FOR = 4.0
_CHUNK = 256 * 1024
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
_log = logging.getLogger("newsroom.doors")


def answers_letters(
    site: AdminSite, view: Callable[..., HttpResponse], *, largest: int = LARGEST
) -> Callable[..., HttpResponse]:
    """Wrap `view(request, letter, …)` so that it gets a JSON object from a logged-in page of this site, and nothing else.

    Answers 401 with `login` when the session has ended, 403 to a forged letter, 405 to another method, 413 and 422
    with `refused`, sentences, to one that is too long or no letter at all, 503 while the database is busy. NUL and
    lone surrogates, which no database keeps, are taken out of every text.
    """

    @wraps(view)
    def read_letter(request: HttpRequest, raw: bytes, *args: Any, **kwargs: Any) -> HttpResponse:
        letter = read(raw)
        if letter is None:
            return refuse("This is not a letter that the desk can read.", status=422)
        return view(request, letter, *args, **kwargs)

    return _guarded(site, read_letter, largest=largest, too_long=TOO_LONG)


def answers_files(
    site: AdminSite, view: Callable[..., HttpResponse], *, largest: int, too_long: str
) -> Callable[..., HttpResponse]:
    """Wrap `view(request, raw, …)` in the same way, for a file that is sent as it is, without a form around it.

    One that is longer than `largest` is read off and dropped, as long as that takes no more than a few seconds: a
    browser shows an answer only when it has sent all.
    """
    return _guarded(site, view, largest=largest, too_long=too_long, drops=True)


def _guarded(
    site: AdminSite, view: Callable[..., HttpResponse], *, largest: int, too_long: str, drops: bool = False
) -> Callable[..., HttpResponse]:
    @csrf_exempt
    @never_cache
    @wraps(view)
    def bound(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not site.has_permission(request):
            return JsonResponse({"login": reverse(f"{site.name}:login")}, status=401)
        if request.method != "POST":
            return refuse("This address takes letters from the desk's own pages.", status=405)
        if _is_forged(request):
            _log.warning("forged letter to %s in the name of %s", request.path, request.user)
            return refuse(
                "This was not sent by a page of this site. Reload the page and try again.", status=403
            )
        if _length(request) > largest:
            if drops:
                _let_pass(request)
            return refuse(too_long, status=413)
        try:
            return view(request, request.read(largest + 1), *args, **kwargs)
        except OperationalError:
            _log.exception("busy at %s", request.path)
            return refuse("The database is busy. It is tried again by itself.", status=503)

    return bound


def _let_pass(request: HttpRequest) -> None:
    """Read what was sent and keep nothing of it."""
    until = time.monotonic() + DROPPED_FOR
    try:
        while time.monotonic() < until and request.read(_CHUNK):
            pass
    except OSError:
        return


def answers_questions(site: AdminSite, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap `view(request, …)` that only reads: 401 with `login` when the session has ended, 405 to other methods, 503."""

    @never_cache
    @wraps(view)
    def bound(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not site.has_permission(request):
            return JsonResponse({"login": reverse(f"{site.name}:login")}, status=401)
        if request.method not in ("GET", "HEAD"):
            return refuse("This address is only read.", status=405)
        try:
            return view(request, *args, **kwargs)
        except OperationalError:
            _log.exception("busy at %s", request.path)
            return refuse("The database is busy. Try again in a moment.", status=503)

    return bound


TOO_LONG = "This is longer than ten million characters, more than a story can hold. Take some of it out; nothing is lost."


def refuse(*reasons: str, status: int, **facts: Any) -> JsonResponse:
    """Return an answer that says in sentences why nothing was done."""
    return JsonResponse({"refused": list(reasons), **facts}, status=status)


def read(raw: bytes) -> Letter | None:
    """Return the JSON object in `raw`, its texts such as a database can keep, or None where there is none."""
    try:
        letter = _keepable(json.loads(raw))
    except (ValueError, RecursionError):
        return None
    return letter if isinstance(letter, dict) else None


def _keepable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSENDABLE.sub("", value)
    if isinstance(value, list):
        return [_keepable(one) for one in value]
    if isinstance(value, dict):
        return {_keepable(name): _keepable(one) for name, one in value.items()}
    return value


def _length(request: HttpRequest) -> int:
    stated = request.META.get("CONTENT_LENGTH") or "0"
    return int(stated) if stated.isascii() and stated.isdigit() else LARGEST + 1


def _is_forged(request: HttpRequest) -> bool:
    """Say whether a letter is forged: without the header Django would read it as a form."""
    return not request.META.get("HTTP_X_CSRFTOKEN") or is_forged(request)
