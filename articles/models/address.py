"""Addresses that once were public elsewhere and keep answering here."""

from typing import ClassVar
from urllib.parse import quote

from django.db import models
from django.db.models import Q, QuerySet

from articles.models.story import Story
from media.models import Picture

LONGEST_PATH = 700


class AddressQuerySet(QuerySet["Address"]):
    """The old addresses."""

    def of_path(self, path: str) -> "Address | None":
        """Return the address kept for `path`, with or without its last slash, in whatever case: one query."""
        if len(path) > LONGEST_PATH:
            return None
        bare = path.rstrip("/") or "/"
        spellings = [spelling for form in (bare, quote(bare)) for spelling in (path, form, f"{form}/")]
        candidates = list(dict.fromkeys([*spellings, *(spelling.lower() for spelling in spellings)]))
        found = {row.path: row for row in self.select_related("picture").filter(path__in=candidates)}
        return next((found[spelling] for spelling in candidates if spelling in found), None)


class Address(models.Model):
    """An old path, without host or query, and where it leads now: a story, a picture or another path."""

    path = models.CharField(max_length=LONGEST_PATH, unique=True)
    story = models.ForeignKey(
        Story, null=True, blank=True, related_name="addresses", on_delete=models.CASCADE
    )
    picture = models.ForeignKey(
        Picture, null=True, blank=True, related_name="addresses", on_delete=models.CASCADE
    )
    to_path = models.CharField(max_length=LONGEST_PATH, blank=True)

    objects = AddressQuerySet.as_manager()

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
