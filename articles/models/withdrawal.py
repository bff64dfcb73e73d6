"""What readers are told where something stood that was withdrawn, for people and machines alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from articles.models.correction import Correction, CorrectionKind
from articles.models.edition import Edition, Suppression
from newsroom.prepared import prepared


class Ground(models.TextChoices):
    """Why a story is killed: for the record, never printed."""

    LEGAL = "legal", "legal: an order, a threat, a right infringed"
    WRONG = "wrong", "wrong in substance"
    FABRICATED = "fabricated", "fabricated or plagiarised"
    PRIVACY = "privacy", "privacy or safety of a person"
    MISTAKE = "mistake", "published by mistake"
    DUPLICATE = "duplicate", "a duplicate of another story"
    OTHER = "other", "another reason"


SENTENCES = {
    Suppression.KILLED: _("The story that stood here was withdrawn by the editors."),
    Suppression.LEGAL: _("The story that stood here was withdrawn for a legal reason."),
}
OF_A_VERSION = {
    Suppression.KILLED: _(
        "This version was withdrawn by the editors. Its number and its dates stay on record."
    ),
    Suppression.LEGAL: _(
        "This version is no longer shown, for a legal reason. Its number and its dates stay on record."
    ),
}


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The notice that stands in a story's place: its words for readers and since when."""

    story_id: int
    notice: str
    withdrawn_at: datetime | None


def of_version(edition: Edition) -> Withdrawal:
    """Return the stub of a suppressed edition of a story that is public: the sentence why, and since when."""
    said = OF_A_VERSION[Suppression(edition.suppressed_because or Suppression.KILLED)]
    return Withdrawal(edition.story_id, str(said), edition.suppressed_at)


def of_story(story_id: int, moment: datetime | None = None) -> Withdrawal | None:
    """Return the notice on a story that ran and is no longer public; None for one that never ran. One query.

    None, too, for one that is public at `moment`.
    """
    held = next(iter(_last(story_id, moment=moment)), None)
    if held is None or held[2]:
        return None
    because, since, _stands, note, made_at = held
    if note is not None:
        return Withdrawal(story_id, note, made_at)
    sentence = str(SENTENCES[Suppression(because) if because else Suppression.KILLED])
    return Withdrawal(story_id, sentence, since)


@prepared
def _last(story_id: int, *, moment: datetime | None) -> QuerySet[Edition, Any]:
    stands = Exists(Edition.objects.at(moment).filter(story=OuterRef("story")))
    last = Edition.objects.once_public(moment).filter(story_id=story_id).order_by("-number")
    told = Correction.objects.public(moment).filter(story=OuterRef("story"), kind=CorrectionKind.WITHDRAWAL)
    said = [Subquery(told.values(name)[:1]) for name in ("note", "made_at")]
    return last.values_list("suppressed_because", "suppressed_at", stands, *said)[:1]
