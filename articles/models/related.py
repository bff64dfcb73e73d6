"""Related stories: which stories stand near which, worked out beside the site and kept, so that no page works it out."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from articles.models.story import Story

# How many are kept of a story; pages show fewer, so that one that is withdrawn leaves no hole.
KEPT = 12


class Related(models.Model):
    """One story (`other`) that stands near another (`story`); `rank` 1 is the nearest.

    Derived: it may be thrown away and is worked out again. Whether readers may see `other` is not said here:
    every list of it begins with `Edition.objects.at`.
    """

    story = models.ForeignKey(Story, related_name="related", on_delete=models.CASCADE, db_index=False)
    other = models.ForeignKey(Story, related_name="nears", on_delete=models.CASCADE)
    rank = models.PositiveSmallIntegerField()
    nearness = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "other"], name="a_related_story_once")
        ]
        indexes: ClassVar = [models.Index(fields=["story", "rank"], name="related_by_rank")]

    def __str__(self) -> str:
        return f"{self.other_id} near {self.story_id}"


class RelatedDue(models.Model):
    """A story whose related ones are to be worked out again, at `due_at` or later.

    `spreads` says that the story itself changed, so that it is also put into, or taken out of, the lists of others.
    """

    story = models.OneToOneField(Story, primary_key=True, related_name="+", on_delete=models.CASCADE)
    due_at = models.DateTimeField(default=timezone.now)
    spreads = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at"], name="related_due_by_time")]

    def __str__(self) -> str:
        return f"story {self.story_id}"


class RelatedRead(models.Model):
    """How far the record of events has been read for stories that changed: one row."""

    last_event = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"read to event {self.last_event}"
