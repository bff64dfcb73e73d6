"""Finds copy and its revisions for the desk, in the language that readers search in. Whoever asks says which rows it may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from articles.index.asked import Asked
from articles.index.desk_texts import Text, texts_of
from articles.index.desk_words import candidates
from articles.index.reader import meets
from articles.index.resolving import resolved
from articles.models.revision import Revision, RevisionKind

# So many revisions are read for one question at most; common words have their first hits among the first.
MOST_READ = 1_000


@dataclass(frozen=True, slots=True)
class DeskFound:
    """Revisions that meet a question, the newest first.

    `following` is the number of the last one looked at where more may come behind it, None where all were looked at.
    """

    texts: list[Text]
    following: int | None


def copy_of(stories: QuerySet[Any]) -> QuerySet[Revision]:
    """Return the revision that the copy of each of `stories` is now."""
    newer = Revision.objects.filter(story=OuterRef("story"), number__gt=OuterRef("number")).order_by()
    standing = Revision.objects.filter(story_id__in=stories.order_by().values("pk"))
    standing = standing.exclude(kind=RevisionKind.CONFLICT)
    return standing.filter(~Exists(newer.exclude(kind=RevisionKind.CONFLICT)))


def find_copy(
    asked: Asked, rows: QuerySet[Revision], *, before: int | None = None, most: int = 20
) -> DeskFound:
    """Return those of `rows` that meet a question, at most `most`, the newest first, from the one before `before`."""
    if asked.is_empty:
        return DeskFound([], None)
    known, meant = resolved(asked.whole)
    known.mark(asked)
    found: list[Text] = []
    for read, text in enumerate(_walk(rows, candidates(meant, before=before)), 1):
        if meets(text.sheet, meant):
            found.append(text)
        if len(found) == most or read == MOST_READ:
            return DeskFound(found, text.revision.pk)
    return DeskFound(found, None)


def _walk(rows: QuerySet[Revision], batches: Iterator[list[int]]) -> Iterator[Text]:
    for some in batches:
        yield from texts_of(list(rows.filter(pk__in=some).order_by("-pk")))
