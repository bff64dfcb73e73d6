"""Pictures as readers may see them: which are public, their copies, what was ever said under them, where they stand.

Every room that shows pictures to readers finds them here, so that one that is hidden is the same on every surface
as one that never was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from articles import prose
from articles.models.clearance import PictureCredit
from articles.models.contributor import Contributor
from articles.models.edition import Edition, EditionQuerySet
from media.facts import web_address
from media.models import CaptionLayer, CaptionVersion, Picture, Rendition, Slot
from newsroom.gathering import gathered, moment_in, rows_in
from newsroom.keyset import Cursor
from newsroom.prepared import prepared

PICTURES_A_PAGE = 24
OPENING = 120
# Among so many stories, in the order in which they came, is the one that showed a picture first.
FIRST_USES = 10
KINDS = ("avif", "webp", "jpg")
WITHDRAWN = "This picture is no longer shown."
# A picture's place in a list is its row's number alone.
_EVER = datetime(1, 1, 1, tzinfo=UTC)
# What a cursor knows the list of a contributor's pictures by.
_PICTURES_OF = "contributor.{}/pictures"
_FOR_GOOD = datetime.max.replace(tzinfo=UTC)
_UNREAD = ("said_in_file", "disagreements", "instructions", "search_text", "likeness", "original_name")


@dataclass(frozen=True, slots=True)
class PublicPicture:
    """A picture that is public now or was once; `shown_since` is since when a story shows it that can still be read."""

    row: Picture
    asked: str
    shown_since: datetime | None
    web_statement: str
    licensor_web: str
    copies: list[Rendition]
    versions: list[tuple[datetime, str, str | None]]
    numbers: frozenset[str]
    moment: datetime | None = None

    @property
    def is_public(self) -> bool:
        """Say whether readers may see it: now, and at the moment it was asked for. Withdrawn now is withdrawn then."""
        is_shown = self.shown_since is not None or is_released(self.row, self.moment)
        return self.row.killed_at is None and is_shown

    @property
    def is_elsewhere(self) -> bool:
        """Say whether the number asked for is that of a picture that was merged into this one."""
        return self.asked != self.row.media_id

    @property
    def path(self) -> str:
        """Return the address of its page."""
        return f"/media/{self.row.media_id}/"

    @property
    def gone_since(self) -> datetime | None:
        """Return since when it is no longer shown, where that is known."""
        return self.row.killed_at or self.row.withdrawn_at

    @property
    def notice(self) -> str:
        """Return what readers are told in its place."""
        return f"{WITHDRAWN} {self.row.kill_notice if self.row.killed_at else ''}".strip()

    def in_slot(self, slot: str = Slot.WHOLE) -> list[Rendition]:
        """Return its copies of one shape, smallest first."""
        return [copy for copy in self.copies if copy.slot == slot]

    @property
    def best(self) -> Rendition | None:
        """Return the largest copy in its own shape."""
        return next(reversed(self.in_slot()), None)

    @property
    def opening(self) -> str:
        """Return the beginning of its caption, "" where it has none."""
        said = prose.without_controls((self.row.caption_in_force or "")[: OPENING * 8])
        opening = " ".join(said.split())
        if len(opening) <= OPENING:
            return opening
        whole_words = opening[:OPENING].rpartition(" ")[0] or opening[: OPENING - 1]
        return whole_words.rstrip(" ,;:.…–—-") + "…"

    def as_shown(self) -> dict[str, Any]:
        """Return its copies in its own shape as an edition's `shown_pictures` has them: what the picture tags print."""
        whole, best = self.in_slot(), self.best
        return {
            "src": best.url if best else "",
            "srcset": ", ".join(f"{copy.url} {copy.width}w" for copy in whole),
            "width": best.width if best else None,
            "height": best.height if best else None,
            "copies": {str(Slot.WHOLE): [[copy.name, copy.width, copy.height] for copy in whole]},
            "formats": [kind for kind in KINDS if whole and all(kind in copy.formats for copy in whole)],
        }


