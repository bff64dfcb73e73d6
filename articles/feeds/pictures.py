"""Answers with the data of a picture, its citation in three formats, and a contributor's pictures."""

from datetime import datetime

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from articles.feeds import answers, picture_shapes
from articles.feeds.answers import ElsewhereNow, Gone
from articles.feeds.pages_as_json import answered
from articles.models import citing, picture_uses, public_picture
from articles.models.cited import FORMATS
from articles.models.public_picture import PICTURES_A_PAGE, PublicPicture
from articles.models.shelf import PAGE
from newsroom.keyset import cursor_in


@answered
def picture(request: HttpRequest, media_id: str, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with a picture that readers can see, all that was said under it, and where it stands. Three queries."""
    after = cursor_in(request, picture_uses.list_of_uses(media_id))
    found = public_picture.find(media_id, moment)
    if found is None:
        raise Http404
    if not found.is_public:
        return _withdrawn(request, found)
    if found.is_elsewhere:
        raise ElsewhereNow(found.path)
    uses = picture_uses.uses_of(found, PAGE + 1, after)
    if after is not None and not uses:
        raise Http404
    return answers.as_json(request, picture_shapes.picture(found, uses))


@answered
def citation(
    request: HttpRequest, media_id: str, cited_as: str, *, moment: datetime | None = None
) -> HttpResponseBase:
    """Answer with the citation of a picture as a program reads it. One query."""
    found = public_picture.find(media_id, moment)
    if found is None:
        raise Http404
    if not found.is_public:
        return _withdrawn(request, found)
    if found.is_elsewhere:
        return answers.moved(f"{found.path.removesuffix('/')}.{cited_as}")
    kind, write = FORMATS[cited_as]
    return answers.send(request, write(citing.cited(found)).encode("utf-8", "replace"), kind)


@answered
def of_contributor(request: HttpRequest, slug: str, *, moment: datetime | None = None) -> HttpResponseBase:
    """Answer with the pictures a contributor is credited for. Two queries."""
    after = cursor_in(request)
    row = public_picture.credited(slug, moment)
    if row is None:
        raise Http404
    held = row.alias_of or row
    pictures = public_picture.pictures_of(held, after, moment)
    if not pictures:
        if after is None and row.had_pictures:  # type: ignore[attr-defined]
            raise Gone
        raise Http404
    if held is not row:
        raise ElsewhereNow(f"{held.get_absolute_url()}pictures/")
    shown = pictures[:PICTURES_A_PAGE]
    following = public_picture.place_of(shown[-1], held) if len(pictures) > PICTURES_A_PAGE else None
    return answers.as_json(request, picture_shapes.credited(held, shown, following))


def _withdrawn(request: HttpRequest, found: PublicPicture) -> HttpResponseBase:
    facts = {"error": answers.WITHDRAWN, **picture_shapes.withdrawn(found)}
    return answers.as_json(request, facts, status=410)
