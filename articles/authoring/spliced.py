"""Reads a long body of which a page sends only what changed: a splice, onto the text that both know."""

import zlib
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from articles.models import Article, Revision, RevisionKind, Sitting

# From so many characters on a page may send what changed instead of the whole.
LONG = 50_000


def sum_of(body: str) -> int:
    """Return the number by which page and desk know that they mean the same text: the CRC-32 of its UTF-8."""
    return zlib.crc32(body.encode())


def body_of(sent: Any, article: Article, *, page: UUID, revision: int | None, by: Any) -> str | None:
    """Return the whole body, or None where the text that was changed is not known here: the page sends it whole then.

    `sent` is {"sum": of the text before, "start": characters kept, "gone": characters taken out, "text": what came}.
    """
    if not isinstance(sent, Mapping) or not isinstance(sent.get("text"), str):
        return None
    start, gone = sent.get("start"), sent.get("gone")
    if not isinstance(start, int) or not isinstance(gone, int) or start < 0 or gone < 0:
        return None
    for base in _bases(article, page, revision, by):
        if start + gone <= len(base) and sum_of(base) == sent.get("sum"):
            return f"{base[:start]}{sent['text']}{base[start + gone :]}"
    return None


def _bases(article: Article, page: UUID, revision: int | None, by: Any) -> Iterator[str]:
    """Yield the texts that a page may show: the copy, then what it was last answered, as far as they are its person's."""
    yield article.body
    sitting = Sitting.objects.filter(page=page, story_id=article.pk, by=by).first()
    numbers = {revision or 0, sitting.revision if sitting else 0}
    for row in Revision.objects.filter(story_id=article.pk, number__in=numbers):
        if row.kind != RevisionKind.CONFLICT or row.made_by_id == by.pk:
            yield row.read().body
