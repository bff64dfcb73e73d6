"""One run of the importer over files and folders: each file in its transaction, then the bounds of the undated."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import OperationalError, transaction
from django.utils import timezone

from articles import workflow
from articles.importing import dating as dates
from articles.importing.attachments import waiting_pictures
from articles.importing.corpora import Corpus, count_lines, is_corpus
from articles.importing.dating import Neighbours
from articles.importing.files import Found, files_under, open_page, printable
from articles.importing.names_met import Names
from articles.importing.pages import Taken, refuse, take
from articles.importing.reading import Unreadable
from articles.importing.report import Tally
from articles.importing.standing import standing_of
from articles.importing.taking import Round
from articles.index import intake
from articles.models import Edition, ImportRun
from newsroom.progress import Bar
from newsroom.rows import writing_much

BATCH = 500


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
            names = Names()
            for found in files_under(self.paths, leave_out=self.leave_out):
                if self.bar.is_stopped:
                    break
                for some in _taken(found, turn, self.bar, names):
                    for taken in some:
                        self.tally.add(taken)
                    self.bar.step(len(some))
            self.tally.bounded |= rebound(turn, self.bar)
            self.run.finished_at = timezone.now()
            self.run.counts = self.tally.as_counts()
            self.run.save(update_fields=["finished_at", "counts"])


@contextlib.contextmanager
def _nothing_kept() -> Iterator[None]:
    """Let everything be done, and undo it: later files of a dry run see what earlier ones would have done."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _taken(found: Found, turn: Round, bar: Bar, names: Names) -> Iterator[Sequence[Taken]]:
    """Yield what became of a saved page, or of the lines of a corpus, those that came in together together."""
    if not found.refusal and is_corpus(found.path):
        with writing_much(), intake() as taking:
            yield from Corpus(found, turn, bar, names, taking).take()
    else:
        yield [_take(found, turn)]


def steps_of(paths: Sequence[str], *, leave_out: str = "") -> tuple[int, str]:
    """Return how many pages and lines there are to read, and what they are called together."""
    pages, lines = 0, 0
    for found in files_under(paths, leave_out=leave_out):
        if not found.refusal and is_corpus(found.path):
            lines += count_lines(found.path)
        else:
            pages += 1
    return pages + lines, "files" if not lines else "files and lines" if pages else "lines"


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


def rebound(turn: Round, bar: Bar) -> set[int]:
    """Bound undated stories anew by what is dated now; return which changed. Stated dates are never touched.

    What a Ctrl-C leaves over, the next run does: every run looks at all of them.
    """
    neighbours = Neighbours(dates.known_points())
    undated = Edition.objects.open().undated().filter(picture_rows__picture__media_id__isnull=False)
    story_ids = sorted(set(undated.order_by().values_list("story_id", flat=True)))
    if len(story_ids) > BATCH:
        bar.say(f"Looking at {len(story_ids):,} undated stories again, by the dates that are known now.")
    changed: set[int] = set()
    for start in range(0, len(story_ids), BATCH):
        rows = Edition.objects.open().filter(story_id__in=story_ids[start : start + BATCH])
        for story_id, pictures, reason in list(rows.values_list("story_id", "pictures", "dated_reason")):
            if bar.is_stopped:
                return changed
            numbers = [one["media_id"] for one in pictures if one["media_id"]]
            if _is_bounded_anew(story_id, numbers, reason, neighbours, turn):
                changed.add(story_id)
    return changed


def _is_bounded_anew(
    story_id: int, numbers: Sequence[str], reason: str, neighbours: Neighbours, turn: Round
) -> bool:
    """Give an imported story the bounds that hold now, unless its reason names the same neighbours already."""
    found = [bounds.reason for one in numbers if (bounds := neighbours.bounds(one))]
    if not found or any(told in reason for told in found):
        return False
    standing = standing_of(story_id)
    if standing is None or not standing.digests:
        return False
    evidence = dates.evidence_of(standing.facts)
    dating = dates.infer(numbers, evidence, neighbours, today=turn.today)
    return workflow.redate(story_id=story_id, dating=dating, why=turn.why)
