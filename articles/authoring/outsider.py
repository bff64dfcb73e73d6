"""The preview for somebody outside, and the desk's door where such links are made, listed and taken back."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.authoring import previewing
from articles.authoring.story_page import readable_or_404
from articles.models import PreviewLink
from articles.workflow import Refused
from articles.workflow.outsiders import copy_behind, note_opened, open_preview, revoke_preview
from media.sending import PRIVATE, copy_named, send
from newsroom.letters import Letter, refuse

DAYS = (1, 3, 7, 30)


@never_cache
@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """Show the copy behind a link as readers would see it; 404, the same for all, where the link opens nothing."""
    found = copy_behind(key)
    if found is None:
        raise Http404
    link, article = found
    if request.method == "GET":
        note_opened(link)
    here = reverse("outsider_image", args=[key, "x"]).removesuffix("x")
    return previewing.shown(request, article, by=link.by, pictures_at=here, link=link)


@never_cache
@require_safe
def image(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """Send a copy of a picture that stands in the story behind a link."""
    found = copy_behind(key)
    copy, kind = copy_named(name) if found else (None, "")
    if found is None or copy is None:
        raise Http404
    _, article = found
    row = copy.picture.in_force
    placed = {one.picture.in_force.pk for one in article.placements.select_related("picture__alias_of")}
    if row.pk not in placed or row.killed_at is not None:
        raise Http404
    here = reverse("outsider_image", args=[key, "x"]).removesuffix("x")
    return send(request, copy, kind, PRIVATE, here)


def links(request: HttpRequest, letter: Letter, story_id: int) -> HttpResponse:
    """Make a link (`make`: for how many days, `for_whom`), take one back (`revoke`), and tell which are open."""
    readable_or_404(request, story_id)
    made = None
    try:
        if "make" in letter:
            days = letter["make"]
            if days not in DAYS:
                return refuse("Choose for how many days the link is to open the preview.", status=422)
            made = open_preview(
                by=request.user,
                story_id=story_id,
                ends_at=timezone.now() + timedelta(days=days),
                for_whom=str(letter.get("for_whom") or ""),
            )
        elif isinstance(letter.get("revoke"), int):
            own = PreviewLink.objects.filter(story_id=story_id, pk=letter["revoke"]).exists()
            if not own:
                return refuse("There is no such link.", status=404)
            revoke_preview(by=request.user, link_id=letter["revoke"])
    except Refused as refused:
        return refuse(*refused.reasons, status=422)
    address = f"{settings.SITE_URL}{reverse('outsider', args=[made.key])}" if made else ""
    return JsonResponse({"links": [_told(one) for one in _open(story_id)], "address": address})


def _open(story_id: int) -> Any:
    return PreviewLink.objects.open().select_related("by").filter(story_id=story_id)


def _told(link: PreviewLink) -> dict[str, Any]:
    until = timezone.localtime(link.ends_at)
    return {
        "link": link.pk,
        "for_whom": link.for_whom or "an outsider",
        "until": f"{date_format(until, 'l, j F Y, H:i')} {until.tzname()}",
        "by": str(link.by.get_full_name() or link.by),
        "opened": link.opened,
    }
