"""Merges what two people decided of copy: desk, writer, dates, kind, length, each by itself; what both changed is asked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from articles.models import Article
from articles.threeway import Clash

# The fields of an assignment, as columns of the copy.
COLUMNS = {
    "desk": "desk_id",
    "writer": "writer_id",
    "embargo_until": "embargo_until",
    "genre": "genre",
    "due_at": "due_at",
    "planned_words": "planned_words",
}


def merge(
    article: Article, mine: Mapping[str, Any], known: Mapping[str, Any], *, is_latest: bool
) -> tuple[dict[str, Any], tuple[Clash, ...]]:
    """Return what of `mine` is to be written into the copy, and what somebody else had decided otherwise meanwhile.

    `known` is what the writer's page showed before; where it does not say, a page that stands on the latest copy
    (`is_latest`) is taken to have shown that, and any other to have shown something else.
    """
    moved: dict[str, Any] = {}
    clashes = []
    for name, wanted in mine.items():
        now = getattr(article, COLUMNS[name])
        if wanted == now or (name in known and wanted == known[name]):
            continue
        if known[name] == now if name in known else is_latest:
            moved[name] = wanted
        else:
            clashes.append(Clash(name, None, known.get(name), wanted, now))
    return moved, tuple(clashes)


def plain(value: Any) -> Any:
    """Return a value of an assignment as the record keeps it."""
    return value.isoformat() if isinstance(value, datetime) else value
