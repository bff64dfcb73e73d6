"""Links: the addresses that stories lead their readers to, and which of them were found to lead nowhere."""

import hashlib
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models.edition import Edition
from articles.models.story import Story


def key_of(address: str) -> str:
    """Return the key of an address, however long it is."""
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


class LinkQuerySet(QuerySet["Link"]):
    """Reading what is known of addresses."""

    def to(self, addresses: list[str]) -> Self:
        """Return the links to these addresses."""
        return self.filter(key__in=[key_of(one) for one in addresses])


class Link(models.Model):
    """An address that stories link to, as it was last found.

    `host` is whom it is asked of, empty for an address of our own and for one that nobody can follow. `ask_at` is when
    it is looked at next, None for never. `failing_since` is when it was first found not to answer, if it has not
    answered since; `is_dead` says that this is certain, `why` in words.
    """

    key = models.CharField(max_length=64, unique=True)
    address = models.TextField()
    host = models.CharField(max_length=255, blank=True)
    ask_at = models.DateTimeField(null=True, default=timezone.now)
    asked_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    is_dead = models.BooleanField(default=False)
    why = models.CharField(max_length=300, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            models.Index(fields=["ask_at"], name="links_to_ask"),
            models.Index(fields=["host", "asked_at"], name="links_by_host"),
            models.Index(fields=["id"], name="links_dead", condition=Q(is_dead=True)),
        ]

    def __str__(self) -> str:
        return self.address


class LinkUse(models.Model):
    """A link in a story: in one edition of it, or in its copy (`edition` is None)."""

    link = models.ForeignKey(Link, related_name="uses", on_delete=models.CASCADE)
    story = models.ForeignKey(Story, related_name="links", on_delete=models.CASCADE)
    edition = models.ForeignKey(Edition, related_name="links", null=True, on_delete=models.CASCADE)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["link", "story"], condition=Q(edition__isnull=True), name="a_link_once_a_copy"
            ),
            models.UniqueConstraint(
                fields=["link", "edition"],
                condition=Q(edition__isnull=False),
                name="a_link_once_an_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.link} in story {self.story_id}"


class LinksRead(models.Model):
    """How far the stories have been read for links: one row, the last edition and the last change of copy."""

    last_edition = models.BigIntegerField(default=0)
    last_change = models.DateTimeField(null=True)
    last_copy = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"read to edition {self.last_edition}"
