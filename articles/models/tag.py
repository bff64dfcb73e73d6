"""Tags: topics, places, persons and organisations, with their aliases."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from articles.models.keys import FoldedField, SoundField


class TagKind(models.TextChoices):
    """What a tag names."""

    TOPIC = "topic", _("topic")
    PLACE = "place", _("place")
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")


class Tag(TagBase):
    """A name stories are filed under. A merged tag becomes an alias and its address keeps answering.

    `folded` is the name in one plain spelling, `sound` the key under which its spellings meet.
    `worded` is the name as it was when its words were last listed for the search.
    """

    kind = models.CharField(max_length=12, choices=TagKind.choices, default=TagKind.TOPIC)
    line = models.CharField("line about it", max_length=300, blank=True)
    folded = FoldedField(max_length=200)
    sound = SoundField(max_length=100)
    worded = models.CharField(max_length=200, blank=True, default="", editable=False)
    alias_of = models.ForeignKey(
        "self", null=True, blank=True, related_name="aliases", on_delete=models.PROTECT
    )

    class Meta:
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=~Q(worded=F("name")), name="tags_not_worded")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tag_is_no_alias_of_itself",
                condition=Q(alias_of__isnull=True) | ~Q(alias_of=F("id")),
            ),
            models.CheckConstraint(name="tag_kind_is_known", condition=Q(kind__in=TagKind.values)),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of the tag's list."""
        return f"/tag/{self.slug}/"

    @property
    def in_force(self) -> "Tag":
        """Return the tag this one stands for: itself, or the one it was merged into."""
        return self.alias_of or self


class Tagging(ItemBase):
    """One tag on one piece of copy."""

    content_object = models.ForeignKey("articles.Article", related_name="taggings", on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, related_name="taggings", on_delete=models.CASCADE)

    objects: ClassVar[models.Manager["Tagging"]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="a_tag_once_on_a_story"),
        ]
