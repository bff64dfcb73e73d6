"""The page of one picture at the desk: all that is known of it, and the form that changes what the library says."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from articles import roles
from articles.models import Article, Edition, Event
from articles.picture_desk import captions, file_says, saving, uses
from articles.picture_desk.forms import WRITTEN, PictureForm, groups
from articles.picture_desk.opening import context, opened, path_of
from media import permissions
from media.models import Likeness, Picture, RightsState
from newsroom.keyset import BadCursor, Cursor

ALIKE = 6
# The record of a withdrawal is written with it; looking no further keeps the look short.
SOON = timedelta(minutes=5)


def change(site: admin.AdminSite, request: HttpRequest, key: str) -> HttpResponse:
    """Show what is known of a picture, or take a change made on the version that was shown."""
    picture = opened(request, key)
    if picture.alias_of is not None:
        messages.info(request, f"{picture} was merged into {picture.alias_of}. This is the one in force.")
        return HttpResponseRedirect(path_of(picture.alias_of))
    may_change = permissions.may_change(request.user)
    if request.method != "POST":
        form = PictureForm(initial=PictureForm.said_of(picture), picture=picture, may_change=may_change)
        return _show(site, request, form, picture)
    if not may_change:
        raise PermissionDenied
    if "take" in request.POST:
        return _show(site, request, _with_taken(request, picture), picture)
    form = PictureForm(request.POST, request.FILES, picture=picture)
    if "back" in request.POST:
        return _show(site, request, form, picture)
    if not form.is_valid():
        return _show(site, request, form, picture, status=422)
    return _answer(site, request, form, picture, saving.save(request, form, picture))


def _answer(
    site: admin.AdminSite, request: HttpRequest, form: PictureForm, picture: Picture, done: saving.Outcome
) -> HttpResponse:
    """Go on where a save led: saved, a question about the stories that follow, or why nothing was saved."""
    if done.asks:
        shown = context(
            site,
            request,
            picture,
            followers=done.asks,
            words=done.words,
            typed=saving.typed(form),
            title="Stories that follow",
        )
        return TemplateResponse(request, "picture_desk/recaption.html", shown)
    if not done.refused:
        messages.success(request, done.said)
        return HttpResponseRedirect(request.path)
    form.add_error("file" if done.is_of_the_file else None, done.refused)
    typed_on = form.cleaned_data.get("version")
    picture = opened(request, str(picture.pk))
    if typed_on == picture.token or done.is_of_the_file:
        return _show(site, request, form, picture, status=422, same=done.same)
    now_said = saving.differences(form, picture)
    form.on_version(picture.token)
    return _show(site, request, form, picture, now_said=now_said, status=409)


def _with_taken(request: HttpRequest, picture: Picture) -> PictureForm:
    """Return the form as it was typed, with the file's other value in its box: saved only by “Save”."""
    typed = request.POST.copy()
    found = file_says.taken(picture, request.POST["take"])
    if found:
        into, value = found
        typed[into] = value
        if into == "caption":
            typed["caption_is"] = WRITTEN
        messages.info(request, "Taken into the form. Save to keep it.")
    return PictureForm(typed, picture=picture)


def _show(
    site: admin.AdminSite,
    request: HttpRequest,
    form: PictureForm,
    picture: Picture,
    *,
    now_said: list[tuple[str, str]] | None = None,
    status: int = 200,
    same: Picture | None = None,
) -> HttpResponse:
    told = captions.versions(picture)
    shelves = uses.shelves(picture, request.user)
    unsettled = () if picture.rights_state == RightsState.CLEAR else ("Rights",)
    shown = context(
        site,
        request,
        picture,
        form=form,
        groups=groups(form, *unsettled),
        now_said=now_said or [],
        same=same,
        layers=captions.layers(picture, told),
        history=captions.history(told),
        shelves=shelves,
        has_page=uses.has_page(picture, shelves),
        is_used=any(shelf.count or shelf.of_others for shelf in shelves),
        file_rows=file_says.rows(picture),
        disagreements=file_says.disagreements(picture),
        source_type=file_says.source_type(picture.source_type) if picture.source_type else "",
        likenesses=_alike(picture),
        withdrawn_by=_withdrawn_by(picture),
        copies_made=sum(one.superseded_at is None for one in picture.renditions.all()),
        only_story=_headline(picture.only_story, request.user) if picture.only_story else "",
    )
    return TemplateResponse(request, "picture_desk/picture.html", shown, status=status)


def _alike(picture: Picture) -> list[tuple[Likeness, Picture]]:
    """Return the pictures that look like this one and about which nobody has decided, the nearest first."""
    found = []
    for name, other in (("likenesses_after", "newer"), ("likenesses_before", "older")):
        rows = getattr(picture, name).filter(settled_at__isnull=True, **{f"{other}__alias_of__isnull": True})
        rows = rows.select_related(other).prefetch_related(f"{other}__renditions")[:ALIKE]
        found += [(row, getattr(row, other)) for row in rows]
    return sorted(found, key=lambda one: one[0].distance)[:ALIKE]


def _withdrawn_by(picture: Picture) -> str:
    """Return who withdrew the picture, from the record; "" where it was not, or where nobody is named."""
    if picture.killed_at is None:
        return ""
    killed = picture.killed_at
    kills = Event.objects.filter(at__gte=killed, at__lte=killed + SOON, verb="kill_picture")
    kills = kills.filter(details__picture=picture.pk)
    return kills.values_list("by_name", flat=True).first() or ""


def more_uses(site: admin.AdminSite, request: HttpRequest, key: str) -> HttpResponse:
    """Show one kind of a picture's uses, twenty at a time."""
    picture = opened(request, key)
    kind, after = request.GET.get("kind", ""), request.GET.get("after")
    if kind not in uses.HEADINGS:
        raise Http404
    try:
        cursor = Cursor.read(after) if after else None
    except BadCursor as damaged:
        raise Http404 from damaged
    shelf = uses.shelf(kind, picture, request.user, cursor)
    shown = context(site, request, picture, shelf=shelf, title=f"{picture}: {shelf.heading}")
    return TemplateResponse(request, "picture_desk/uses.html", shown)


def story(site: admin.AdminSite, request: HttpRequest, story_id: str) -> HttpResponse:
    """Give the headline of a story ID as far as the person may know it, for the box that names one story."""
    if not permissions.may_add(request.user):
        raise PermissionDenied
    return JsonResponse({"headline": _headline(int(story_id), request.user)})


def _headline(story_id: int, user: Any) -> str:
    """Return a story's headline: readers' own, or the copy's where the person may read it; else a sentence."""
    public = Edition.objects.at(timezone.now()).filter(story_id=story_id).values_list("headline", flat=True)
    mine = Article.objects.filter(roles.readable_by(user), pk=story_id).values_list("headline", flat=True)
    found = public.first() or mine.first()
    return found or "No story with this ID that you may read."
