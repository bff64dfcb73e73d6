"""A story, its published versions, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from articles import prose
from articles.archive import absence
from articles.archive.absence import Notice
from articles.archive.linked_facts import Told, linked_facts
from articles.archive.paper import page
from articles.models import citing_stories, neighbours, whole_story
from articles.models.correction import Correction
from articles.models.edition import Edition, EditionKind, Suppression
from articles.models.whole_story import WholeStory
from media import reads

# Editions of which readers are not told that the story was updated.
SAYS_NOTHING_NEW = (EditionKind.FIX, EditionKind.IMPORT)


@dataclass(frozen=True, slots=True)
class Version:
    """One published version as its story's history names it; of a suppressed one only number and dates.

    `is_news` where it told readers something else than the one before: not the first, and no mended spelling.
    """

    number: int
    live_from: datetime
    kind: str
    is_news: bool
    is_in_force: bool
    suppressed_at: datetime | None
    correction: Correction | None


@require_safe
def story(
    request: HttpRequest, story_id: int, slug: str = "", *, moment: datetime | None = None
) -> HttpResponse:
    """Show the edition in force at its one address: three queries."""
    found = whole_story.find(story_id, moment)
    if found is None:
        return absence.of_story(request, story_id)
    edition = found.in_force
    if slug != edition.slug:
        return HttpResponsePermanentRedirect(edition.get_absolute_url())
    versions = _versions(found)
    notices = [version.correction for version in versions if version.correction]
    updated_at = next((one.live_from for one in versions if one.is_news and not one.suppressed_at), None)
    around = neighbours.of(edition, moment)
    told = Told(edition, updated_at, notices, around.translations)
    context = {
        "edition": edition,
        "versions": versions,
        "updated_at": updated_at,
        "notices": notices,
        "around": around,
        "citation": citing_stories.in_parts(edition),
        "makers": citing_stories.makers(edition),
        "linked_facts": [prose.as_data(facts) for facts in linked_facts(told)],
    }
    if moment is None:
        reads.note_read(request, [one["media_id"] for one in edition.shown_pictures])
    return page(request, "archive/story.html", context)


@require_safe
def editions(request: HttpRequest, story_id: int, slug: str) -> HttpResponse:
    """List the published versions of a story: three queries."""
    edition = _in_force(story_id)
    if edition is None:
        return absence.of_story(request, story_id)
    if slug != edition.slug:
        return HttpResponsePermanentRedirect(f"{edition.get_absolute_url()}editions/")
    return page(request, "archive/editions.html", {"edition": edition, "versions": _history(edition)})


@require_safe
def one_edition(request: HttpRequest, story_id: int, slug: str, number: int) -> HttpResponse:
    """Show one published version as readers saw it, or the dated stub of a suppressed one: three queries."""
    now = _in_force(story_id)
    if now is None:
        return absence.of_story(request, story_id)
    before = Edition.objects.once_public().filter(
        story_id=story_id, number=number - 1, suppressed_at__isnull=True
    )
    once = Edition.objects.once_public().select_related("section", "correction")
    once = once.annotate(follows_a_shown_one=Exists(before))
    edition = once.filter(story_id=story_id, number=number).first()
    if edition is None:
        raise Http404
    if slug != now.slug:
        return HttpResponsePermanentRedirect(f"{now.get_absolute_url()}editions/{number}/")
    if edition.suppressed_at is not None:
        return absence.gone(
            request, Notice(f"Edition {number} of story {story_id}", _said(edition), edition.suppressed_at)
        )
    correction = _correction_of(edition, is_explained=edition.follows_a_shown_one)  # type: ignore[attr-defined]
    is_news = edition.number > 1 and edition.kind not in SAYS_NOTHING_NEW
    context = {
        "edition": edition,
        "updated_at": edition.live_from if is_news else None,
        "in_force": now,
        "is_in_force": edition.pk == now.pk,
        "notices": [correction] if correction else [],
        "citation": citing_stories.in_parts(edition, now.get_absolute_url()),
    }
    return page(request, "archive/edition.html", context)


def _said(suppressed: Edition) -> str:
    if suppressed.suppressed_because == Suppression.LEGAL:
        return "This version is no longer shown, for a legal reason. Its number and its dates stay on record."
    return "This version was withdrawn by the editors. Its number and its dates stay on record."


def _in_force(story_id: int) -> Edition | None:
    rows = Edition.objects.at().select_related("section").filter(story_id=story_id)
    return rows.order_by("-number").first()


def _history(in_force: Edition) -> Sequence[Version]:
    once = Edition.objects.once_public().select_related("correction").filter(story_id=in_force.story_id)
    rows = once.defer("body", "body_html", "body_text").order_by("-number")
    return _versions(WholeStory(in_force, tuple(rows)))


def _versions(found: WholeStory) -> Sequence[Version]:
    shown = {row.number for row in found.editions if not row.suppressed_at}
    return [
        Version(
            number=row.number,
            live_from=row.live_from,
            kind=EditionKind(row.kind).label,
            is_news=row.number > 1 and row.kind not in SAYS_NOTHING_NEW,
            is_in_force=row.pk == found.in_force.pk,
            suppressed_at=row.suppressed_at,
            correction=None
            if row.suppressed_at
            else _correction_of(row, is_explained=row.number - 1 in shown),
        )
        for row in found.editions
    ]


def _correction_of(edition: Edition, *, is_explained: bool) -> Correction | None:
    """Return the notice made with an edition; what it changed is shown beside it if the one before may be."""
    correction = whole_story.notice_of(edition)
    if correction is not None:
        correction.is_explained = is_explained  # type: ignore[attr-defined]
    return correction
