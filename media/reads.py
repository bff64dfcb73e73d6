"""How often readers see a picture: counted in memory, written every few seconds by a thread, never while a reader waits.

Nothing about a reader is kept: a number a picture, for the order of the desk's work lists. A process that is killed
takes the counts of its last seconds with it.
"""

import atexit
import logging
import os
import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.db import Error, connections, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from media.models import Picture
from newsroom.page_cache.asking import each_time

# Pictures counted at once: beyond these, nothing new is counted until the database has taken what there is.
MOST = 20_000
BATCH = 100
# The thread may hold back a server that ends for so long, in seconds.
PATIENCE = 3
# What calls itself one of these is no person reading.
CRAWLER = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|archiver|facebookexternalhit|feedfetcher|mediapartners|"
    r"lighthouse|pingdom|uptime|monitor|validator|wget|curl/|libwww|python-|headless",
    re.IGNORECASE,
)
_log = logging.getLogger(__name__)


class _Tally:
    """The counts of one process and the thread that writes them, begun by the first reader."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.counts: Counter[str] = Counter()
        self.thread: threading.Thread | None = None
        self.ending = threading.Event()

    def add(self, media_ids: Iterable[str]) -> None:
        with self.lock:
            for media_id in media_ids:
                if media_id in self.counts or len(self.counts) < MOST:
                    self.counts[media_id] += 1
            if self.thread is None and settings.READS_WRITTEN_EVERY:
                self.thread = threading.Thread(target=self.run, name="reads", daemon=True)
                self.thread.start()

    def take(self) -> Counter[str]:
        with self.lock:
            taken, self.counts = self.counts, Counter()
        return taken

    def give_back(self, counts: Counter[str]) -> None:
        with self.lock:
            for media_id, seen in counts.items():
                if media_id in self.counts or len(self.counts) < MOST:
                    self.counts[media_id] += seen

    def run(self) -> None:
        is_last = False
        while not is_last:
            is_last = self.ending.wait(settings.READS_WRITTEN_EVERY)
            try:
                flush()
            except Exception:  # noqa: BLE001 - whatever it was, the next readers are counted
                _log.exception("How often pictures were read could not be written.")
            finally:
                # The thread's own: no reader's connection is among them.
                connections.close_all()


_tally = _Tally()


def note(media_ids: Iterable[str]) -> None:
    """Count one reader's look at each of these pictures. Touches no database."""
    _tally.add([media_id for media_id in media_ids if media_id])


def note_read(request: HttpRequest, media_ids: Iterable[str | None]) -> None:
    """Count what an answer shows to a person, each time it is given: to a GET that no crawler makes, nor a browser ahead of time."""
    shown = [media_id for media_id in media_ids if media_id]
    if shown:
        each_time(request, partial(_note_asked, shown))


def _note_asked(media_ids: list[str], asked: Mapping[str, Any]) -> None:
    if asked["REQUEST_METHOD"] != "GET" or CRAWLER.search(asked.get("HTTP_USER_AGENT", "")):
        return
    if "prefetch" not in asked.get("HTTP_SEC_PURPOSE", asked.get("HTTP_PURPOSE", "")):
        note(media_ids)


def flush() -> int:
    """Write what was counted, and return how many looks that was; what cannot be written is kept for the next time."""
    left = _tally.take()
    written = 0
    names = sorted(left)
    try:
        for start in range(0, len(names), BATCH):
            batch = names[start : start + BATCH]
            _write({media_id: left[media_id] for media_id in batch})
            for media_id in batch:
                written += left.pop(media_id)
    except Error as away:
        _log.warning("How often pictures were read could not be written, and will be tried again: %s", away)
    finally:
        _tally.give_back(left)
    return written


def _write(counts: dict[str, int]) -> None:
    """Add these counts in one transaction, an UPDATE a picture; a merged number counts for the picture in force."""
    rows = Picture.objects.filter(media_id__in=counts).values_list("media_id", Coalesce("alias_of_id", "pk"))
    seen: Counter[int] = Counter()
    for media_id, key in rows:
        seen[key] += counts[str(media_id)]
    with transaction.atomic():
        # In one order in every process, so that none waits for one that waits for it.
        for key, number in sorted(seen.items()):
            Picture.objects.filter(pk=key).update(reads=F("reads") + number)


def end() -> None:
    """Let the thread write what is left, and wait for it a little: for a server that ends."""
    thread = _tally.thread
    _tally.ending.set()
    if thread is not None and thread.is_alive():
        thread.join(PATIENCE)


def _begin_anew() -> None:
    """Start from nothing in a forked process: the counts, the lock and the thread are its parent's."""
    global _tally  # noqa: PLW0603 - one tally a process
    _tally = _Tally()


os.register_at_fork(after_in_child=_begin_anew)
atexit.register(end)
