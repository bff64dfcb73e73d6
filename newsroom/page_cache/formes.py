"""Keeps pages locked up as they were set, and prints one again if the database answers all that it was set from as it did then.

A page asks the database a few questions and is made of the answers, its address and the day. So it is kept with its
questions and a hash of their answers; who asks for it has the questions put again, all of them, each time. Nothing
is good for a while, and nobody has to tell of a change: where a single letter of an answer is another, the page is set
anew. The present moment is put in anew at each asking; a page of which a question holds anything else of the clock
asks something else the second time, and is never kept. Once one page was seen to ask the same twice, others that ask
in the same words are kept when they are set first, if nothing was written to the database meanwhile.
"""

import re
import sqlite3
import sys
import threading
import time
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import Error
from django.utils import timezone

from newsroom import keyset
from newsroom.page_cache.asking import is_beside
from newsroom.page_cache.forme import NOW, NOW_IN_MICROS, Forme, Question
from newsroom.page_cache.shelf import Address, Kept, Shelf
from newsroom.page_cache.together import Together
from newsroom.prepared import adapted
from newsroom.statements import in_its_marks

# So long, in seconds, is a page printed from one setting that more than the database goes into; any other until the day is over.
LIFE, DAY = 300, 24 * 3600
# What takes the processor longer to ask, in seconds, is not asked by the thread that takes in everybody's requests.
AT_ONCE = 0.002
# How long a connection of our own stays open: a database that is put in another's place is noticed then.
CONNECTED = 60
# Readers wait for a writer only while the file is being mended after a crash; the page is set anew meanwhile.
BUSY = 0.1
_MOST_WORDINGS = 2_000
_READS = re.compile(r"[\s(]*(?:SELECT|WITH)\b")
_WRITES = re.compile(r"\b(?:INSERT|UPDATE|DELETE|MERGE)\b")
# Everything that went wrong in asking: then the site itself is asked, and says what it has to say.
_TROUBLE = (Error, sqlite3.Error)


@dataclass(slots=True)
class Setting:
    """A page as it is being set: what it asks, and what was answered before to what it asked last time."""

    before: Forme | None = None
    said: int | None = None
    written: Hashable | None = None
    asked: list[tuple[Any, Any, bool]] = field(default_factory=list)
    began: datetime | None = None
    days: tuple[date, date] = (date.min, date.min)