def is_released(row: Picture, moment: datetime | None = None) -> bool:
    """Say whether a picture has a page of its own at `moment`, beside any story."""
    when = moment or timezone.now()
    if row.released_at is None or row.released_at > when:
        return False
    return row.withdrawn_at is None or row.withdrawn_at > when


def find(media_id: str, moment: datetime | None = None) -> PublicPicture | None:
    """Return the picture in force of a Media ID, public or gone; None where readers never saw it. One query."""
    row: Any = next(iter(_of_number(media_id, moment=moment)), None)
    if row is None or not (
        row.was_printed or (row.released_at is not None and row.released_at <= (moment or timezone.now()))
    ):
        return None
    return _public(row, media_id, moment)


@prepared
def _of_number(media_id: str, *, moment: datetime | None) -> QuerySet[Picture]:
    in_force = Picture.objects.filter(media_id=media_id).values(key=Coalesce("alias_of_id", "pk"))[:1]
    rows = _annotated(Picture.objects.filter(pk=Subquery(in_force), media_id__isnull=False), moment)
    once = Edition.objects.once_public(moment).filter(picture_rows__picture=OuterRef("pk"))
    return rows.annotate(was_printed=Exists(once))


def readable(moment: datetime | None = None) -> EditionQuerySet:
    """Return the editions that a reader can open: of stories in force, superseded or not, none suppressed."""
    standing = Exists(Edition.objects.at(moment).filter(story=OuterRef("story")))
    return Edition.objects.once_public(moment).filter(standing, suppressed_at__isnull=True)


def public(moment: datetime | None = None) -> QuerySet[Picture]:
    """Return the pictures that readers may see: the same rule as `PublicPicture.is_public`, as a query."""
    when = moment or timezone.now()
    released = Q(released_at__lte=when) & (Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=when))
    shown = Exists(readable(when).filter(picture_rows__picture=OuterRef("pk")))
    # Said so that no database begins with all that are no alias, nearly every one.
    standing = Picture.objects.exclude(alias_of__gt=0)
    return standing.filter(released | shown, killed_at__isnull=True, media_id__isnull=False)


def credited(slug: str, moment: datetime | None = None) -> Contributor | None:
    """Return the contributor of this name, merged or not, and what is known of the one in force. One query.

    `has_stories` says whether they wrote something public, `had_pictures` whether readers ever saw a picture of theirs,
    for a list that is empty now.
    """
    return next(iter(_named(slug, moment=moment)), None)


@prepared
def _named(slug: str, *, moment: datetime | None) -> QuerySet[Contributor]:
    held = OuterRef("held")
    wrote = Exists(Edition.objects.at(moment).filter(byline_rows__contributor=held))
    once = Edition.objects.once_public(moment)
    # Each asked for itself, from the contributor on: next to one another, a database reads every picture of every story.
    printed = Exists(once.filter(picture_rows__picture__credit_rows__contributor=held))
    released = Exists(
        PictureCredit.objects.filter(contributor=held, picture__released_at__lte=moment or timezone.now())
    )
    rows = Contributor.objects.select_related("alias_of").annotate(held=Coalesce("alias_of_id", "pk"))
    return rows.annotate(has_stories=wrote, had_pictures=printed | released).filter(slug=slug)


def pictures_of(
    contributor: Contributor, after: Cursor | None = None, moment: datetime | None = None
) -> list[PublicPicture]:
    """Return the public pictures a contributor is credited for, last taken in first, one more than a page: one query.

    Raises `BadCursor` for a place in another list.
    """
    if after is not None:
        after.require(_PICTURES_OF.format(contributor.pk))
    found: list[Any] = _credited(contributor.pk, *([after.number] if after else []), moment=moment)
    return [_public(row, str(row.media_id), moment) for row in found]


