"""Signed links by which somebody without a login reads one piece of copy, until they end or are taken back."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from articles.models.story import Story


class PreviewLinkQuerySet(QuerySet["PreviewLink"]):
    """Reading which links still open."""

    def open(self, moment: datetime | None = None) -> Self:
        """Return the links that open at `moment` (now, if none is given)."""
        return self.filter(ends_at__gt=moment or timezone.now(), revoked_at__isnull=True)


class PreviewLink(models.Model):
    """One link to the preview of one story. The key itself is not kept: `key_digest` is its SHA-256, in hex."""

    story = models.ForeignKey(Story, related_name="preview_links", on_delete=models.CASCADE)
    key_digest = models.CharField(max_length=64, unique=True)
    for_whom = models.CharField(max_length=120, blank=True)
    ends_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"preview of story {self.story_id} for {self.for_whom or 'an outsider'}"
