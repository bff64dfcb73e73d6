"""Finds the files of a saved archive and opens them safely: what cannot be read comes with the reason, never a hang."""

import json
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.importing.reading import CAP, Unreadable
from articles.prose import without_controls

PAGES = (".txt", ".html", ".htm", ".text", ".xhtml")
LONGEST_NAME = 500
_SIDECAR_CAP = 1_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the archive; `refusal` says why it is not to be read, "" where it is."""

    path: str
    refusal: str = ""

    @property
    def name(self) -> str:
        """Return the path as it can be printed and kept, whatever bytes are in it."""
        return printable(self.path)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's bytes, the address its sidecar gives (None without one), and what is wrong with the sidecar."""

    raw: bytes
    address: str | None
    doubt: str = ""


def printable(path: str) -> str:
    """Return a path in characters that show: what is no UTF-8 or a control character is escaped."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    shown = "".join(
        letter if letter.isprintable() or letter == " " else repr(letter)[1:-1] for letter in text
    )
    return shown if len(shown) <= LONGEST_NAME else "…" + shown[1 - LONGEST_NAME :]


def files_under(paths: Sequence[str], *, leave_out: str = "") -> Iterator[Found]:
    """Yield every file of `paths` in order, folders walked to the bottom, each folder's names sorted.

    Sidecars belong to their page and are not yielded; nor is `leave_out`, the run's own report.
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
        if not refusal and path.lower().endswith(".json"):
            if _page_beside(path):
                continue
            refusal = (
                "No page stands beside it: a .json file gives the address of the .txt or .html of its name."
            )
        if not own or os.path.realpath(path) != own:
            yield Found(path, refusal)


def _refusal(path: str, roots: Sequence[str], *, is_named: bool) -> str:
    """Return why a path is passed over, "" where it is not; what was named on the command line is taken as it is."""
    try:
        about = os.lstat(path)
    except OSError as problem:
        return _gone(problem)
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


def _page_beside(path: str) -> bool:
    stem = path[: -len(".json")]
    return any(os.path.isfile(stem + ending) for ending in PAGES)


def open_page(path: str, *, name: str, cap: int = CAP) -> Opened:
    """Return the bytes of a page and its sidecar's address; raises `Unreadable` with the reason.

    A file over `cap` bytes is not read at all, and what is no regular file is never waited for.
    """
    raw = _bytes(path, name, cap)
    stem, ending = os.path.splitext(path)
    beside = f"{stem}.json"
    if ending.lower() == ".json" or not os.path.lexists(beside):
        return Opened(raw, None)
    try:
        stated = json.loads(_bytes(beside, name, _SIDECAR_CAP))
    except (Unreadable, ValueError, RecursionError):
        return Opened(
            raw, None, f"{printable(Path(beside).name)} beside it is no JSON, so its address is not known."
        )
    url = stated.get("url") if isinstance(stated, dict) else None
    if not isinstance(url, str) or not url.strip():
        return Opened(
            raw, None, f"{printable(Path(beside).name)} beside it has no “url”, so its address is not known."
        )
    return Opened(raw, without_controls(url.strip()))


def _bytes(path: str, name: str, cap: int) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except OSError as problem:
        raise Unreadable(_gone(problem), file=name) from problem
    with os.fdopen(handle, "rb") as opened:
        about = os.fstat(opened.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable(
                "It is no ordinary file (a pipe, a socket or a device). Put the saved page here.", file=name
            )
        if about.st_size > cap:
            raise Unreadable(
                f"The file has {about.st_size:,} bytes and a saved page may have at most {cap:,}. "
                "Check that it is one page; split it if it holds several.",
                file=name,
            )
        try:
            return opened.read(cap + 1)
        except OSError as problem:
            raise Unreadable(_gone(problem), file=name) from problem


def _gone(problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError):
        return "The file was gone when it was to be read. Look where it went and import it again."
    return f"The file cannot be read ({_why(problem)}). Allow reading it and import it again."


def _why(problem: OSError) -> str:
    return (problem.strerror or "no reason given").lower()
