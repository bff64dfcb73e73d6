"""Answers the story form's small questions as JSON: names that fit, and what the library says of a picture."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from articles import roles
from articles.models import Contributor, Edition, Tag
from media.models import CaptionState, Picture
from media.models.rights import hindrance, state_of
from media.numbers import as_typed

MOST = 12
# A copy this wide fills the measure of the story form.
WIDE = 640


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
    """Give what file and library say of one picture, a merge followed, or a sentence when there is none of that number.

    `?story=` names the story it is for: some rights are given for one story, or for where a picture ran already.
    """
    if not roles.has_role(request.user, "pictures"):
        raise PermissionDenied
    typed = as_typed(media_id)
    found = Picture.objects.prefetch_related("renditions").numbered(typed) if typed else None
    if found is None:
        return JsonResponse({"missing": missing(typed or media_id)}, status=404)
    story = request.GET.get("story", "")
    story_id = int(story) if story.isascii() and story.isdigit() and len(story) <= 12 else None
    live = Edition.objects.at().filter(story_id=story_id).first() if story_id else None
    return JsonResponse(said_of(found, story_id=story_id, live=live, asked=typed))


def missing(media_id: str) -> str:
    """Return the sentence for a number that no picture has."""
    return f"No picture has the Media ID {media_id[:40]}. Check the number, or add the picture to the library first."


def withdrawn(found: Picture) -> str:
    """Return the sentence for a picture that was killed: it cannot be placed again."""
    day = f" on {date_format(timezone.localtime(found.killed_at), 'j F Y')}" if found.killed_at else ""
    return f"{found} was withdrawn{day} and cannot be placed. Choose another picture."


def said_of(
    found: Picture, *, story_id: int | None = None, live: Edition | None = None, asked: str = ""
) -> dict[str, Any]:
    """Return the layers of a picture's caption, its credit and its rights for this story, as the form shows them.

    `live` is the story's edition in force; `asked` the number that was typed, where that may be one merged since.
    Prefetch `renditions` where many are asked for.
    """
    copies = found.copies()
    merged = asked and asked != found.media_id
    return {
        "row": found.pk,
        "media_id": found.media_id,
        "name": str(found),
        "merged": f"Media ID {asked} was merged into {found}." if merged else "",
        "file_says": _layer(found.file_caption),
        "library_says": _layer(found.caption),
        "caption": (found.caption_in_force or "").strip(),
        "caption_layer": "library" if found.caption is not None else "file",
        "credit": found.credit,
        "src": copies[0].desk_url if copies else "",
        "wide": next((one.desk_url for one in copies if one.width >= WIDE), copies[-1].desk_url)
        if copies
        else "",
        "width": found.width,
        "height": found.height,
        "alt": found.alt,
        "is_made_by_ai": found.is_made_by_ai,
        "withdrawn": withdrawn(found) if found.killed_at else "",
        "page": reverse("admin:media_picture_change", args=[found.pk]),
        **_rights(found, story_id, live),
    }


def _layer(caption: str | None) -> str:
    state = CaptionState.of(caption)
    return caption or "" if state is CaptionState.PRESENT else state.label


def _rights(found: Picture, story_id: int | None, live: Edition | None) -> dict[str, str]:
    """Return how the rights stand for this story today: the state, its word, and a sentence."""
    today = timezone.localdate()
    has_run = live is not None and any(one["picture"] == found.pk for one in live.pictures)
    barred = hindrance(found, story_id=story_id, on=today, has_run=has_run)
    state = barred.state if barred else state_of(found, today)
    return {
        "rights": str(state.value),
        "rights_word": f"Rights: {state.label}",
        "rights_said": barred.sentence if barred else _ground(found),
    }


def _ground(found: Picture) -> str:
    """Return on what ground a picture may be shown, in one line."""
    until = f"until {date_format(found.rights_end_on, 'j F Y')}" if found.rights_end_on else ""
    facts = (str(found.get_rights_class_display()).capitalize(), found.rights_holder, until)
    return f"{', '.join(fact for fact in facts if fact)}."
