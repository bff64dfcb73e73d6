"""Sitemaps for crawlers: an index, a page for each month, one for the undated, for what leads on, tags, people and news.

Follows sitemaps.org 0.9 and Google's extensions for news and images: a story comes with its lead picture, and with the
addresses of its translations (`xhtml:link`, hreflang). A page holds at most `PAGE` addresses; what has more, a month or
all tags together, has further parts.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import prose
from articles.feeds import answers
from articles.feeds.answers import absolute, iso
from articles.models import shelf, translation
from articles.models.edition import Edition, EditionQuerySet
from articles.models.translation import Alternate

PAGE = 50_000
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
    """Answer with the addresses of all sitemap pages. Three queries, and one for each month that may need parts."""
    pages = ["/sitemap-shelves.xml"]
    counted = _counted()
    for kind in NAMES:
        pages += [f"/sitemap-{kind}{ending}.xml" for ending in _endings(counted.get(kind, 0))]
    for first, at_most in shelf.months().items():
        name = f"{first:%Y-%m}" if first else "undated"
        count = _of_month(first).count() if at_most > PAGE else at_most
        pages += [f"/sitemap-{name}{ending}.xml" for ending in _endings(count)]
    lines = [f"<sitemap>{_loc(path, None)}</sitemap>" for path in pages]
    return _send(request, f"<sitemapindex {_NAMESPACE}>", lines, "</sitemapindex>")


@require_safe
def month(request: HttpRequest, year: str, month: str, part: str | None = None) -> HttpResponseBase:
    """Answer with the stories of one month, oldest first. Two or three queries."""
    try:
        first, _ = shelf.days_of_month(int(year), int(month))
    except ValueError as no_such_month:
        raise Http404 from no_such_month
    return _stories(request, _of_month(first), part)


@require_safe
def undated(request: HttpRequest, part: str | None = None) -> HttpResponseBase:
    """Answer with the stories whose day nobody states. Two or three queries."""
    return _stories(request, _of_month(None), part)


@require_safe
def shelves(request: HttpRequest) -> HttpResponseBase:
    """Answer with the front page, the indexes, and every section that holds something public. One query."""
    paths = ["/", *OF_THE_PAPER]
    paths += [f"/section/{slug}/" for slug in shelf.sections().values_list("slug", flat=True)]
    return _urlset(request, (_url(path, None) for path in paths))


@require_safe
def names(request: HttpRequest, kind: str, part: str | None = None) -> HttpResponseBase:
    """Answer with the lists of all tags, or of all people, that hold something public, the eldest first. One query."""
    stem, held = NAMES[kind]
    slugs = list(held().order_by("pk").values_list("slug", flat=True)[_part(part)])
    if not slugs:
        raise Http404
    return _urlset(request, (_url(f"{stem}{slug}/", None) for slug in slugs))


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


def _stories(request: HttpRequest, rows: EditionQuerySet, part: str | None) -> HttpResponseBase:
    lead = KT("shown_pictures__0__src")
    ordered = rows.order_by("listed_at", "story_id").values_list("story_id", "slug", "live_from", lead)
    found = list(ordered[_part(part)])
    if not found:
        raise Http404
    told = translation.alternates(rows)
    urls = (
        _url(f"/story/{number}/{slug}/", changed, picture or "", told.get(number, ()))
        for number, slug, changed, picture in found
    )
    return _urlset(request, urls, _STORIES)


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


def _of_month(first: date | None) -> EditionQuerySet:
    public = Edition.objects.at()
    return public.between(*shelf.days_of_month(first.year, first.month)) if first else public.undated()


def _url(path: str, changed: datetime | None, picture: str = "", others: Sequence[Alternate] = ()) -> str:
    shown = (
        f"<image:image><image:loc>{escape(absolute(picture))}</image:loc></image:image>" if picture else ""
    )
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(one.language)}" href="{escape(absolute(one.path))}"/>'
        for one in others
    )
    return f"<url>{_loc(path, changed)}{links}{shown}</url>"


def _loc(path: str, changed: datetime | None) -> str:
    last = f"<lastmod>{iso(changed)}</lastmod>" if changed else ""
    return f"<loc>{escape(absolute(path))}</loc>{last}"


def _news(story_id: int, slug: str, headline: str, language: str, published_at: datetime) -> str:
    return (
        f"<url>{_loc(f'/story/{story_id}/{slug}/', None)}<news:news><news:publication>"
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
