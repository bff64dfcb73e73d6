"""A story at its one address: the edition in force, with what was put right in it and where its history stands."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from articles import prose
from articles.archive import absence
from articles.archive.linked_facts import linked_facts
from articles.archive.paper import page
from articles.archive.versions import in_force, versions_of
from media import reads


@require_safe
def story(
    request: HttpRequest, story_id: int, slug: str = "", *, moment: datetime | None = None
) -> HttpResponse:
    """Show the edition in force at its one address: three queries."""
    edition = in_force(story_id, moment)
    if edition is None:
        return absence.of_story(request, story_id)
    if slug != edition.slug:
        return HttpResponsePermanentRedirect(edition.get_absolute_url())
    versions = versions_of(edition, moment)
    updated_at = next((one.live_from for one in versions if one.is_news and not one.suppressed_at), None)
    context = {
        "edition": edition,
        "versions": versions,
        "updated_at": updated_at,
        "notices": [version.correction for version in versions if version.correction],
        "linked_facts": prose.as_data(linked_facts(edition, updated_at)),
    }
    if moment is None:
        reads.note_read(request, [one["media_id"] for one in edition.shown_pictures])
    return page(request, "archive/story.html", context)
