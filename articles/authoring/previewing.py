"""Shows copy through the reader's own template, to those who may read the copy and to nobody else."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.authoring.story_page import readable_or_404
from articles.models import Article, Dating, Edition, EditionKind, PreviewLink, citing_stories
from articles.paper.page import masthead
from articles.workflow.copy import contents_of
from articles.workflow.editions import Filing, compose
from articles.workflow.releasing import completeness_after
from media.models import Rendition
from newsroom.headers import framed_by_own_pages
from newsroom.language import as_readers_see_it

# What search engines show of a name and of the words under it, in characters, before they cut.
LONGEST_FOUND_NAME, LONGEST_FOUND_TEXT = 60, 156


@framed_by_own_pages
@require_safe
@as_readers_see_it
def preview(request: HttpRequest, story_id: int) -> HttpResponse:
    """Render the copy as readers would see it if it were published now; nothing is kept. `?beside` is for the frame."""
    article = readable_or_404(request, story_id)
    here = f"{settings.DESK_PATH}images/"
    return shown(request, article, by=request.user, pictures_at=here, is_beside="beside" in request.GET)


@framed_by_own_pages
@require_safe
def shared(request: HttpRequest, story_id: int) -> HttpResponse:
    """Show how the story looks when it is shared and when a search engine finds it."""
    article = readable_or_404(request, story_id)
    edition = edition_to_be(article, by=request.user)
    _show_unpublished_pictures(edition, f"{settings.DESK_PATH}images/")
    address = f"{settings.SITE_URL}{edition.get_absolute_url()}"
    context = {
        "edition": edition,
        "host": urlsplit(address).netloc,
        "crumbs": [one for one in urlsplit(address).path.split("/") if one],
        "found_as": _cut(f"{edition.headline} – {settings.SITE_NAME}", LONGEST_FOUND_NAME),
        "found_text": _cut(edition.standfirst or edition.excerpt, LONGEST_FOUND_TEXT),
        "is_cut": len(edition.headline) > LONGEST_FOUND_NAME,
    }
    return _unlisted(render(request, "authoring/shared.html", context))


def _cut(text: str, longest: int) -> str:
    """Return as much of a line as search engines show, cut between words."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + " …"


def shown(
    request: HttpRequest,
    article: Article,
    *,
    by: Any,
    pictures_at: str,
    is_beside: bool = False,
    link: PreviewLink | None = None,
) -> HttpResponse:
    """Render the copy through the reader's template, its pictures at addresses that begin with `pictures_at`."""
    edition = edition_to_be(article, by=by)
    _show_unpublished_pictures(edition, pictures_at)
    context = {
        "article": article,
        "edition": edition,
        "is_preview": True,
        "is_beside": is_beside,
        "link": link,
        "masthead": masthead(),
        "versions": [],
        "notices": [],
        "linked_facts": [],
        "citation": citing_stories.in_parts(edition),
        "updated_at": edition.updated_at,
    }
    return _unlisted(render(request, "authoring/preview.html", context))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def edition_to_be(article: Article, *, by: Any) -> Edition:
    """Return the edition that publishing the copy now would make, at the scheduled hour if there is one; not saved."""
    contents = contents_of(article)
    last = Edition.objects.once_public().filter(story_id=article.pk).order_by("number").last()
    waiting = Edition.objects.waiting().filter(story_id=article.pk).first()
    goes_out = waiting.live_from if waiting else timezone.now()
    return compose(
        story_id=article.pk,
        previous=last,
        kind=EditionKind.UPDATE if last else EditionKind.FIRST,
        contents=contents,
        filing=Filing.of([contents]),
        live_from=goes_out,
        dating=last.dating if last else Dating.stated_at(goes_out),
        completeness=completeness_after(last, contents),
        by=by,
    )


def _show_unpublished_pictures(edition: Edition, here: str) -> None:
    """Point the page's pictures to addresses that begin with `here`: readers' copies are shut until the story is out."""
    for one in edition.shown_pictures:
        one["path"] = here
        for name in ("src", "srcset"):
            one[name] = one.get(name, "").replace("/images/", here)
    keys = [one["picture"] for one in edition.pictures]
    for copy in Rendition.objects.filter(Q(picture__in=keys) | Q(picture__aliases__in=keys)):
        edition.rendered = edition.body_html.replace(f"/images/{copy.name}.", f"{here}{copy.name}.")
