"""What the desk's lists find in the language that readers search in: headline:ferry -strike "old quay" from:2014."""

from typing import Any

from django.db.models import QuerySet

from articles.index import Busy, Order, ask, copy_of, find, find_copy

# The newest of what meets the words; a list shows a hundred a page.
MOST, MOST_COPY = 300, 100


def published(words: str) -> dict[int, int]:
    """Return the newest published stories that meet `words`: their editions in force, by story ID. Five queries.

    None while the index is being made anew: what else a list finds by, it still does.
    """
    asked = ask(words)
    if not asked.words.parts:
        return {}
    try:
        found = find(asked, order=Order.NEWEST, most=MOST)
    except Busy:
        return {}
    return {edition.story_id: edition.pk for edition in found.editions}


def copy(words: str, stories: QuerySet[Any]) -> list[int]:
    """Return those of `stories`, copy that somebody may read, that meet `words` as they stand now: the newest, by story ID."""
    found = find_copy(ask(words), copy_of(stories), most=MOST_COPY)
    return [text.revision.story_id for text in found.texts]
