"""Sitemaps for crawlers: an index, a page for each month, one for the undated, for what leads on, tags, people and news.

Follows sitemaps.org 0.9 and Google's extensions for news and images: a story comes with its lead picture, and with the
addresses of its translations (`xhtml:link`, hreflang). A page holds at most `PAGE` addresses, of which whoever asks
again reads each: what has more, a month or all tags together, has further parts, and the first keeps the address of the whole.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Case, CharField, Count, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe

from articles import prose
from articles.feeds import answers
from articles.feeds.answers import absolute, iso
from articles.models import shelf, translation
from articles.models.edition import Edition
from articles.models.edition_rows import has_pictures
from articles.models.translation import Alternate
from newsroom.prepared import prepared

PAGE = 1_000
# Of so many stories of a month the pages' queries are built once; what an address may ask for has no end.
PREPARED = 50_000
_PLAIN = re.compile("[-0-9A-Za-z_]*")
NEWS_AGE = timedelta(days=2)
MOST_NEWS = 1_000
# What leads to all else, there from the first day on.
OF_THE_PAPER = (
    "/archive/", "/sections/", "/tags/", "/by/", "/undated/", "/on-this-day/", "/corrections/", "/record/", "/gaps/",
    "/at/",
)  # fmt: skip
NAMES: dict[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
    "tags": ("/tag/", shelf.tags), "people": ("/by/", shelf.contributors),
}  # fmt: skip
XML = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_IMAGES = f'{_NAMESPACE} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
_STORIES = f'{_IMAGES} xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_NEWS = f'{_NAMESPACE} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Answer with the addresses of all sitemap pages. Three queries."""
    pages = ["/sitemap-shelves.xml"]
    counted = _counted()
    for kind in NAMES:
        pages += [f"/sitemap-{kind}{ending}.xml" for ending in _endings(counted.get(kind, 0))]
    for first, count in shelf.months().items():
        name = f"{first:%Y-%m}" if first else "undated"
        pages += [f"/sitemap-{name}{ending}.xml" for ending in _endings(count)]
    lines = [f"<sitemap>{_loc(path)}</sitemap>" for path in pages]
    return _send(request, f"<sitemapindex {_NAMESPACE}>", lines, "</sitemapindex>")


@require_safe
def month(request: HttpRequest, year: str, month: str, part: str | None = None) -> HttpResponseBase:
    """Answer with the stories of one month, oldest first. One query, three where any has a translation."""
    try:
        days = shelf.days_of_month(int(year), int(month))
    except ValueError as no_such_month:
        raise Http404 from no_such_month
    return _stories(request, days, part)


@require_safe
def undated(request: HttpRequest, part: str | None = None) -> HttpResponseBase:
    """Answer with the stories whose day nobody states. One query, three where any has a translation."""
    return _stories(request, (), part)


@require_safe
def shelves(request: HttpRequest) -> HttpResponseBase:
    """Answer with the front page, the indexes, and every section that holds something public. One query."""
    paths = ["/", *OF_THE_PAPER]
    paths += [f"/section/{slug}/" for slug in shelf.sections().values_list("slug", flat=True)]
    return _urlset(request, (_url(path) for path in paths))


@require_safe
def names(request: HttpRequest, kind: str, part: str | None = None) -> HttpResponseBase:
    """Answer with the lists of all tags, or of all people, that hold something public, the eldest first. One query."""
    stem, held = NAMES[kind]
    slugs = list(held().order_by("pk").values_list("slug", flat=True)[_part(part)])
    if not slugs:
        raise Http404
    return _urlset(request, (_url(f"{stem}{slug}/") for slug in slugs))


@require_safe
def news(request: HttpRequest) -> HttpResponseBase:
    """Answer with the stories of the last two days, newest first. One query."""
    now = timezone.now()
    since = now - NEWS_AGE
    recent = Edition.objects.at(now).between(since.date() - timedelta(days=1), now.date() + timedelta(days=1))
    rows = recent.order_by("-listed_at", "-story_id").values_list(
        "story_id", "slug", "headline", "language", "published_at"
    )
    fresh = [
        _news(number, slug, headline, language, ran_at)
        for number, slug, headline, language, ran_at in rows[:MOST_NEWS]
        if ran_at is not None and ran_at >= since
    ]
    return _urlset(request, fresh, _NEWS)


