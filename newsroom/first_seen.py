"""Remembers since when an address has been answered with the bytes it is answered with now: what Last-Modified says."""

import hashlib
import mmap
import struct
import zlib

# Two megabytes that every worker of the server shares: they are made before it forks.
SLOTS = 65_536
# How many addresses share a shelf of the table: one that comes too many takes the place of another.
SHELF = 8
_ROW = struct.Struct("<8s8sdI")
_NOBODY = bytes(8)


class FirstSeen:
    """A table of fixed size, address by address: a digest of the last answer, and since when it is that.

    It needs no lock: a row that two processes wrote at once, or that another address took, counts as unknown. What is
    forgotten is only a date to look at; nothing is ever judged to be fresh by it.
    """

    def __init__(self, slots: int = SLOTS) -> None:
        self._shelves = max(1, slots // SHELF)
        self._rows = mmap.mmap(-1, self._shelves * SHELF * _ROW.size)

    def since(self, address: str, etag: str, *, now: float, known: float | None = None) -> float:
        """Return since when `address` is answered as it is now, in seconds since 1970, never later than `now`.

        `known` is when what is shown last changed by its own dates, where a page has any. It is taken for an answer
        that was not seen before. If the answer is another one than the last, the moment goes forward in any case:
        when a story is withdrawn, the newest date on a list goes back.
        """
        key = hashlib.blake2b(address.encode("utf-8", "replace"), digest_size=8).digest()
        answer = hashlib.blake2b(etag.encode(), digest_size=8).digest()
        told = now if known is None else min(known, now)
        place, last = self._find(key)
        if last is not None:
            was, since = last
            if was == answer and since <= now:
                return since
            if told <= since:
                told = now
        self._write(place, key, answer, told)
        return told

    def _find(self, key: bytes) -> tuple[int, tuple[bytes, float] | None]:
        """Return where the row of an address is, or is to be, and what it says."""
        number = int.from_bytes(key, "little")
        first = number % self._shelves * SHELF
        free = None
        for place in range(first, first + SHELF):
            held, answer, since, check = self._read(place)
            if held == key and check == _check(held, answer, since):
                return place, (answer, since)
            if free is None and held == _NOBODY:
                free = place
        return first + number // self._shelves % SHELF if free is None else free, None

    def _read(self, place: int) -> tuple[bytes, bytes, float, int]:
        held, answer, since, check = _ROW.unpack_from(self._rows, place * _ROW.size)
        return held, answer, since, check

    def _write(self, place: int, key: bytes, answer: bytes, since: float) -> None:
        row = _ROW.pack(key, answer, since, _check(key, answer, since))
        self._rows[place * _ROW.size : (place + 1) * _ROW.size] = row


def _check(key: bytes, answer: bytes, since: float) -> int:
    return zlib.crc32(key + answer + struct.pack("<d", since))
