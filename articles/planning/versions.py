"""Searches what copy ever said: the revisions of the stories one may read, in the language that readers search in."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from articles import roles
from articles.index import IN_SHORT, Asked, Snippet, ask, find_copy, marking
from articles.index.desk_texts import Text
from articles.models import Article, Revision
from articles.planning import known

A_PAGE, LONGEST = 40, 2_001


@dataclass
class Line:
    """A story in which the words stood: its name now, the newest save on this page that has them, and the others."""

    story_id: int
    name: str
    revision: Any
    who: str
    snippet: Snippet
    others: list[int] = field(default_factory=list)


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """List the saves that meet `?q=`, by story, the newest first; `?before=` goes on behind a save."""
    if not roles.has_role(request.user, "start"):
        raise PermissionDenied
    words = request.GET.get("q", "")[:LONGEST]
    asked = ask(words)
    before = request.GET.get("before", "")
    is_number = before.isascii() and before.isdigit() and len(before) <= 18
    readable = Article.objects.filter(roles.readable_by(request.user))
    rows = Revision.objects.filter(story_id__in=readable.order_by().values("pk")).select_related("made_by")
    found = find_copy(asked, rows, before=int(before) if is_number else None, most=A_PAGE)
    further = urlencode({"q": words, "before": found.following}) if found.following else ""
    context = {
        **admin.site.each_context(request),
        "title": "Earlier versions",
        "words": words,
        "language": IN_SHORT,
        "said": asked.sentences,
        "lines": _lines(found.texts, asked),
        "next": f"?{further}" if further else "",
    }
    return TemplateResponse(request, "planning/versions.html", context)


def _lines(texts: list[Text], asked: Asked) -> list[Line]:
    names = {
        article.pk: str(article)
        for article in Article.objects.only("headline").filter(
            pk__in={one.revision.story_id for one in texts}
        )
    }
    mark, lines = marking(asked), dict[int, Line]()
    for text in texts:
        row = text.revision
        if row.story_id in lines:
            lines[row.story_id].others.append(row.number)
        else:
            who = known.person(row.made_by)
            lines[row.story_id] = Line(row.story_id, names[row.story_id], row, who, mark(text))
    return list(lines.values())
