"""Names that sound alike and are two: somebody looked, and said so."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class NameKind(models.TextChoices):
    """Which names are meant."""

    TAGS = "tags", "tags"
    PEOPLE = "contributors", "people"


class ToldApart(models.Model):
    """Two tags, or two contributors, that are not the same; `first` is the lower of their keys."""

    kind = models.CharField(max_length=12, choices=NameKind.choices)
    first = models.BigIntegerField()
    second = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "first", "second"], name="two_names_are_told_apart_once"),
            models.CheckConstraint(
                name="the_lower_key_comes_first", condition=models.Q(first__lt=models.F("second"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} and {self.second}"
