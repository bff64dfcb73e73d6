"""Shows a picture small, as every list of the library does: its thumbnail or a drawn frame, its number, its states as words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.formats import date_format

from media.models import CaptionState, Picture, Rendition, RightsState, Slot, Uses
from media.models.rights import state_of

FEW_WORDS, MORE_WORDS = 60, 140
RIGHTS_SAID = {
    RightsState.CLEAR: "rights clear",
    RightsState.ENDING: "rights end",
    RightsState.UNKNOWN: "rights not known",
    RightsState.NOT_BEGUN: "rights not begun",
    RightsState.EXPIRED: "rights ran out",
    RightsState.DENIED: "rights denied",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as a list shows it. `states` are (class of its colour, word).

    `caption` is the one in force, cut short, "" where there is none; `lacks` then tells in words which way there is
    none. `words` stand for the picture itself: its caption, else its alternative text, else its headline.
    """

    picture: Picture
    number: str
    src: str
    width: int
    height: int
    words: str
    caption: str
    lacks: str
    credit: str
    states: list[tuple[str, str]]


def with_thumbnails(rows: QuerySet[Picture]) -> QuerySet[Any]:
    """Add `thumbnail` to each picture, all that a list shows of its smallest copy: a hundred cost no query of their own."""
    copies = Rendition.objects.filter(picture=OuterRef("pk"), slot=Slot.WHOLE, superseded_at=None)
    smallest = copies.order_by("width").values(facts=JSONObject(name="name", width="width", height="height"))
    return rows.annotate(thumbnail=Subquery(smallest[:1]))


def shown(picture: Picture, on: date, *, longest: int = FEW_WORDS) -> Shown:
    """Return how a list shows `picture` on the day `on`; read it `with_thumbnails`, or with its copies."""
    first = None if picture.killed_at else _smallest(picture)
    caption = cut(picture.caption_in_force or "", longest)
    state = picture.caption_state
    return Shown(
        picture,
        picture.media_id or "not known",
        first.desk_url if first else "",
        first.width if first else 0,
        first.height if first else 0,
        caption or cut(picture.alt or picture.headline, longest),
        caption,
        "" if state is CaptionState.PRESENT else str(state.label),
        cut(picture.credit, FEW_WORDS),
        states(picture, on),
    )


def _smallest(picture: Picture) -> Rendition | None:
    if hasattr(picture, "thumbnail"):
        return Rendition(**picture.thumbnail) if picture.thumbnail else None
    return next(iter(picture.copies()), None)


def states(picture: Picture, on: date) -> list[tuple[str, str]]:
    """Return (class, word) for how it stands with the rights, the file and the caption; what is as it should be is not said."""
    state = state_of(picture, on)
    said = [("killed", "withdrawn") if picture.killed_at else (str(state.value), rights_said(picture, state))]
    if not picture.has_file:
        said.append(("lost", "no file"))
    if picture.caption_state is CaptionState.ABSENT:
        said.append(("lacking", "no caption"))
    elif picture.caption_state is CaptionState.EMPTY:
        said.append(("quiet", "caption empty"))
    if picture.is_made_by_ai:
        said.append(("ai", "AI"))
    return said


def rights_said(picture: Picture, state: RightsState) -> str:
    """Return the state of a picture's rights in a few words."""
    if picture.killed_at:
        return "withdrawn"
    if state is RightsState.ENDING and picture.rights_end_on:
        return f"rights end {date_format(picture.rights_end_on, 'j M')}"
    if state is RightsState.CLEAR and picture.uses == Uses.ONE_STORY:
        return "one story only"
    return RIGHTS_SAID[state]


def cut(words: str, longest: int) -> str:
    """Return `words` on one line, at most `longest` letters of them."""
    plain = " ".join(words[: 4 * longest].split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"
