"""Spreads work over processes and gives the results in the order of the tasks; for commands, never for a request.

A hand is a copy of this process as it was when the work began: what it was given to work with is there without being sent.
"""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, count, islice
from multiprocessing import active_children, get_context
from typing import Any, TypeVar

from django.core.management.base import CommandError
from django.db import connection, connections

Task = TypeVar("Task")
Done = TypeVar("Done")

# As many tasks are handed out ahead for each hand: enough that none waits, no more than memory holds.
AHEAD = 2
# Fewer tasks than that are done sooner than a hand has begun.
FEW = 2
# Among how many tasks all garbage is looked for once; after the others, among what is new.
ALL_AFTER = 16
_work: Callable[[Any], Any] | None = None


class Lost(CommandError):
    """A hand has ended before its work was done: a sentence for whoever gave the command."""

    def __init__(self) -> None:
        super().__init__(
            "One of the processes that share the work ended before it was done, perhaps because memory ran out. What was "
            "written until then stands whole; run the command again to go on."
        )


def available() -> int:
    """Return how many hands there are: one a processor, none where a transaction is open, of which they would see nothing."""
    if connection.in_atomic_block:
        return 0
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(
    work: Callable[[Task], Done], tasks: Iterable[Task], *, hands: int | None = None
) -> Generator[Done]:
    """Yield what `work` makes of each task, in order; without hands, or of hardly any tasks, in this process.

    `work` sees the tasks and what this process held when the first was handed out. Tasks are drawn when there is a hand for
    them, here, so that they may ask the database. Raises what `work` raised, and `Lost` where a hand died. Whoever stops
    before the end closes it, and the hands end with it.
    """
    many = available() if hands is None else hands
    every = iter(tasks)
    first = list(islice(every, FEW)) if many else []
    if len(first) < FEW:
        yield from map(work, chain(first, every))
        return
    global _work  # noqa: PLW0603 - how a copy of this process finds it
    _work = work
    # A connection belongs to one process: all hands are copied with the first task, while none is open.
    connections.close_all()
    others = set(active_children())
    with (
        _collecting_when_told(),
        ProcessPoolExecutor(many, mp_context=get_context("fork"), initializer=_begin) as pool,
    ):
        try:
            yield from _handed_out(pool, first, every, many * AHEAD)
        except BrokenProcessPool as broken:
            raise Lost from broken
        except BaseException:
            # Nobody waits any more for what is under way.
            for one in set(active_children()) - others:
                one.terminate()
            raise


def _handed_out(
    pool: ProcessPoolExecutor, first: Iterable[Any], every: Iterator[Any], most: int
) -> Generator[Any]:
    """Yield what the pool makes of the first tasks and of all others, of which at most so many are under way."""
    waiting: deque[Future[Any]] = deque()
    for task in first:
        waiting.append(pool.submit(_do, task))
    for task in islice(every, max(0, most - len(waiting))):
        waiting.append(pool.submit(_do, task))
    number = 0
    while waiting:
        done = waiting.popleft().result()
        for task in islice(every, 1):
            waiting.append(pool.submit(_do, task))
        yield done
        del done
        number += 1
        _look_for_garbage(number)


@contextmanager
def _collecting_when_told() -> Iterator[None]:
    """Look for garbage between two tasks, among what is new: to look at all there is again and again takes a tenth."""
    was_on = gc.isenabled()
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()


def _begin() -> None:
    # A Ctrl-C is for the command, which ends its hands itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _look_for_garbage(number: int) -> None:
    """Look among what is new since the last time, and now and then among all: what waits for its turn is not looked at each time."""
    gc.collect(2 if number % ALL_AFTER == 0 else 0)


_numbers = count()


def _do(task: Any) -> Any:
    if _work is None:
        raise RuntimeError("Nothing was said of what is to be done.")
    _look_for_garbage(next(_numbers))
    return _work(task)
