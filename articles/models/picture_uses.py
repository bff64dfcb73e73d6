"""Where a picture is used, and all that readers were ever told under it: by the stories that printed it, and by the library."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from articles.models.edition import Edition, EditionQuerySet
from articles.models.edition_rows import EditionPicture
from articles.models.public_picture import PublicPicture, readable
from media.models import CaptionLayer, CaptionState
from newsroom.keyset import Cursor
from newsroom.prepared import prepared

_FOR_GOOD = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wording:
    """What was said under a picture from `since` on: by an edition of a story, or (`edition` None) by the library."""

    caption: str | None
    since: datetime
    until: datetime | None = None
    edition: Edition | None = None

    @property
    def state(self) -> CaptionState:
        """Return whether it says something, was left empty, or says nothing."""
        return CaptionState.of(self.caption)


@dataclass(frozen=True, slots=True)
class Use:
    """A story that shows a picture: its newest edition that does, whether that is in force, all it ever printed under it.

    `own_since`: since when it shows the picture under the picture's own number, None where only under a merged one's.
    """

    edition: Edition
    is_in_force: bool
    printed: list[Wording]
    own_since: datetime | None

    @property
    def path(self) -> str:
        """Return where a reader sees the picture in this story."""
        return _path(self.edition, is_in_force=self.is_in_force)


@dataclass(frozen=True, slots=True)
class Saying:
    """One wording with everywhere it was printed or stood in the library, newest first."""

    caption: str | None
    is_in_force: bool
    places: list[Wording] = field(default_factory=list)

    @property
    def state(self) -> CaptionState:
        """Return whether it says something, was left empty, or says nothing."""
        return CaptionState.of(self.caption)


def uses_of(picture: PublicPicture, most: int, after: Cursor | None = None) -> list[Use]:
    """Return where a picture is used, a story once, newest first, at most so many: one query."""
    behind = (after.listed_at, after.number) if after else ()
    by_story: dict[int, list[Edition]] = {}
    for edition in _shows(picture.row.pk, *behind, most=most, moment=picture.moment):
        by_story.setdefault(edition.story_id, []).append(edition)
    found = sorted(
        by_story.values(), key=lambda editions: (editions[0].listed_at, editions[0].story_id), reverse=True
    )
    return [
        Use(
            edition=editions[0],
            is_in_force=bool(editions[0].is_now),  # type: ignore[attr-defined]
            printed=_printed(editions, picture),
            own_since=min((_seen_at(one) for one in editions if _has_own_number(one, picture)), default=None),
        )
        for editions in found
    ]


@prepared
def _shows(picture_id: int, *behind: Any, most: int, moment: datetime | None) -> EditionQuerySet:
    here = EditionPicture.objects.filter(edition=OuterRef("pk"), picture=picture_id)
    shows = readable(moment).filter(Exists(here))
    later = shows.filter(story=OuterRef("story"), number__gt=OuterRef("number")).order_by()
    after = Cursor(*behind) if behind else None
    newest = readable(moment).showing(picture_id, after).filter(~Exists(later))
    stories = Subquery(newest.select_related(None).values("story")[:most])
    is_now = Exists(Edition.objects.at(moment).filter(pk=OuterRef("pk")))
    rows = shows.filter(story__in=stories).annotate(is_now=is_now).select_related("section")
    return rows.without_texts().defer("shown_pictures").order_by("-number")


def history(picture: PublicPicture, uses: list[Use]) -> list[Wording]:
    """Return all that was ever said to readers under a picture, by the library and by these stories, newest first."""
    printed = [wording for use in uses for wording in use.printed]
    return sorted([*library_wordings(picture, uses), *printed], key=lambda one: one.since, reverse=True)


def sayings(picture: PublicPicture, uses: list[Use]) -> list[Saying]:
    """Return the same by wording: the one in force first, then the one last said."""
    found: dict[str | None, Saying] = {}
    now = picture.row.caption_in_force
    for wording in history(picture, uses):
        said = found.setdefault(wording.caption, Saying(wording.caption, wording.caption == now))
        said.places.append(wording)
    return sorted(found.values(), key=lambda one: not one.is_in_force)


def list_of_uses(media_id: str) -> str:
    """Return what a cursor knows the list of a picture's uses by."""
    return f"media/{media_id}/uses"


def library_wordings(picture: PublicPicture, uses: list[Use]) -> list[Wording]:
    """Return what the library (else the file) said while the picture was public, oldest first.

    `uses` tell since when one that others were merged into was public itself: what the library said of it before,
    nobody saw, however long the others had been out.
    """
    times = list(_public_times(picture, uses))
    found = []
    for since, until, caption in _spans(picture):
        for start, end in times:
            first, last = max(since, start), min(until, end)
            if first < last:
                found.append(Wording(caption, first, None if last == _FOR_GOOD else last))
                break
        else:
            if until == _FOR_GOOD:
                found.append(Wording(caption, max(since, picture.shown_since or since)))
    return found


def _public_times(picture: PublicPicture, uses: list[Use]) -> Iterator[tuple[datetime, datetime]]:
    if len(picture.numbers) > 1:
        own = [use.own_since for use in uses if use.own_since is not None]
        if own:
            yield min(own), _FOR_GOOD
        return
    if picture.row.released_at is not None:
        yield picture.row.released_at, picture.row.withdrawn_at or _FOR_GOOD
    if picture.shown_since is not None:
        yield picture.shown_since, _FOR_GOOD


def _spans(picture: PublicPicture) -> list[tuple[datetime, datetime, str | None]]:
    """Return (since, until, caption in force) for every change of either layer, whether anybody saw it or not."""
    layers: dict[str, str | None] = {}
    changes: list[tuple[datetime, str | None]] = []
    for said_at, layer, caption in picture.versions:
        layers[layer] = caption
        in_force = layers.get(CaptionLayer.LIBRARY)
        in_force = layers.get(CaptionLayer.FILE) if in_force is None else in_force
        if not changes or changes[-1][1] != in_force:
            changes.append((said_at, in_force))
    if not changes or changes[-1][1] != picture.row.caption_in_force:
        # What was said before anybody kept count of it.
        since = changes[-1][0] if changes else picture.row.made_at
        changes.append((since, picture.row.caption_in_force))
    ends = [since for since, _ in changes[1:]] + [_FOR_GOOD]
    return [(since, until, caption) for (since, caption), until in zip(changes, ends, strict=True)]


def _printed(editions: list[Edition], picture: PublicPicture) -> list[Wording]:
    """Return what a story printed under a picture, each change once, newest first; `editions` newest first."""
    found: list[Wording] = []
    for edition in reversed(editions):
        captions = [one["caption"] for one in edition.pictures if _is(one, picture)]
        if captions and (not found or found[-1].caption != captions[0]):
            found.append(Wording(captions[0], edition.live_from, edition=edition))
    return found[::-1]


def _is(printed: dict[str, Any], picture: PublicPicture) -> bool:
    return printed.get("picture") == picture.row.pk or printed["media_id"] in picture.numbers


def _has_own_number(edition: Edition, picture: PublicPicture) -> bool:
    return any(printed["media_id"] == picture.row.media_id for printed in edition.pictures)


def _seen_at(edition: Edition) -> datetime:
    return max(edition.live_from, edition.made_at)


def _path(edition: Edition, *, is_in_force: bool) -> str:
    return edition.get_absolute_url() + ("" if is_in_force else f"editions/{edition.number}/")
