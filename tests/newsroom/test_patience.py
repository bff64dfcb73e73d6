"""A connection goes to the worker that has fewest, as long as that one takes it."""

from types import SimpleNamespace

from newsroom.patience import LEFT_FOR, PatientWorker
from newsroom.server import Server


def worker(place, connections, shared):
    one = object.__new__(PatientWorker)
    one.place, one.nr_conns, one.open_at_each, one.left_since = place, connections, shared, None
    return one


def shared(*counts):
    """What each worker told: its connections and one more, 0 for a place that nobody has."""
    told = memoryview(bytearray(8 * len(counts))).cast("Q")
    for place, count in enumerate(counts):
        told[place] = count
    return told


def test_connection_is_left_to_a_worker_that_has_fewer(monkeypatch):
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    told = shared(4, 1, 0, 0)
    assert worker(0, 3, told)._is_left()
    assert not worker(1, 0, told)._is_left()
    assert not worker(0, 1, told)._is_left()


def test_connection_that_nobody_takes_is_taken(monkeypatch):
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    busy = worker(0, 9, shared(10, 1))
    assert busy._is_left()
    now += LEFT_FOR / 2
    assert busy._is_left()
    now += LEFT_FOR
    assert not busy._is_left()
    assert busy._is_left()


def test_worker_alone_takes_what_comes():
    assert not worker(0, 9, shared(10, 0))._is_left()
    assert not worker(0, 9, shared(0))._is_left()


def test_each_worker_has_a_place_of_its_own_and_one_that_came_back_is_counted_anew():
    server = object.__new__(Server)
    server._open_at_each = shared(5, 3, 7, 0)
    arbiter = SimpleNamespace(WORKERS={10: worker(0, 4, None), 12: worker(2, 6, None)})
    new = worker(None, 0, None)
    server._give_place(arbiter, new)
    assert (new.place, [*server._open_at_each]) == (1, [5, 0, 7, 0])
    full = SimpleNamespace(WORKERS={number: worker(number, 0, None) for number in range(4)})
    late = worker(0, 0, "its own")
    server._give_place(full, late)
    assert late.open_at_each == "its own"
