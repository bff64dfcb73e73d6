"""Of mapped files a process holds no more than it is let; what it lets go of is there when it is read again."""

import mmap
import sys

import pytest

from newsroom import resident

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell what is mapped")
SIZE = 16 << 20


def mapped(folder):
    file = folder / "words"
    file.write_bytes(bytes(range(256)) * (SIZE // 256))
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ)


def test_mapped_files_are_let_go_of_where_they_grow_beyond_what_is_allowed(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    held = mapped(tmp_path / "one")
    resident.let_go(str(tmp_path / "one"), 0)
    first = bytes(held)
    full = resident.of_files()
    assert not resident.let_go(str(tmp_path / "one"), 4 * SIZE)
    assert resident.of_files() >= full
    assert resident.let_go(str(tmp_path / "other"), SIZE // 2)
    assert resident.of_files() > full - SIZE // 2
    before = mapped(tmp_path / "other")
    assert bytes(before) == first
    both = resident.of_files()
    assert resident.let_go(str(tmp_path / "one"), SIZE // 2)
    assert resident.of_files() < both - SIZE // 2
    assert bytes(held) == first
