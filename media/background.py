"""Makes the copies that readers get, in the background: what is due stands in the pictures' own rows, and nowhere else.

A picture is claimed by compare-and-set on `copies_claimed_until`, so that two processes never do the same one; a claim
whose process died runs out. The rows of new copies are written before their files, as superseded ones: whatever a
process left half done is known by name, and its files go when the picture's turn comes again.
"""

import fcntl
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from PIL import Image

from media import alike, geometry, keeping, likeness
from media.bounded import Child, NotTaken, TooBusy
from media.models import Picture, originals
from media.models.stores import away

# A picture takes a few seconds; one that takes this long is let go, and a claim outlives that.
SECONDS = 120
LEASE = timedelta(minutes=5)
FORMATS = ("jpg", "webp", "avif")
PREFIX = "newsroom-copies-"

LOST = "The original is not in its store. Bring it back there, then run make_renditions --all."
STORE_AWAY = "The store of pictures did not answer. It is tried again by itself every few minutes."
NO_TIME = "The machine had no time to make them. It is tried again by itself every few minutes."
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Made:
    """What a run did: the pictures whose copies stand, and those of which none could be made, with the sentence."""

    count: int = 0
    troubled: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """One picture that this process has claimed, and the bounded process that decodes it."""

    picture: Picture
    folder: "Folder"
    child: Child

    def close(self) -> None:
        """End what still runs and take its folder away."""
        self.child.stop()
        self.folder.remove()


class Folder:
    """A folder for what is made of one picture, locked as long as this process lives: no other takes it away."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._held = os.open(self.path, os.O_RDONLY)
        fcntl.flock(self._held, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Take the folder away, with all that is in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._held)


def order_all() -> int:
    """Have the copies of every picture made anew, and return how many that are."""
    rows = Picture.objects.filter(killed_at__isnull=True, alias_of__isnull=True).exclude(original="")
    return rows.update(copies_due_at=timezone.now(), copies_claimed_until=None, copies_trouble="")


def due() -> "QuerySet[Picture]":
    """Return the pictures whose copies are to be made, those that wait longest first."""
    rows = Picture.objects.filter(
        copies_due_at__isnull=False, killed_at__isnull=True, alias_of__isnull=True
    ).exclude(original="")
    return rows.order_by("copies_due_at", "pk")


def make_due(
    *,
    processes: int | None = None,
    step: Callable[[], None] = lambda: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Made:
    """Make the copies of every picture that is due, on every core; `step` is told of each picture done.

    When `is_stopped` says so, what was begun is finished and nothing more begins. What is interrupted harder is free
    for others at once, or when its claim has run out.
    """
    made, running = Made(), list[Job]()
    most = processes or len(os.sched_getaffinity(0))
    _sweep()
    try:
        while True:
            while len(running) < most and not is_stopped():
                picture = _claimed()
                if picture is None:
                    break
                _begin(picture, running, made)
            if not running:
                return made
            done = [one for one in running if one.child.is_done]
            for job in done:
                running.remove(job)
                _finish(job, made)
                step()
            if not done:
                time.sleep(0.02)
    finally:
        for job in running:
            job.close()
            _let_go(job.picture)


def _claimed() -> Picture | None:
    """Claim the picture that waits longest, or return None where nothing waits that others have not claimed."""
    while True:
        now = timezone.now()
        free = Q(copies_claimed_until__isnull=True) | Q(copies_claimed_until__lte=now)
        picture = due().filter(free).prefetch_related("crops").first()
        if picture is None:
            return None
        mine = Picture.objects.filter(free, pk=picture.pk, copies_due_at=picture.copies_due_at)
        if mine.update(copies_claimed_until=now + LEASE):
            picture.copies_claimed_until = now + LEASE
            return picture


def _begin(picture: Picture, running: list[Job], made: Made) -> None:
    folder = Folder()
    try:
        child = Child("copies", _fetched(picture, folder.path), folder.path, order_of(picture), SECONDS)
    except FileNotFoundError:
        folder.remove()
        _trouble(picture, LOST, made)
    except away():
        folder.remove()
        _postpone(picture, made)
    else:
        running.append(Job(picture, folder, child))


def order_of(picture: Picture) -> dict[str, Any]:
    """Return what the bounded process is told: the part of the picture each slot shows, and who made it."""
    width, height = picture.width or 0, picture.height or 0
    focal = None if picture.focal_x is None or picture.focal_y is None else (picture.focal_x, picture.focal_y)
    boxes = {slot: geometry.box(slot, width, height, focal) for slot in geometry.SLOTS}
    boxes |= {one.slot: (one.left, one.top, one.width, one.height) for one in picture.crops.all()}
    return {
        "size": [width, height],
        "boxes": boxes,
        "formats": FORMATS,
        "creator": picture.creator,
        "credit": picture.credit,
        "copyright": picture.copyright,
    }


def _fetched(picture: Picture, folder: Path) -> Path:
    """Return where the original lies on this machine, copied from its store if that is elsewhere."""
    name = str(picture.original.name)
    try:
        here = Path(originals().path(name))
    except NotImplementedError:
        here = folder / "original"
        with originals().open(name, "rb") as kept, here.open("wb") as copy:
            shutil.copyfileobj(kept, copy)
    if not here.exists():
        raise FileNotFoundError(here)
    return here


def _finish(job: Job, made: Made) -> None:
    """Keep what was made, or write down why nothing was."""
    try:
        copies = job.child.result()["copies"]
        if keeping.keep(job.picture, copies, job.folder.path):
            made.count += 1
            _look_again(job, copies)
    except TooBusy:
        _postpone(job.picture, made, NO_TIME)
    except NotTaken as refused:
        _trouble(job.picture, refused.reason, made)
    except away():
        _postpone(job.picture, made)
    finally:
        job.close()


def _look_again(job: Job, copies: list[dict[str, Any]]) -> None:
    """Complete the likeness of a picture that was taken in before colours were part of it, from its smallest whole copy."""
    if likeness.is_whole(job.picture.likeness):
        return
    smallest = min(int(copy["width"]) for copy in copies if copy["slot"] == "whole")
    with Image.open(job.folder.path / f"whole-{smallest}.jpg") as copy:
        alike.renew(job.picture, likeness.likeness(copy))


def _trouble(picture: Picture, why: str, made: Made) -> None:
    """Say why there are no new copies. It is not tried again until somebody asks for it: the file will not get better."""
    made.troubled += 1
    keeping.as_claimed(picture).update(
        copies_due_at=None, copies_claimed_until=None, copies_trouble=why[:300]
    )


def _postpone(picture: Picture, made: Made, why: str = STORE_AWAY) -> None:
    """Leave a picture due whose file could not be fetched, read or stored now, and keep off it for a while."""
    _log.warning("The copies of %s were put off: %s", picture, why, exc_info=True)
    made.troubled += 1
    keeping.as_claimed(picture).update(copies_claimed_until=timezone.now() + LEASE, copies_trouble=why)


def _let_go(picture: Picture) -> None:
    keeping.as_claimed(picture).update(copies_claimed_until=None)


def _sweep() -> None:
    """Take away the folders of processes that were killed: those that nobody holds any more."""
    old = time.time() - 2 * SECONDS
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            held = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if folder.stat().st_mtime < old:
                    shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(held)
