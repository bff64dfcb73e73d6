"""Addresses that once were public elsewhere and keep answering here."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from articles.models.story import Story
from media.models import Picture


class Address(models.Model):
    """An old path, without host or query, and where it leads now: a story, a picture or another path."""

    path = models.CharField(max_length=700, unique=True)
    story = models.ForeignKey(
        Story, null=True, blank=True, related_name="addresses", on_delete=models.CASCADE
    )
    picture = models.ForeignKey(
        Picture, null=True, blank=True, related_name="addresses", on_delete=models.CASCADE
    )
    to_path = models.CharField(max_length=700, blank=True)

    class Meta:
        verbose_name_plural = "addresses"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_address_leads_to_one_place",
                condition=Q(story__isnull=False, picture__isnull=True, to_path="")
                | Q(story__isnull=True, picture__isnull=False, to_path="")
                | (Q(story__isnull=True, picture__isnull=True) & ~Q(to_path="")),
            ),
            models.CheckConstraint(name="an_address_is_a_path", condition=Q(path__startswith="/")),
        ]

    def __str__(self) -> str:
        return self.path
