"""A rack gives back what was put there last under a name, or nothing; whatever was written over since, and by whichever process."""

import os
import random

import pytest

from newsroom.page_cache import rack as racks
from newsroom.page_cache.rack import GRAIN, Rack


def filled(rack, times, names, rng):
    """Put values of many lengths under few names; return what was put last under each, in their order."""
    last = {}
    for number in range(times):
        name = rng.choice(names)
        value = (number, "x" * rng.randrange(3_000))
        assert rack.put(name, value)
        last.pop(name, None)
        last[name] = value
    return last


@pytest.mark.parametrize("seed", range(5))
def test_what_is_there_is_what_was_put_last_and_the_newest_is_there(tmp_path, seed):
    rng = random.Random(seed)
    names = [f"/story/{number}/?".encode() for number in range(400)]
    rack = Rack(2**19, tmp_path)
    for _ in range(6):
        last = filled(rack, 300, names, rng)
        found = {name: rack.get(name) for name in last}
        assert all(one is None or one == last[name] for name, one in found.items())
        # A ring of half a megabyte holds more than a hundred of these.
        newest = [*last][-100:]
        assert sum(found[name] is not None for name in newest) >= 90
    assert rack.get(b"/never/?") is None
    assert not rack.has(b"/never/?")


def test_record_that_is_being_written_over_is_not_there(tmp_path):
    rack = Rack(2**19, tmp_path)
    rack.put(b"/a/?", "what was said")
    assert rack.get(b"/a/?") == "what was said"
    os.pwrite(rack._opened, b"x", 20)
    assert rack.has(b"/a/?")
    assert rack.get(b"/a/?") is None


def test_name_whose_place_another_has_is_not_taken_for_it(tmp_path, monkeypatch):
    monkeypatch.setattr(Rack, "_place", lambda self, digest: (7, 1))
    rack = Rack(2**19, tmp_path)
    rack.put(b"/a/?", "a")
    rack.put(b"/b/?", "b")
    assert (rack.get(b"/a/?"), rack.get(b"/b/?")) == (None, "b")


def test_what_is_too_large_or_nothing_to_be_written_down_is_not_put(tmp_path):
    rack = Rack(2**19, tmp_path)
    assert not rack.put(b"/a/?", "x" * int(2**19 * racks.LARGEST))
    assert not rack.put(b"/a/?", lambda: None)
    assert rack.put(b"/a/?", "x" * (int(2**19 * racks.LARGEST) - 2 * GRAIN))


def test_processes_that_were_forked_have_one_rack_together(tmp_path):
    rack = Rack(2**19, tmp_path)
    rack.put(b"/parent/?", "parent")
    child = os.fork()
    if child == 0:
        is_right = rack.get(b"/parent/?") == "parent" and rack.put(b"/child/?", "child")
        os._exit(0 if is_right else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert rack.get(b"/child/?") == "child"
    assert [*tmp_path.iterdir()] == []
