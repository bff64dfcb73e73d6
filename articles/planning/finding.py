"""Finds anything from one line, for Ctrl-K: stories, pictures, people, tags, sections and what one can do, within what one may know."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from articles import roles
from articles.planning.asked import OF_A_KIND, Asked, Found
from articles.planning.found_names import further, names
from articles.planning.found_pictures import older, pictures
from articles.planning.found_stories import stories
from articles.workflow import beginnings


@require_safe
def find(request: HttpRequest) -> JsonResponse:
    """Give what fits what was typed or pasted, at most six of each kind; with nothing typed, what one can do.

    `further` says that some names and older pictures are still to be looked at one by one: asked with `?further=1`,
    this gives those that it found on top. With 100,000 stories, tags and pictures each that takes a quarter of a
    second, and what is given at once some hundredths.
    """
    asked = Asked.read(request.GET.get("q", ""))
    if request.GET.get("further"):
        on_top = [*older(request.user, asked), *further(request.user, asked)] if asked.typed else []
        return JsonResponse({"found": on_top, "further": False})
    found: list[Found] = []
    if asked.typed:
        found += stories(request.user, asked)
        found += pictures(request.user, asked)
        found += names(request.user, asked)
    is_open = bool(asked.words) and any(
        _count(found, kind) < OF_A_KIND for kind in ("picture", "person", "tag")
    )
    if not asked.path:
        found += [one for one in _commands(request.user) if asked.fits(one["name"])]
        found += _searches(request.user, asked.typed) if asked.typed else []
    return JsonResponse({"found": found, "further": is_open})


def _count(found: list[Found], kind: str) -> int:
    return sum(one["kind"] == kind for one in found)


def _commands(user: Any) -> Iterator[Found]:
    """Give what `user` can go and do."""
    add = reverse("admin:articles_article_add")
    wanted = [("start", "Start a story", add, "")]
    if roles.has_role(user, "start"):
        wanted += [
            ("start", f"New {one.name[0].lower()}{one.name[1:]}", f"{add}?start={one.pk}", one.line)
            for one in beginnings.offered()
        ]
    wanted += [
        ("start", "Desk", reverse("admin:index"), "the first screen"),
        ("start", "Copy", reverse("admin:articles_article_changelist"), "every story you may read"),
        ("start", "My copy", reverse("admin:articles_article_changelist") + "?whose=mine", ""),
        ("start", "Budget", reverse("admin:desk_budget"), "what is on its way"),
        ("start", "Month", reverse("admin:desk_month"), "what is due when"),
        ("start", "Log", reverse("admin:desk_log"), "who did what"),
        ("front", "Front page", reverse("admin:desk_front"), "what stands where"),
        ("note", "Notices", reverse("admin:desk_notices"), "what happened to your stories"),
        ("take_up", "Archive", reverse("admin:articles_edition_changelist"), "stories to take up"),
        ("pictures", "Pictures", reverse("admin:media_picture_changelist"), "the library"),
        ("pictures", "Take in pictures", reverse("admin:media_picture_add"), ""),
        ("pictures", "What wants work", reverse("admin:media_picture_work"), "in the library"),
        ("merge", "Tags", reverse("admin:articles_tag_changelist"), ""),
        ("merge", "People", reverse("admin:articles_contributor_changelist"), ""),
        ("organise", "Sections", reverse("admin:articles_section_changelist"), ""),
        ("organise", "Desks", reverse("admin:articles_desk_changelist"), ""),
        (
            "organise",
            "Quick starts",
            reverse("admin:articles_beginning_changelist"),
            "what new stories begin with",
        ),
        ("import", "Imports", reverse("admin:articles_importrun_changelist"), ""),
    ]
    for verb, name, address, note in wanted:
        if roles.has_role(user, verb):
            yield {"kind": "command", "name": name, "note": note, "address": address}
    yield {"kind": "command", "name": "The paper", "note": "as readers see it", "address": "/"}


def _searches(user: Any, typed: str) -> Iterator[Found]:
    """Give the searches that look further than these lines do."""
    asked = urlencode({"q": typed})
    for verb, name, page in (
        ("start", "all copy", "admin:articles_article_changelist"),
        ("start", "earlier versions", "admin:desk_versions"),
        ("pictures", "the library", "admin:media_picture_changelist"),
    ):
        if roles.has_role(user, verb):
            yield {
                "kind": "search",
                "name": f"Search {name} for “{typed}”",
                "note": "",
                "address": f"{reverse(page)}?{asked}",
            }
