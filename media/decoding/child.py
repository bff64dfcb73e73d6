"""Is what runs in the bounded process: sets its limits, does what is asked, writes `result.json`."""

import json
import os
import warnings
from pathlib import Path
from typing import Any

from media import likeness
from media.decoding import ROOT, copies, encoding, opening, reading, said
from media.decoding.notice import Notice
from media.decoding.refusing import DAMAGE, DAMAGED, TOO_MUCH, Refused
from newsroom import bounds

# Of address space, libraries included; what a picture may take of real memory is for `limits` to say.
MEMORY = 768 * 1024**2
# Somebody waits for a picture to be taken; all its copies are made when nobody does.
PROCESSOR_SECONDS = {"take": 4, "copies": 40}
LARGEST_COPY = 64 * 1024**2


def main(mode: str, file: str, folder: str, order: str = "{}") -> None:
    """Do `mode` with the picture in `file`; `order` (JSON) says what else is wanted. The result goes into `folder`."""
    limit(PROCESSOR_SECONDS[mode])
    try:
        result = MODES[mode](Path(file), Path(folder), json.loads(order))
    except Refused as refused:
        result = {"refused": str(refused)}
    except MemoryError:
        result = {"refused": TOO_MUCH}
    bounds.leave(Path(folder), result)
    if any(Path(folder).glob(f"*{encoding.WAITING}")):
        # Another program in this process: the memory of this one is given back, its limits stay.
        command = encoding.command(ROOT, Path(folder), order)
        os.execv(command[0], command)  # noqa: S606 - our own script, no shell


def limit(seconds: int) -> None:
    """Bound what this process may take."""
    bounds.limit(memory=MEMORY, seconds=seconds, largest_file=LARGEST_COPY)
    warnings.simplefilter("ignore")


def take(file: Path, folder: Path, order: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of a picture and write its copies for readers into `folder`; `order` says who made it, where somebody knows.

    Raises `Refused` with a sentence when the file is no picture of an allowed kind, is damaged or is too large.
    """
    picture = opening.opened(file)
    kind = str(picture.format)
    facts: dict[str, Any] = {"format": kind, "extension": opening.FORMATS[kind]}
    upright, (facts["width"], facts["height"]) = reading.upright(picture, file)
    try:
        facts |= said.said_in(picture, file)
        # The decoded picture goes before more is made of it.
        del picture
        facts["likeness"] = likeness.likeness(upright)
        largest = copies.widest(upright)
        del upright
        facts["copies"] = list(copies.at_once(largest, folder, Notice.of(order, facts)))
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage
    return facts


# What may be asked of this process.
MODES = {"take": take, "copies": copies.ordered}
