"""Takes pictures in at the desk: the page for one or hundreds, and the address to which a browser sends each of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, re_path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from articles.picture_desk import uploading
from articles.picture_desk.arriving import ArrivingForm
from media import alike, intake, permissions, renditions
from media.models import Picture, Rendition
from media.numbers import as_typed
from newsroom.forgery import is_forged

# After so long, one form with many files begins no further one: no request may keep a browser waiting.
SECONDS = 3.0

ENDED = "Your session has ended. Log in again in another window, then come back here and try again: nothing is lost."
FORGED = "This page was open since before you logged in. Reload it in another window, then try again here."
NO_FILE = "No picture came with it. Choose one and send it again."
UNREADABLE = "What was sent could not be read: it broke off on the way. Try again."
TOO_MANY = "These are too many files for one form. Choose at most 50 at once."
NOT_REACHED = "There was no time left for this one. Choose it again."
NO_NUMBER = "Give the Media ID under which the picture is known: without its file nothing else names it."
FILE_TOO = (
    "A file was chosen as well. Take it in under its number, or choose none and enter the number alone."
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one file: the picture it is now, or the sentence and perhaps the picture that is here already."""

    name: str
    picture: Picture | None = None
    sentence: str = ""
    same: Picture | None = None

    @property
    def shown(self) -> Rendition | None:
        """Return the copy to show of whichever picture there is."""
        return _copy(self.picture or self.same)

    @property
    def near(self) -> list[dict[str, Any]]:
        """Return the pictures that look like it."""
        return near_ones(self.picture) if self.picture else []


def addresses(site: admin.AdminSite) -> list[URLPattern]:
    """Return the addresses under which pictures come in, below `/admin/media/picture/`."""
    return [
        re_path(r"^add/$", _bound(site, page), name="media_picture_add"),
        path("take-in/", _bound(site, take_in), name="media_picture_take_in"),
    ]


