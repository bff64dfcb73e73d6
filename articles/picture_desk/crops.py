"""The page that crops a picture: its focal point, and a crop by hand for one slot, each slot shown as it will be."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from articles.picture_desk.opening import context, opened, path_of
from articles.picture_desk.versioned import VersionedForm
from media import changing, cropping, geometry
from media.models import Picture, Slot

CROPPED = tuple(slot for slot in Slot if slot != Slot.WHOLE)
SIDES = ("left", "top", "width", "height")


@dataclass(frozen=True, slots=True)
class Shape:
    """One slot as it will be shown: its box in pixels of the upright original, and the boxes of the form it is typed in."""

    slot: str
    label: str
    across: int
    down: int
    box: geometry.Box
    is_by_hand: bool
    least: int
    sides: list[BoundField]

    @property
    def view(self) -> str:
        """Return the box as an SVG's viewBox."""
        return " ".join(map(str, self.box))


class CropsForm(VersionedForm):
    """The whole state of a picture's cropping, in numbers: without scripts this is how it is set."""

    focal_x = forms.DecimalField(
        label="From the left, in per cent", min_value=0, max_value=100, required=False
    )
    focal_y = forms.DecimalField(
        label="From the top, in per cent", min_value=0, max_value=100, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("focal_x", "focal_y"):
            self.fields[name].widget.attrs["step"] = "0.1"
        for slot in CROPPED:
            for side in SIDES:
                box = forms.IntegerField(label=side.capitalize(), required=False, min_value=0)
                self.fields[f"{slot}_{side}"] = box

    @classmethod
    def said_of(cls, picture: Picture) -> dict[str, Any]:
        """Return a picture's present cropping as the form's initial values."""
        said: dict[str, Any] = {"version": picture.token}
        for name in ("focal_x", "focal_y"):
            thousandths = getattr(picture, name)
            said[name] = None if thousandths is None else f"{Decimal(thousandths) / 10:f}"
        for crop in picture.crops.all():
            said |= {f"{crop.slot}_{side}": getattr(crop, side) for side in SIDES}
        return said

    def clean(self) -> dict[str, Any]:
        """Refuse half a point and half a box."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        point = [cleaned.get(name) is None for name in ("focal_x", "focal_y")]
        if any(point) and not all(point) and not {"focal_x", "focal_y"} & set(self.errors):
            self.add_error(
                "focal_y",
                "Give both numbers of the focal point, or neither: then the middle is kept, or the upper third of an upright picture.",
            )
        for slot in CROPPED:
            names = [f"{slot}_{side}" for side in SIDES]
            empty = [cleaned.get(name) is None for name in names]
            if any(empty) and not all(empty) and not set(names) & set(self.errors):
                self.add_error(
                    names[-1], "Give all four numbers of this crop, or none: then it follows the focal point."
                )
        return cleaned

    def focal(self) -> tuple[int, int] | None:
        """Return the focal point in thousandths, None where nobody sets one."""
        x, y = (self.cleaned_data.get(name) for name in ("focal_x", "focal_y"))
        return None if x is None or y is None else (round(x * 10), round(y * 10))

    def crops(self) -> dict[str, geometry.Box]:
        """Return the boxes drawn by hand, by slot."""
        found = {}
        for slot in CROPPED:
            sides = [self.cleaned_data.get(f"{slot}_{side}") for side in SIDES]
            if None not in sides:
                left, top, width, height = (int(side) for side in sides if side is not None)
                found[str(slot)] = (left, top, width, height)
        return found


def crops(site: admin.AdminSite, request: HttpRequest, key: str) -> HttpResponse:
    """Show how a picture is cropped, or take a new focal point and new crops."""
    picture = opened(request, key, to_change=True)
    if not picture.width or not picture.height or picture.killed_at or picture.alias_of_id:
        messages.info(request, f"{picture} has nothing to be cropped: its file is lost, or it was withdrawn.")
        return HttpResponseRedirect(path_of(picture))
    if request.method != "POST":
        return _show(site, request, CropsForm(initial=CropsForm.said_of(picture)), picture)
    form = CropsForm(request.POST)
    if not form.is_valid():
        return _show(site, request, form, picture, status=422)
    try:
        cropping.crop(
            by=request.user,
            picture_id=picture.pk,
            token=form.cleaned_data["version"],
            focal=form.focal(),
            crops=form.crops(),
        )
    except changing.NotChanged as refused:
        return _refused(site, request, form, str(refused), picture)
    messages.success(
        request, f"The crops of {picture} are saved. Its copies are made anew in the background."
    )
    return HttpResponseRedirect(path_of(picture))


def _refused(
    site: admin.AdminSite, request: HttpRequest, form: CropsForm, why: str, picture: Picture
) -> HttpResponse:
    """Show the form as it was typed with the reason; where somebody else was first, beside what is saved now."""
    form.add_error(None, why)
    picture = opened(request, str(picture.pk), to_change=True)
    if form.cleaned_data["version"] == picture.token:
        return _show(site, request, form, picture, status=422)
    form.on_version(picture.token)
    return _show(site, request, form, picture, now_said=list(_saved(picture)), status=409)


def _saved(picture: Picture) -> Iterator[tuple[str, str]]:
    """Give (label, words) for the cropping as it is saved."""
    said = CropsForm.said_of(picture)
    point = f"{said['focal_x']} % from the left, {said['focal_y']} % from the top"
    yield "Focal point", point if said["focal_x"] is not None else "not set"
    for slot in CROPPED:
        drawn = [said.get(f"{slot}_{side}") for side in SIDES]
        words = ", ".join(f"{side} {number}" for side, number in zip(SIDES, drawn, strict=True))
        yield str(slot.label).capitalize(), words if drawn[0] is not None else "follows the focal point"


def _shapes(form: CropsForm, picture: Picture) -> list[Shape]:
    """Return each slot as the form has it now, where that is understood, else as it is saved."""
    is_typed = form.is_bound and form.is_valid()
    focal = (
        form.focal()
        if is_typed
        else ((picture.focal_x, picture.focal_y) if picture.focal_x is not None else None)
    )
    by_hand = (
        form.crops()
        if is_typed
        else {crop.slot: (crop.left, crop.top, crop.width, crop.height) for crop in picture.crops.all()}
    )
    width, height = picture.width or 1, picture.height or 1
    found = []
    for slot in CROPPED:
        ratio = geometry.SLOTS[slot].ratio or (1, 1)
        largest = geometry.box(slot, width, height, focal)  # type: ignore[arg-type]
        found.append(
            Shape(
                slot=str(slot),
                label=str(slot.label).capitalize(),
                across=ratio[0],
                down=ratio[1],
                box=by_hand.get(str(slot), largest),
                is_by_hand=str(slot) in by_hand,
                least=min(cropping.SMALLEST, largest[2]),
                sides=[form[f"{slot}_{side}"] for side in SIDES],
            )
        )
    return found


def _show(
    site: admin.AdminSite,
    request: HttpRequest,
    form: CropsForm,
    picture: Picture,
    *,
    now_said: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    title = f"Crops of {picture}"
    shapes = _shapes(form, picture)
    shown = context(site, request, picture, form=form, shapes=shapes, now_said=now_said or [], title=title)
    return TemplateResponse(request, "picture_desk/crops.html", shown, status=status)
