"""Takes whole corpora, JSON Lines with a story on each: as fast as rows are written, nothing twice, bad lines told and passed over."""

import gzip
import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from articles import workflow
from articles.importing.files import Found
from articles.importing.lines import Line, NoStory, read_line
from articles.importing.names_met import Names
from articles.importing.pages import Taken
from articles.importing.retaking import take_again
from articles.importing.taking import LONGEST_PATH, Round, old_path
from articles.index import Intake
from articles.models import Address, Outcome, Provenance, SourcePage
from articles.models.packed import packed
from articles.workflow.editions import Filing
from newsroom import folders, hands
from newsroom.progress import Bar
from newsroom.rows import Rows, next_keys

ENDINGS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
BATCH, LONGEST_LINE, LARGEST_FILE = 1_000, 20_000_000, 1 << 40
# Of the bad lines of one file so many are named on the screen.
MOST_SAID = 20
KIND = "line"
SOURCES = Rows(
    SourcePage, "id", "run_id", "file", "address", "key", "kind", "digest", "raw", "outcome", "reason", "facts", "repairs", "read_at",
)  # fmt: skip
PROVENANCES = Rows(
    Provenance, "source_id", "story_id", "edition_id", "fingerprint", "is_teaser", "facts", "repairs"
)
ADDRESSES = Rows(Address, "path", "story_id", "to_path")


def is_corpus(path: str) -> bool:
    """Say whether a file holds a story on each line, by its name."""
    return path.lower().endswith(ENDINGS)


def count_lines(path: str) -> int:
    """Return how many lines a corpus has, as far as it can be read."""
    try:
        with _opened(path) as stream:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
    except (OSError, EOFError, zlib.error, folders.Unopened):
        return 0


@dataclass(slots=True)
class _Batch:
    """New lines on their way, as a hand needs them: as they were read, what became of their names, and what they are given."""

    raws: list[bytes]
    arrivals: list[workflow.Arrival]
    filing: Filing
    numbers: workflow.Numbers
    is_typed: bool


