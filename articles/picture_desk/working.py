"""The pages of what wants work: how much of each there is, and one list to be filled in row by row."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from articles import roles
from articles.picture_desk.finding import after_reads, cursor_of
from articles.picture_desk.lists import BY_NAME, WorkList, counted, on_list
from articles.picture_desk.rows import RowForm
from articles.picture_desk.showing import MORE_WORDS, shown, with_thumbnails
from media.models import Picture

A_PAGE = 25


def overview(site: admin.AdminSite, request: HttpRequest) -> HttpResponse:
    """Show every work list with its count."""
    _check(request)
    return TemplateResponse(request, "picture_desk/work.html", frame(site, request, "What wants work"))


def work(site: admin.AdminSite, name: str, request: HttpRequest) -> HttpResponse:
    """Show one list, or save the rows of it that were filled in: each alone, those refused kept as they were typed."""
    _check(request)
    one = BY_NAME[name]
    if request.method != "POST":
        return _page(site, request, one, [])
    if not roles.has_role(request.user, "change_pictures"):
        raise PermissionDenied
    wanted = [key for key in request.POST.getlist("row") if key.isascii() and key.isdigit() and len(key) < 19]
    if request.POST.get("save"):
        wanted = [key for key in wanted if key == request.POST["save"]]
    found = Picture.objects.prefetch_related("renditions").in_bulk([int(key) for key in wanted[: 4 * A_PAGE]])
    forms = [RowForm(request.POST, request.FILES, picture=row, names=one.fields) for row in found.values()]
    touched = [form for form in forms if form.is_touched]
    saved = [picture for form in touched if (picture := form.save(by=request.user)) is not None]
    refused = [form for form in touched if form.errors]
    for form in refused:
        form.picture.refresh_from_db()
    if "application/json" in request.headers.get("Accept", ""):
        return _told(saved, refused)
    for picture in saved:
        messages.success(request, f"{picture} was saved.")
    if refused:
        return _page(site, request, one, refused)
    if not saved:
        messages.info(request, "Nothing was typed, so nothing was saved.")
    return HttpResponseRedirect(request.get_full_path())


def _check(request: HttpRequest) -> None:
    if not roles.has_role(request.user, "pictures"):
        raise PermissionDenied


def _told(saved: list[Picture], refused: list[RowForm]) -> JsonResponse:
    """Answer the script that saves a row by itself."""
    if refused:
        said = [str(sentence) for form in refused for found in form.errors.values() for sentence in found]
        now = [f"{label}: {words}" for form in refused for label, words in form.now_said()]
        version = refused[0].picture.token
        return JsonResponse({"refused": said, "now": now, "version": version}, status=409)
    if not saved:
        return JsonResponse({"saved": "", "version": ""})
    return JsonResponse({"saved": f"{saved[0]} was saved.", "version": saved[0].token})


def _page(site: admin.AdminSite, request: HttpRequest, one: WorkList, refused: list[RowForm]) -> HttpResponse:
    kept = {form.picture.pk for form in refused}
    cursor = cursor_of(request.GET.get("after", ""))
    rows = on_list(one).defer("said_in_file", "search_text", "disagreements", "likeness")
    if cursor:
        rows = after_reads(rows, cursor)
    pictures = list(with_thumbnails(rows)[: A_PAGE + 1])
    last = pictures[A_PAGE - 1] if len(pictures) > A_PAGE else None
    on, may_change = timezone.localdate(), roles.has_role(request.user, "change_pictures")
    fresh = [
        RowForm(picture=picture, names=one.fields) for picture in pictures[:A_PAGE] if picture.pk not in kept
    ]
    lines = []
    for form in [*refused, *fresh]:
        now = form.now_said()
        if form.is_bound:
            form.on_version(form.picture.token)
        if not may_change:
            for field in form.fields.values():
                field.disabled = True
        lines.append((form, shown(form.picture, on, longest=MORE_WORDS), now))
    context = {
        **frame(site, request, one.heading),
        "one": one,
        "lines": lines,
        "refused": [form.picture for form in refused],
        "next": f"?after={last.reads}-{last.pk}" if last else "",
        "is_continued": cursor is not None,
        "takes_files": "file" in one.fields,
    }
    return TemplateResponse(request, "picture_desk/work_list.html", context, status=409 if refused else 200)


def frame(site: admin.AdminSite, request: HttpRequest, heading: str) -> dict[str, Any]:
    """Return what every page of what wants work shows: the lists with their counts."""
    return {
        **site.each_context(request),
        "title": heading,
        "opts": Picture._meta,
        "lists": [(one, address_of(one.name)) for one in counted()],
        "may_change": roles.has_role(request.user, "change_pictures"),
    }


def address_of(name: str) -> str:
    """Return the address of one work list."""
    return reverse(f"admin:media_picture_work_{name.replace('-', '_')}")
