"""Lists of stories: by section, by tag, by contributor, and those nobody dated; keyset-paged, twenty a page."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseGone, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from articles import prose
from articles.archive import about_shelf, absence
from articles.archive.linked_facts import list_facts
from articles.models import shelf as shelves
from articles.models.section import Section
from articles.models.shelf import Moved, Shelf
from articles.paper.page import masthead, page
from newsroom.keyset import BadCursor, Cursor, cursor_in

View = Callable[..., HttpResponse]
# A line of a time line is a headline.
ON_A_LINE = 40


class EndOfList(Exception):
    """Nothing stands behind the cursor in the address."""


def paged(view: View) -> View:
    """Decorate a list: reading only, and a cursor that leads nowhere, or is another list's, answered with a 404 that says so."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            return view(request, **named)
        except (EndOfList, BadCursor):
            return absence.end_of_list(request)

    return wrapped


def part_of(shelf: Shelf, after: Cursor | None, most: int = shelves.PAGE) -> dict[str, Any]:
    """Return what a page shows of `shelf` from `after` on: one query.

    Raises `EndOfList` where nothing follows, `BadCursor` for a place in another list.
    """
    part = shelf.page(after, brief=True, most=most)
    if after is not None and not part.editions:
        raise EndOfList
    return told(shelf, part, after)


def told(shelf: Shelf, part: shelves.Page, after: Cursor | None) -> dict[str, Any]:
    """Return what the page of a list says of one part of its shelf, to people and to machines."""
    return {
        "shelf": shelf,
        "editions": part.editions,
        "next": part.next,
        "is_continued": after is not None,
        "linked_facts": [prose.as_data(list_facts(shelf.name, shelf.path, part.editions))],
    }


@paged
def section(request: HttpRequest, slug: str, *, moment: datetime | None = None) -> HttpResponse:
    """List a section: there if it is in the masthead or holds anything public. Three queries."""
    return _show(request, shelves.section(slug, moment), "archive/section.html", moment)


@paged
def tag(request: HttpRequest, slug: str, *, moment: datetime | None = None) -> HttpResponse:
    """List the stories filed under a tag; a merged tag leads to the one in force. Three queries."""
    return _show(request, shelves.tag(slug, moment), "archive/tag.html", moment)


@paged
def timeline(request: HttpRequest, slug: str, *, moment: datetime | None = None) -> HttpResponse:
    """Draw the stories of a tag along a line of time, the first first. Three queries."""
    found = shelves.tag(slug, moment)
    if isinstance(found, Moved):
        found = Moved(shelves.timeline(found.shelf, moment))
    elif found is not None:
        found = shelves.timeline(found, moment)
    return _show(request, found, "archive/timeline.html", moment, most=ON_A_LINE)


@paged
def contributor(request: HttpRequest, slug: str, *, moment: datetime | None = None) -> HttpResponse:
    """List what a contributor wrote; a merged name leads to the one in force. Three queries."""
    return _show(request, shelves.contributor(slug, moment), "archive/contributor.html", moment)


@paged
def undated(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """List the stories whose day nobody states, by the bounds inferred for them. Two queries."""
    return _show(request, shelves.undated(moment), "archive/undated.html", moment)


def _show(
    request: HttpRequest,
    found: Shelf | Moved | None,
    template: str,
    moment: datetime | None,
    most: int = shelves.PAGE,
) -> HttpResponse:
    after = cursor_in(request)
    if found is None:
        raise EndOfList if after else Http404
    shelf = found.shelf if isinstance(found, Moved) else found
    context = part_of(shelf, after, most)
    if not context["editions"] and not _is_always_there(shelf):
        if shelf.was_public():
            return HttpResponseGone()
        raise Http404
    if isinstance(found, Moved):
        return HttpResponsePermanentRedirect(shelf.path)
    # What is counted is counted now: of another moment nothing is drawn rather than something wrong.
    head = masthead(moment, beside_of=None if moment else about_shelf.asked(shelf.about))
    about = None if moment or shelf.about is None else about_shelf.told(shelf.about, head.beside)
    return page(request, template, {**context, "about": about}, head=head)


def _is_always_there(shelf: Shelf) -> bool:
    return shelf.is_always_there or (isinstance(shelf.about, Section) and shelf.about.is_in_masthead)