class Formes:
    """The pages that one worker has standing, in so many bytes of memory; beside them those that all have together."""

    def __init__(self, room: int, of: str, told: str = r"\Z.", together: Together | None = None) -> None:
        self._of, self._told = re.compile(of), re.compile(told)
        self._shelf: Shelf[Forme] = Shelf(room)
        self._together = together
        self._proven: set[int] = set()

    @property
    def are_shared(self) -> bool:
        """Say whether what one process sets stands for all."""
        return self._together is not None

    def takes(self, address: Address) -> bool:
        """Say whether the page of an address is made of nothing but the database, the address and the day."""
        return self._of.match(address[0]) is not None

    def must_be_told(self, address: Address) -> bool:
        """Say whether more than the database knew of goes into a page: then it is void, too, with what is announced."""
        return self._told.match(address[0]) is not None

    def again(self, address: Address, *, at_once: bool = False) -> Kept | None:
        """Return a page, if all that it was set from is as it was: as many questions as making it asks.

        `at_once`: only if to ask is known to take hardly any time, and waits for nobody.
        """
        mine, life = self._shelf.get(address), LIFE if self.must_be_told(address) else DAY
        if mine is not None and _is_good(mine, life, at_once=at_once):
            self._shelf.asked_again(address, mine)
            return mine.kept
        # Another worker may have set it, and later.
        theirs = self._together.get(address) if self._together else None
        if theirs is None or (mine is not None and mine.kept is not None and theirs.set_at <= mine.set_at):
            return None
        if not _is_good(theirs, life, at_once=at_once):
            return None
        self._prove(_wording(theirs.questions))
        self._shelf.put(address, theirs)
        return theirs.kept

    @contextmanager
    def setting(self, address: Address) -> Iterator[Setting]:
        """Listen to what a page asks while it is being set; ask what it asked last time beforehand."""
        mine = Setting()
        if not self.takes(address):
            yield mine
            return
        known = self._shelf.get(address) or (self._together.get(address) if self._together else None)
        if known is not None:
            mine.before, mine.said = known, _answers(known.questions)
        mine.written = _written()
        mine.began, mine.days = timezone.now(), days()

        def listen(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
            if not is_beside():
                mine.asked.append((sql, params, many))
            return execute(sql, params, many, context)

        with connections[DEFAULT_DB_ALIAS].execute_wrapper(listen):
            yield mine

    def lock_up(self, address: Address, kept: Kept, mine: Setting) -> None:
        """Keep what was set, if it is known to be good; else only what it asked.

        It is good if it asked what it asked the last time, at another moment, and that was answered alike before it was
        set and after. That proves its wording: another page of the same is good at once where nothing was written, and
        the moment at which its setting began is answered as that at which it was over.
        """
        questions = _questions(mine)
        if not questions or mine.began is None:
            return
        forme, before, wording = Forme(questions, timezone.now()), mine.before, _wording(questions)
        is_the_same = before is not None and before.asked_until < mine.began and before.questions == questions
        if is_the_same:
            self._prove(wording)
        if wording in self._proven:
            began = time.thread_time()
            said = _answers(questions)
            forme.took = time.thread_time() - began
            is_good = (is_the_same and mine.said == said) or (
                # Nothing was written, and no hour passed at which something begins or ends.
                _is_unwritten_since(mine.written) and _answers(questions, mine.began) == said
            )
            if said is not None and is_good:
                forme.said, forme.kept, forme.days, forme.set_at = said, kept, mine.days, time.time()
        self._shelf.put(address, forme)
        if self._together:
            self._together.put(address, forme)

    def _prove(self, wording: int) -> None:
        if len(self._proven) >= _MOST_WORDINGS:
            self._proven.clear()
        self._proven.add(wording)


def _is_good(forme: Forme, life: int, *, at_once: bool) -> bool:
    """Say whether all that a page was set from is as it was, for `life` seconds at most; `at_once` as in `Formes.again`."""
    if forme.kept is None or forme.days != days() or not 0 <= time.time() - forme.set_at < life:
        return False
    if at_once and forme.took > AT_ONCE:
        return False
    began = time.thread_time()
    if _answers(forme.questions, at_once=at_once) != forme.said:
        return False
    forme.took = time.thread_time() - began
    return True


def _wording(questions: Sequence[Question]) -> int:
    """Return what stands for the statements that make a page, and for where in them the present moment stands."""
    return hash(tuple((one.sql, *[type(each) is object for each in one.params]) for one in questions))


def _questions(mine: Setting) -> tuple[Question, ...]:
    """Return what was asked in setting a page; nothing where that cannot be asked again."""
    if mine.began is None or any(
        many or params is None or not _only_reads(sql) for sql, params, many in mine.asked
    ):
        return ()
    span = (mine.began, timezone.now())
    moments, micros = adapted(span), (keyset.micros(span[0]), keyset.micros(span[1]))
    kind = type(moments[0])

    def without_now(value: Any) -> Any:
        if type(value) is int:
            return NOW_IN_MICROS if micros[0] <= value <= micros[1] else value
        return NOW if type(value) is kind and moments[0] <= value <= moments[1] else value

    return tuple(
        Question(sys.intern(sql), tuple([without_now(one) for one in params]))
        for sql, params, _ in mine.asked
    )


def _spelt(moment: datetime) -> dict[object, Any]:
    return {NOW: adapted([moment])[0], NOW_IN_MICROS: keyset.micros(moment)}


@lru_cache(_MOST_WORDINGS)
def _only_reads(sql: Any) -> bool:
    return isinstance(sql, str) and _READS.match(sql) is not None and _WRITES.search(sql) is None


def days() -> tuple[date, date]:
    """Return the present day in the paper's zone and in UTC: every page is another with either."""
    now = timezone.now()
    return timezone.localdate(now), now.astimezone(UTC).date()


def _answers(
    questions: Sequence[Question], at: datetime | None = None, *, at_once: bool = False
) -> int | None:
    """Return what the database answers of a moment, the present one, as one number of 64 bits; None where it does not answer.

    Python's hash of a text is made with a key that each process draws for itself: nobody can aim at another's.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    moment = _spelt(at or timezone.now())
    try:
        if _has_a_file(connection):
            rows = _reader.answers(connection.settings_dict["NAME"], questions, moment, waits=not at_once)
            return None if rows is None else hash(tuple(rows))
        if at_once:
            return None
        found = []
        for one in questions:
            with connection.cursor() as cursor:
                cursor.execute(one.sql, one.at(moment))
                found.append(repr(cursor.fetchall()))
    except _TROUBLE:
        return None
    return hash(tuple(found))


def _written() -> Hashable | None:
    """Return what is another value once anything was committed to the database; None where that cannot be told."""
    connection = connections[DEFAULT_DB_ALIAS]
    try:
        if _has_a_file(connection):
            return _reader.version(connection.settings_dict["NAME"])
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # Whoever writes takes a number, which this counts, and gives it back at the end, which it lists.
                cursor.execute("SELECT pg_current_snapshot()::text")
                return str(cursor.fetchone()[0])
    except _TROUBLE:
        return None
    return None


def _is_unwritten_since(version: Hashable | None) -> bool:
    return version is not None and version == _written()


def _has_a_file(connection: Any) -> bool:
    """Say whether another connection sees what this one does: not what is in memory, or not committed."""
    return (
        connection.vendor == "sqlite" and not connection.in_atomic_block and not connection.is_in_memory_db()
    )


class _Reader:
    """One connection of a worker's own to the file of SQLite, which can only read: its pages in memory serve all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._until = 0.0

    def answers(
        self, name: Any, questions: Sequence[Question], moment: Mapping[object, Any], *, waits: bool
    ) -> list[Any] | None:
        """Return the rows as the file has them: to make dates of texts takes longer than to read them.

        None where somebody else is asking and this one does not wait.
        """
        found: list[Any] = []
        if not self._lock.acquire(blocking=waits):
            return None
        try:
            ours = self._opened(name)
            for one in questions:
                found += ours.execute(in_its_marks(one.sql), one.at(moment)).fetchall()
                found.append(one.sql)
        finally:
            self._lock.release()
        return found

    def version(self, name: Any) -> Hashable:
        """Return SQLite's own mark of what others committed, good for this one connection."""
        with self._lock:
            ours = self._opened(name)
            return self._until, ours.execute("PRAGMA data_version").fetchone()[0]

    def _opened(self, name: Any) -> sqlite3.Connection:
        """Return the connection, opened anew once a minute."""
        now = time.monotonic()
        if self._connection is None or now >= self._until:
            if self._connection is not None:
                self._connection.close()
            # Not before a worker has been forked: it is first asked in a request.
            self._connection = sqlite3.connect(
                f"file:{quote(str(name))}?mode=ro",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
                timeout=BUSY,
            )
            self._connection.executescript("PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY;")
            self._until = now + CONNECTED
        return self._connection


_reader = _Reader()


def ours() -> Formes | None:
    """Return the formes that the settings ask for."""
    if settings.PAGE_FORMES <= 0:
        return None
    together = Together.within(settings.PAGE_FORMES_TOGETHER * 2**20, settings.VAR_DIR)
    return Formes(settings.PAGE_FORMES * 2**20, settings.FORMES_OF, settings.FORMES_TOLD, together)
