"""Acts on many stories at once, kept so that one click takes them back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class BulkAct(models.Model):
    """One act on many stories: what it was, and of each story what it was before (`before`, by story ID)."""

    verb = models.CharField(max_length=24)
    said = models.CharField(max_length=300)
    before = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.said
