"""A story at its one address: the edition in force, with what was put right in it and where its history stands."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from articles import prose
from articles.archive import absence, own_links
from articles.archive.linked_facts import Told, linked_facts
from articles.archive.versions import versions_among
from articles.models import citing_stories, neighbours, whole_story
from articles.paper.page import page
from media import reads


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
    versions = versions_among(edition, found.editions)
    notices = [version.correction for version in versions if version.correction]
    updated_at = next((one.live_from for one in versions if one.is_news and not one.suppressed_at), None)
    around = neighbours.of(edition, moment, own_links.numbers_in(edition.body_html))
    # The row is in hand for this page alone, and never saved.
    edition.rendered = own_links.named(edition.body_html, around.named)
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
