"""Answers the story form's small questions as JSON: names that fit, and what the library says of a picture."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from articles import roles
from articles.authoring import known_names
from articles.authoring.known_names import NO_USE, Found, Use
from articles.models import Contributor, Edition, NameKind
from media.models import CaptionState, Picture
from media.models.rights import hindrance, state_of
from media.numbers import as_typed
from newsroom.folding import fold, plain_name

# A copy this wide fills the measure of the story form.
WIDE = 640


@require_safe
def suggest(request: HttpRequest, kind: str) -> JsonResponse:
    """Give up to twelve tags or people that may be meant, each with its use; to who typed nothing, their own name.

    `is_exact` marks the name as it was typed, `is_near` one that only sounds so: who is about to make a new name is
    asked whether that is meant.
    """
    if not roles.has_role(request.user, "start"):
        raise PermissionDenied
    if kind not in NameKind.values:
        raise Http404
    typed = plain_name(request.GET.get("q", "").replace("\0", ""))[:200]
    if not typed and kind == NameKind.PEOPLE:
        return JsonResponse({"found": [own_name(request.user)]})
    found = known_names.fitting(kind, typed)
    uses = known_names.uses_of(kind, {one.in_force.pk for one in found})
    return JsonResponse({"found": [_said(one, kind, uses.get(one.in_force.pk, NO_USE)) for one in found]})


def _said(one: Found, kind: str, use: Use) -> dict[str, Any]:
    name, own = one.in_force.name, [one.in_force.line or one.in_force.slug]
    said = [one.in_force.get_kind_display()] if kind == NameKind.TAGS else own
    printed = one.as_printed or (one.row.name if one.row.alias_of and kind == NameKind.PEOPLE else "")
    return {
        "name": name,
        "slug": one.in_force.slug,
        "shown": one.shown,
        "note": f"{', '.join(said)}: {use}",
        "as_printed": printed,
        "is_exact": one.is_exact,
        "is_near": one.is_near,
    }


def own_name(user: Any) -> dict[str, Any]:
    """Return the name that the person's own stories bear: of their contributor, else theirs, new to the paper."""
    full = user.get_full_name() or user.get_username()
    nobodys = Contributor.objects.filter(user__isnull=True, alias_of__isnull=True)
    known = (
        Contributor.objects.filter(user=user).select_related("alias_of").first()
        or nobodys.filter(folded=fold(full)).first()
    )
    person = known and (known.alias_of or known)
    return {
        "name": person.name if person else full,
        "shown": person.name if person else full,
        "note": "you" if person else "you, new to the paper",
        "is_new": person is None,
    }


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