def _bound(site: admin.AdminSite, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Bind a view to the site; it checks by itself, after the size, that its form is of this site."""

    @csrf_exempt
    @never_cache
    def bound(request: HttpRequest) -> HttpResponse:
        return view(site, request)

    return bound


def page(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Show the page that takes pictures in; take what a browser without scripts sends from it."""
    if request.method != "POST":
        form = ArrivingForm(initial={"media_id": as_typed(request.GET.get("media_id", ""))})
        return _page(site, request, form) if site.has_permission(request) else _log_in(request)
    if not site.has_permission(request):
        uploading.let_pass(request)
        return _log_in(request)
    capped = uploading.receive(request, largest=uploading.LARGEST_FORM)
    if capped is None:
        return _page(site, request, ArrivingForm(), trouble=uploading.TOO_MUCH, status=413)
    try:
        if is_forged(request):
            return _page(site, request, ArrivingForm(request.POST), trouble=FORGED, status=403)
        form, files = ArrivingForm(request.POST), request.FILES.getlist("file")
    except (TooManyFilesSent, RequestDataTooBig, MultiPartParserError):
        return _page(site, request, ArrivingForm(), trouble=TOO_MANY, status=400)
    if not permissions.may_add(request.user):
        raise PermissionDenied
    if "without_file" in request.POST:
        has_file = bool(files or capped.too_big)
        return _page(site, request, form, trouble=FILE_TOO) if has_file else _enter(site, request, form)
    if not files and not capped.too_big:
        return _page(site, request, form, trouble=NO_FILE)
    if not form.is_valid():
        return _page(site, request, form)
    arrivals = _take_all(request, files, form)
    arrivals += [Arrival(intake.file_name(name), sentence=renditions.TOO_BIG) for name in capped.too_big]
    one = arrivals[0].picture if len(arrivals) == 1 else None
    if one is not None:
        messages.success(request, f"{one} was taken in.")
        return HttpResponseRedirect(reverse("admin:media_picture_change", args=[one.pk]))
    return _page(site, request, form, arrivals=arrivals)


def _log_in(request: HttpRequest) -> HttpResponse:
    return redirect_to_login(request.get_full_path(), reverse("admin:login"))


def _page(
    site: admin.AdminSite,
    request: HttpRequest,
    form: ArrivingForm,
    *,
    arrivals: list[Arrival] | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    if not permissions.may_add(request.user):
        raise PermissionDenied
    context = {
        **site.each_context(request),
        "title": "Take pictures in",
        "form": form,
        "arrivals": arrivals or [],
        "trouble": trouble,
        "largest": renditions.LARGEST_FILE,
        "too_big": renditions.TOO_BIG,
        "opts": Picture._meta,
    }
    return TemplateResponse(request, "picture_desk/taking_in.html", context, status=status)


def _enter(site: admin.AdminSite, request: HttpRequest, form: ArrivingForm) -> HttpResponse:
    """Enter a picture whose file is lost: its number, and what is known of it."""
    if not form.is_valid():
        return _page(site, request, form, status=422)
    raw: str = form.cleaned_data["media_id"].strip()
    if not raw:
        return _page(site, request, form, trouble=NO_NUMBER, status=422)
    try:
        picture = intake.enter(by=request.user, media_id=as_typed(raw) or raw, **form.facts())
    except intake.NotTaken as refused:
        return _page(site, request, form, trouble=refused.reason, status=422)
    messages.success(request, f"{picture} was entered without its file. Attach it here when it turns up.")
    return HttpResponseRedirect(reverse("admin:media_picture_change", args=[picture.pk]))


def _take_all(request: HttpRequest, files: "list[UploadedFile[bytes]]", form: ArrivingForm) -> list[Arrival]:
    """Take each file by itself: what one is refused for stops none of the others."""
    until = time.monotonic() + SECONDS
    arrivals = []
    for number, file in enumerate(files):
        if number and time.monotonic() > until:
            arrivals.append(Arrival(intake.file_name(str(file.name)), sentence=NOT_REACHED))
        else:
            arrivals.append(_take(request, file, form, is_alone=len(files) == 1))
    return arrivals


def _take(
    request: HttpRequest, file: "UploadedFile[bytes]", form: ArrivingForm, *, is_alone: bool = True
) -> Arrival:
    name = intake.file_name(str(file.name or ""))
    try:
        number = _number(file, form, is_alone=is_alone)
        picture = intake.take_in(file, by=request.user, media_id=number, **form.facts())
    except intake.AlreadyHere as here:
        # One that was withdrawn is told of, and not offered.
        offered = here.picture if here.picture.killed_at is None else None
        return Arrival(name, sentence=here.reason, same=offered)
    except intake.NotTaken as refused:
        return Arrival(name, sentence=refused.reason)
    return Arrival(name, picture)


def _number(file: "UploadedFile[bytes]", form: ArrivingForm, *, is_alone: bool) -> str | None:
    """Return the Media ID that was asked for, None for the next one free."""
    raw: str = form.cleaned_data["media_id"].strip()
    typed = as_typed(raw) or raw
    if typed and not is_alone:
        raise intake.NotTaken("One Media ID was given for several pictures. Send them one by one.")
    if not form.cleaned_data["ids_from_names"]:
        return typed or None
    number = intake.id_in_name(str(file.name or ""))
    if number is None:
        raise intake.NotTaken("Its name is no Media ID. Name it like 55361435.jpg, or let a number be given.")
    return number


def take_in(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Take one picture in and answer as JSON: 201 with what it is now, else a sentence under `refused`.

    409 names the picture that is here already as `same`; 403 says that the session has ended or the role is wrong.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not site.has_permission(request):
        uploading.let_pass(request)
        return _refused(403, ENDED)
    capped = uploading.receive(request, largest=renditions.LARGEST_FILE + uploading.FRAME)
    if capped is None:
        return _refused(413, renditions.TOO_BIG)
    try:
        if is_forged(request):
            return _refused(403, FORGED)
        form, file = ArrivingForm(request.POST), request.FILES.get("file")
    except (TooManyFilesSent, RequestDataTooBig, MultiPartParserError, OSError):
        return _refused(400, UNREADABLE)
    if not permissions.may_add(request.user):
        return _refused(403, intake.NO_ROLE)
    if capped.too_big:
        return _refused(413, renditions.TOO_BIG)
    if file is None:
        return _refused(422, NO_FILE)
    if not form.is_valid():
        return _refused(422, form.mistakes())
    arrival = _take(request, file, form)
    if arrival.same is not None:
        same = {
            **_brief(arrival.same),
            "caption": arrival.same.caption_in_force,
            "credit": arrival.same.credit,
        }
        return _refused(409, arrival.sentence, same=same)
    if arrival.picture is None:
        return _refused(422, arrival.sentence)
    return JsonResponse(told(arrival.picture), status=201)


def _refused(status: int, sentence: str, **more: Any) -> JsonResponse:
    return JsonResponse({"refused": sentence, **more}, status=status)


def told(picture: Picture) -> dict[str, Any]:
    """Return what a browser is told of a picture that has just come in."""
    layer = "library" if picture.caption is not None else "file" if picture.file_caption is not None else ""
    return {
        **_brief(picture),
        "caption": picture.caption_in_force,
        "caption_layer": layer,
        "credit": picture.credit,
        "alt": picture.alt,
        "width": picture.width,
        "height": picture.height,
        "is_made_by_ai": picture.is_made_by_ai,
        "near": near_ones(picture),
    }


def near_ones(picture: Picture) -> list[dict[str, Any]]:
    """Return the pictures that look like this one and about which nobody has decided, nearest first.

    One that was withdrawn is told of: what may not be shown is not to come back as a smaller copy of itself unseen.
    """
    found = []
    for pair in alike.open_pairs(picture):
        other = pair.older if pair.newer_id == picture.pk else pair.newer
        if other.alias_of_id is None:
            is_withdrawn = other.killed_at is not None
            found.append({**_brief(other), "distance": pair.distance, "is_withdrawn": is_withdrawn})
    return found


def _brief(picture: Picture) -> dict[str, Any]:
    copy = _copy(picture)
    return {
        "media_id": picture.media_id,
        "row": picture.pk,
        "src": copy.desk_url if copy else "",
        "page": reverse("admin:media_picture_change", args=[picture.pk]),
    }


def _copy(picture: Picture | None) -> Rendition | None:
    """Return the copy that a row of a list shows: large enough for a column, None where there is none."""
    copies = picture.copies() if picture else []
    return next((copy for copy in copies if copy.width >= 640), copies[-1] if copies else None)
