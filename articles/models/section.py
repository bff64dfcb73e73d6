"""Desks, the teams in charge, and sections, the shelves readers know."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Desk(models.Model):
    """A team in charge of copy: its members may work on each other's stories."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="desks", blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A readers' shelf, run by one desk."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    line = models.CharField("line about it", max_length=300, blank=True)
    desk = models.ForeignKey(Desk, null=True, blank=True, related_name="sections", on_delete=models.PROTECT)
    order = models.PositiveSmallIntegerField(default=100)
    is_in_masthead = models.BooleanField("in the masthead", default=True)
    is_opinion = models.BooleanField("opinion, bylines first", default=False)

    class Meta:
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the section's list."""
        return f"/section/{self.slug}/"
