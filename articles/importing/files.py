"""Finds the pages of a saved archive with the sidecars beside them; what cannot be read comes with the reason, never a hang."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.importing.reading import CAP, Unreadable
from articles.prose import without_controls
from newsroom import folders
from newsroom.folders import Found, printable

__all__ = ["PAGES", "Found", "Opened", "files_under", "open_page", "printable"]

PAGES = (".txt", ".html", ".htm", ".text", ".xhtml")
_SIDECAR_CAP = 1_000_000


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's bytes, the address its sidecar gives (None without one), and what is wrong with the sidecar."""

    raw: bytes
    address: str | None
    doubt: str = ""


def files_under(paths: Sequence[str], *, leave_out: str = "") -> Iterator[Found]:
    """Yield every file of `paths` in order, folders walked to the bottom, each folder's names sorted.

    Sidecars belong to their page and are not yielded; nor is `leave_out`, the run's own report.
    """
    for found in folders.files_under(paths, leave_out=leave_out):
        if found.refusal or not found.path.lower().endswith(".json"):
            yield found
        elif not _page_beside(found.path):
            yield Found(
                found.path,
                "No page stands beside it: a .json file gives the address of the .txt or .html of its name.",
            )


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
        with folders.open_file(
            path,
            cap=cap,
            what="a saved page",
            advice="Check that it is one page; split it if it holds several.",
        ) as opened:
            return opened.read(cap + 1)
    except folders.Unopened as unopened:
        raise Unreadable(str(unopened), file=name) from unopened
    except OSError as problem:
        raise Unreadable(folders.gone(problem), file=name) from problem
