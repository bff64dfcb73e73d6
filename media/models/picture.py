"""The picture: its Media ID, what is said about it, on what ground it may be shown, its file or none; and how it is found."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from media.models.caption import CaptionState
from media.models.rights import RightsClass, RightsState, Uses, in_state, state_of
from media.models.stores import originals
from newsroom.folding import fold_words

if TYPE_CHECKING:
    from media.models.rendition import Rendition

# More words than this narrow nothing, and each costs a look at every row.
MOST_WORDS = 8
_NOTHING_SAID = Q(caption__isnull=True)
ABSENT = _NOTHING_SAID & Q(file_caption__isnull=True)
EMPTY = Q(caption="") | (_NOTHING_SAID & Q(file_caption=""))


class PictureQuerySet(QuerySet["Picture"]):
    """The pictures of the library. Rows that were merged into another are there only where asked for."""

    def standing(self) -> Self:
        """Return the pictures that have not been merged into another."""
        return self.filter(alias_of__isnull=True)

    def numbered(self, media_id: str) -> "Picture | None":
        """Return the picture in force of a Media ID, following a merge; None where there is none. One query."""
        row = self.select_related("alias_of").filter(media_id=media_id).first()
        return row.in_force if row else None

    def matching(self, typed: str) -> Self:
        """Return the pictures in which every word typed begins a word, in whatever spelling; a Media ID finds itself."""
        rows = self
        for word in fold_words(typed).split()[:MOST_WORDS]:
            rows = rows.filter(search_text__contains=f" {word}")
        return rows

    def credited(self, typed: str) -> Self:
        """Return the pictures whose credit or creator holds what was typed."""
        said = typed.strip()
        return self.filter(Q(credit__icontains=said) | Q(creator__icontains=said)) if said else self

    def taken_between(self, first: date | None, last: date | None) -> Self:
        """Return the pictures taken from `first` to `last`, both included, either open."""
        bounds: dict[str, Any] = {}
        if first is not None:
            bounds["taken_on__gte"] = first
        if last is not None:
            bounds["taken_on__lte"] = last
        return self.filter(**bounds)

    def without_caption(self) -> Self:
        """Return the pictures of which nobody ever said anything."""
        return self.filter(ABSENT)

    def with_empty_caption(self) -> Self:
        """Return the pictures whose caption was left empty."""
        return self.filter(EMPTY)

    def captioned(self) -> Self:
        """Return the pictures whose caption says something."""
        return self.exclude(ABSENT).exclude(EMPTY)

    def without_alt(self) -> Self:
        """Return the pictures with a file and no alternative text."""
        return self.filter(alt="").exclude(original="")

    def without_credit(self) -> Self:
        """Return the pictures nobody is credited for."""
        return self.filter(credit="")

    def without_file(self) -> Self:
        """Return the pictures known by number or caption only."""
        return self.filter(original="")

    def rights_in(self, state: str, on: date) -> Self:
        """Return the pictures whose rights stand so on the day `on`: the same rule as `rights.state_of`."""
        return self.filter(in_state(state, on))

    def rights_ending(self, on: date, within: int) -> Self:
        """Return the pictures whose rights run out from the day `on` to `within` days later, both included."""
        last = on + timedelta(days=within)
        return self.filter(rights_end_on__gte=on, rights_end_on__lte=last, killed_at__isnull=True)

    def looking_alike(self) -> Self:
        """Return the pictures that look like another and about which nobody has decided."""
        open_pairs = Q(likenesses_after__isnull=False, likenesses_after__settled_at__isnull=True)
        open_pairs |= Q(likenesses_before__isnull=False, likenesses_before__settled_at__isnull=True)
        return self.filter(open_pairs).distinct()

    def by_reads(self) -> Self:
        """Return them ordered by how often readers saw them, most first."""
        return self.order_by("-reads", "-pk")


class Picture(models.Model):
    """A picture one can cite: known by Media ID, with its file or, where that is lost, without.

    `file_caption` is what the file itself says, `caption` what the library says; a story's own caption stands in
    its placement. None means that nobody ever said anything, an empty string that the caption was left empty.
    `media_id` is None only where an old page printed a caption and lost the number. A picture that was merged into
    another stands as a row with `alias_of`, so that its number still leads there.
    """

    media_id = models.CharField("Media ID", max_length=12, null=True, blank=True, unique=True)
    alias_of = models.ForeignKey(
        "self", null=True, blank=True, editable=False, related_name="aliases", on_delete=models.PROTECT
    )

    # What the library says.
    headline = models.CharField(max_length=300, blank=True)
    caption = models.TextField(null=True, blank=True)
    file_caption = models.TextField("caption in the file", null=True, blank=True, editable=False)
    alt = models.TextField("alternative text", blank=True)
    alt_long = models.TextField("extended description", blank=True)
    credit = models.CharField(max_length=300, blank=True)
    creator = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200, blank=True)
    copyright = models.CharField("copyright notice", max_length=500, blank=True)
    place = models.CharField(max_length=200, blank=True)
    keywords = models.JSONField(default=list, blank=True)
    taken_on = models.DateField(null=True, blank=True)
    instructions = models.TextField(blank=True)
    source_type = models.CharField("digital source type", max_length=200, blank=True, editable=False)
    is_made_by_ai = models.BooleanField("made or altered by AI", default=False)

    # On what ground it may be shown: `media.models.rights`.
    rights_class = models.CharField(
        "rights", max_length=16, choices=RightsClass.choices, default=RightsClass.UNKNOWN
    )
    rights_holder = models.CharField(max_length=200, blank=True)
    rights_terms = models.TextField(blank=True)
    rights_begin_on = models.DateField("rights begin on", null=True, blank=True)
    rights_end_on = models.DateField("rights end on", null=True, blank=True)
    uses = models.CharField("uses allowed", max_length=10, choices=Uses.choices, default=Uses.ANYWHERE)
    only_story = models.BigIntegerField("in this story only", null=True, blank=True)

    # The file.
    original = models.FileField(storage=originals, max_length=200, blank=True)
    original_name = models.CharField(max_length=255, blank=True, editable=False)
    format = models.CharField(max_length=8, blank=True, editable=False)
    size = models.PositiveBigIntegerField("bytes", null=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    likeness = models.CharField(max_length=400, blank=True, editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    said_in_file = models.JSONField(default=dict, editable=False)
    disagreements = models.JSONField(default=list, editable=False)

    # How it is cropped: thousandths of width and height, None where nobody set one. Crops by hand are rows of their own.
    focal_x = models.PositiveSmallIntegerField(null=True, blank=True)
    focal_y = models.PositiveSmallIntegerField(null=True, blank=True)

    # Work that waits: copies to be made, editions to be drawn anew. A moment is set in the transaction that makes
    # the work necessary, and emptied by whoever has done it.
    copies_due_at = models.DateTimeField(null=True, blank=True, editable=False)
    copies_claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    copies_trouble = models.CharField(max_length=300, blank=True, editable=False)
    editions_due_at = models.DateTimeField(null=True, blank=True, editable=False)

    released_at = models.DateTimeField(
        "public by itself since",
        null=True,
        blank=True,
        editable=False,
        help_text="Set where the picture had a public page of its own, beside any story.",
    )
    withdrawn_at = models.DateTimeField("public by itself until", null=True, blank=True, editable=False)
    killed_at = models.DateTimeField(null=True, blank=True, editable=False)
    killed_because = models.CharField(max_length=300, blank=True, editable=False)
    kill_notice = models.CharField("notice to readers", max_length=300, blank=True, editable=False)

    reads = models.PositiveBigIntegerField(default=0, editable=False)
    search_text = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="media_id_is_4_to_12_digits",
                condition=Q(media_id__isnull=True) | Q(media_id__regex=r"^[0-9]{4,12}$"),
                violation_error_message="A Media ID is 4 to 12 digits and nothing else.",
            ),
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="a_file_once"),
            models.CheckConstraint(
                name="rights_end_after_they_begin",
                condition=Q(rights_begin_on__isnull=True)
                | Q(rights_end_on__isnull=True)
                | Q(rights_end_on__gte=F("rights_begin_on")),
                violation_error_message="The rights end before they begin.",
            ),
            models.CheckConstraint(
                name="a_focal_point_has_two_numbers",
                condition=Q(focal_x__isnull=True, focal_y__isnull=True)
                | Q(focal_x__isnull=False, focal_y__isnull=False, focal_x__lte=1000, focal_y__lte=1000),
            ),
            models.CheckConstraint(
                name="a_picture_is_no_alias_of_itself",
                condition=Q(alias_of__isnull=True) | ~Q(alias_of=F("id")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["copies_due_at"], condition=Q(copies_due_at__isnull=False), name="pictures_copies_due"
            ),
            models.Index(
                fields=["editions_due_at"],
                condition=Q(editions_due_at__isnull=False),
                name="pictures_editions_due",
            ),
            models.Index(fields=["-reads", "-id"], name="pictures_by_reads"),
            models.Index(fields=["rights_end_on"], name="pictures_by_rights_end"),
            models.Index(fields=["taken_on"], name="pictures_by_day"),
        ]

    def __str__(self) -> str:
        return f"Media ID {self.media_id}" if self.media_id else f"picture {self.pk}, Media ID not known"

    @property
    def token(self) -> str:
        """Return the version token that every change to this picture must bring back."""
        return str(self.version)

    @property
    def has_file(self) -> bool:
        """Say whether the file itself is here, not only what was written about it."""
        return bool(self.original)

    @property
    def in_force(self) -> "Picture":
        """Return the picture that this one was merged into, else itself."""
        return self.alias_of or self

    @property
    def caption_in_force(self) -> str | None:
        """Return the caption a story gets when it says nothing itself: the library's, else the file's."""
        return self.caption if self.caption is not None else self.file_caption

    @property
    def caption_state(self) -> CaptionState:
        """Return whether the caption in force is absent, empty or present."""
        return CaptionState.of(self.caption_in_force)

    @property
    def rights_state(self) -> RightsState:
        """Return how its rights stand today."""
        return state_of(self, timezone.localdate())

    def copies(self, slot: str = "whole") -> "list[Rendition]":
        """Return its present copies for one slot, smallest first; prefetch `renditions` where many are asked."""
        return [one for one in self.renditions.all() if one.slot == slot and one.superseded_at is None]

    def searched(self) -> str:
        """Return all that it can be found by, in one spelling, words between single spaces."""
        said = (
            self.media_id, self.headline, self.caption, self.file_caption, self.alt, self.credit, self.creator,
            self.source, self.place, *map(str, self.keywords), self.original_name,
        )  # fmt: skip
        return f" {fold_words(' '.join(one for one in said if one))} "
