"""One run of the importer over files and folders: each file in its transaction, then the bounds of the undated."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import OperationalError, transaction
from django.utils import timezone

from articles import workflow
from articles.importing import dating as dates
from articles.importing.attachments import waiting_pictures
from articles.importing.dating import Neighbours
from articles.importing.files import Found, files_under, open_page, printable
from articles.importing.pages import Taken, refuse, take
from articles.importing.reading import Unreadable
from articles.importing.report import Tally
from articles.importing.standing import standing_of
from articles.importing.taking import Round
from articles.models import Edition, ImportRun
from newsroom.progress import Bar


@dataclass(slots=True)
class Import:
    """What is to be imported, and how: `is_dry` reads and checks everything and keeps nothing."""

    paths: Sequence[str]
    tally: Tally
    bar: Bar
    is_dry: bool = False
    leave_out: str = ""
    run: ImportRun = field(init=False)

    def go(self) -> None:
        """Import every file until the end or a Ctrl-C; what was done by then stands, whole stories only."""
        with _nothing_kept() if self.is_dry else contextlib.nullcontext():
            self.run = ImportRun.objects.create(paths=[printable(path) for path in self.paths])
            turn = Round(self.run, Neighbours(dates.known_points()), timezone.localdate(), waiting_pictures())
            for found in files_under(self.paths, leave_out=self.leave_out):
                if self.bar.is_stopped:
                    break
                self.tally.add(_take(found, turn))
                self.bar.step()
            self.tally.bounded += rebound(turn)
            self.run.finished_at = timezone.now()
            self.run.counts = self.tally.as_counts()
            self.run.save(update_fields=["finished_at", "counts"])


@contextlib.contextmanager
def _nothing_kept() -> Iterator[None]:
    """Let everything be done, and undo it: later files of a dry run see what earlier ones would have done."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _take(found: Found, turn: Round) -> Taken:
    if found.refusal:
        return refuse(found.name, found.refusal, turn)
    try:
        return take(found.name, open_page(found.path, name=found.name), turn)
    except Unreadable as unreadable:
        return refuse(found.name, unreadable.reason, turn)
    except OperationalError:
        raise
    except Exception as fault:  # noqa: BLE001 - one file that trips the program must not stop ten thousand others
        reason = (
            f"The importer failed on this file ({type(fault).__name__}: {str(fault)[:200]}). That is a fault of the "
            "program: report it with the file. Nothing of the file was taken."
        )
        return refuse(found.name, reason, turn)


def rebound(turn: Round) -> int:
    """Bound undated stories anew by what is dated now; return how many changed. Stated dates are never touched."""
    neighbours = Neighbours(dates.known_points())
    undated = Edition.objects.open().undated().filter(picture_rows__picture__media_id__isnull=False)
    rows = undated.order_by("pk").distinct().values_list("story_id", "pictures", "dated_reason")
    changed = 0
    for story_id, pictures, reason in rows.iterator(chunk_size=500):
        numbers = [one["media_id"] for one in pictures if one["media_id"]]
        found = [bounds.reason for one in numbers if (bounds := neighbours.bounds(one))]
        if not found or any(told in reason for told in found):
            continue
        standing = standing_of(story_id)
        if standing is None or not standing.keys | standing.digests:
            continue
        evidence = dates.evidence_of(standing.facts)
        dating = dates.infer(numbers, evidence, neighbours, today=turn.today)
        changed += workflow.redate(story_id=story_id, dating=dating, why=turn.why)
    return changed
