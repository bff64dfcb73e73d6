"""Answers for what is not there: 404 for what readers never saw, a dated 410 for what was taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.archive import ways_on
from articles.models import withdrawal
from articles.paper.page import page

END_OF_LIST = gettext_lazy(
    "This list does not go on from there: its address is damaged, or the stories behind it are gone. "
    "Start from the beginning of the list."
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands in the place of something withdrawn: its number, since when, and what readers are told."""

    what: str
    said: str
    since: datetime | None = None


def gone(request: HttpRequest, notice: Notice) -> HttpResponse:
    """Answer 410 with a dated notice. One query."""
    return page(request, "archive/withdrawn.html", {"notice": notice}, status=410)


def told_of(request: HttpRequest, story_id: int) -> HttpResponse | None:
    """Answer 410 for a story that ran and was withdrawn; None for one that readers never saw. Two queries."""
    told = withdrawal.of_story(story_id)
    what = _("Story %(story)s") % {"story": story_id}
    return gone(request, Notice(what, told.notice, told.withdrawn_at)) if told else None


def stub(
    request: HttpRequest, story_id: int | None, number: int, said: str, since: datetime | None
) -> HttpResponse:
    """Answer 410 for a suppressed version: its number, since when, and the sentence why. One query."""
    what = _("Story %(story)s, edition %(n)s") % {"story": story_id, "n": number}
    return gone(request, Notice(what, said, since))


def of_story(request: HttpRequest, story_id: int) -> HttpResponse:
    """Answer for a story that has no edition in force: 410 if readers ever saw it, else 404. Two queries."""
    answer = told_of(request, story_id)
    if answer is None:
        raise Http404
    return answer


def end_of_list(request: HttpRequest) -> HttpResponse:
    """Answer 404 for a cursor that leads nowhere, the same whether the list exists or not."""
    return ways_on.page(request, 404, str(END_OF_LIST))
