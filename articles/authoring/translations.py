"""The desk's page of a story's translations: which stories tell it in other languages, link one, take a link back."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from articles import roles, workflow
from articles.models import Article, Edition
from articles.workflow import translating
from articles.workflow.translating import Member

_NUMBER = re.compile(r"(?:.*/story/)?([1-9][0-9]{7})(?:/.*)?", re.ASCII)
UNLINK = "unlink"


class OtherStory(forms.Form):
    """Which story this one was translated from."""

    original = forms.CharField(
        label="Translated from",
        max_length=500,
        help_text="The other story's number, or its address. It is on its page, under “The record”.",
    )

    def clean_original(self) -> int:
        """Read a story ID, alone or in an address."""
        found = _NUMBER.fullmatch(self.cleaned_data["original"].strip())
        if found is None:
            raise forms.ValidationError("That is no story's number or address. A number has eight digits.")
        return int(found[1])


def addresses(seen: Callable[[Any], Any]) -> list[URLPattern]:
    """Return the addresses of this page, for the list of copy to add to its own."""
    return [path("<row:story_id>/translations/", seen(page), name="desk_translations")]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, story_id: int) -> HttpResponse:
    """Show a story's translations; link one, or take the link back, and show what came of it."""
    article = _known_or_404(request, story_id)
    if article is not None and (reason := roles.refusal(request.user, "refile", article)):
        raise PermissionDenied(reason)
    form = OtherStory(request.POST if request.method == "POST" and UNLINK not in request.POST else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        return _act(request, story_id, form)
    group = translating.group_of(story_id)
    context = {
        **admin.site.each_context(request),
        "title": "Translations",
        "story_id": story_id,
        "article": article,
        "group": _readable(request, group),
        "is_linked": len(group) > 1,
        "token": translating.token_of(story_id),
        "form": form,
    }
    return TemplateResponse(
        request, "authoring/translations.html", context, status=422 if form.is_bound else 200
    )


def _act(request: HttpRequest, story_id: int, form: OtherStory) -> HttpResponse:
    token = request.POST.get("token")
    try:
        if form.is_bound:
            original = form.cleaned_data["original"]
            _known_or_404(request, original)
            workflow.link_translation(by=request.user, story_id=story_id, original=original, token=token)
            messages.success(request, "Linked. Readers of each are led to the other while both are public.")
        else:
            workflow.unlink_translation(by=request.user, story_id=story_id, token=token)
            messages.success(
                request, "Taken back. Neither leads to the other any more; link them again here."
            )
    except workflow.Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    except Http404:
        messages.error(request, f"There is no story {original}. Look its number up on its page.")
    return HttpResponseRedirect(reverse("admin:desk_translations", args=[story_id]))


def _known_or_404(request: HttpRequest, story_id: int) -> Article | None:
    """Return the copy if this person may read it, None for a public story without copy; else 404 as if there were none."""
    if not roles.has_role(request.user, "refile"):
        raise PermissionDenied
    article = Article.objects.select_related("section", "desk").filter(pk=story_id).first()
    if article is not None and roles.may_read(request.user, article):
        return article
    if article is None and Edition.objects.at().filter(story_id=story_id).exists():
        return None
    raise Http404


def _readable(request: HttpRequest, group: list[Member]) -> list[Member]:
    """Return the stories that this person may know of: public ones, and copy they may read."""
    keys = [one.story_id for one in group]
    known = set(Edition.objects.at().filter(story_id__in=keys).values_list("story_id", flat=True))
    copy = Article.objects.filter(roles.readable_by(request.user), pk__in=keys)
    known |= set(copy.values_list("pk", flat=True))
    return [one for one in group if one.story_id in known]
