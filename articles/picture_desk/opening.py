"""Opens one picture for a page of the desk: who may, which row, how it is shown."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from media import permissions
from media.models import Picture, Rendition, RightsState

NUMBER_PARTS = 4


def opened(request: HttpRequest, key: str, *, to_change: bool = False) -> Picture:
    """Return the picture of a row with its copies; raise 404, or 403 for whoever may not look (or change)."""
    allowed = permissions.may_change if to_change else permissions.may_add
    if not allowed(request.user):
        raise PermissionDenied
    rows = Picture.objects.select_related("alias_of", "made_by").prefetch_related("renditions")
    return get_object_or_404(rows, pk=int(key))


def path_of(picture: Picture, page: str = "change") -> str:
    """Return the address of one of a picture's pages at the desk."""
    return reverse(f"admin:media_picture_{page}", args=[picture.pk])


def shown_copy(picture: Picture, width: int = 960) -> Rendition | None:
    """Return the smallest copy of the whole picture that is at least `width` wide, else the largest there is."""
    copies = picture.copies()
    return next((copy for copy in copies if copy.width >= width), copies[-1] if copies else None)


def in_groups(media_id: str | None) -> list[str]:
    """Return a Media ID as it is said on the phone: 5536 1435. An odd number of digits leaves a longer last group."""
    digits = media_id or ""
    parts = [digits[at : at + NUMBER_PARTS] for at in range(0, len(digits), NUMBER_PARTS)]
    if len(parts) > 1 and len(parts[-1]) == 1:
        parts[-2:] = ["".join(parts[-2:])]
    return parts


def rights_in_words(picture: Picture) -> str:
    """Return how the rights stand today, with the day that matters."""
    begin, end = picture.rights_begin_on, picture.rights_end_on
    ends = f"{end.day} {end:%B %Y}" if end else ""
    words = {
        RightsState.CLEAR: f"Rights clear until {ends}" if ends else "Rights clear",
        RightsState.ENDING: f"Rights end on {ends}",
        RightsState.EXPIRED: f"Rights ran out on {ends}",
        RightsState.NOT_BEGUN: f"Rights begin on {begin.day} {begin:%B %Y}" if begin else "",
        RightsState.UNKNOWN: "Rights not known",
        RightsState.DENIED: "Withdrawn" if picture.killed_at else "Rights denied",
    }
    return words[picture.rights_state]


def context(site: admin.AdminSite, request: HttpRequest, picture: Picture, **more: Any) -> dict[str, Any]:
    """Return what every page of one picture shows."""
    shown = shown_copy(picture)
    return {
        **site.each_context(request),
        "opts": Picture._meta,
        "title": str(picture),
        "picture": picture,
        "groups_of_digits": in_groups(picture.media_id),
        "rights_said": rights_in_words(picture),
        "shown": shown,
        "src": shown.desk_url if shown else "",
        "may_change": permissions.may_change(request.user),
        **more,
    }
