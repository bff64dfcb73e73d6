"""What changed between two published versions of a story, word by word."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from articles.archive import absence
from articles.archive.history import stub
from articles.archive.versions import in_force_with, versions_of
from articles.paper.page import page
from articles.redline.folding import stretches
from articles.redline.versions import compare


@require_safe
def between(
    request: HttpRequest,
    story_id: int,
    slug: str,
    first: int,
    second: int,
    *,
    moment: datetime | None = None,
) -> HttpResponse:
    """Show a later version with what it changed in an earlier one marked: three queries.

    The earlier number comes first in the one address of each pair. Where one of the two is suppressed, its stub stands.
    """
    now, found = in_force_with(story_id, [first, second], moment)
    if now is None:
        return absence.of_story(request, story_id)
    if first not in found or second not in found:
        raise Http404
    home = f"{now.get_absolute_url()}editions/"
    low, high = sorted((first, second))
    if slug != now.slug or (first, second) != (low, high) or low == high:
        return HttpResponsePermanentRedirect(f"{home}{low}/" if low == high else f"{home}{low}/{high}/")
    before, after = found[first], found[second]
    for one in (before, after):
        if one.suppressed_at is not None:
            return stub(request, one)
    comparison = compare(before, after)
    readable = [one.number for one in versions_of(now, moment) if one.is_shown]
    context = {
        "edition": after,
        "in_force": now,
        "home": home,
        "before": before,
        "after": after,
        "comparison": comparison,
        "stretches": stretches(comparison.text) if comparison.is_text_changed else [],
        "to_compare": readable,
        "step_before": max((one for one in readable if one < first), default=None),
        "step_after": min((one for one in readable if one > second), default=None),
    }
    return page(request, "archive/redline.html", context)
