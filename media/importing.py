"""Takes whole folders of pictures in: both cores decode, one hand writes, and what is here already is told by its bytes."""

import os
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.files.base import File
from django.db import OperationalError

from media import intake, renditions
from media.intake import AlreadyHere, Kept, NotTaken
from media.models import Picture
from newsroom import folders
from newsroom.folders import Found
from newsroom.outcomes import Outcomes, many
from newsroom.progress import Bar

# So many bounded processes decode at once; and so many files are begun before the first of them is written down.
AT_ONCE = 2
_AHEAD = 4

NO_NUMBER = "Its name is no Media ID. Name it like 55361435.jpg, or import it without --ids-from-names."
TWICE = "The same number is given to another file of this run: {other}. Find out which one it is."


class Outcome(StrEnum):
    """What became of a file."""

    CREATED = "created"
    ATTACHED = "attached"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one file: its outcome, a sentence where there is something to say, the picture's Media ID."""

    file: str
    outcome: Outcome
    reason: str = ""
    media_id: str | None = None


@dataclass(slots=True)
class Tally(Outcomes):
    """Counts what a run does, and writes its report line by line."""

    def add(self, told: Told) -> None:
        """Count one file."""
        pictures = [told.media_id] if told.media_id else []
        row = {"file": told.file, "outcome": str(told.outcome), "reason": told.reason, "pictures": pictures}
        self.count(row, is_refused=told.outcome == Outcome.REFUSED)

    def sentences(self, *, is_dry: bool) -> list[str]:
        """Return the summary, a sentence a line."""
        if not self.read:
            return ["No file was found there. Name a folder with pictures, or the pictures themselves."]
        came = self.outcomes[Outcome.CREATED] + self.outcomes[Outcome.ATTACHED]
        lines = [self.read_sentence([str(one) for one in Outcome], is_dry=is_dry), *self.refusals()]
        if came and not is_dry:
            lines.append(
                f"{many(came, 'picture has', 'pictures have')} come in. Their smaller copies are made by "
                "`manage.py serve` while it runs, or now by `manage.py make_renditions`."
            )
        return lines


@dataclass(frozen=True, slots=True)
class _Begun:
    """A file that is being decoded: whose number it gets, which row it completes, what it will be."""

    found: Found
    digest: str
    media_id: str | None
    known: Picture | None
    work: "Future[tuple[ExitStack, Kept | None]]"


