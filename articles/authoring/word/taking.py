"""Takes what a Word file holds into the newsroom: its pictures into the library, its text cleaned as a paste is."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.base import File

from articles import prose
from articles.authoring.word.blocks import note
from articles.authoring.word.reading import Read
from media import intake, permissions
from media.models import Picture

# After so long no further picture is begun: no request may keep a browser waiting for ever.
SECONDS = 30.0
NO_TIME = "There was no time left to take it in."


@dataclass(slots=True)
class Taken:
    """A Word file's text as a story keeps it, and what became of its pictures.

    `placed` has each picture of the text once, with the caption and the alternative text that are the story's own:
    what the file says where the library says something else, or of the latter nothing.
    """

    headline: str
    standfirst: str
    body: str
    language: str
    placed: dict[int, tuple[Picture, str, str]] = field(default_factory=dict)
    new: int = 0
    here_already: int = 0
    refused: list[str] = field(default_factory=list)


def take(read: Read, *, by: Any, name: str) -> Taken:
    """Return the text with its pictures in the library, rights unknown; a note stands where one could not be taken in."""
    taken = Taken(read.headline, read.standfirst, "", read.language)
    until = time.monotonic() + SECONDS
    written = []
    for block in read.blocks:
        if isinstance(block, str):
            written.append(block)
        else:
            file, ending = read.pictures[block["picture"]]
            called = f"{Path(name).stem or 'word'}-{block['picture']}{f'.{ending}' if ending else ''}"
            written.append(_figure(taken, block, file, by=by, name=called, until=until))
    taken.body = "\n".join(prose.clean(one) for one in written)
    return taken


def _figure(taken: Taken, block: dict[str, Any], file: Path, *, by: Any, name: str, until: float) -> str:
    caption, alt = str(block["caption"]), str(block["alt"])
    try:
        if time.monotonic() > until:
            raise intake.NotTaken(NO_TIME)
        picture = _in_library(taken, file, by=by, name=name, caption=caption, alt=alt)
    except intake.NotTaken as refused:
        taken.refused.append(refused.reason)
        said = "".join([f" Its caption: {caption}" if caption else "", f" It shows: {alt}" if alt else ""])
        return note(f"A picture of the Word file was not taken in. {refused.reason}{said}")
    figure = prose.figure(str(picture.media_id))
    if picture.pk not in taken.placed:
        own = caption if caption != picture.caption_in_force else ""
        taken.placed[picture.pk] = (picture, own, "" if picture.alt else alt)
    elif caption and caption != (taken.placed[picture.pk][1] or picture.caption_in_force):
        return f"{figure}\n{note(f'Here the Word file gives this picture another caption: {caption}')}"
    return figure


def _in_library(taken: Taken, file: Path, *, by: Any, name: str, caption: str, alt: str) -> Picture:
    """Return the picture of a file, taken in now or there already. Raises `NotTaken`."""
    if not permissions.may_add(by):
        raise intake.NotTaken(intake.NO_ROLE)
    try:
        with file.open("rb") as opened:
            picture = intake.take_in(File(opened, name=name), by=by, caption=caption or None, alt=alt)
    except intake.AlreadyHere as here:
        if here.picture.killed_at is not None or here.picture.media_id is None:
            raise
        taken.here_already += here.picture.pk not in taken.placed
        return here.picture
    taken.new += 1
    return picture
