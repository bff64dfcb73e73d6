"""The files of pictures: readers' copies at names nobody can guess, for as long as readers may see the picture."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseGone
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import public_picture
from articles.models.cache_keys import key
from articles.models.edition import Edition
from media import permissions
from media.models import Picture
from media.sending import KEPT, PRIVATE, copy_named, send


@require_safe
def image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a reader's copy of a picture that readers may see; any, to a member of staff. Two queries.

    A copy that was made anew, or whose picture was merged into another, leads to the present one: one query more.
    """
    copy, kind = copy_named(name)
    if copy is None:
        raise Http404
    row = copy.picture.in_force
    if _is_public(row):
        answer = send(request, copy, kind, KEPT, "/images/")
        answer.shown = [key("media", row.media_id or f"row-{row.pk}")]  # type: ignore[attr-defined]
        return answer
    if _is_staff(request):
        return send(request, copy, kind, PRIVATE, "/images/")
    if _was_public(row):
        return HttpResponseGone()
    raise Http404


@require_safe
def desk_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a copy of any picture to a member of staff, under the desk's path: a browser brings the session only there."""
    copy, kind = copy_named(name) if _is_staff(request) else (None, "")
    if copy is None:
        raise Http404
    return send(request, copy, kind, PRIVATE, f"{settings.DESK_PATH}images/")


def _is_staff(request: HttpRequest) -> bool:
    """Look up only somebody who brings a session, so that a reader's answer stays everybody's."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return permissions.may_add(request.user)


def _is_public(row: Picture) -> bool:
    if row.killed_at is not None:
        return False
    return public_picture.is_released(row) or public_picture.readable().showing(row).exists()


def _was_public(row: Picture) -> bool:
    was_released = row.released_at is not None and row.released_at <= timezone.now()
    return was_released or Edition.objects.once_public().showing(row).exists()
