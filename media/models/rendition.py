"""What is made of an original for readers: copies by slot and width, and the crops that somebody drew by hand."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from media.models.picture import Picture
from media.models.stores import renditions


class Slot(models.TextChoices):
    """The shapes in which pages show pictures. Only `whole` keeps the picture's own shape."""

    WHOLE = "whole", "whole"
    LEAD = "lead", "lead, 16 to 9"
    LANDSCAPE = "landscape", "landscape, 3 to 2"
    SQUARE = "square", "square"
    PORTRAIT = "portrait", "portrait, 4 to 5"


class Rendition(models.Model):
    """A copy of a picture in one slot at one width, in one or more formats under one name nobody can guess.

    The file of each format in `formats` lies in the store as `<name>.<format>`. A copy that was made anew (another
    crop, another credit) stays as a row with `superseded_at`, so that its address still leads to the new one.
    """

    picture = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)
    name = models.CharField(max_length=80, unique=True)
    slot = models.CharField(max_length=10, choices=Slot.choices, default=Slot.WHOLE)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    formats = models.JSONField(default=list)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["slot", "width"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["picture", "slot", "width"],
                condition=Q(superseded_at__isnull=True),
                name="one_copy_a_slot_and_width",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.width} × {self.height} of {self.picture_id}"

    def file_name(self, kind: str = "jpg") -> str:
        """Return the name of the file of one format, in the store and behind `/images/`."""
        return f"{self.name}.{kind}"

    @property
    def url(self) -> str:
        """Return the address a reader's browser fetches where it knows no newer format than JPEG."""
        return f"/images/{self.file_name()}"

    @property
    def desk_url(self) -> str:
        """Return where staff see the copy, published or not."""
        return f"{settings.DESK_PATH}images/{self.file_name()}"

    def files(self) -> list[str]:
        """Return the names of all its files in the store."""
        return [self.file_name(str(kind)) for kind in self.formats]

    def drop_files(self) -> None:
        """Take its files out of the store; the row stays."""
        for name in self.files():
            renditions().delete(name)


class Crop(models.Model):
    """A crop that somebody drew by hand for one slot, in pixels of the upright original; others follow the focal point."""

    picture = models.ForeignKey(Picture, related_name="crops", on_delete=models.CASCADE)
    slot = models.CharField(max_length=10, choices=Slot.choices)
    left = models.PositiveIntegerField()
    top = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["picture", "slot"], name="one_crop_a_slot"),
            models.CheckConstraint(name="a_crop_shows_something", condition=Q(width__gt=0, height__gt=0)),
            models.CheckConstraint(name="the_whole_is_not_cropped", condition=~Q(slot="whole")),
        ]

    def __str__(self) -> str:
        return f"{self.slot} of {self.picture_id}"


class Likeness(models.Model):
    """Two pictures that look alike: a suggestion, until somebody says what they are to each other."""

    older = models.ForeignKey(Picture, related_name="likenesses_after", on_delete=models.CASCADE)
    newer = models.ForeignKey(Picture, related_name="likenesses_before", on_delete=models.CASCADE)
    distance = models.PositiveSmallIntegerField(help_text="Bits in which they differ; 0 looks the same.")
    found_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.SET_NULL
    )

    class Meta:
        ordering: ClassVar = ["distance", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["older", "newer"], name="a_likeness_once_a_pair"),
            models.CheckConstraint(name="a_picture_is_not_like_itself", condition=Q(older__lt=F("newer"))),
        ]

    def __str__(self) -> str:
        return f"{self.older_id} looks like {self.newer_id}"
