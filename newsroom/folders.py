"""Walks folders that strangers packed and opens their files safely: what cannot be read comes with the reason, never a hang."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

LONGEST_NAME = 500


class Unopened(Exception):
    """A file was not opened; the message is a sentence for whoever named it."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file below what was named; `refusal` says why it is not to be read, "" where it is."""

    path: str
    refusal: str = ""

    @property
    def name(self) -> str:
        """Return the path as it can be printed and kept, whatever bytes are in it."""
        return printable(self.path)


def printable(path: str) -> str:
    """Return a path in characters that show: what is no UTF-8 or a control character is escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    shown = "".join(
        letter if letter.isprintable() or letter == " " else repr(letter)[1:-1] for letter in text
    )
    return shown if len(shown) <= LONGEST_NAME else "…" + shown[1 - LONGEST_NAME :]


def files_under(paths: Sequence[str], *, leave_out: str = "") -> Iterator[Found]:
    """Yield every file of `paths` in order, folders walked to the bottom, each folder's names sorted.

    Hidden files, and links that lead out of what was named, come with a refusal; `leave_out`, the run's own report,
    does not come.
    """
    roots = [os.path.realpath(path) for path in paths]
    own = os.path.realpath(leave_out) if leave_out else ""
    waiting = [(path, True) for path in reversed(paths)]
    while waiting:
        path, is_named = waiting.pop()
        refusal = _refusal(path, roots, is_named=is_named)
        if not refusal and os.path.isdir(path):
            try:
                names = sorted(os.listdir(path), key=os.fsencode, reverse=True)
            except OSError as problem:
                refusal = (
                    f"The folder cannot be opened ({_why(problem)}). Allow reading it and import it again."
                )
            else:
                waiting += [(os.path.join(path, name), False) for name in names]
                continue
        if not own or os.path.realpath(path) != own:
            yield Found(path, refusal)


def open_file(path: str, *, cap: int, what: str = "A file", advice: str = "") -> BinaryIO:
    """Open an ordinary file of at most `cap` bytes; raises `Unopened`. A pipe or a device is never waited for.

    `what` and `advice` are put into the sentence about a file that is too large.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as problem:
        raise Unopened(gone(problem)) from problem
    opened = os.fdopen(handle, "rb")
    about = os.fstat(opened.fileno())
    wrong = ""
    if not stat.S_ISREG(about.st_mode):
        wrong = "It is no ordinary file (a pipe, a socket or a device). Put the file itself here."
    elif about.st_size > cap:
        wrong = f"The file has {about.st_size:,} bytes and {what} may have at most {cap:,}. {advice}".strip()
    if wrong:
        opened.close()
        raise Unopened(wrong)
    return opened


def gone(problem: OSError) -> str:
    """Return the sentence about a file that could not be read."""
    if isinstance(problem, FileNotFoundError):
        return "The file was gone when it was to be read. Look where it went and import it again."
    return f"The file cannot be read ({_why(problem)}). Allow reading it and import it again."


def _refusal(path: str, roots: Sequence[str], *, is_named: bool) -> str:
    """Return why a path is passed over, "" where it is not; what was named on the command line is taken as it is."""
    try:
        about = os.lstat(path)
    except OSError as problem:
        return gone(problem)
    except ValueError:
        return (
            "Its name holds a NUL character, which no file can be opened by. Rename it and import it again."
        )
    if is_named:
        return ""
    if os.path.basename(path).startswith("."):
        return "Its name begins with a dot, so it is hidden and was passed over. Rename it to import it."
    return _link_refusal(path, roots) if stat.S_ISLNK(about.st_mode) else ""


def _link_refusal(path: str, roots: Sequence[str]) -> str:
    target = os.path.realpath(path)
    if not os.path.exists(target):
        return "It is a link to a file that is not there. Put the file itself here."
    if not any(target == root or target.startswith(root + os.sep) for root in roots):
        return "It is a link that leads outside the folder, and was not followed. Put the file itself here."
    if os.path.isdir(target):
        return "It is a link to a folder that is imported itself, and was not followed."
    return ""


def _why(problem: OSError) -> str:
    return (problem.strerror or "no reason given").lower()
