"""Every correction the paper made, and every story it withdrew."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from articles.archive.lists import EndOfList, cursor_in, paged
from articles.archive.paper import page
from articles.models.correction import Correction, CorrectionKind
from articles.models.edition import Edition
from articles.models.shelf import PAGE


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice with the story it is on as it stands now; of a withdrawn story nothing but its number."""

    notice: Correction
    edition: Edition | None

    @property
    def is_withdrawal(self) -> bool:
        """Say whether the notice tells of a story taken back."""
        return self.notice.kind == CorrectionKind.WITHDRAWAL


@paged
def corrections(request: HttpRequest, *, moment: datetime | None = None) -> HttpResponse:
    """List every notice to readers, newest first: three queries."""
    after = cursor_in(request)
    rows = list(Correction.objects.public(moment).listed(after)[: PAGE + 1])
    if after is not None and not rows:
        raise EndOfList
    shown = rows[:PAGE]
    standing = Edition.objects.at(moment).filter(story_id__in=[row.story_id for row in shown])
    by_story = {row.story_id: row for row in standing.defer("body", "body_html", "body_text")}
    entries = [
        Entry(row, None if row.kind == CorrectionKind.WITHDRAWAL else by_story.get(row.story_id))
        for row in shown
    ]
    context = {
        "entries": entries,
        "next": rows[PAGE - 1].cursor if len(rows) > PAGE else None,
        "is_continued": after is not None,
    }
    return page(request, "archive/corrections.html", context)
