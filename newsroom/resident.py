"""Keeps small what a process holds of files that it has mapped: they are in the system's memory anyway, once for all."""

import ctypes
import os
import re
from contextlib import suppress
from pathlib import Path

_MAPPED = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r--\S* \S+ \S+ \S+ +(\S.*)")
_STATM, _MAPS = Path("/proc/self/statm"), Path("/proc/self/maps")
_DONT_NEED = 4
# What was resident of files when it was last let go: programs and libraries, which stay.
_least: list[int] = []


def of_files() -> int:
    """Return how many bytes of mapped files stand in this process's memory, 0 where the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        return int(_STATM.read_text().split()[2]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def let_go(folder: str, most: int) -> bool:
    """Let go of the mapped files below `folder` where more than `most` bytes of them stand here; return whether it was done.

    Nothing is lost: who reads on gets each page back from the system, in a microsecond while it keeps it.
    """
    now = of_files()
    if not _least:
        _least.append(now)
    if now - _least[0] <= most:
        return False
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        for begins, ends, path in _MAPPED.findall(_MAPS.read_text()):
            if path.startswith(folder):
                start = int(begins, 16)
                libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(int(ends, 16) - start), _DONT_NEED)
    _least[0] = of_files()
    return True
