"""The published versions of a story, as its page, its history and each of them tell of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from articles.models import withdrawal
from articles.models.correction import Correction
from articles.models.edition import Edition, EditionKind, EditionQuerySet
from articles.models.edition_change import EditionChange
from newsroom.prepared import prepared

# Editions of which readers are not told that the story was updated.
SAYS_NOTHING_NEW = (EditionKind.FIX, EditionKind.IMPORT)

# What no line of a history prints.
UNREAD = (
    "body",
    "rendered",
    "standfirst",
    "excerpt",
    "bylines",
    "pictures",
    "shown_pictures",
    "filed_tags",
    "dated_reason",
)


@dataclass(frozen=True, slots=True)
class Version:
    """One published version as its story's history names it; of a suppressed one number, dates and the sentence why.

    `is_news` where it told readers something else than the one before: not the first, and no mended spelling.
    `follows_a_shown_one` where the one before may be read, so that what changed may be told; `change` in a line.
    """

    number: int
    live_from: datetime
    kind: str
    mark: str
    reason: str
    is_news: bool
    is_in_force: bool
    suppressed_at: datetime | None
    why_suppressed: str
    correction: Correction | None
    follows_a_shown_one: bool
    change: str

    @property
    def is_shown(self) -> bool:
        """Say whether it can be read."""
        return self.suppressed_at is None


def in_force_with(
    story_id: int, numbers: Sequence[int], moment: datetime | None = None
) -> tuple[Edition | None, dict[int, Edition]]:
    """Return the edition in force and those of these numbers that readers ever saw, suppressed ones too: one query."""
    found: list[Any] = _in_force_with(story_id, *numbers, moment=moment)
    now = [row for row in found if row.stands]
    return (now[-1] if now else None), {row.number: row for row in found if row.number in numbers}


@prepared
def _in_force_with(story_id: int, *numbers: int, moment: datetime | None) -> EditionQuerySet:
    standing = Edition.objects.at(moment).filter(story_id=story_id)
    rows = Edition.objects.once_public(moment).select_related("section").filter(story_id=story_id)
    rows = rows.annotate(stands=Exists(standing.filter(pk=OuterRef("pk"))))
    return rows.filter(Q(number__in=numbers) | Q(stands=True)).order_by("number")


def versions_of(standing: Edition, moment: datetime | None = None) -> list[Version]:
    """Return every published version of a story, newest first: one query, of what a line takes."""
    return versions_among(standing, _light(standing.story_id, moment=moment))


@prepared
def _light(story_id: int, *, moment: datetime | None) -> EditionQuerySet:
    once = Edition.objects.once_public(moment).filter(story_id=story_id)
    return once.select_related("correction", "change").defer(*UNREAD).order_by("-number")


def versions_among(standing: Edition, rows: Sequence[Edition]) -> list[Version]:
    """Return the same of rows that were read already, newest first, each with its correction and its change."""
    shown = {row.number for row in rows if not row.suppressed_at}
    return [_version(row, standing, follows_a_shown_one=row.number - 1 in shown) for row in rows]


def _version(row: Edition, standing: Edition, *, follows_a_shown_one: bool) -> Version:
    is_shown = row.suppressed_at is None
    may_tell = is_shown and follows_a_shown_one
    correction = _correction_of(row, standing, is_explained=follows_a_shown_one) if is_shown else None
    return Version(
        number=row.number,
        live_from=row.live_from,
        kind=str(EditionKind(row.kind).label),
        mark="suppressed" if not is_shown else str(row.kind),
        reason=row.reason if is_shown and correction is None else "",
        is_news=row.number > 1 and row.kind not in SAYS_NOTHING_NEW,
        is_in_force=row.pk == standing.pk,
        suppressed_at=row.suppressed_at,
        why_suppressed="" if is_shown else withdrawal.of_version(row).notice,
        correction=correction,
        follows_a_shown_one=may_tell,
        change=_change_of(row) if may_tell else "",
    )


def _change_of(row: Edition) -> str:
    try:
        return row.change.in_words
    except EditionChange.DoesNotExist:
        return ""


def _correction_of(row: Edition, standing: Edition, *, is_explained: bool) -> Correction | None:
    """Return the notice made with an edition; what it changed is shown beside it if the one before may be."""
    try:
        correction = row.correction
    except Correction.DoesNotExist:
        return None
    correction.is_explained = is_explained  # type: ignore[attr-defined]
    correction.edition_number = row.number  # type: ignore[attr-defined]
    correction.slug_now = standing.slug  # type: ignore[attr-defined]
    return correction