def _stories(request: HttpRequest, days: tuple[()] | tuple[date, date], part: str | None) -> HttpResponseBase:
    lies = _part(part)
    found = (
        _rows_now(*days, start=lies.start, most=PAGE)
        if lies.start < PREPARED
        else _rows(*days, start=lies.start, most=PAGE)
    )
    told = translation.alternates({original for *_, original in found if original})
    stem = escape(absolute("/story/"))
    urls = [
        _story(f"{stem}{number}/", slug, changed, picture, told.get(number, ()))
        for number, slug, changed, picture, _ in found
    ]
    if not urls:
        raise Http404
    return _urlset(request, urls, _STORIES)


def _rows(*days: date, start: int, most: int) -> QuerySet[Edition, Any]:
    """Return what a sitemap says of the stories of these days, of the undated if there are none: one walk along an index.

    By day and then by moment, as the index of days has them: what stands before `start` is passed by there.
    """
    public = Edition.objects.at()
    rows = public.between(*days) if days else public.undated()
    told = (
        rows.order_by("published_on", "listed_at", "story_id")
        if days
        else rows.order_by("listed_at", "story_id")
    )
    # A story without pictures is told from the index alone.
    lead = Case(When(has_pictures(), then=KT("shown_pictures__0__src")))
    columns = ("story_id", "slug", "live_from", lead, translation.original_of())
    return told.values_list(*columns)[start : start + most]


@prepared
def _rows_now(*days: date, start: int, most: int) -> QuerySet[Edition, Any]:
    return _rows(*days, start=start, most=most)


def _part(number: str | None) -> slice:
    """Return where a part lies in the whole; the first one's name has no number."""
    if number == "1":
        raise Http404
    start = (int(number or 1) - 1) * PAGE
    return slice(start, start + PAGE)


def _endings(count: int) -> list[str]:
    """Return what the names of the pages that hold so many end in: nothing for the first, then -2, -3 and so on."""
    return ["" if number == 1 else f"-{number}" for number in range(1, -(-count // PAGE) + 1)]


def _counted() -> dict[str, int]:
    """Return how many names of each kind lead to something public: one query, which looks once at each name."""
    every = [
        held().order_by().values(map=Value(kind, CharField())).annotate(whole=Count("pk"))
        for kind, (_, held) in NAMES.items()
    ]
    rows = every[0].union(*every[1:], all=True)
    return {row["map"]: row["whole"] for row in rows}


def _story(stem: str, slug: str, changed: datetime, picture: str | None, others: Sequence[Alternate]) -> str:
    # Of a page's thousand slugs nearly all are plain letters, which stand in an address as they are.
    where = slug if _PLAIN.fullmatch(slug) else escape(iri_to_uri(slug))
    shown = (
        f"<image:image><image:loc>{escape(absolute(picture))}</image:loc></image:image>" if picture else ""
    )
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(one.language)}" href="{escape(absolute(one.path))}"/>'
        for one in others
    )
    return f"<url><loc>{stem}{where}/</loc><lastmod>{iso(changed)}</lastmod>{links}{shown}</url>"


def _url(path: str) -> str:
    return f"<url>{_loc(path)}</url>"


def _loc(path: str) -> str:
    return f"<loc>{escape(absolute(path))}</loc>"


def _news(story_id: int, slug: str, headline: str, language: str, published_at: datetime) -> str:
    return (
        f"<url>{_loc(f'/story/{story_id}/{slug}/')}<news:news><news:publication>"
        f"<news:name>{_text(settings.SITE_NAME)}</news:name><news:language>{_text(language)}</news:language>"
        f"</news:publication><news:publication_date>{iso(published_at)}</news:publication_date>"
        f"<news:title>{_text(headline)}</news:title></news:news></url>"
    )


def _text(typed: str) -> str:
    return escape(prose.without_controls(typed))


def _urlset(request: HttpRequest, urls: Iterable[str], namespaces: str = _NAMESPACE) -> HttpResponseBase:
    return _send(request, f"<urlset {namespaces}>", urls, "</urlset>")


def _send(request: HttpRequest, opening: str, lines: Iterable[str], closing: str) -> HttpResponseBase:
    text = "\n".join([_HEAD + opening, *lines, closing])
    return answers.send(request, text.encode("utf-8"), XML)
