"""Clearances: who let a picture run whose rights had run out or were not known, in which story, and why."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.contributor import Contributor
from articles.models.story import Story
from media.models import Picture, RightsState


class Clearance(models.Model):
    """One person's reason for printing one picture in one story although its rights stood as `state`.

    It holds for that story while the rights stand no worse; another story, or another state, asks again.
    """

    story = models.ForeignKey(Story, related_name="clearances", on_delete=models.PROTECT)
    picture = models.ForeignKey(Picture, related_name="clearances", on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=RightsState.choices)
    reason = models.TextField()
    cleared_at = models.DateTimeField(default=timezone.now)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar = ["-cleared_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="a_clearance_says_why", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.picture} in story {self.story_id}"


class PictureCredit(models.Model):
    """A contributor whose name stands in a picture's credit or as its creator: derived, for the list of their pictures."""

    picture = models.ForeignKey(Picture, related_name="credit_rows", on_delete=models.CASCADE)
    contributor = models.ForeignKey(Contributor, related_name="picture_rows", on_delete=models.CASCADE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contributor", "picture"], name="a_contributor_once_a_picture"),
        ]

    def __str__(self) -> str:
        return f"{self.contributor} for {self.picture}"