@prepared
def _credited(contributor: int, *before: int, moment: datetime | None) -> QuerySet[Picture]:
    # A walk along the index of the rows that name the contributor.
    which = Q(credit_rows__contributor=contributor)
    if before:
        which &= Q(credit_rows__picture__lt=before[0])
    keys = public(moment).filter(which).order_by("-credit_rows__picture_id").values("pk")
    shown = Picture.objects.filter(pk__in=keys[: PICTURES_A_PAGE + 1])
    return _annotated(shown, moment).order_by("-pk")


def has_pictures(outer: str = "pk", moment: datetime | None = None) -> Exists:
    """Return the condition, on contributors, that there is a list of their pictures."""
    return Exists(public(moment).filter(credit_rows__contributor=OuterRef(outer)))


def place_of(picture: PublicPicture, contributor: Contributor) -> Cursor:
    """Return a picture's place in the list of a contributor's pictures."""
    return Cursor(_EVER, picture.row.pk).of(_PICTURES_OF.format(contributor.pk))


def _annotated(rows: QuerySet[Picture], moment: datetime | None) -> QuerySet[Picture]:
    """Bring all that readers may know of these pictures along with them."""
    mine = OuterRef("pk")
    # The first that came are among the first that were seen: not all wait for their day.
    first = readable(moment).filter(picture_rows__picture=OuterRef(mine)).order_by("picture_rows__id")
    shows = Edition.objects.filter(pk__in=first.values("pk")[:FIRST_USES])
    # A story of the old archive is public since the day it ran; its picture was seen here since it came in.
    since = shows.annotate(seen_at=Greatest("live_from", "made_at")).order_by("seen_at").values("seen_at")[:1]
    present = Rendition.objects.filter(picture=mine, superseded_at__isnull=True)
    versions = CaptionVersion.objects.filter(picture=mine)
    merged = Picture.objects.filter(alias_of=mine)
    return rows.defer(*_UNREAD).annotate(
        seen_since=Subquery(since),
        web_statement=KT("said_in_file__web_statement"),
        licensor_web=KT("said_in_file__licensor__0__web"),
        its_copies=gathered(present, "picture", "name", "slot", "width", "height", "formats"),
        its_versions=gathered(versions, "picture", "id", "said_at", "layer", "caption"),
        its_numbers=gathered(merged, "alias_of", "media_id"),
    )


def _public(row: Any, asked: str, moment: datetime | None = None) -> PublicPicture:
    versions = sorted((moment_in(one["said_at"]), one["id"], one) for one in rows_in(row.its_versions))
    if moment is not None:
        _say_as_then(row, [(said_at, one) for said_at, _, one in versions], moment)
        versions = [one for one in versions if one[0] <= moment]
    copies = [Rendition(picture=row, **one) for one in rows_in(row.its_copies)]
    return PublicPicture(
        row=row,
        asked=asked,
        shown_since=row.seen_since,
        web_statement=web_address(row.web_statement),
        licensor_web=web_address(row.licensor_web),
        copies=sorted(copies, key=lambda one: (one.slot, one.width)),
        versions=[(said_at, one["layer"], one["caption"]) for said_at, _, one in versions],
        numbers=frozenset({row.media_id, *(one["media_id"] for one in rows_in(row.its_numbers))} - {None}),
        moment=moment,
    )


def _say_as_then(row: Any, versions: list[tuple[datetime, Mapping[str, Any]]], moment: datetime) -> None:
    """Give a row in hand, never saved, the captions in force at a moment, of each layer that is known to have changed since."""
    for layer, column in ((CaptionLayer.LIBRARY, "caption"), (CaptionLayer.FILE, "file_caption")):
        of_layer = [(said_at, one["caption"]) for said_at, one in versions if one["layer"] == layer]
        if any(said_at > moment for said_at, _ in of_layer):
            then = [caption for said_at, caption in of_layer if said_at <= moment]
            setattr(row, column, then[-1] if then else None)
