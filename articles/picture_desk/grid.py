"""The library's first page, a grid or a list of thumbnails, and the same finding as JSON for the story form."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import roles
from articles.picture_desk.finding import ORDERS, VIEWS, Finding
from articles.picture_desk.narrowing import NARROWINGS
from articles.picture_desk.showing import FEW_WORDS, MORE_WORDS, rights_said, shown
from media.models import Picture

A_PAGE, A_HANDFUL = 100, 24


def library(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Show a hundred pictures of what was asked for; a Media ID leads straight to its picture."""
    if not roles.has_role(request.user, "pictures"):
        raise PermissionDenied
    finding = Finding.read(request.GET, request.user)
    if finding.exact is not None and finding.after is None:
        return HttpResponseRedirect(reverse("admin:media_picture_change", args=[finding.exact]))
    page = finding.page(request.user, A_PAGE)
    on, longest = timezone.localdate(), MORE_WORDS if finding.view == "list" else FEW_WORDS
    context: dict[str, Any] = {
        **site.each_context(request),
        # Counted along with the sections: the page would ask for it by a query of its own.
        "unseen_notices": finding.unseen,
        "title": "Pictures",
        "opts": Picture._meta,
        "finding": finding,
        "chips": finding.chips(),
        "narrowings": [
            (name, one.label, [(value, choice.words) for value, choice in one.choices.items()], finding.states.get(name, ""))
            for name, one in NARROWINGS.items()
        ],
        "orders": ORDERS,
        "views": [(words, finding.address(view=name), name == finding.view) for name, words in VIEWS.items()],
        "pictures": [shown(picture, on, longest=longest) for picture in page.pictures],
        "count": page.count,
        "next": finding.address(after=page.next) if page.next else "",
        "may_change": roles.has_role(request.user, "change_pictures"),
    }  # fmt: skip
    return TemplateResponse(request, "picture_desk/library.html", context)


@require_safe
def find(request: HttpRequest) -> JsonResponse:
    """Give two dozen pictures of what was asked for, newest first, and where to go on."""
    if not roles.has_role(request.user, "pictures"):
        return JsonResponse(
            {"refused": "Your role does not open the library. Ask the picture desk."}, status=403
        )
    finding = Finding.read(request.GET, request.user)
    page = finding.page(request.user, A_HANDFUL)
    return JsonResponse({"found": [_as_json(picture) for picture in page.pictures], "next": page.next})


def _as_json(picture: Picture) -> dict[str, Any]:
    seen, state = shown(picture, timezone.localdate()), picture.rights_state
    return {
        "media_id": picture.media_id,
        "row": picture.pk,
        "src": seen.src,
        "width": seen.width,
        "height": seen.height,
        "caption": picture.caption_in_force or "",
        "credit": picture.credit,
        "alt": picture.alt,
        "rights": str(state.value),
        "rights_said": rights_said(picture, state),
    }