@dataclass(slots=True)
class Corpus:
    """One file of a run. `told` are lines that were dealt with already: bad ones, and those taken before."""

    found: Found
    turn: Round
    bar: Bar
    names: Names
    taking: Intake
    _refused: int = 0
    _told: list[Taken] = field(default_factory=list)
    _again: list[Line] = field(default_factory=list)
    _under_way: set[str] = field(default_factory=set)
    # What is being set, in order: what comes back is no more than was made of it.
    _sent: deque[list[Line]] = field(default_factory=deque)

    def take(self) -> Iterator[Sequence[Taken]]:
        """Take every line until the end or a Ctrl-C, a batch a transaction; yield what became of the lines of each."""
        with closing(hands.in_order(_set_up, self._batches())) as made:
            for galley, raws in made:
                lines = self._sent.popleft()
                yield from self._settled()
                if lines:
                    with transaction.atomic():
                        due = workflow.print_off(galley)
                        self._keep(lines, galley.numbers, raws)
                    self.taking.take(galley.typed, due)
                self._under_way.difference_update(line.key for line in lines)
                yield [
                    Taken(
                        self._name(line.number), Outcome.CREATED, "", (story_id,), _media_ids(line),
                        unknown=line.unknown, otherwise=line.otherwise, is_without_text=not line.texts["body"],
                    )
                    for line, story_id in zip(lines, galley.numbers.stories, strict=True)
                ]  # fmt: skip
                if self.bar.is_stopped:
                    # What was read beyond is read again by the next run.
                    break
        yield from self._settled()

    def _settled(self) -> Iterator[Sequence[Taken]]:
        """Yield what needs no batch; a line that came in before is looked at only when no other is under way."""
        told, self._told = self._told, []
        yield told
        ready = [line for line in self._again if line.key not in self._under_way]
        self._again = [line for line in self._again if line.key in self._under_way]
        for line in ready:
            yield [take_again(self._name(line.number), line, self.turn, self.names)]

    def _name(self, number: int) -> str:
        return f"{self.found.name}, line {number}"

    def _refuse(self, number: int, reason: str) -> None:
        name = self._name(number)
        self._refused += 1
        if self._refused <= MOST_SAID:
            self.bar.say(f"{name}: {reason}")
        elif self._refused == MOST_SAID + 1:
            self.bar.say(f"More lines of {self.found.name} were refused; `--report FILE` names each of them.")
        SourcePage.objects.create(run=self.turn.run, file=name, outcome=Outcome.REFUSED, reason=reason)
        self._told.append(Taken(name, Outcome.REFUSED, reason))

    def _batches(self) -> Iterator[_Batch]:
        lines = self._lines()
        is_large = False
        while not self.bar.is_stopped and (some := list(islice(lines, BATCH))):
            new = self._new(some)
            with transaction.atomic():
                self.names.meet(new)
                contents = [self.names.contents(line) for line in new]
            arrivals = [
                workflow.Arrival(one, line.dating, line.completeness, reason=self.turn.why)
                for one, line in zip(contents, new, strict=True)
            ]
            # A file of a few lines is not worth a commit of the index: they are due, and taken in with the others.
            is_large = is_large or len(new) >= BATCH
            self._sent.append(new)
            yield _Batch(
                [line.raw for line in new],
                arrivals,
                self.names.filing(contents),
                workflow.Numbers.taken(len(new)),
                is_large and self.taking.is_open,
            )

    def _lines(self) -> Iterator[Line]:
        number = 0
        try:
            with _opened(self.found.path) as stream:
                while raw := stream.readline(LONGEST_LINE):
                    number += 1
                    line = self._line(number, raw, stream)
                    if line is not None:
                        yield line
        except (OSError, EOFError, zlib.error, folders.Unopened) as problem:
            self._refuse(
                number + 1, f"The file cannot be read any further ({problem}). What came before it was taken."
            )

    def _line(self, number: int, raw: bytes, stream: BinaryIO) -> Line | None:
        if len(raw) >= LONGEST_LINE and not raw.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            self._refuse(number, f"It has more than {LONGEST_LINE:,} bytes. Leave out what is no text.")
            return None
        raw = raw.removeprefix(b"\xef\xbb\xbf").strip()
        if not raw:
            return None
        try:
            return read_line(number, raw)
        except NoStory as reason:
            self._refuse(number, str(reason))
            return None

    def _new(self, lines: Sequence[Line]) -> list[Line]:
        """Return the lines that the archive does not know; each of the others is told of, or put aside to be taken again."""
        before = _taken_before([line.key for line in lines])
        new = []
        for line in lines:
            if line.key in self._under_way or before.get(line.key, line.digest) != line.digest:
                self._again.append(line)
            elif line.key in before:
                self._told.append(Taken(self._name(line.number), Outcome.UNCHANGED))
            else:
                self._under_way.add(line.key)
                new.append(line)
        return new

    def _keep(self, lines: Sequence[Line], numbers: workflow.Numbers, raws: Sequence[bytes]) -> None:
        """Keep each line as it was read, what it said of which story, and that its old address leads there."""
        now, run = timezone.now(), self.turn.run.pk
        sources, facts, addresses = [], [], []
        keys = next_keys(SourcePage, len(lines))
        given = zip(keys, lines, raws, numbers.stories, numbers.editions, strict=True)
        for key, line, raw, story_id, edition in given:
            name = self._name(line.number)
            sources.append(
                SOURCES.row(
                    key, run, name, line.address, line.key, KIND, line.digest, raw, str(Outcome.CREATED), "", [], [], now,
                )
            )  # fmt: skip
            facts.append(PROVENANCES.row(key, story_id, edition, "", False, list(line.facts), []))
            if path := path_of(line):
                addresses.append(ADDRESSES.row(path, story_id, ""))
        SOURCES.write(sources)
        PROVENANCES.write(facts)
        ADDRESSES.write(addresses, unless_there=True)


def _set_up(batch: _Batch) -> tuple[workflow.Galley, list[bytes]]:
    """Return what is made of a batch: its stories, set, and its lines, packed as they are kept."""
    raws = [packed(raw) for raw in batch.raws]
    galley = workflow.set_up(batch.arrivals, batch.numbers, batch.filing, is_typed=batch.is_typed)
    return galley, raws


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    with folders.open_file(path, cap=LARGEST_FILE) as opened:
        if path.lower().endswith(".gz"):
            with gzip.GzipFile(fileobj=opened) as unpacked:
                yield cast(BinaryIO, unpacked)
        else:
            yield opened


def path_of(line: Line) -> str:
    """Return the old path of a line's story, "" where it gives none that can lead anywhere."""
    path = old_path(urlsplit(line.address).path) if "[" not in line.address else ""
    return path if path.startswith("/") and path != "/" and len(path) <= LONGEST_PATH else ""


def _taken_before(keys: Sequence[str]) -> dict[str, str]:
    """Return the digest of the last line of each key that was taken, and not taken back."""
    rows = SourcePage.objects.filter(key__in=keys, kind=KIND, raw__isnull=False)
    known = rows.order_by("pk").values_list("key", "digest", "run__undone_at")
    # What was taken back is put aside, as what has changed is.
    return {key: "" if undone_at else digest for key, digest, undone_at in known}


def _media_ids(line: Line) -> tuple[str, ...]:
    return tuple(dict.fromkeys(block.media_id for block, _ in line.pictures if block.media_id))
