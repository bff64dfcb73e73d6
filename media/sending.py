"""Sends the file of a copy of a picture, or leads on to the one that took its place. Who may see it is asked before."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from media.models import Rendition, renditions
from media.models.stores import away

KINDS = {
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
}
# A browser keeps a picture for good, its name being made from what is in it; a cache that many share asks again.
KEPT = "public, max-age=31536000, s-maxage=5, stale-while-revalidate=0, immutable"
PRIVATE = "private, no-store"
NOT_NOW = "The place where pictures are kept does not answer. Try again in a minute.\n"


def copy_named(name: str) -> tuple[Rendition | None, str]:
    """Return the copy whose file is or was called `name` and the format asked for: one query."""
    stem, _, kind = name.partition(".")
    copy = Rendition.objects.select_related("picture__alias_of").filter(name=stem).first()
    return (copy if copy is not None and kind in KINDS else None), kind


def send(request: HttpRequest, copy: Rendition, kind: str, caching: str, path: str) -> HttpResponseBase:
    """Send the file of a present copy; lead on from one that is not, to an address that begins with `path`."""
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
        except away():
            headers = {"Retry-After": "60", "Cache-Control": PRIVATE}
            return HttpResponse(NOT_NOW, status=503, content_type="text/plain", headers=headers)
        answer.headers["Content-Disposition"] = "inline"
    answer.headers["Cache-Control"] = caching
    answer.headers["ETag"] = etag
    if caching == KEPT:
        # Other sites show readers' copies: that is what oEmbed, feeds and shared links tell them to do.
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
