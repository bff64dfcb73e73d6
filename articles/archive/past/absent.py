"""Answers under `/at/` for what is not there: the future, the time before the paper, a story that came later or was withdrawn."""

import json
from datetime import datetime
from typing import Any, cast

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from articles.archive import absence
from articles.models import changes
from articles.models.edition import Edition
from articles.models.shelf import FIRST_YEAR
from articles.paper.asof import AsOf, BeforeThePaper, in_words
from newsroom import errors


def refused(request: HttpRequest, as_of: AsOf) -> HttpResponse | None:
    """Answer at once for a moment that has not come, or that no newspaper knows; no query."""
    if as_of.second > timezone.now():
        return errors.page(
            request,
            404,
            gettext("That moment has not come yet. The paper can be seen as it stood until now."),
        )
    return too_early(request) if as_of.second.year < FIRST_YEAR else None


def too_early(request: HttpRequest) -> HttpResponse:
    """Answer for a moment before the paper began."""
    return errors.page(
        request, 404, gettext("At that moment the paper had not published anything yet. Choose a later one.")
    )


def no_such_moment(request: HttpRequest) -> HttpResponse:
    """Answer for digits that name no date or no hour."""
    said = gettext(
        "No calendar has that moment. Write year, month, day, hour, minute and second: /at/20161104120000/."
    )
    return errors.page(request, 404, said)


def answer(request: HttpRequest, as_of: AsOf, nothing: Http404) -> HttpResponseBase:
    """Answer for a page that was not there: kindly where it came later, as never was where it is hidden. Two queries."""
    standing = _standing(as_of.story_id, as_of.moment) if as_of.story_id else None
    if standing is not None and standing.suppressed_then:
        return withheld(request, standing.number_then, as_of.story_id, standing.suppressed_then)
    if standing is not None and standing.number_then is None:
        context = {"edition": standing, "as_of": as_of, "since": in_words(standing.began)}
        return render(request, "archive/came_later.html", context, status=404)
    began = None if isinstance(nothing, BeforeThePaper) else changes.first()
    if began is None or as_of.moment < began:
        return too_early(request)
    return errors.page(
        request,
        404,
        gettext("There was no page at this address at that moment. Go on from the paper as it stood then."),
    )


def withheld(request: HttpRequest, number: int, story_id: int | None, since: Any) -> HttpResponse:
    """Answer 410 where the version then in force is suppressed: the same stub as at its own address."""
    said = gettext(
        "This version is no longer shown, for a legal reason. Its number and its dates stay on record."
    )
    return absence.stub(request, story_id, number, said, since)


def unless_withheld(as_of: AsOf, response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer of data, 404 made 410 where the version then in force is suppressed: one query for a 404 alone."""
    if response.status_code != 404 or as_of.story_id is None or not isinstance(response, HttpResponse):
        return response
    if not response.headers.get("Content-Type", "").startswith("application/json"):
        return response
    standing = _standing(as_of.story_id, as_of.moment)
    if standing is not None and standing.suppressed_then:
        response.status_code = 410
        response.content = json.dumps({"error": str(errors.SENTENCES[410])}).encode()
    return response


def unless_before_the_paper(
    request: HttpRequest, as_of: AsOf, response: HttpResponseBase
) -> HttpResponseBase:
    """Return a good answer, or 404 where it is good only because an empty list always is: one query for those alone."""
    if as_of.changes is not None or as_of.story_id is not None:
        return response
    is_list = isinstance(response, HttpResponse) and b'"items": []' in response.content[:20]
    if not is_list and not request.path.endswith(("rss.xml", "atom.xml", "feed.json")):
        return response
    began = changes.first()
    return too_early(request) if began is None or as_of.moment < began else response


def _standing(story_id: int, moment: datetime) -> Any:
    """Return the edition in force now, with the number of the one readers saw then, if any, and since when it is suppressed."""
    once = Edition.objects.once_public(moment).filter(story=OuterRef("story")).order_by("-number")
    begun = changes.beginnings().filter(story=OuterRef("story")).order_by("live_from")
    rows = Edition.objects.at().filter(story_id=story_id).only("story_id", "slug", "headline", "language")
    rows = rows.annotate(
        number_then=Subquery(once.values("number")[:1]),
        suppressed_then=Subquery(once.values("suppressed_at")[:1]),
        began=Subquery(begun.values("live_from")[:1]),
    )
    return cast(Any, rows.first())
