"""The page that merges a picture into another: both side by side, with what will be kept; and pairs that are different."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from articles.picture_desk import uses
from articles.picture_desk.opening import context, opened, path_of
from articles.workflow import Refused, picturing
from media import alike, changing, numbers
from media.models import Likeness, Picture, RightsClass, Uses

FACTS = (
    ("caption", "The library’s caption"), ("file_caption", "The file’s caption"), ("headline", "Headline"),
    ("alt", "Alternative text"), ("alt_long", "Extended description"), ("credit", "Credit"), ("creator", "Creator"),
    ("source", "Source"), ("copyright", "Copyright notice"), ("place", "Place"), ("taken_on", "Taken on"),
    ("keywords", "Keywords"), ("instructions", "Instructions"),
)  # fmt: skip
RIGHTS = (
    ("rights_class", "Rights"), ("rights_holder", "Holder of the rights"), ("rights_terms", "Terms"),
    ("rights_begin_on", "Rights begin on"), ("rights_end_on", "Rights end on"), ("uses", "Where it may be shown"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """One fact of both pictures, and whose will stand: a fact the kept one lacks comes from the merged one."""

    label: str
    kept: str
    merged: str
    is_filled: bool

    @property
    def differs(self) -> bool:
        """Say whether the two say different things."""
        return self.kept != self.merged


def merge(site: admin.AdminSite, request: HttpRequest, key: str) -> HttpResponse:
    """Ask which picture this one is to be merged into, compare the two, or merge them."""
    merged = opened(request, key, to_change=True)
    if merged.killed_at is not None or merged.alias_of_id:
        messages.info(request, f"{merged} cannot be merged: it was withdrawn, or merged already.")
        return HttpResponseRedirect(path_of(merged))
    typed = (request.POST if request.method == "POST" else request.GET).get("into", "")
    kept, why_not = _found(typed, merged)
    if request.method != "POST" or kept is None:
        return _show(
            site, request, merged, kept, typed=typed, trouble=why_not, status=422 if why_not else 200
        )
    token = request.POST.get("version", "")
    try:
        picturing.merge_pictures(by=request.user, kept_id=kept.pk, merged_id=merged.pk, token=token)
    except (Refused, changing.NotChanged) as refused:
        now = opened(request, key, to_change=True)
        status = 409 if token != now.token else 422
        return _show(site, request, now, kept, typed=typed, trouble=str(refused), status=status)
    messages.success(request, f"{merged} was merged into {kept}. Its number leads here from now on.")
    return HttpResponseRedirect(path_of(kept))


def _found(typed: str, merged: Picture) -> tuple[Picture | None, str]:
    """Return the picture a Media ID was typed of, or a sentence that says why there is none to merge into."""
    if not typed.strip():
        return None, ""
    media_id = numbers.as_typed(typed)
    rows = Picture.objects.prefetch_related("renditions")
    found = rows.numbered(media_id) if media_id else None
    if found is None:
        return None, f"No picture has the Media ID {typed.strip()[:40]}. Check the number and type it again."
    if found.pk == merged.pk:
        return None, "That is this very picture. Type the Media ID of the other one."
    if found.killed_at is not None:
        return None, f"{found} was withdrawn: nothing can be merged into it."
    return found, ""


def _show(
    site: admin.AdminSite,
    request: HttpRequest,
    merged: Picture,
    kept: Picture | None,
    *,
    typed: str,
    trouble: str,
    status: int,
) -> HttpResponse:
    more: dict[str, Any] = {"typed": typed, "trouble": trouble, "kept": kept, "title": f"Merge {merged}"}
    if kept is not None:
        more |= {"facts": _compared(kept, merged), "takes_file": not kept.has_file and merged.has_file}
        more |= {
            "shelves": uses.shelves(merged, request.user),
            "kept_shelves": uses.shelves(kept, request.user),
        }
    return TemplateResponse(
        request, "picture_desk/merge.html", context(site, request, merged, **more), status=status
    )


def _compared(kept: Picture, merged: Picture) -> list[Compared]:
    """Return the facts either states, by the rule of the merge: what the kept one lacks comes from the other.

    The file's caption comes with the file; the rights come as a whole, and only where nothing is known of its own.
    """
    knows_nothing = kept.rights_class == RightsClass.UNKNOWN and kept.uses == Uses.ANYWHERE
    knows_nothing = knows_nothing and not any(getattr(kept, name) for name, _ in RIGHTS[1:-1])
    takes_file = not kept.has_file and merged.has_file
    found = []
    for name, label in (*FACTS, *RIGHTS):
        ours, theirs = _words(kept, name), _words(merged, name)
        is_lacking = knows_nothing if (name, label) in RIGHTS else _lacks(kept, name)
        is_filled = is_lacking and ours != theirs and (takes_file or name != "file_caption")
        if ours or theirs:
            found.append(Compared(label, ours, theirs, is_filled and _states(merged, name, label)))
    return found


def _lacks(picture: Picture, name: str) -> bool:
    value = getattr(picture, name)
    return value is None if name in ("caption", "file_caption") else not value


def _states(picture: Picture, name: str, label: str) -> bool:
    return (name, label) in RIGHTS or not _lacks(picture, name)


def _words(picture: Picture, name: str) -> str:
    value = getattr(picture, name)
    if name in ("rights_class", "uses"):
        return str(getattr(picture, f"get_{name}_display")())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def differs(site: admin.AdminSite, request: HttpRequest, key: str) -> HttpResponse:
    """Put on record that two pictures which look alike are different ones."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    picture = opened(request, key, to_change=True)
    number = request.POST.get("likeness", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise PermissionDenied
    pairs = Likeness.objects.filter(Q(older=picture) | Q(newer=picture))
    pair = get_object_or_404(pairs, pk=int(number))
    alike.settle(by=request.user, likeness_id=pair.pk)
    messages.success(request, "Noted: they are different pictures. The pair is not suggested again.")
    return HttpResponseRedirect(path_of(picture))