@dataclass(slots=True)
class Import:
    """What is to be taken in, and how: `given` is true of all (`intake.cleaned`); `is_dry` keeps nothing."""

    paths: Sequence[str]
    given: Mapping[str, Any]
    tally: Tally
    bar: Bar
    ids_from_names: bool = False
    is_dry: bool = False
    leave_out: str = ""
    _begun: "deque[_Begun]" = field(default_factory=deque)
    _dry_digests: dict[str, str] = field(default_factory=dict)

    def go(self) -> None:
        """Take every file until the end or a Ctrl-C; what was begun by then is finished, whole pictures only."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                for found in folders.files_under(self.paths, leave_out=self.leave_out):
                    if self.bar.is_stopped:
                        break
                    self._look_at(found, pool)
                while self._begun:
                    self._finish()
            finally:
                self._let_go(pool)

    def _look_at(self, found: Found, pool: ThreadPoolExecutor) -> None:
        while len(self._begun) >= _AHEAD:
            self._finish()
        try:
            self._begin(found, pool)
        except AlreadyHere as here:
            self._tell(self._unchanged(found, here))
        except NotTaken as refused:
            self._tell(Told(found.name, Outcome.REFUSED, refused.reason))

    def _begin(self, found: Found, pool: ThreadPoolExecutor) -> None:
        """Refuse what needs no decoding, tell what is here by its bytes, and hand the rest to a process of its own."""
        if found.refusal:
            raise NotTaken(found.refusal)
        with _opened(found) as file:
            digest = intake.digest_of(file)
        media_id = self._number(found)
        same_file = any(one.digest == digest for one in self._begun)
        while self._begun and (
            same_file or any(media_id and one.media_id == media_id for one in self._begun)
        ):
            self._finish()
        intake.refuse_known(digest)
        known = intake.numbered(media_id) if media_id else None
        if known is not None:
            intake.refuse_second(known)
        work = pool.submit(self._decode, found, known)
        self._begun.append(_Begun(found, digest, media_id, known, work))

    def _number(self, found: Found) -> str | None:
        if not self.ids_from_names:
            return None
        number = intake.id_in_name(os.path.basename(found.path))
        if number is None:
            raise NotTaken(NO_NUMBER)
        return number

    def _decode(self, found: Found, known: Picture | None) -> tuple[ExitStack, Kept | None]:
        """Decode and store one file, without the database; the stack takes everything back unless it is closed well."""
        notice = intake.known_of(known, self.given) if known else self.given
        with ExitStack() as stack:
            file = stack.enter_context(_opened(found))
            if self.is_dry:
                stack.enter_context(intake.decoded(file))
                return stack.pop_all(), None
            arrived = stack.enter_context(intake.kept(file, notice))
            return stack.pop_all(), arrived
        raise AssertionError("Both ways return.")

    def _finish(self) -> None:
        """Write down the file that was begun first."""
        one = self._begun.popleft()
        try:
            stack, arrived = one.work.result()
            with stack:
                told = self._write(one, arrived)
        except AlreadyHere as here:
            told = self._unchanged(one.found, here)
        except NotTaken as refused:
            told = Told(one.found.name, Outcome.REFUSED, refused.reason)
        except OperationalError:
            raise
        except Exception as fault:  # noqa: BLE001 - one file that trips the program must not stop ten thousand others
            reason = (
                f"The import failed on this file ({type(fault).__name__}: {str(fault)[:200]}). That is a fault of the "
                "program: report it with the file. Nothing of the file was taken."
            )
            told = Told(one.found.name, Outcome.REFUSED, reason)
        self._tell(told)

    def _write(self, one: _Begun, arrived: Kept | None) -> Told:
        outcome = Outcome.CREATED if one.known is None else Outcome.ATTACHED
        if arrived is None:
            return self._would_be(one, outcome)
        if one.known is not None:
            picture = intake.save_attached(one.known, arrived, by=None, given=self.given)
        else:
            picture = intake.save_new(arrived, by=None, media_id=one.media_id, given=self.given)
        return Told(one.found.name, outcome, media_id=picture.media_id)

    def _would_be(self, one: _Begun, outcome: Outcome) -> Told:
        """Tell what a run in earnest would do: it would know a file that came before."""
        first = self._dry_digests.setdefault(one.digest, one.found.name)
        if first != one.found.name:
            return Told(one.found.name, Outcome.UNCHANGED, f"The same bytes as {first}.", one.media_id)
        if one.media_id:
            other = self._dry_digests.setdefault(f"number {one.media_id}", one.found.name)
            if other != one.found.name:
                return Told(one.found.name, Outcome.REFUSED, TWICE.format(other=other), one.media_id)
        return Told(one.found.name, outcome, media_id=one.media_id)

    def _unchanged(self, found: Found, here: AlreadyHere) -> Told:
        number = self._number(found)
        if number and number not in _numbers_of(here.picture):
            reason = f"It is named {number}, but this very picture is here as {here.picture}. Find out which is right."
            return Told(found.name, Outcome.REFUSED, reason, here.picture.media_id)
        reason = here.reason if here.picture.killed_at is not None else ""
        return Told(found.name, Outcome.UNCHANGED, reason, here.picture.media_id)

    def _tell(self, told: Told) -> None:
        self.tally.add(told)
        self.bar.step()

    def _let_go(self, pool: ThreadPoolExecutor) -> None:
        """Take back what was begun and is not written down: after an error, or a second Ctrl-C."""
        pool.shutdown(wait=True, cancel_futures=True)
        for one in self._begun:
            if not one.work.cancelled() and one.work.exception() is None:
                _take_back(one.work.result()[0])


class _TakenBack(Exception):
    """Says to what a block holds that it failed."""


def _take_back(stack: ExitStack) -> None:
    try:
        with stack:
            raise _TakenBack
    except _TakenBack:
        return


def _numbers_of(picture: Picture) -> set[str]:
    """Return the Media ID of a picture and those of the pictures that were merged into it."""
    return {str(picture.media_id), *map(str, picture.aliases.values_list("media_id", flat=True))}


def _opened(found: Found) -> "File[bytes]":
    try:
        opened = folders.open_file(
            found.path,
            cap=renditions.LARGEST_FILE,
            what="a picture",
            advice="Save it smaller, or as JPEG, and import that.",
        )
    except folders.Unopened as unopened:
        raise NotTaken(str(unopened)) from unopened
    return File(opened, name=os.path.basename(found.path))
