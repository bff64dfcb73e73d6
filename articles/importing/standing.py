"""What the archive knows of a story already: its last edition, and every fact that earlier pages gave, with its source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from articles.importing.offers import FactRow
from articles.models import Article, Completeness, Contents, Edition, Event, Provenance
from articles.workflow.copy import contents_of_edition

MADE_OR_WITHDREW = ("import", "kill", "undo_import", "demo", "publish")


@dataclass(slots=True)
class Standing:
    """A story as it stands. `edition` is its last one.

    `facts` are those of every import that was not undone; `seen` are those of all imports, by which the story is known
    again when it comes back.
    """

    story_id: int
    edition: Edition
    is_open: bool
    was_undone: bool
    has_copy: bool
    facts: list[FactRow] = field(default_factory=list)
    seen: list[FactRow] = field(default_factory=list)
    keys: frozenset[str] = frozenset()
    digests: frozenset[str] = frozenset()

    @property
    def contents(self) -> Contents:
        """Return what the last edition says."""
        return contents_of_edition(self.edition)

    @property
    def is_teaser(self) -> bool:
        """Say whether only the teaser is known."""
        return self.edition.completeness == Completeness.TEASER

    def states(self, field_name: str) -> bool:
        """Say whether any page states the field, instead of letting it be inferred."""
        return any(one["field"] == field_name and one["stated"] for one in self.facts)

    def openings(self) -> list[str]:
        """Return how the text begins, as each page printed it."""
        return [str(one["value"]) for one in self.seen if one["field"] == "opening"]

    def headlines(self) -> list[str]:
        """Return the headlines that pages state."""
        return [str(one["value"]) for one in self.seen if one["field"] == "headline" and one["stated"]]


def standing_of(story_id: int) -> Standing | None:
    """Return what is known of a story, None where nothing of it was ever public."""
    edition = Edition.objects.filter(story_id=story_id).select_related("section").order_by("number").last()
    if edition is None:
        return None
    rows = _provenances(story_id)
    is_open = edition.is_open
    return Standing(
        story_id=story_id,
        edition=edition,
        is_open=is_open,
        was_undone=not is_open and _was_undone(story_id),
        has_copy=Article.objects.filter(pk=story_id).exists(),
        facts=[one for row in rows if not row["source__run__undone_at"] for one in row["facts"]],
        seen=[one for row in rows for one in row["facts"]],
        keys=frozenset(row["source__key"] for row in rows if row["source__kind"] == "article"),
        digests=frozenset(row["source__digest"] for row in rows if not row["source__run__undone_at"]),
    )


def _provenances(story_id: int) -> Sequence[Mapping[str, Any]]:
    wanted = ("facts", "source__key", "source__kind", "source__digest", "source__run__undone_at")
    return list(Provenance.objects.filter(story_id=story_id).order_by("pk").values(*wanted))


def _was_undone(story_id: int) -> bool:
    """Say whether it was an undone import that withdrew the story, and not an editor."""
    last = Event.objects.filter(story_id=story_id, verb__in=MADE_OR_WITHDREW).order_by("sequence").last()
    return last is not None and last.verb == "undo_import"
