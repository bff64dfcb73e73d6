"""Plans copy: when it is due, how long it is to be, what kind of story it is. None of it is ever printed."""

from datetime import datetime
from types import EllipsisType
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import Article, Genre
from articles.workflow.copy import hold, touch
from articles.workflow.events import record
from articles.workflow.refusals import Refused

MOST_WORDS = 1_000_000
PLANNED = ("due_at", "planned_words", "genre")


@transaction.atomic
def plan(
    *,
    by: Any,
    story_id: int,
    token: str | None,
    due_at: datetime | EllipsisType | None = ...,
    planned_words: int | EllipsisType | None = ...,
    genre: str | EllipsisType = ...,
) -> Article:
    """Change what is planned of a story; what is left out stays, None takes a date or a length away."""
    article = hold(story_id, token, by=by, verb="save")
    wanted = {"due_at": due_at, "planned_words": planned_words, "genre": genre}
    changed = {
        name: value for name, value in wanted.items() if value is not ... and value != getattr(article, name)
    }
    if changed.get("genre", Genre.NEWS) not in Genre.values:
        raise Refused(f"There is no such kind of story. Choose one of {', '.join(Genre.values)}.")
    words = changed.get("planned_words")
    if isinstance(words, int) and not 0 < words <= MOST_WORDS:
        raise Refused("Write the planned length as a number of words, such as 600, or leave it empty.")
    if not changed:
        return article
    was = {name: getattr(article, name) for name in changed}
    for name, value in changed.items():
        setattr(article, name, value)
        article.unfinished.pop(name, None)
    touch(article, by=by)
    record("plan", by=by, story_id=story_id, was=_plain(was), now=_plain(changed))
    return article


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: timezone.localtime(value).isoformat() if isinstance(value, datetime) else value
        for name, value in facts.items()
    }
