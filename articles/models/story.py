"""The story itself, as a number that never changes and is never given twice."""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

FIRST_ID = 10_000_000
LAST_ID = 99_999_999


def random_story_id() -> int:
    """Return eight random digits: gaps between story IDs tell nobody anything."""
    return FIRST_ID + secrets.randbelow(LAST_ID - FIRST_ID + 1)


class Story(models.Model):
    """What copy, revisions, editions and corrections belong to. Its primary key is the story ID."""

    id = models.BigIntegerField("story ID", primary_key=True, default=random_story_id)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "stories"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="story_id_is_8_digits", condition=Q(id__gte=FIRST_ID) & Q(id__lte=LAST_ID)
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
