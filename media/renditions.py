"""Has a picture decoded in a bounded process of its own, and keeps its original and the readers' copies."""

import hashlib
import logging
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File

from media.bounded import Child, NotTaken
from media.models import Picture, Rendition, originals, renditions
from media.models.stores import away

LARGEST_FILE = 40 * 1024 * 1024
_CHUNK = 1024 * 1024
_log = logging.getLogger(__name__)

__all__ = [
    "EMPTY",
    "LARGEST_FILE",
    "TOO_BIG",
    "Copy",
    "Decoded",
    "NotTaken",
    "decoded",
    "name_of",
    "save_rows",
    "stored",
]

EMPTY = "The file is empty. Check where it came from and upload it again."
TOO_BIG = (
    f"The file is larger than {LARGEST_FILE // 1024**2} MB. Save it smaller, or as JPEG, and upload that."
)


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy for readers: where it lies for the moment, and its size in pixels."""

    file: Path
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a file holds, read to its end: SHA-256 (hex), size upright, what it says of itself, the copies made of it.

    `said` is all that the file states, by the newsroom's names (`decoding.said.fields`); `disagreements` are where
    its blocks contradict each other; `likeness` is for finding pictures that look alike (`media.likeness`).
    """

    file: Path
    digest: str
    extension: str
    width: int
    height: int
    caption: str | None
    credit: str
    alt: str
    copies: tuple[Copy, ...]
    size: int
    said: dict[str, Any]
    disagreements: list[dict[str, Any]]
    likeness: str


@contextmanager
def decoded(file: Any, notice: Mapping[str, str] | None = None) -> Iterator[Decoded]:
    """Give what `file` (anything with `read`) holds, in a folder that goes when the block ends.

    `notice` is what copies say of themselves where the file is not to be believed: `creator`, `credit`, `copyright`.
    Raises `NotTaken` for whatever is no whole picture of an allowed kind within the limits.
    """
    with tempfile.TemporaryDirectory(prefix="newsroom-picture-") as folder:
        copy = Path(folder) / "original"
        digest = _fetch(file, copy)
        facts = Child("take", copy, Path(folder), notice or {}).waited()
        yield Decoded(
            file=copy,
            digest=digest,
            extension=str(facts["extension"]),
            width=int(facts["width"]),
            height=int(facts["height"]),
            caption=facts["caption"],
            credit=str(facts["credit"]),
            alt=str(facts["alt"]),
            copies=tuple(
                Copy(
                    Path(folder) / f"{one['slot']}-{one['width']}.jpg", int(one["width"]), int(one["height"])
                )
                for one in facts["copies"]
            ),
            size=copy.stat().st_size,
            said=dict(facts.get("said") or {}),
            disagreements=list(facts.get("disagreements") or []),
            likeness=str(facts.get("likeness") or ""),
        )


def _fetch(file: Any, to: Path) -> str:
    """Copy the bytes to `to`, never more than the most, and return their SHA-256."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    with to.open("wb") as copy:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > LARGEST_FILE:
                raise NotTaken(TOO_BIG)
            digest.update(chunk)
            copy.write(chunk)
    if not size:
        raise NotTaken(EMPTY)
    return digest.hexdigest()


@contextmanager
def stored(held: Decoded) -> Iterator[tuple[str, list[Rendition]]]:
    """Put the original and the copies into their stores; give the original's name and unsaved rows of the copies.

    What was put there is taken out again when the block fails: a file without its row would stay for ever.
    """
    kept: list[tuple[Any, str]] = []
    try:
        with held.file.open("rb") as original:
            # A name of our own: the digest tells what it is, the token that nobody can ask for it.
            wanted = f"{held.digest[:2]}/{held.digest[:32]}-{secrets.token_hex(16)}.{held.extension}"
            # Noted before it is begun: a store that breaks off leaves half of it.
            kept.append((originals(), wanted))
            name = originals().save(wanted, File(original))
        rows = []
        for copy in held.copies:
            raw = copy.file.read_bytes()
            row = Rendition(name=name_of(raw), width=copy.width, height=copy.height, formats=["jpg"])
            kept.append((renditions(), row.file_name()))
            renditions().save(row.file_name(), ContentFile(raw))
            rows.append(row)
        yield name, rows
    except BaseException:
        for store, name in kept:
            try:
                store.delete(name)
            except away():
                _log.exception("%s could not be taken out of its store again", name)
        raise


def name_of(raw: bytes) -> str:
    """Return a new name for a copy whose JPEG is `raw`: told by what it holds, and nobody can guess it."""
    return f"{hashlib.sha256(raw).hexdigest()[:16]}-{secrets.token_hex(16)}"


def save_rows(picture: Picture, rows: list[Rendition]) -> None:
    """Save the rows of a picture's copies."""
    for row in rows:
        row.picture = picture
    Rendition.objects.bulk_create(rows)
