"""Follow-ups: what a change in the library still has to do to the stories in which a picture stands."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.story import Story
from media.models import Picture


class LibraryChange(models.Model):
    """One change to a picture whose stories follow it, a few at a time, until `ended_at`.

    `verb` is what the stories' record calls it. `before` and `after` are the words that changed: an edition that
    prints one of `before` is to print that of `after`. `of_copies` is what the record of each copy that changed with
    it says, `reason` what its revision says. `stories` is how many there were to follow when it began.
    """

    picture = models.ForeignKey(Picture, related_name="library_changes", on_delete=models.CASCADE)
    verb = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    of_copies = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)
    stories = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["picture"],
                name="library_changes_not_ended",
                condition=models.Q(ended_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} of {self.picture}"


class StoryToFollow(models.Model):
    """A story that has still to follow a change in the library; the row goes when it has.

    `is_copy` says that its copy changed with the library and only its revision is still to be kept; else what readers
    see of it, or will, is to be printed anew.
    """

    change = models.ForeignKey(LibraryChange, related_name="to_follow", on_delete=models.CASCADE)
    story = models.ForeignKey(Story, related_name="+", on_delete=models.CASCADE)
    is_copy = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "story", "is_copy"], name="a_story_follows_once"),
        ]

    def __str__(self) -> str:
        return f"story {self.story_id} after {self.change}"
