"""Sittings: one person's open page on one story, who is there now, and who holds it."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models.story import Story

# A page tells that it is open every 15 seconds; one that has been silent this long is taken to be gone.
HERE_FOR = timedelta(seconds=45)
# As long as a page waits for an answer: what it sent before it was left may be read that much later.
UNDER_WAY_FOR = timedelta(seconds=20)
# A writer who has typed nothing for this long no longer holds the story: anybody may take it without asking.
HELD_FOR = timedelta(minutes=5)


class SittingQuerySet(QuerySet["Sitting"]):
    """Reading who is where."""

    def here(self, moment: datetime | None = None) -> Self:
        """Return the sittings whose page is open at `moment` (now, if none is given)."""
        when = moment or timezone.now()
        return self.filter(seen_at__gt=when - HERE_FOR, left_at__isnull=True)

    def holding(self, moment: datetime | None = None) -> Self:
        """Return the sittings that hold their story at `moment`: they wrote last, and not too long ago."""
        when = moment or timezone.now()
        return self.here(when).filter(held_since__isnull=False, wrote_at__gt=when - HELD_FOR)


class Sitting(models.Model):
    """One page that a person opened on a story: what it has sent, what it was answered, whether it holds the story.

    `page` is made by the page itself before anything is typed, so that a first save sent twice starts one story.
    `serial` counts what the page has sent; what comes late or twice is not done again: it is answered with `version`
    and `revision`, the copy as it stood after that save. The hold is advisory: it warns, and keeps nobody from
    writing.
    """

    page = models.UUIDField(unique=True)
    story = models.ForeignKey(Story, related_name="sittings", on_delete=models.CASCADE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="sittings", on_delete=models.CASCADE)
    serial = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    wrote_at = models.DateTimeField(null=True, blank=True)
    held_since = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = SittingQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["opened_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_sitting_holds_a_story", fields=["story"], condition=Q(held_since__isnull=False)
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["story", "-seen_at"], name="sittings_by_story"),
            models.Index(fields=["by", "story", "-seen_at"], name="sittings_by_person"),
        ]

    def has_just_left(self, now: datetime) -> bool:
        """Say whether the page was left, and so short a time ago that it may have sent before what is read now."""
        return self.left_at is not None and self.left_at > now - UNDER_WAY_FOR

    def __str__(self) -> str:
        return f"{self.by} on story {self.story_id}"
