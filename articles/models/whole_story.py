"""A story with its history: every edition that readers ever saw, the text only of the one in force, in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, TextField, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models.correction import Correction
from articles.models.edition import Edition, EditionQuerySet
from newsroom.prepared import prepared

# What can be asked for of the text: as pages show it, and as it is kept.
TEXTS = {"rendered": Coalesce("rendered", "body"), "body": F("body")}


@dataclass(frozen=True, slots=True)
class WholeStory:
    """The edition in force with its text, and all that were ever public, newest first, without theirs."""

    in_force: Edition
    editions: tuple[Edition, ...]

    @property
    def notices(self) -> list[Correction]:
        """Return the corrections of editions that are shown, newest first; each says whether what it changed is shown."""
        shown = {row.number for row in self.editions if not row.suppressed_at}
        found = [
            (row, notice) for row in self.editions if not row.suppressed_at and (notice := notice_of(row))
        ]
        for row, notice in found:
            notice.is_explained = row.number - 1 in shown  # type: ignore[attr-defined]
        return [notice for _, notice in found]


def find(
    story_id: int, moment: datetime | None = None, *, texts: Sequence[str] = ("rendered",)
) -> WholeStory | None:
    """Return a story that is public at `moment`, with `texts` of the edition in force; None if it is not. One query."""
    editions = tuple(_rows(story_id, texts=tuple(texts), moment=moment))
    in_force = next((row for row in editions if row.is_shown), None)  # type: ignore[attr-defined]
    if in_force is None:
        return None
    for name in texts:
        setattr(in_force, name, getattr(in_force, f"shown_{name}"))
    return WholeStory(in_force, editions)


@prepared
def _rows(story_id: int, *, texts: tuple[str, ...], moment: datetime | None) -> EditionQuerySet:
    when = moment or timezone.now()
    is_shown = Exists(Edition.objects.at(when).filter(pk=OuterRef("pk")))
    once = Edition.objects.once_public(when).filter(story_id=story_id)
    rows = once.select_related("section", "correction", "change").without_texts().annotate(is_shown=is_shown)
    shown = {
        f"shown_{name}": Case(When(is_shown=True, then=TEXTS[name]), output_field=TextField())
        for name in texts
    }
    return rows.annotate(**shown).order_by("-number")


def in_force(story_id: int, moment: datetime | None = None, *, is_whole: bool = True) -> Edition | None:
    """Return the edition of a story that readers see at `moment`, with its texts if it `is_whole`; None if there is none. One query."""
    return next(iter(_in_force(story_id, is_whole=is_whole, moment=moment)), None)


@prepared
def _in_force(story_id: int, *, is_whole: bool, moment: datetime | None) -> EditionQuerySet:
    rows = Edition.objects.at(moment).select_related("section").filter(story_id=story_id)
    return (rows if is_whole else rows.without_texts()).order_by("-number")[:1]


def scheduled(story_id: int) -> Edition | None:
    """Return the edition of a story that is scheduled, None if there is none: for the desk alone. One query."""
    return next(iter(_scheduled(story_id)), None)


@prepared
def _scheduled(story_id: int) -> EditionQuerySet:
    return Edition.objects.waiting().filter(story_id=story_id).order_by("number")[:1]


def notice_of(edition: Edition) -> Correction | None:
    """Return the notice that was made with an edition, if there is one; it came with the edition."""
    try:
        return edition.correction
    except Correction.DoesNotExist:
        return None
