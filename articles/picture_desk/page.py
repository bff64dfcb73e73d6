"""The picture desk's pages: add a picture, see what is known of one, change what the library says."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.picture_desk.forms import PictureForm
from media import changing, intake, permissions
from media.models import Picture


def add(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Show the form of a new picture, or take the picture in."""
    if not permissions.may_add(request.user):
        raise PermissionDenied
    form = PictureForm(request.POST or None, request.FILES or None, picture=None)
    if request.method == "POST" and form.is_valid():
        try:
            picture = intake.take_in(
                form.cleaned_data["file"],
                by=request.user,
                media_id=form.cleaned_data["media_id"].strip() or None,
                **form.facts(),
            )
        except intake.NotTaken as refused:
            form.add_error("file", refused.reason)
        else:
            messages.success(request, f"{picture} was taken in.")
            return HttpResponseRedirect(reverse("admin:media_picture_change", args=[picture.pk]))
    return _page(site, request, form, None)


def change(site: admin.AdminSite, request: HttpRequest, key: str) -> HttpResponse:
    """Show what is known of a picture, or take a change made on the version that was shown."""
    if not permissions.may_add(request.user):
        raise PermissionDenied
    picture = get_object_or_404(Picture.objects.prefetch_related("renditions"), pk=int(key))
    may_change = permissions.may_change(request.user)
    if request.method != "POST":
        form = PictureForm(initial=PictureForm.said_of(picture), picture=picture, may_change=may_change)
        return _page(site, request, form, picture)
    if not may_change:
        raise PermissionDenied
    form = PictureForm(request.POST, request.FILES, picture=picture)
    if form.is_valid():
        try:
            _write(request, form, picture)
        except changing.NotChanged as refused:
            form.add_error(None, str(refused))
            picture.refresh_from_db()
            return _page(
                site,
                request,
                _on_the_version_now(form, picture),
                picture,
                now_said=_differences(form, picture),
            )
        except intake.NotTaken as refused:
            form.add_error("file", refused.reason)
            return _page(site, request, form, picture)
        messages.success(
            request, f"{picture} was saved. Captions that stories printed stay as they were printed."
        )
        return HttpResponseRedirect(request.path)
    return _page(site, request, form, picture)


def _write(request: HttpRequest, form: PictureForm, picture: Picture) -> None:
    """Save what was typed and, where one was sent, the file: a bad file saves nothing.

    The file goes first, for decoding it takes seconds and must hold no lock. It raises the version by one, which is
    then the only version the words may be written over.
    """
    token, file = form.cleaned_data["version"], form.cleaned_data.get("file")
    if file and token == str(picture.version):
        intake.attach(picture, file, by=request.user)
        token = str(picture.version + 1)
    changing.change(by=request.user, picture_id=picture.pk, token=token, facts=form.facts())


def _on_the_version_now(form: PictureForm, picture: Picture) -> PictureForm:
    """Return the form with everything that was typed, to be saved over the version that is shown beside it."""
    form.data = {**form.data.dict(), "version": str(picture.version)}  # type: ignore[attr-defined]
    return form


def _differences(form: PictureForm, picture: Picture) -> list[tuple[str, str]]:
    """Return (label, what the library says now) where that is not what was typed."""
    now, typed = PictureForm.said_of(picture), form.cleaned_data
    return [
        (str(form.fields[name].label or name.replace("_", " ").capitalize()), str(now[name] or "nothing"))
        for name in form.fields
        if name in now and name != "version" and (now[name] or "") != (typed.get(name) or "")
    ]


def _page(
    site: admin.AdminSite,
    request: HttpRequest,
    form: PictureForm,
    picture: Picture | None,
    *,
    now_said: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    copies = picture.copies() if picture else []
    shown = next((copy for copy in copies if copy.width >= 640), copies[-1] if copies else None)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": str(picture) if picture else "Add a picture",
        "form": form,
        "picture": picture,
        "src": shown.desk_url if shown else "",
        "shown": shown,
        "now_said": now_said or [],
        "may_change": permissions.may_change(request.user) or picture is None,
        "opts": Picture._meta,
    }
    return TemplateResponse(
        request, "picture_desk/picture.html", context, status=409 if now_said is not None else 200
    )
