"""Events: who did what to which story and when, appended only, each chained to the one before."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from articles.models.story import Story


class Event(models.Model):
    """One act at the desk. `sequence` has no gaps; `digest` covers the act and the digest before it."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=24)
    story = models.ForeignKey(Story, null=True, related_name="events", on_delete=models.PROTECT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT)
    by_name = models.CharField(max_length=160, blank=True)
    details = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-sequence"]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.verb}"


class ChainHead(models.Model):
    """The end of the chain of events: one row, locked by whoever adds the next event."""

    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="one_chain_head", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return f"event {self.sequence}"
