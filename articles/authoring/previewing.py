"""Shows copy through the reader's own template, to those who may read the copy and to nobody else."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.authoring.story_page import readable_or_404
from articles.models import Article, Dating, Edition, EditionKind, Section
from articles.workflow.copy import contents_of
from articles.workflow.editions import Filing, compose
from articles.workflow.releasing import completeness_after
from media.models import Rendition


@require_safe
def preview(request: HttpRequest, story_id: int) -> HttpResponse:
    """Render the copy as readers would see it if it were published now; nothing is kept."""
    article = readable_or_404(request, story_id)
    edition = edition_to_be(article, by=request.user)
    _show_unpublished_pictures(edition)
    context = {
        "article": article,
        "edition": edition,
        "is_preview": True,
        "masthead": {"sections": Section.objects.filter(is_in_masthead=True), "years": []},
        "versions": [],
        "notices": [],
        "linked_facts": {},
    }
    response = render(request, "authoring/preview.html", context)
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


def _show_unpublished_pictures(edition: Edition) -> None:
    """Point the page's pictures to the desk's own addresses: readers' copies are shut until the story is out."""
    here = f"{settings.DESK_PATH}images/"
    for one in edition.shown_pictures:
        one["path"] = here
        for name in ("src", "srcset"):
            one[name] = one.get(name, "").replace("/images/", here)
    keys = [one["picture"] for one in edition.pictures]
    for copy in Rendition.objects.filter(Q(picture__in=keys) | Q(picture__aliases__in=keys)):
        edition.body_html = edition.body_html.replace(f"/images/{copy.name}.", f"{here}{copy.name}.")
