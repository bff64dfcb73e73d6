"""The three layers of a picture's caption, each with its source, and what each layer said before, as a redline."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.redline import Line, redline
from media.models import CaptionLayer, CaptionState, CaptionVersion, Picture

# Versions of one picture's captions that are compared at most; a picture with more has been through a script.
MOST = 200


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source says of a picture now, and since when and through whom."""

    source: str
    caption: str | None
    is_in_force: bool
    said_at: datetime | None = None
    said_by: Any = None

    @property
    def state(self) -> CaptionState:
        """Return whether it says something, nothing, or was left empty."""
        return CaptionState.of(self.caption)


@dataclass(frozen=True, slots=True)
class Told:
    """What one layer said from a moment on, with what that changed."""

    layer: str
    said_at: datetime
    said_by: Any
    lines: list[Line]
    state: CaptionState
    is_new_state: bool


def versions(picture: Picture) -> list[CaptionVersion]:
    """Return what file and library said of a picture, oldest first: one query."""
    rows = picture.caption_versions.select_related("said_by").order_by("-said_at", "-id")[:MOST]
    return list(rows)[::-1]


def layers(picture: Picture, rows: list[CaptionVersion]) -> list[Layer]:
    """Return the file's and the library's layer; a story's own stands with the story."""
    newest = {row.layer: row for row in rows}
    name = picture.original_name
    said = (
        (CaptionLayer.FILE, f"The file, {name}" if name else "The file", picture.file_caption),
        (CaptionLayer.LIBRARY, "The library", picture.caption),
    )
    in_force = CaptionLayer.LIBRARY if picture.caption is not None else CaptionLayer.FILE
    return [
        Layer(
            source,
            caption,
            layer == in_force and caption is not None,
            newest[layer].said_at if layer in newest else None,
            newest[layer].said_by if layer in newest else None,
        )
        for layer, source, caption in said
    ]


def history(rows: list[CaptionVersion]) -> list[Told]:
    """Return each change, newest first, set against what the same layer said before."""
    before: dict[str, CaptionVersion] = {}
    found = []
    for row in rows:
        previous = before.get(row.layer)
        was = previous.caption if previous else None
        state = CaptionState.of(row.caption)
        found.append(
            Told(
                layer=row.get_layer_display(),
                said_at=row.said_at,
                said_by=row.said_by,
                lines=redline(was or "", row.caption or ""),
                state=state,
                is_new_state=previous is not None and CaptionState.of(was) != state,
            )
        )
        before[row.layer] = row
    return found[::-1]
