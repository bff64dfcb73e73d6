"""Pictures: the page of a Media ID, and the files readers' browsers fetch."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
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

from articles.archive import absence
from articles.archive.absence import Notice
from articles.archive.lists import EndOfList, cursor_in, paged
from articles.archive.paper import page
from articles.models.edition import Edition, EditionQuerySet
from articles.models.shelf import PAGE
from media import permissions
from media.models import Picture, Rendition, Slot, renditions
from newsroom.keyset import Cursor

KINDS = {
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
}
# A browser keeps a picture for good, its name being made from what is in it; a cache that many share asks again.
KEPT = "public, max-age=31536000, s-maxage=5, immutable"
WITHDRAWN = "This picture is no longer shown."


@dataclass(frozen=True, slots=True)
class Use:
    """A public story that shows a picture, now or in an earlier edition, with its own caption of it."""

    edition: Edition
    is_in_force: bool
    own_caption: str | None


@paged
def picture(request: HttpRequest, media_id: str) -> HttpResponse:
    """Show a picture, or say that its file is lost; its caption, credit, rights, and where it was used. Three queries."""
    after = cursor_in(request)
    row, copies = _with_copies(media_id)
    uses = _uses(row, after) if row else []
    if after is not None and not uses:
        raise EndOfList
    if row is None:
        raise Http404
    if row.killed_at is not None or not (uses or _is_released(row)):
        if not _was_public(row):
            raise Http404
        return _gone(request, row)
    context = {
        "picture": row,
        "copies": copies,
        "best": copies[-1] if copies else None,
        "uses": uses[:PAGE],
        "next": uses[PAGE - 1].edition.cursor if len(uses) > PAGE else None,
        "is_continued": after is not None,
    }
    return page(request, "archive/picture.html", context)


@require_safe
def image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a reader's copy of a picture that readers may see; any, to a member of staff. Two queries."""
    copy, kind = _copy(name)
    if copy is None:
        raise Http404
    row = copy.picture
    if row.killed_at is None and (_is_released(row) or _readable(row).exists()):
        return _file(request, copy, kind, KEPT)
    if _is_staff(request):
        return _file(request, copy, kind, "private, no-store")
    if _was_public(row):
        return HttpResponseGone()
    raise Http404


@require_safe
def desk_image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a copy of any picture to a member of staff, under the desk's path: a browser brings the session only there."""
    copy, kind = _copy(name) if _is_staff(request) else (None, "")
    if copy is None:
        raise Http404
    return _file(request, copy, kind, "private, no-store")


def _copy(name: str) -> tuple[Rendition | None, str]:
    """Return the copy whose file is called `name` and the format asked for: one query."""
    stem, _, kind = name.partition(".")
    copy = Rendition.objects.select_related("picture").filter(name=stem).first()
    return (copy if copy is not None and kind in copy.formats else None), kind


def _is_staff(request: HttpRequest) -> bool:
    """Look up only somebody who brings a session, so that a reader's answer stays everybody's."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return permissions.may_add(request.user)


def _file(request: HttpRequest, copy: Rendition, kind: str, caching: str) -> HttpResponseBase:
    etag = f'"{copy.file_name(kind)}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        try:
            answer = FileResponse(renditions().open(copy.file_name(kind), "rb"), content_type=KINDS[kind])
        except OSError as lost:
            raise Http404 from lost
        answer.headers["Content-Disposition"] = "inline"
    answer.headers["Cache-Control"] = caching
    answer.headers["ETag"] = etag
    return answer


def _with_copies(media_id: str) -> tuple[Picture | None, list[Rendition]]:
    """Return a picture and its present copies in its own shape, smallest first: one query."""
    whole = FilteredRelation(
        "renditions", condition=Q(renditions__slot=Slot.WHOLE, renditions__superseded_at__isnull=True)
    )
    columns = {f"copy_{name}": F(f"whole__{name}") for name in ("name", "width", "height", "formats")}
    rows = list(
        Picture.objects.filter(media_id=media_id).annotate(whole=whole, **columns).order_by("whole__width")
    )
    copies = [
        Rendition(picture=row, **{name.removeprefix("copy_"): getattr(row, name) for name in columns})
        for row in rows
        if row.copy_name  # type: ignore[attr-defined]
    ]
    return (rows[0] if rows else None), copies


def _readable(row: Picture) -> EditionQuerySet:
    """Return the editions showing `row` that a reader can open: of stories in force, not suppressed."""
    standing = Exists(Edition.objects.at().filter(story=OuterRef("story")))
    return Edition.objects.once_public().showing(row).filter(standing, suppressed_at__isnull=True)


def _uses(row: Picture, after: Cursor | None) -> list[Use]:
    """Return where `row` is used, a story once, by its newest edition that shows it; one more than a page holds."""
    readable = _readable(row)
    is_now = Exists(Edition.objects.at().filter(pk=OuterRef("pk")))
    later = readable.filter(story=OuterRef("story"), number__gt=OuterRef("number")).order_by()
    rows = readable.filter(~Exists(later)).annotate(is_now=is_now)
    if after is not None:
        behind = Q(listed_at__lt=after.listed_at) | Q(story_id__lt=after.number)
        rows = rows.filter(behind, listed_at__lte=after.listed_at)
    return [
        Use(edition, bool(edition.is_now), _own_caption(edition, row))  # type: ignore[attr-defined]
        for edition in rows[: PAGE + 1]
    ]


def _own_caption(edition: Edition, row: Picture) -> str | None:
    captions = [one["caption"] for one in edition.shown_pictures if one["media_id"] == row.media_id]
    return next((caption for caption in captions if caption and caption != row.caption_in_force), None)


def _is_released(row: Picture) -> bool:
    return row.released_at is not None and row.released_at <= timezone.now()


def _was_public(row: Picture) -> bool:
    return _is_released(row) or Edition.objects.once_public().showing(row).exists()


def _gone(request: HttpRequest, row: Picture) -> HttpResponse:
    return absence.gone(request, Notice(f"Media ID {row.media_id}", WITHDRAWN, row.killed_at))


def forward(request: HttpRequest, row: Picture) -> HttpResponse | None:
    """Answer an old address of a picture: 301 to its page, 410 if it is no longer shown, None if it never was."""
    if row.killed_at is None and row.media_id and (_is_released(row) or _readable(row).exists()):
        return HttpResponsePermanentRedirect(f"/media/{row.media_id}/")
    return _gone(request, row) if _was_public(row) else None
