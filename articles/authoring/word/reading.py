"""Has a Word file read in a bounded process of its own, and gives what it holds."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from articles.authoring.word.refusing import EMPTY, LARGEST_FILE, NOT_SET_UP, TOO_BIG, TOO_MUCH, Refused
from newsroom import bounded

# For a file that waits and does nothing, and a machine that is very busy; processor time is bounded in `child`.
SECONDS = 40.0
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from articles.authoring.word import child; "
    "child.main(*sys.argv[2:])"
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a Word file holds. Of `blocks`, one is markup not yet cleaned, or a picture: {picture, alt, caption}.

    `pictures` are the pictures' files by their number, each with the ending that its kind has; `counts` says how many
    comments, footnotes, insertions, deletions and other notes there were.
    """

    headline: str
    standfirst: str
    blocks: list[Any]
    language: str
    stated_title: str
    author: str
    counts: dict[str, int]
    pictures: dict[int, tuple[Path, str]]


def is_set_up() -> bool:
    """Say whether the library that reads Word files is installed (requirements-docx.txt)."""
    return find_spec("mammoth") is not None


@contextmanager
def opened(raw: bytes, *, language: str = "") -> Iterator[Read]:
    """Give what a Word file holds, its pictures in a folder that goes when the block ends; `language` is the story's.

    Raises `Refused` with a sentence for whatever is no whole Word file within the limits.
    """
    if not is_set_up():
        raise Refused(NOT_SET_UP)
    if not raw:
        raise Refused(EMPTY)
    if len(raw) > LARGEST_FILE:
        raise Refused(TOO_BIG)
    with tempfile.TemporaryDirectory(prefix="newsroom-word-") as name:
        folder = Path(name)
        (folder / "original").write_bytes(raw)
        yield _read(folder, language)


def _read(folder: Path, language: str) -> Read:
    arguments = [str(folder / "original"), str(folder), json.dumps({"language": language})]
    try:
        found = bounded.Child(START, arguments, folder, seconds=SECONDS).waited()
    except bounded.Died as died:
        raise Refused(TOO_MUCH) from died
    if "refused" in found:
        raise Refused(str(found["refused"]))
    return Read(
        headline=found["headline"],
        standfirst=found["standfirst"],
        blocks=found["blocks"],
        language=found["language"],
        stated_title=found["title"],
        author=found["author"],
        counts=found["counts"],
        pictures={
            number: (folder / f"picture-{number}", ending) for number, ending in enumerate(found["kinds"], 1)
        },
    )
