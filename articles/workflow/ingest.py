"""Takes stories into the archive without copy: imports and samples, one by one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import (
    Article,
    Completeness,
    Contents,
    Correction,
    CorrectionKind,
    Dating,
    Edition,
    EditionKind,
    Story,
)
from articles.workflow import announcing
from articles.workflow.copy import cleaned, new_story
from articles.workflow.editions import Filing, add, compose
from articles.workflow.events import record
from articles.workflow.explaining import changes_between
from articles.workflow.filing import redate, tags_named
from articles.workflow.refusals import Refused
from articles.workflow.tallying import tally_story


@dataclass(frozen=True, slots=True)
class Arrival:
    """A story as it arrives: its contents, when it first ran, how much of it there is, since when it is public."""

    contents: Contents
    dating: Dating = field(default_factory=Dating)
    completeness: str = Completeness.WHOLE
    live_from: datetime | None = None
    reason: str = ""

    def begins(self, now: datetime) -> datetime:
        """Return the moment from which readers see it: its own, else its stated date, else now."""
        return self.live_from or self.dating.published_at or now

    def is_to_come(self, now: datetime) -> bool:
        """Say whether readers do not see it yet."""
        return self.begins(now) > now


@transaction.atomic
def admit(*, arrival: Arrival, by: Any = None, verb: str = "import", story_id: int | None = None) -> Edition:
    """Publish an arrival as the first edition of a new story (or of `story_id`, which has none open), no copy made."""
    now = timezone.now()
    story = Story.objects.get(pk=story_id) if story_id else new_story()
    contents = _filed(arrival)
    last = Edition.objects.filter(story=story).order_by("number").last()
    filing = Filing.of([contents])
    edition = compose(
        story_id=story.pk,
        previous=last,
        kind=EditionKind.IMPORT,
        contents=contents,
        filing=filing,
        live_from=max(arrival.begins(now), last.live_until or now) if last else arrival.begins(now),
        dating=arrival.dating,
        completeness=arrival.completeness,
        reason=arrival.reason,
        by=by,
    )
    edition.announced_at = now
    add(edition, contents, filing, closing=None)
    announcing.pages_change(story.pk)
    record(verb, by=by, story_id=story.pk, edition=edition.number, digest=edition.digest)
    return edition


@transaction.atomic
def amend(
    *,
    story_id: int,
    arrival: Arrival,
    by: Any = None,
    kind: str = EditionKind.IMPORT,
    verb: str = "import",
    note: str = "",
    note_kind: str = CorrectionKind.CORRECTION,
) -> Edition:
    """Publish a further edition of a story that is in the archive; with `note`, a notice to readers of `note_kind`.

    Refused where an editor is working on the story: an import never overwrites copy.
    """
    if Article.objects.filter(pk=story_id).exists():
        raise Refused(f"Story {story_id} has been edited at the desk. The import leaves it as it is.")
    now = timezone.now()
    last = Edition.objects.select_for_update().filter(story_id=story_id).order_by("number").last()
    if last is None or last.live_until is not None or last.suppressed_at is not None:
        raise Refused(f"Story {story_id} has no edition in force that could be amended.")
    contents = _filed(arrival)
    filing = Filing.of([contents])
    edition = compose(
        story_id=story_id,
        previous=last,
        kind=kind,
        contents=contents,
        filing=filing,
        live_from=max(arrival.live_from or now, last.live_from),
        dating=arrival.dating,
        completeness=arrival.completeness,
        reason=arrival.reason or note[:300],
        by=by,
    )
    edition.announced_at = now
    announcing.pages_change(story_id)
    add(edition, contents, filing, closing=last)
    if note:
        Correction.objects.create(
            story_id=story_id,
            edition=edition,
            kind=note_kind,
            note=note,
            changes=changes_between(last, edition),
            made_at=edition.live_from,
        )
        tally_story(story_id)
    redate(story_id=story_id, dating=arrival.dating, by=by, why="amended")
    record(verb, by=by, story_id=story_id, edition=edition.number, digest=edition.digest)
    return edition


def _filed(arrival: Arrival) -> Contents:
    """Return what arrives as it is kept, its tags under the names in force."""
    contents = cleaned(arrival.contents)
    return contents.changed(tags=tuple(tag.name for tag in tags_named(contents.tags)))
