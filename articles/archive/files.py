"""The files of pictures: readers' copies at names nobody can guess, for as long as readers may see the picture."""

from django.conf import settings
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseGone,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.models import public_picture
from articles.models.edition import Edition
from media import permissions
from media.models import Picture, Rendition, renditions
from media.models.stores import AWAY

KINDS = {
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
}
# A browser keeps a picture for good, its name being made from what is in it; a cache that many share asks again.
KEPT = "public, max-age=31536000, s-maxage=5, immutable"
PRIVATE = "private, no-store"
NOT_NOW = "The place where pictures are kept does not answer. Try again in a minute.\n"


@require_safe
def image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a reader's copy of a picture that readers may see; any, to a member of staff. Two queries.

    A copy that was made anew, or whose picture was merged into another, leads to the present one: one query more.
    """
    copy, kind = _copy(name)
    if copy is None:
        raise Http404
    row = copy.picture.in_force
    if _is_public(row):
        return _send(request, copy, kind, KEPT, "/images/")
    if _is_staff(request):
        return _send(request, copy, kind, PRIVATE, "/images/")
    if _was_public(row):
        return HttpResponseGone()
    raise Http404


@require_safe
def desk_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a copy of any picture to a member of staff, under the desk's path: a browser brings the session only there."""
    copy, kind = _copy(name) if _is_staff(request) else (None, "")
    if copy is None:
        raise Http404
    return _send(request, copy, kind, PRIVATE, f"{settings.DESK_PATH}images/")


def _copy(name: str) -> tuple[Rendition | None, str]:
    """Return the copy whose file is or was called `name` and the format asked for: one query."""
    stem, _, kind = name.partition(".")
    copy = Rendition.objects.select_related("picture__alias_of").filter(name=stem).first()
    return (copy if copy is not None and kind in KINDS else None), kind


def _is_staff(request: HttpRequest) -> bool:
    """Look up only somebody who brings a session, so that a reader's answer stays everybody's."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return permissions.may_add(request.user)


def _send(request: HttpRequest, copy: Rendition, kind: str, caching: str, path: str) -> HttpResponseBase:
    """Send the file of a present copy; lead on from one that is not."""
    if copy.superseded_at is None and copy.picture.alias_of_id is None:
        if kind not in copy.formats:
            raise Http404
        return _file(request, copy, kind, caching)
    present = [one for one in copy.picture.in_force.copies(copy.slot) if kind in one.formats]
    if not present:
        raise Http404
    nearest = min(present, key=lambda one: abs(one.width - copy.width))
    answer = HttpResponsePermanentRedirect(f"{path}{nearest.file_name(kind)}")
    answer.headers["Cache-Control"] = caching
    return answer


def _file(request: HttpRequest, copy: Rendition, kind: str, caching: str) -> HttpResponseBase:
    etag = f'"{copy.file_name(kind)}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            answer = FileResponse(renditions().open(copy.file_name(kind), "rb"), content_type=KINDS[kind])
        except FileNotFoundError as lost:
            raise Http404 from lost
        except AWAY:
            headers = {"Retry-After": "60", "Cache-Control": PRIVATE}
            return HttpResponse(NOT_NOW, status=503, content_type="text/plain", headers=headers)
        answer.headers["Content-Disposition"] = "inline"
    answer.headers["Cache-Control"] = caching
    answer.headers["ETag"] = etag
    if caching == KEPT:
        # Other sites show readers' copies: that is what oEmbed, feeds and shared links tell them to do.
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _is_public(row: Picture) -> bool:
    if row.killed_at is not None:
        return False
    return public_picture.is_released(row) or public_picture.readable().showing(row).exists()


def _was_public(row: Picture) -> bool:
    was_released = row.released_at is not None and row.released_at <= timezone.now()
    return was_released or Edition.objects.once_public().showing(row).exists()
