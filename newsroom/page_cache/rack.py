"""What all workers of a server have standing together: records in a file without a name, which the last one to end takes with it.

A ring: what is newest is written over what is oldest. A table in memory that all of them share says where in the file the
record of a name begins. A reader believes neither: each record has its name in it and a digest, so one that is being written
over, or whose place another took, is not there.
"""

import fcntl
import hashlib
import mmap
import os
import pickle
import tempfile
import threading
import weakref
from pathlib import Path
from typing import Any

# Records begin at multiples of so many bytes, and none is larger than this share of the room.
GRAIN, LARGEST = 64, 0.01
# One place in the table for so many bytes of the file, so many of them to look at for a name.
A_PLACE, TOGETHER = 2_048, 4
_DIGEST = 8
# A place is one word: 16 bits of the name's digest, 16 for the length and 32 for the beginning, both in grains.
_LENGTHS = (1 << 16) - 1


class Rack:
    """Records by name in at most `room` bytes of disk. Made before workers are forked it is theirs together; else one's own."""

    def __init__(self, room: int, folder: Path) -> None:
        self._grains = room // GRAIN
        self._groups = max(1, room // (A_PLACE * TOGETHER))
        with tempfile.TemporaryFile(dir=folder) as file:
            self._opened = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._opened)
        # The first word is where the ring goes on.
        self._words = memoryview(mmap.mmap(-1, 8 * (1 + self._groups * TOGETHER))).cast("Q")
        # A lock on a file is a process's: its threads need one of their own.
        self._writing = threading.Lock()

    def get(self, name: bytes) -> Any:
        """Return what was put under a name; None where it is not there any more."""
        digest = _digest(name)
        mark, first = self._place(digest)
        for at in range(first, first + TOGETHER):
            word = self._words[at]
            if word and word >> 48 == mark:
                record = os.pread(self._opened, (word >> 32 & _LENGTHS) * GRAIN, (word & 0xFFFF_FFFF) * GRAIN)
                found = _read(record, name)
                if found is not None:
                    return found
        return None

    def has(self, name: bytes) -> bool:
        """Say whether a name has a place, without looking whether its record still stands there."""
        mark, first = self._place(_digest(name))
        return any(word and word >> 48 == mark for word in self._words[first : first + TOGETHER])

    def put(self, name: bytes, value: Any) -> bool:
        """Keep a value under a name; return whether it was: not where it is too large, or nothing that can be pickled."""
        try:
            body = pickle.dumps((name, value), protocol=pickle.HIGHEST_PROTOCOL)
        except (pickle.PicklingError, AttributeError, TypeError):
            return False
        record = _digest(body) + len(body).to_bytes(4, "little") + body
        grains = -(-len(record) // GRAIN)
        if grains > min(_LENGTHS, self._grains * LARGEST):
            return False
        mark, first = self._place(_digest(name))
        with self._writing:
            fcntl.lockf(self._opened, fcntl.LOCK_EX)
            try:
                begin = self._words[0]
                if begin + grains > self._grains:
                    begin = 0
                self._words[0] = begin + grains
                os.pwrite(self._opened, record, begin * GRAIN)
                self._words[self._free(mark, first, begin)] = mark << 48 | grains << 32 | begin
            finally:
                fcntl.lockf(self._opened, fcntl.LOCK_UN)
        return True

    def _place(self, digest: bytes) -> tuple[int, int]:
        """Return the mark of a name and the first of its places in the table."""
        number = int.from_bytes(digest, "little")
        return number >> 48, 1 + (number & 0xFFFF_FFFF) % self._groups * TOGETHER

    def _free(self, mark: int, first: int, begin: int) -> int:
        """Return the place for a new record: that of its name, an empty one, or the one that is written over first."""
        places = range(first, first + TOGETHER)
        for at in places:
            if self._words[at] >> 48 == mark:
                return at
        return min(
            places,
            key=lambda at: (
                ((self._words[at] & 0xFFFF_FFFF) - begin) % self._grains if self._words[at] else -1
            ),
        )


def _digest(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=_DIGEST).digest()


def _read(record: bytes, name: bytes) -> Any:
    """Return the value of a record; None where it is another's, or not whole."""
    length = int.from_bytes(record[_DIGEST : _DIGEST + 4], "little")
    body = record[_DIGEST + 4 : _DIGEST + 4 + length]
    if len(body) != length or _digest(body) != record[:_DIGEST]:
        return None
    # The file has no name: nobody but this server's own processes has ever written to it.
    held, value = pickle.loads(body)  # noqa: S301
    return value if held == name else None
