"""What is said under a picture: its three states, and what each layer said from when on."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


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


class CaptionLayer(models.TextChoices):
    """Who says it. The story's own caption stands in its placement and is printed in its editions."""

    FILE = "file", "the file"
    LIBRARY = "library", "the library"


class CaptionVersion(models.Model):
    """What one layer of a picture's caption said from a moment on: appended, never changed.

    `caption` None means that from then on the layer said nothing, "" that it was left empty.
    """

    picture = models.ForeignKey("media.Picture", related_name="caption_versions", on_delete=models.CASCADE)
    layer = models.CharField(max_length=8, choices=CaptionLayer.choices)
    caption = models.TextField(null=True)
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.SET_NULL
    )

    class Meta:
        ordering: ClassVar = ["said_at", "id"]

    def __str__(self) -> str:
        return f"{self.picture_id}: {self.get_layer_display()} from {self.said_at:%Y-%m-%d %H:%M}"
