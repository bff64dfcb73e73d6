"""Spreads work over processes and gives the results in the order of the tasks; for commands, never for a request.

A hand is a copy of this process as it was when the work began: what it was given to work with is there without being sent.
"""

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import Any, TypeVar

from django.db import connection, connections

Task = TypeVar("Task")
Done = TypeVar("Done")

# As many tasks are handed out ahead for each hand: enough that none waits, no more than memory holds.
AHEAD = 2
_work: Callable[[Any], Any] | None = None


def available() -> int:
    """Return how many hands there are: one a processor, none where a transaction is open, of which they would see nothing."""
    if connection.in_atomic_block:
        return 0
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(
    work: Callable[[Task], Done], tasks: Iterable[Task], *, hands: int | None = None
) -> Iterator[Done]:
    """Yield what `work` makes of each task, in order; without hands in this process.

    `work` sees the tasks and what this process held when the first was handed out. Tasks are drawn when there is a hand for
    them, here, so that they may ask the database. Raises what `work` raised.
    """
    count = available() if hands is None else hands
    if count < 1:
        yield from map(work, tasks)
        return
    every = iter(tasks)
    first = list(islice(every, 1))
    if not first:
        return
    global _work  # noqa: PLW0603 - how a copy of this process finds it
    _work = work
    # A connection belongs to one process: all hands are copied with the first task, while none is open.
    connections.close_all()
    with (
        _collecting_when_told(),
        ProcessPoolExecutor(count, mp_context=get_context("fork"), initializer=_begin) as pool,
    ):
        waiting: deque[Future[Any]] = deque()
        try:
            waiting.append(pool.submit(_do, first[0]))
            for task in islice(every, count * AHEAD - 1):
                waiting.append(pool.submit(_do, task))
            while waiting:
                done = waiting.popleft().result()
                for task in islice(every, 1):
                    waiting.append(pool.submit(_do, task))
                yield done
                del done
                gc.collect()
        finally:
            for left in waiting:
                left.cancel()


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


def _do(task: Any) -> Any:
    if _work is None:
        raise RuntimeError("Nothing was said of what is to be done.")
    gc.collect()
    return _work(task)
