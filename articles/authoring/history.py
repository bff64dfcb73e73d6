"""A story's history at the desk: its revisions, each beside the one before, its editions and its events."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from articles import roles, workflow
from articles.authoring import comparing
from articles.authoring.sittings import folded
from articles.authoring.story_page import readable_or_404
from articles.authoring.who_wrote import who_wrote
from articles.models import Article, Contents, Edition, Event, Revision
from articles.workflow.copy import contents_of, contents_of_edition
from articles.workflow.noticing import named
from articles.workflow.telling import tell

# Saves on one page of a history.
SHOWN = 400


def _context(request: HttpRequest, article: Article, heading: str) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": heading, "article": article}


@require_safe
def history(request: HttpRequest, story_id: int) -> HttpResponse:
    """List the copy's saves by sitting, its editions and its events; `?before=` goes back to earlier saves."""
    article = readable_or_404(request, story_id)
    revisions = (
        Revision.objects.filter(story_id=story_id).select_related("made_by", "named").defer("contents")
    )
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 10:
        revisions = revisions.filter(number__lt=int(before))
    rows = list(revisions[: SHOWN + 1])
    context = {
        **_context(request, article, f"History of “{article}”"),
        "stretches": folded(rows[:SHOWN]),
        "earlier": rows[SHOWN - 1].number if len(rows) > SHOWN else None,
        "editions": Edition.objects.filter(story_id=story_id).without_texts().order_by("-number"),
        "events": _told(story_id),
        "may_restore": not roles.refusal(request.user, "save", article),
        "may_suppress": not roles.refusal(request.user, "suppress", article),
    }
    return TemplateResponse(request, "authoring/history.html", context)


def _told(story_id: int) -> list[tuple[datetime, str]]:
    """Return what was done with the story, the last first, each as a sentence like those of the log."""
    rows = Event.objects.filter(story_id=story_id).select_related("by")[:500]
    return [(row.at, tell(row, named(row.by) if row.by else "").whole("the story")) for row in rows]


@require_safe
def compare(request: HttpRequest, story_id: int) -> HttpResponse:
    """Lead the two revisions chosen in the history (`a`, `b`) to the page that sets them side by side."""
    readable_or_404(request, story_id)
    chosen = [request.GET.get(name, "") for name in ("a", "b")]
    if not all(one.isascii() and one.isdigit() and len(one) < 10 for one in chosen):
        messages.error(request, "Choose two revisions to compare: one in each column.")
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[story_id]))
    first, second = sorted(int(one) for one in chosen)
    return HttpResponseRedirect(reverse("admin:desk_compare", args=[story_id, first, second]))


@require_safe
def compared(request: HttpRequest, story_id: int, first: int, second: int) -> HttpResponse:
    """Show what changed between any two revisions, every field."""
    article = readable_or_404(request, story_id)
    rows = Revision.objects.select_related("made_by").filter(story_id=story_id)
    before, after = (get_object_or_404(rows, number=number) for number in (first, second))
    context = {
        **_context(request, article, f"Revisions {first} and {second} of “{article}”"),
        "before": before,
        "after": after,
        "compared": comparing.fields(before.read(), after.read()),
        "may_restore": not roles.refusal(request.user, "save", article),
    }
    return TemplateResponse(request, "authoring/compare.html", context)


@require_safe
def who(request: HttpRequest, story_id: int) -> HttpResponse:
    """Show the text as it is, each run of words leading to who wrote it, when, and the revision it came with."""
    article = readable_or_404(request, story_id)
    context = {
        **_context(request, article, f"Who wrote “{article}”"),
        "paragraphs": who_wrote(story_id, contents_of(article)),
    }
    return TemplateResponse(request, "authoring/who_wrote.html", context)


@require_POST
def name(request: HttpRequest, story_id: int, number: int) -> HttpResponse:
    """Give a revision a name, so that it stands out; an empty one takes the name away."""
    readable_or_404(request, story_id)
    try:
        workflow.name_version(
            by=request.user, story_id=story_id, number=number, name=request.POST.get("name", "")
        )
    except workflow.Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    back = reverse("admin:articles_article_history", args=[story_id])
    return HttpResponseRedirect(f"{back}#revision-{number}")


@require_safe
def revision(request: HttpRequest, story_id: int, number: int) -> HttpResponse:
    """Show one revision whole, and what it changed in the one before; `?now` compares it with the copy as it is."""
    article = readable_or_404(request, story_id)
    kept = get_object_or_404(
        Revision.objects.select_related("made_by", "named"), story_id=story_id, number=number
    )
    earlier = Revision.objects.filter(story_id=story_id, number__lt=number).first()
    after = kept.read()
    if "now" in request.GET:
        before, against = after, "the copy as it is now"
        after = contents_of(article)
    else:
        before = earlier.read() if earlier else Contents(language=after.language)
        against = str(earlier) if earlier else "an empty page"
    context = {
        **_context(request, article, f"Revision {number} of “{article}”"),
        "kept": kept,
        "against": against,
        "compared": comparing.fields(before, after),
        "may_restore": not roles.refusal(request.user, "save", article),
    }
    return TemplateResponse(request, "authoring/revision.html", context)


@require_POST
def restore(request: HttpRequest, story_id: int, number: int) -> HttpResponse:
    """Make a revision the copy again; the text it replaces stays a revision too."""
    readable_or_404(request, story_id)
    try:
        workflow.restore(by=request.user, story_id=story_id, token=request.POST.get("token"), number=number)
    except workflow.Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[story_id]))
    messages.success(
        request, f"Revision {number} is the copy again. What it replaced is kept in the history."
    )
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story_id]))


@require_safe
def edition(request: HttpRequest, story_id: int, number: int) -> HttpResponse:
    """Show one edition as it was published, and what it changed in the one before."""
    article = readable_or_404(request, story_id)
    editions = list(
        Edition.objects.filter(story_id=story_id, number__in=[number - 1, number])
        .select_related("section", "made_by")
        .order_by("number")
    )
    if not editions or editions[-1].number != number:
        raise Http404
    before = next((contents_of_edition(one) for one, _ in pairwise(editions)), None)
    context = {
        **_context(request, article, f"Edition {number} of “{article}”"),
        "edition": editions[-1],
        "compared": comparing.fields(before, contents_of_edition(editions[-1])) if before else [],
        "may_suppress": not roles.refusal(request.user, "suppress", article)
        and not editions[-1].suppressed_at,
    }
    return TemplateResponse(request, "authoring/edition.html", context)


@require_POST
def suppress(request: HttpRequest, story_id: int, number: int) -> HttpResponse:
    """Hide one edition for a legal reason."""
    readable_or_404(request, story_id)
    try:
        workflow.suppress(
            by=request.user, story_id=story_id, number=number, reason=request.POST.get("reason", "")
        )
    except workflow.Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, f"Edition {number} is suppressed. Its number and date stay as a stub.")
    return HttpResponseRedirect(reverse("admin:desk_edition", args=[story_id, number]))
