"""The picture: its Media ID, what is said about it, its file (or none) and the copies readers see."""

from typing import ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone


def originals() -> Storage:
    """Return the private store of files as they came in."""
    return storages["originals"]


def renditions() -> Storage:
    """Return the store of copies made for readers."""
    return storages["renditions"]


class CaptionState(models.TextChoices):
    """Three different things: nobody said anything, somebody said nothing, somebody said something."""

    ABSENT = "absent", "no caption"
    EMPTY = "empty", "caption left empty"
    PRESENT = "present", "captioned"

    @classmethod
    def of(cls, caption: str | None) -> "CaptionState":
        """Return the state of `caption`: None is absent, blank is empty."""
        if caption is None:
            return cls.ABSENT
        return cls.PRESENT if caption.strip() else cls.EMPTY


class RightsClass(models.TextChoices):
    """On what ground the newspaper may print a picture."""

    STAFF = "staff", "staff"
    AGENCY = "agency", "agency"
    HANDOUT = "handout", "handout"
    PUBLIC_DOMAIN = "public_domain", "public domain"
    LICENSED = "licensed", "licensed"
    UNKNOWN = "unknown", "unknown"


class Picture(models.Model):
    """A picture one can cite: known by Media ID, with its file or, where that is lost, without.

    `file_caption` is what the file itself says, `caption` what the library says; a story's own caption stands in
    its placement. None means that nobody ever said anything, an empty string that the caption was left empty.
    `media_id` is None only where an old page printed a caption and lost the number.
    """

    media_id = models.CharField("Media ID", max_length=12, null=True, blank=True, unique=True)
    caption = models.TextField(null=True, blank=True)
    file_caption = models.TextField("caption in the file", null=True, blank=True, editable=False)
    credit = models.CharField(max_length=300, blank=True)
    alt = models.TextField("alternative text", blank=True)
    rights_class = models.CharField(
        "rights", max_length=16, choices=RightsClass.choices, default=RightsClass.UNKNOWN
    )
    rights_holder = models.CharField(max_length=200, blank=True)
    rights_terms = models.TextField(blank=True)
    rights_end_on = models.DateField("rights end on", null=True, blank=True)
    taken_on = models.DateField(null=True, blank=True)

    original = models.FileField(storage=originals, max_length=200, blank=True)
    original_name = models.CharField(max_length=255, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)

    released_at = models.DateTimeField(
        "public by itself since",
        null=True,
        blank=True,
        editable=False,
        help_text="Set where the picture had a public page of its own, beside any story.",
    )
    killed_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL
    )

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="media_id_is_4_to_12_digits",
                condition=Q(media_id__isnull=True) | Q(media_id__regex=r"^[0-9]{4,12}$"),
                violation_error_message="A Media ID is 4 to 12 digits and nothing else.",
            ),
        ]

    def __str__(self) -> str:
        return f"Media ID {self.media_id}" if self.media_id else f"picture {self.pk}, Media ID not known"

    @property
    def has_file(self) -> bool:
        """Say whether the file itself is here, not only what was written about it."""
        return bool(self.original)

    @property
    def caption_in_force(self) -> str | None:
        """Return the caption a story gets when it says nothing itself: the library's, else the file's."""
        return self.caption if self.caption is not None else self.file_caption

    @property
    def caption_state(self) -> CaptionState:
        """Return whether the caption in force is absent, empty or present."""
        return CaptionState.of(self.caption_in_force)


class Rendition(models.Model):
    """A copy of a picture made for readers at one width, under a name nobody can guess."""

    picture = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)
    name = models.CharField(max_length=80, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.FileField(storage=renditions, max_length=200)

    class Meta:
        ordering: ClassVar = ["width"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["picture", "width"], name="one_rendition_a_width"),
        ]

    def __str__(self) -> str:
        return f"{self.width} × {self.height} of {self.picture_id}"

    @property
    def url(self) -> str:
        """Return the address a reader's browser fetches."""
        return f"/images/{self.name}"


class MediaIDCounter(models.Model):
    """The last Media ID minted here: one row, only ever raised, so that no number comes twice."""

    last = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="one_media_id_counter", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.last)
