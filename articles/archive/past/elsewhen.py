"""Leads to another moment: the date picker's form, which needs no script, and moments written shorter than they are."""

import re
from datetime import UTC, date, datetime, time, timedelta

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.archive.past import absent
from articles.paper import staying
from articles.paper.asof import path_at, read_stamp, stamp_of
from articles.paper.page import page
from newsroom import errors
from newsroom.validators import PARAMETERS

_HOUR = re.compile(r"(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?", re.ASCII)
WHOLE = 14


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Go to the paper as it stood `on` a day at an `hour` (UTC), at `path`; without a day, ask for one. Two queries."""
    on = request.GET.get("on", "")
    if not on:
        return page(request, "archive/at.html", {"noon": _yesterday_noon()})
    try:
        moment = datetime.combine(date.fromisoformat(on), _hour(request.GET.get("hour", "")), UTC)
    except ValueError:
        said = gettext("That is no day and hour. Write them like this: 2016-11-04 and 12:00.")
        return errors.page(request, 400, said)
    path = request.GET.get("path", "/")
    # Only to pages of ours, and only to those that can be seen as they stood.
    return HttpResponseRedirect(iri_to_uri(path_at(moment, path if staying.is_kept(path) else "/")))


@require_safe
def named(request: HttpRequest, stamp: str, rest: str = "") -> HttpResponse:
    """Lead a moment that is cut short to its first second; of a whole one, say what is wrong with the address."""
    try:
        moment = read_stamp(stamp)
    except ValueError:
        return absent.no_such_moment(request)
    if len(stamp) == WHOLE:
        return errors.page(request, 404)
    kept = urlencode({name: request.GET[name] for name in PARAMETERS if name in request.GET})
    where = f"/at/{stamp_of(moment)}/{rest}"
    return HttpResponsePermanentRedirect(iri_to_uri(f"{where}?{kept}" if kept else where))


def _yesterday_noon() -> datetime:
    day = timezone.now().astimezone(UTC).date() - timedelta(days=1)
    return datetime.combine(day, time(12), UTC)


def _hour(text: str) -> time:
    if not text.strip():
        return time(12)
    found = _HOUR.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    hour, minute, second = (int(part or 0) for part in found.groups())
    return time(hour, minute, second)
