"""Pictures: the page of a Media ID, and a contributor's pictures. Their files: `files`."""

from datetime import datetime

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseGone,
    HttpResponsePermanentRedirect,
)
from django.utils.translation import gettext as _

from articles import prose
from articles.archive import absence
from articles.archive.absence import Notice
from articles.archive.linked_facts import collection, picture_facts
from articles.archive.lists import EndOfList, paged
from articles.models import citing, picture_uses, public_picture
from articles.models.public_picture import PICTURES_A_PAGE, PublicPicture
from articles.models.shelf import PAGE
from articles.paper.page import page
from media import reads, source_types
from media.models import Picture
from newsroom.keyset import cursor_in


@paged
def picture(request: HttpRequest, media_id: str, *, moment: datetime | None = None) -> HttpResponse:
    """Show a picture, or say that its file is lost; all that was said under it, its rights, its uses. Three queries."""
    after = cursor_in(request, picture_uses.list_of_uses(media_id))
    found = public_picture.find(media_id, moment)
    if found is None:
        raise EndOfList if after else Http404
    if not found.is_public:
        return _gone(request, found)
    if found.is_elsewhere:
        return HttpResponsePermanentRedirect(found.path)
    uses = picture_uses.uses_of(found, PAGE + 1, after)
    if after is not None and not uses:
        raise EndOfList
    shown = uses[:PAGE]
    if moment is None:
        reads.note_read(request, [media_id])
    context = {
        "found": found,
        "picture": found.row,
        "made": source_types.in_words(found.row.source_type),
        "sayings": picture_uses.sayings(found, shown),
        "uses": shown,
        "next": shown[-1].edition.cursor.of(picture_uses.list_of_uses(media_id))
        if len(uses) > PAGE
        else None,
        "is_continued": after is not None,
        "groups": citing.in_groups(media_id),
        "citation": citing.in_parts(found),
        "linked_facts": [prose.as_data(picture_facts(found))],
    }
    return page(request, "archive/picture.html", context)


@paged
def of_contributor(request: HttpRequest, slug: str, *, moment: datetime | None = None) -> HttpResponse:
    """List the pictures a contributor is credited for; a merged name leads to the one in force. Three queries."""
    after = cursor_in(request)
    row = public_picture.credited(slug, moment)
    if row is None:
        raise EndOfList if after else Http404
    held = row.alias_of or row
    pictures = public_picture.pictures_of(held, after, moment)
    if not pictures:
        if after is not None:
            raise EndOfList
        if row.had_pictures:  # type: ignore[attr-defined]
            return HttpResponseGone()
        raise Http404
    path = f"{held.get_absolute_url()}pictures/"
    if held is not row:
        return HttpResponsePermanentRedirect(path)
    shown = pictures[:PICTURES_A_PAGE]
    context = {
        "contributor": held,
        "has_stories": row.has_stories,  # type: ignore[attr-defined]
        "path": path,
        "pictures": shown,
        "next": public_picture.place_of(shown[-1], held) if len(pictures) > PICTURES_A_PAGE else None,
        "is_continued": after is not None,
        "linked_facts": [prose.as_data(collection(held.name, path, _named(shown)))],
    }
    return page(request, "archive/pictures.html", context)


def _named(pictures: list[PublicPicture]) -> list[tuple[str, str]]:
    return [(citing.name_of(one), one.path) for one in pictures]


def _gone(request: HttpRequest, found: PublicPicture) -> HttpResponse:
    what = _("Media ID %(number)s") % {"number": found.row.media_id}
    return absence.gone(request, Notice(what, found.notice, since=found.gone_since))


def forward(request: HttpRequest, row: Picture) -> HttpResponse | None:
    """Answer an old address of a picture: 301 to its page, 410 if it is no longer shown, None if it never was."""
    found = public_picture.find(row.media_id) if row.media_id else None
    if found is None:
        return None
    return HttpResponsePermanentRedirect(found.path) if found.is_public else _gone(request, found)
