"""Is what runs in the bounded process: sets its limits, does what is asked, writes `result.json`."""

import json
import resource
import warnings
from pathlib import Path
from typing import Any

from PIL import ImageOps

from media import likeness
from media.decoding import copies, opening, said
from media.decoding.notice import Notice
from media.decoding.refusing import DAMAGE, DAMAGED, TOO_MUCH, Refused

MEMORY = 2 * 1024**3
PROCESSOR_SECONDS = 40
LARGEST_COPY = 64 * 1024**2


def main(mode: str, file: str, folder: str, order: str = "{}") -> None:
    """Do `mode` with the picture in `file`; `order` (JSON) says what else is wanted. The result goes into `folder`."""
    limit()
    try:
        result = MODES[mode](Path(file), Path(folder), json.loads(order))
    except Refused as refused:
        result = {"refused": str(refused)}
    except MemoryError:
        result = {"refused": TOO_MUCH}
    (Path(folder) / "result.json").write_text(json.dumps(result), encoding="utf-8")


def limit() -> None:
    """Bound what this process may take, so that a hostile file hurts nobody else."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_COPY, LARGEST_COPY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    warnings.simplefilter("ignore")


def take(file: Path, folder: Path, order: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of a picture and write its copies for readers into `folder`; `order` says who made it, where somebody knows.

    Raises `Refused` with a sentence when the file is no picture of an allowed kind, is damaged or is too large.
    """
    picture = opening.opened(file)
    opening.read_whole(picture)
    kind = str(picture.format)
    facts: dict[str, Any] = {"format": kind, "extension": opening.FORMATS[kind]}
    try:
        facts |= said.said_in(picture)
        upright = ImageOps.exif_transpose(picture)
        facts["width"], facts["height"] = upright.size
        facts["likeness"] = likeness.likeness(upright)
        facts["copies"] = list(copies.at_once(upright, folder, Notice.of(order, facts)))
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage
    return facts


# What may be asked of this process.
MODES = {"take": take, "copies": copies.ordered}
