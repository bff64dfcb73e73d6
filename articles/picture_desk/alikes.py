"""Pairs of pictures that look alike, side by side, until somebody says that they differ or merges them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Prefetch, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone

from articles import roles
from articles.picture_desk.finding import cursor_of
from articles.picture_desk.forecast import with_live_uses
from articles.picture_desk.lists import ALIKE, open_likenesses
from articles.picture_desk.showing import MORE_WORDS, Shown, shown, with_thumbnails
from articles.picture_desk.working import frame
from articles.workflow import Refused, merge_pictures
from media import alike as likenesses
from media.models import Likeness, Picture

A_PAGE = 12
DIFFERENT, KEEP_OLDER, KEEP_NEWER = "different", "keep-older", "keep-newer"


@dataclass(frozen=True, slots=True)
class Side:
    """One picture of a pair with the facts one compares: in how many stories it is seen, and what keeping it is called."""

    shown: Shown
    picture: Picture
    keeping: str


def alike(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Show the open pairs, those most read first, or settle one of them."""
    if not roles.has_role(request.user, "pictures"):
        raise PermissionDenied
    if request.method == "POST":
        if not roles.has_role(request.user, "change_pictures"):
            raise PermissionDenied
        _settle(request)
        return HttpResponseRedirect(request.get_full_path())
    cursor = cursor_of(request.GET.get("after", ""))
    rows = open_likenesses().annotate(read=F("older__reads") + F("newer__reads")).order_by("-read", "-pk")
    if cursor:
        reads, last = cursor
        rows = rows.filter(Q(read__lt=reads) | Q(read=reads, pk__lt=last))
    pictures = with_thumbnails(with_live_uses(Picture.objects.all()))
    rows = rows.prefetch_related(*(Prefetch(side, queryset=pictures) for side in ("older", "newer")))
    pairs = list(rows[: A_PAGE + 1])
    last_pair = pairs[A_PAGE - 1] if len(pairs) > A_PAGE else None
    context: dict[str, Any] = {
        **frame(site, request, "Pictures that look alike"),
        "here": ALIKE,
        "pairs": [(pair, _sides(pair)) for pair in pairs[:A_PAGE]],
        "next": f"?after={last_pair.read}-{last_pair.pk}" if last_pair else "",
        "is_continued": cursor is not None,
    }
    return TemplateResponse(request, "picture_desk/alike.html", context)


def _sides(pair: Likeness) -> list[Side]:
    today = timezone.localdate()
    both = ((pair.older, KEEP_OLDER), (pair.newer, KEEP_NEWER))
    return [Side(shown(one, today, longest=MORE_WORDS), one, keeping) for one, keeping in both]


def _settle(request: HttpRequest) -> None:
    """Do with one pair what was said, and leave a sentence about it."""
    number, doing = request.POST.get("pair", ""), request.POST.get("do", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    pair = (
        open_likenesses().filter(pk=int(number)).select_related("older", "newer").first()
        if is_number
        else None
    )
    if pair is None:
        messages.warning(request, "Somebody has settled this pair already.")
        return
    older, newer = pair.older, pair.newer
    try:
        if doing == DIFFERENT:
            likenesses.settle(by=request.user, likeness_id=pair.pk)
            messages.success(request, f"{older} and {newer} are kept as different pictures.")
        elif doing in (KEEP_OLDER, KEEP_NEWER):
            kept, merged = (older, newer) if doing == KEEP_OLDER else (newer, older)
            token = request.POST.get("newer" if doing == KEEP_OLDER else "older", "")
            merge_pictures(by=request.user, kept_id=kept.pk, merged_id=merged.pk, token=token)
            messages.success(request, f"{merged} was merged into {kept}, and its number leads there.")
        else:
            messages.warning(request, "Say whether the two differ, or which one is kept.")
    except likenesses.NotSettled as refused:
        messages.error(request, str(refused))
    except Refused as refused:
        for sentence in refused.reasons:
            messages.error(request, sentence)
