"""The published versions of a story: all of them with what each changed, and each at its own address for ever."""

from datetime import datetime

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.views.decorators.http import require_safe

from articles.archive import absence, life
from articles.archive.lists import EndOfList, paged
from articles.archive.versions import in_force_with, versions_of
from articles.models import citing_stories, whole_story, withdrawal
from articles.models.edition import Edition
from articles.paper.page import page
from newsroom.keyset import Cursor, cursor_in

VERSIONS_A_PAGE = 40
LONGEST_NUMBER = 6


@paged
def editions(
    request: HttpRequest, story_id: int, slug: str, *, moment: datetime | None = None
) -> HttpResponse:
    """List the published versions of a story, forty a page; `?first=&second=` leads to what changed between two."""
    edition = whole_story.in_force(story_id, moment)
    if edition is None:
        return absence.of_story(request, story_id)
    home = f"{edition.get_absolute_url()}editions/"
    if slug != edition.slug:
        return HttpResponsePermanentRedirect(home)
    chosen = _chosen(request)
    if chosen:
        return HttpResponseRedirect(f"{home}{chosen[0]}/{chosen[1]}/")
    versions = versions_of(edition, moment)
    after = cursor_in(request, name := f"story.{story_id}/editions/")
    shown = [one for one in versions if after is None or one.number < after.number]
    if not shown:
        raise EndOfList
    last = shown[:VERSIONS_A_PAGE][-1]
    context = {
        "edition": edition,
        "versions": versions,
        "shown": shown[:VERSIONS_A_PAGE],
        "life": life.drawn(versions),
        "path": home,
        "next": Cursor(last.live_from, last.number).of(name) if len(shown) > VERSIONS_A_PAGE else None,
        "is_continued": after is not None,
        "to_compare": [one.number for one in versions if one.is_shown],
    }
    return page(request, "archive/editions.html", context)


def _chosen(request: HttpRequest) -> tuple[int, int] | None:
    """Return the two versions that a reader asked to see side by side; None where the form was not sent whole."""
    asked = [request.GET.get(name, "") for name in ("first", "second")]
    if not all(text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER for text in asked):
        return None
    first, second = sorted(map(int, asked))
    return (first, second) if first else None


@require_safe
def one_edition(
    request: HttpRequest, story_id: int, slug: str, number: int, *, moment: datetime | None = None
) -> HttpResponse:
    """Show one published version as readers saw it, or the dated stub of a suppressed one: three queries."""
    now, found = in_force_with(story_id, [number], moment)
    if now is None:
        return absence.of_story(request, story_id)
    edition = found.get(number)
    if edition is None:
        raise Http404
    if slug != now.slug:
        return HttpResponsePermanentRedirect(f"{now.get_absolute_url()}editions/{number}/")
    if edition.suppressed_at is not None:
        return stub(request, edition)
    versions = versions_of(now, moment)
    this = next(one for one in versions if one.number == number)
    readable = [one.number for one in versions if one.is_shown]
    context = {
        "edition": edition,
        "updated_at": edition.live_from if this.is_news else None,
        "in_force": now,
        "is_in_force": edition.pk == now.pk,
        "citation": citing_stories.in_parts(edition, now.get_absolute_url()),
        "notices": [this.correction] if this.correction else [],
        "later_notices": [one.correction for one in versions if one.correction and one.number > number],
        "this": this,
        "before": max((one for one in readable if one < number), default=None),
        "after": min((one for one in readable if one > number), default=None),
        "later": sum(1 for one in versions if one.number > number),
    }
    return page(request, "archive/edition.html", context)


def stub(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Answer 410 for a suppressed version: its number, since when, and the sentence why."""
    said = withdrawal.of_version(edition).notice
    return absence.stub(request, edition.story_id, edition.number, said, edition.suppressed_at)
