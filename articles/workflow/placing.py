"""What a story says of its pictures: its own words over the library's, merges followed, nothing withdrawn placed anew."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from articles import prose
from articles.models import Contents, Placement, PrintedPicture
from articles.workflow.refusals import Refused
from media.models import Picture
from newsroom.prepared import prepared

LONGEST_CREDIT = 300


def printed(
    picture: Picture,
    own_caption: str | None = None,
    *,
    own_credit: str | None = None,
    own_alt: str | None = None,
    caption_is_absent: bool = False,
) -> PrintedPicture:
    """Return how `picture` would be printed with the story's own words, or the library's where those are None.

    With `caption_is_absent` it has no caption here, whatever the library says.
    """
    caption = own_caption if own_caption is not None else picture.caption_in_force
    return PrintedPicture(
        picture=picture.pk,
        media_id=picture.media_id,
        caption=None if caption_is_absent else caption,
        credit=picture.credit if own_credit is None else own_credit,
        alt=picture.alt if own_alt is None else own_alt,
        own_caption=None if caption_is_absent else own_caption,
        own_credit=own_credit,
        own_alt=own_alt,
        caption_is_absent=caption_is_absent,
    )


def as_placed(placement: Placement) -> PrintedPicture:
    """Return how a placement's picture would be printed now."""
    return printed(
        placement.picture.in_force,
        placement.caption,
        own_credit=placement.credit,
        own_alt=placement.alt,
        caption_is_absent=placement.caption_is_absent,
    )


def cleaned(one: PrintedPicture) -> PrintedPicture:
    """Return a picture with the story's own words as they are kept: control characters gone. Raises `Refused`."""
    own: dict[str, Any] = {name: getattr(one, name) for name in ("own_caption", "own_credit", "own_alt")}
    kept: dict[str, Any] = {
        name: prose.without_controls(words).strip() for name, words in own.items() if words is not None
    }
    if len(kept.get("own_credit", "")) > LONGEST_CREDIT:
        raise Refused(
            f"A credit is {len(kept['own_credit'])} characters long; {LONGEST_CREDIT} is the most. Shorten it."
        )
    return replace(one, **kept) if kept != {name: own[name] for name in kept} else one


def checked(contents: Contents, *, before: Iterable[PrintedPicture]) -> Contents:
    """Return `contents` with every merged picture as the one it became.

    Refused where it places a picture that was withdrawn; one that was there `before` may stay until it goes out.
    """
    known = in_force(contents.pictures)
    there = {one.picture for one in before}
    gone = [one for one in known.values() if one.killed_at is not None and one.pk not in there]
    if gone:
        raise Refused(
            *(f"{one} was withdrawn and cannot be placed. Take it out of the story." for one in gone)
        )
    return contents.changed(
        pictures=tuple(
            replace(one, picture=known[one.picture].pk, media_id=known[one.picture].media_id)
            if one.picture in known
            else one
            for one in contents.pictures
        )
    )


def keep_as_own(placements: QuerySet[Placement], words: Mapping[str, str | None]) -> None:
    """Make `words` (caption, credit, alt) the stories' own wherever the library's were printed.

    An absent caption (None) is absent there from now on, not empty. One statement a word.
    """
    for name, said in words.items():
        rows = placements.filter(**{f"{name}__isnull": True})
        if name == "caption":
            rows = rows.filter(caption_is_absent=False)
        rows.update(**({"caption_is_absent": True} if said is None else {name: said}))


def allowed(contents: Contents, *, before: Iterable[PrintedPicture]) -> Contents:
    """Return `contents` as `checked` does, a withdrawn picture left out instead of refused: typing goes on."""
    there = {one.picture for one in before}
    known = in_force(contents.pictures)
    gone = {key for key, one in known.items() if one.killed_at is not None and one.pk not in there}
    kept = tuple(one for one in contents.pictures if one.picture not in gone)
    return checked(contents.changed(pictures=kept), before=before)


def in_force(pictures: Iterable[PrintedPicture]) -> dict[int, Picture]:
    """Return the pictures by the key they were placed under, merges followed: one query."""
    return {row.pk: row.in_force for row in _placed([*{one.picture for one in pictures}])}


@prepared
def _placed(keys: list[int]) -> QuerySet[Picture]:
    return Picture.objects.filter(pk__in=keys).select_related("alias_of")


def in_layers(contents: Contents) -> Contents:
    """Return what an edition says as copy keeps it: words that are the library's are not the story's own."""
    known = in_force(contents.pictures)
    placed = []
    for one in contents.pictures:
        row = known[one.picture]
        has_own = one.caption != row.caption_in_force
        placed.append(
            printed(
                row,
                one.caption if has_own else None,
                own_credit=None if one.credit == row.credit else one.credit,
                own_alt=None if one.alt == row.alt else one.alt,
                caption_is_absent=has_own and one.caption is None,
            )
        )
    return contents.changed(pictures=tuple(placed))
