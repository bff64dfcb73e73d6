"""Takes one import back as one: what it brought is withdrawn, what it changed is as it was, what the desk edited stays."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles import roles
from articles.models import Article, Dating, Edition, Event, ImportRun, Provenance, SourcePage
from articles.workflow import announcing
from articles.workflow.copy import contents_of_edition
from articles.workflow.events import record
from articles.workflow.filing import kept_dating, redate, refile_live
from articles.workflow.ingest import Arrival, amend
from articles.workflow.refusals import Refused
from articles.workflow.tallying import tally_all
from articles.workflow.withdrawing import withdraw
from media.models import Picture

NOTICE = "This story came from an import of the old archive that was taken back."
VERB = "undo_import"


@dataclass(slots=True)
class Undone:
    """What taking an import back did: story IDs withdrawn, restored and redated, and a sentence for each left alone."""

    run_id: int
    withdrawn: list[int] = field(default_factory=list)
    restored: list[int] = field(default_factory=list)
    redated: list[int] = field(default_factory=list)
    pictures: int = 0
    left: list[str] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """Return what was done, a sentence a line."""
        told = ", ".join(
            [
                _many(len(self.withdrawn), "story withdrawn", "stories withdrawn"),
                _many(len(self.restored), "story as it was before", "stories as they were before"),
                _many(len(self.redated), "story dated as before", "stories dated as before"),
                _many(
                    self.pictures,
                    "picture no longer public by itself",
                    "pictures no longer public by themselves",
                ),
            ]
        )
        return [f"Import {self.run_id} was taken back: {told}.", *self.left]


def _many(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


@transaction.atomic
def undo_import(*, by: Any, run_id: int) -> Undone:
    """Take the import `run_id` back. Stories edited at the desk since stay as they are, and are named.

    Doing it twice does it once. Raises `Refused` where there is no such import or `by` may not.
    """
    if by is not None and (reason := roles.refusal(by, "import")):
        raise Refused(reason)
    run = ImportRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise Refused(f"There is no import {run_id}. The list of imports in the admin names them all.")
    undone = Undone(run_id)
    story_ids = Provenance.objects.filter(source__run=run).values_list("story_id", flat=True)
    for story_id in story_ids.order_by("story_id").distinct():
        _undo_story(story_id, run, undone, by=by)
    _undo_dates(run, undone, by=by)
    undone.pictures = _hide_pictures(run)
    tally_all()
    if run.undone_at is None:
        run.undone_at, run.undone_by = timezone.now(), by
        run.save(update_fields=["undone_at", "undone_by"])
        record(VERB, by=by, run=run_id, withdrawn=len(undone.withdrawn), restored=len(undone.restored))
    return undone


def _undo_story(story_id: int, run: ImportRun, undone: Undone, *, by: Any) -> None:
    every = list(Edition.objects.filter(story_id=story_id).select_related("section").order_by("number"))
    last = every[-1]
    made = set(
        Provenance.objects.filter(source__run=run, story_id=story_id, edition__isnull=False).values_list(
            "edition_id", flat=True
        )
    )
    if not last.is_open:
        return
    before = _before(every, made)
    if not made or (before is not None and _says(last, before)):
        _undo_tags(story_id, run, by=by)
    elif Article.objects.filter(pk=story_id).exists():
        undone.left.append(
            f"Story {story_id} has been edited at the desk since. It stays; kill it there if need be."
        )
    elif before is None:
        withdraw(story_id=story_id, by=by, reason=f"import {run.pk} taken back", notice=NOTICE, verb=VERB)
        undone.withdrawn.append(story_id)
    elif last.pk not in made:
        undone.left.append(f"Story {story_id} has changed since by another import. Take that one back first.")
    else:
        reason = f"import {run.pk} taken back"
        arrival = Arrival(contents_of_edition(before), before.dating, before.completeness, reason=reason)
        amend(story_id=story_id, arrival=arrival, by=by, verb=VERB)
        undone.restored.append(story_id)


def _before(every: list[Edition], made: set[int]) -> Edition | None:
    """Return the edition that stood before the run's first one, None where the run brought the story."""
    first = next((number for number, edition in enumerate(every) if edition.pk in made), 0)
    earlier = every[first - 1] if first else None
    return earlier if earlier is not None and earlier.suppressed_at is None else None


def _says(one: Edition, other: Edition) -> bool:
    return contents_of_edition(one).changed(tags=()) == contents_of_edition(other).changed(tags=())


def _undo_tags(story_id: int, run: ImportRun, *, by: Any) -> None:
    """Take the tags off that only this import gave to a story."""
    edition = Edition.objects.open().get(story_id=story_id)
    rows = Provenance.objects.filter(story_id=story_id).exclude(source__run__undone_at__isnull=False)
    given = _tags(rows.filter(source__run=run)) - _tags(rows.exclude(source__run=run))
    filed = [tag["name"] for tag in edition.filed_tags]
    kept = [name for name in filed if name.casefold() not in given]
    if kept != filed:
        refile_live(story_id=story_id, tags=kept, by=by)


def _tags(rows: Iterable[Provenance]) -> set[str]:
    return {str(one["value"]).casefold() for row in rows for one in row.facts if one["field"] == "tag"}


def _undo_dates(run: ImportRun, undone: Undone, *, by: Any) -> None:
    """Date every story that this import redated as it was before, unless it was dated again since."""
    events = Event.objects.filter(verb="redate", at__gte=run.started_at, details__why=f"import {run.pk}")
    first: dict[int, Event] = {}
    last: dict[int, Event] = {}
    for event in events.order_by("sequence"):
        if event.story_id is not None:
            first.setdefault(event.story_id, event)
            last[event.story_id] = event
    for story_id, event in first.items():
        edition = Edition.objects.open().filter(story_id=story_id, suppressed_at__isnull=True).first()
        if edition is None or kept_dating(edition.dating) != last[story_id].details["after"]:
            continue
        if redate(story_id=story_id, dating=_dating(event.details["before"]), by=by, why=f"{VERB} {run.pk}"):
            undone.redated.append(story_id)


def _dating(kept: dict[str, Any]) -> Dating:
    days = {name: date.fromisoformat(kept[name]) if kept[name] else None for name in ("earliest", "latest")}
    at = datetime.fromisoformat(kept["at"]) if kept["at"] else None
    return Dating(at, kept["is_time_known"], days["earliest"], days["latest"], kept["reason"])


def _hide_pictures(run: ImportRun) -> int:
    """Let the pictures whose own pages this import brought be public only where a story shows them.

    That they once were public by themselves is kept, so that their addresses can say that they are gone.
    """
    pages = SourcePage.objects.filter(run=run, kind="attachment").defer("raw")
    media_ids = [one["value"] for page in pages for one in page.facts if one["field"] == "released"]
    brought = Picture.objects.filter(media_id__in=media_ids).values_list(
        Coalesce("alias_of", "pk"), flat=True
    )
    shown = Picture.objects.filter(pk__in=list(brought), released_at__isnull=False)
    hidden = list(shown.values_list("pk", flat=True))
    shown.update(released_at=None, withdrawn_at=timezone.now())
    for key in hidden:
        transaction.on_commit(partial(announcing.picture_pages_changed, key))
    return len(hidden)
