"""Offers searches while one types, to our own form and to browsers, and tells browsers that there is a search (OpenSearch 1.1)."""

import json
from datetime import datetime
from html import escape
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import seeking
from articles.index import Busy, Suggestion, suggest
from articles.paper import asof
from articles.seeking import Search

# What is typed so long is no beginning of anything.
LONGEST = 100
_DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{short}</ShortName>
  <LongName>{name}</LongName>
  <Description>{told}</Description>
  <InputEncoding>UTF-8</InputEncoding>
  <Image height="16" width="16" type="image/svg+xml">{icon}</Image>
  <Url type="text/html" template="{site}/search/?q={{searchTerms}}"/>
  <Url type="application/rss+xml" template="{site}/search/rss.xml?q={{searchTerms}}"/>
  <Url type="application/atom+xml" template="{site}/search/atom.xml?q={{searchTerms}}"/>
  <Url type="application/x-suggestions+json" rel="suggestions" template="{site}/search/opensearch.json?q={{searchTerms}}"/>
  <Url type="application/opensearchdescription+xml" rel="self" template="{site}/opensearch.xml"/>
</OpenSearchDescription>
"""


@require_safe
def suggestions(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """Answer with `items`: `text`, `kind` (headline, tag, person, word), `url` to go to, `stories` or null where not known."""
    as_of = asof.of(request)
    items = [
        {
            "text": one.text,
            "kind": one.kind.value,
            "url": f"{as_of.prefix if as_of else ''}{_path(one)}",
            "stories": one.stories,
        }
        for one in _offered(request, moment)
    ]
    return _answer({"items": items}, "application/json; charset=utf-8")


@require_safe
def for_browsers(request: HttpRequest) -> HttpResponse:
    """Answer with the same as OpenSearch has it: what was typed, the texts, what each is, where each leads."""
    found = _offered(request, None)
    told = [request.GET.get("q", "")[:LONGEST], [one.text for one in found], [_what(one) for one in found]]
    return _answer(
        [*told, [settings.SITE_URL + _path(one) for one in found]], "application/x-suggestions+json"
    )


@require_safe
def described(request: HttpRequest) -> HttpResponse:
    """Answer with the description by which a browser adds this search to its own."""
    name: str = settings.SITE_NAME
    told = {
        # By the standard at most 16 characters, and 48.
        "short": name[:16],
        "name": name[:48],
        "told": _("Search the archive of %(paper)s") % {"paper": name},
        "icon": f"{settings.SITE_URL}{settings.STATIC_URL}icon.svg",
        "site": settings.SITE_URL,
    }
    body = _DESCRIPTION.format(**{part: escape(said) for part, said in told.items()})
    return HttpResponse(body.encode(), content_type="application/opensearchdescription+xml; charset=utf-8")


def _offered(request: HttpRequest, moment: datetime | None) -> list[Suggestion]:
    typed = request.GET.get("q", "")
    if not typed.strip() or len(typed) > LONGEST:
        return []
    try:
        return suggest(typed, moment=moment)
    except Busy:
        return []


def _path(one: Suggestion) -> str:
    return one.url or Search(one.text).at(seeking.PATH)


def _what(one: Suggestion) -> str:
    names = {"headline": _("Story"), "tag": _("Tag"), "person": _("Contributor"), "word": _("Search")}
    return names[one.kind.value]


def _answer(facts: Any, kind: str) -> HttpResponse:
    response = HttpResponse(
        json.dumps(facts, ensure_ascii=False).encode("utf-8", "replace"), content_type=kind
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
