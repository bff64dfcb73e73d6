"""Corrections and withdrawals: what the paper told its readers about its own mistakes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models.edition import Edition
from articles.models.story import Story


class CorrectionKind(models.TextChoices):
    """What sort of notice readers are given."""

    CORRECTION = "correction", "Correction"
    CLARIFICATION = "clarification", "Clarification"
    WITHDRAWAL = "withdrawal", "Withdrawal"


class Correction(models.Model):
    """A dated public notice on a story: what was wrong and is now right, or that the story was withdrawn."""

    story = models.ForeignKey(Story, related_name="corrections", on_delete=models.PROTECT)
    edition = models.OneToOneField(
        Edition, null=True, blank=True, related_name="correction", on_delete=models.CASCADE
    )
    kind = models.CharField(max_length=14, choices=CorrectionKind.choices)
    note = models.TextField(help_text="For readers: what was wrong, and what is right.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_correction_has_its_edition",
                condition=Q(kind=CorrectionKind.WITHDRAWAL) | Q(edition__isnull=False),
            ),
            models.CheckConstraint(name="a_correction_says_something", condition=~Q(note="")),
        ]
        indexes: ClassVar = [models.Index(fields=["-made_at", "-id"], name="corrections_by_date")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, story {self.story_id}"
