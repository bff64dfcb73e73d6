"""Answers the story form's small questions as JSON: names that fit, and what the library says of a picture."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from articles import roles
from articles.models import Contributor, Tag
from media.models import CaptionState, Picture

MOST = 12


@require_safe
def suggest(request: HttpRequest, kind: str) -> JsonResponse:
    """Give up to twelve tags or contributors whose name holds what was typed, those that begin with it first."""
    if not roles.has_role(request.user, "start"):
        raise PermissionDenied
    typed = " ".join(request.GET.get("q", "").split())[:100]
    if kind == "tags":
        return JsonResponse({"found": [_tag(tag) for tag in _fitting(Tag.objects.all(), typed)]})
    if kind == "contributors":
        rows = _fitting(Contributor.objects.all(), typed)
        return JsonResponse({"found": [_person(person) for person in rows]})
    raise Http404


def _fitting(names: QuerySet[Any], typed: str) -> list[Any]:
    if not typed:
        return []
    known = names.select_related("alias_of").order_by("name")
    first = list(known.filter(name__istartswith=typed)[:MOST])
    within = known.filter(Q(name__icontains=typed)).exclude(pk__in=[row.pk for row in first])
    return [*first, *within[: MOST - len(first)]]


def _tag(tag: Tag) -> dict[str, str]:
    return {"name": tag.in_force.name, "shown": _alias(tag), "note": tag.in_force.get_kind_display()}


def _person(person: Contributor) -> dict[str, str]:
    in_force = person.alias_of or person
    return {"name": in_force.name, "shown": _alias(person), "note": in_force.line or in_force.slug}


def _alias(row: Any) -> str:
    return f"{row.name} → {row.alias_of.name}" if row.alias_of else row.name


@require_safe
def picture(request: HttpRequest, media_id: str) -> JsonResponse:
    """Give what file and library say of one picture, or a sentence when there is none of that number."""
    if not roles.has_role(request.user, "pictures"):
        raise PermissionDenied
    found = Picture.objects.filter(media_id=media_id).prefetch_related("renditions").first()
    if found is None:
        missing = f"No picture has the Media ID {media_id}. Check the number, or add the picture to the library first."
        return JsonResponse({"missing": missing}, status=404)
    return JsonResponse(said_of(found))


def said_of(found: Picture) -> dict[str, Any]:
    """Return the layers of a picture's caption and its credit, as the form shows them."""
    copies = found.copies()
    return {
        "row": found.pk,
        "media_id": found.media_id,
        "name": str(found),
        "file_says": _layer(found.file_caption),
        "library_says": _layer(found.caption),
        "credit": found.credit,
        "src": copies[0].desk_url if copies else "",
        "alt": found.alt,
        "withdrawn": found.killed_at is not None,
    }


def _layer(caption: str | None) -> str:
    state = CaptionState.of(caption)
    return caption or "" if state is CaptionState.PRESENT else state.label
