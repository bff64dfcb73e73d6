"""What hangs from an edition, a row each, so that a name's, a tag's and a picture's list is one walk along an index.

A key has no index of its own where another index begins with it.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from articles.models.contributor import BylineRole, Contributor
from articles.models.edition import Edition
from articles.models.tag import Tag
from media.models import CaptionState, Picture
from newsroom.prepared import prepared


class EditionByline(models.Model):
    """A contributor in an edition's byline, with the date, so that their list is one index walk.

    `is_first` marks one row a contributor and edition: two roles on one story list it once.
    """

    edition = models.ForeignKey(Edition, related_name="byline_rows", on_delete=models.CASCADE, db_index=False)
    contributor = models.ForeignKey(
        Contributor, related_name="byline_rows", on_delete=models.PROTECT, db_index=False
    )
    role = models.CharField(max_length=12, choices=BylineRole.choices)
    order = models.PositiveSmallIntegerField()
    is_first = models.BooleanField(default=True)
    listed_at = models.DateTimeField()
    story_number = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "order"], name="one_name_a_place_in_the_byline"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["contributor", "-listed_at", "-story_number"], name="editions_by_contributor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor_id} in {self.edition_id}"


class EditionTag(models.Model):
    """A tag an edition is filed under, with the date, so that the tag's list is one index walk."""

    edition = models.ForeignKey(Edition, related_name="tag_rows", on_delete=models.CASCADE, db_index=False)
    tag = models.ForeignKey(Tag, related_name="tag_rows", on_delete=models.CASCADE, db_index=False)
    listed_at = models.DateTimeField()
    story_number = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "tag"], name="a_tag_once_an_edition"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tag", "-listed_at", "-story_number"], name="editions_by_tag"),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.edition_id}"


class EditionPicture(models.Model):
    """A picture in an edition, with the date, so that where a Media ID was used is one index walk."""

    edition = models.ForeignKey(
        Edition, related_name="picture_rows", on_delete=models.CASCADE, db_index=False
    )
    picture = models.ForeignKey(
        Picture, related_name="edition_rows", on_delete=models.PROTECT, db_index=False
    )
    order = models.PositiveSmallIntegerField()
    caption_state = models.CharField(max_length=8, choices=CaptionState.choices)
    listed_at = models.DateTimeField()
    story_number = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "picture"], name="a_picture_once_an_edition"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["picture", "-listed_at", "-story_number"], name="editions_by_picture"),
            # In the order in which they came, by which it is known since when readers see a picture.
            models.Index(fields=["picture", "id"], name="uses_as_they_came"),
        ]

    def __str__(self) -> str:
        return f"{self.picture_id} in {self.edition_id}"


def has_pictures() -> Exists:
    """Say of editions in a query whether they have a picture, from an index: of most there is nothing further to look up."""
    return Exists(EditionPicture.objects.filter(edition=OuterRef("pk")))


@prepared
def tags_of(editions: list[int]) -> QuerySet[EditionTag, Any]:
    """Return of each tag of these editions the edition's key, its own, and its kind."""
    rows = EditionTag.objects.filter(edition__in=editions).order_by()
    return rows.values_list("edition_id", "tag_id", "tag__kind")


@prepared
def people_of(editions: list[int]) -> QuerySet[EditionByline, Any]:
    """Return of each line of these editions' bylines the edition's key, the contributor's, and whether it is their first there."""
    rows = EditionByline.objects.filter(edition__in=editions).order_by()
    return rows.values_list("edition_id", "contributor_id", "is_first")


@prepared
def names_of(editions: list[int]) -> QuerySet[EditionByline, Any]:
    """Return of each line of these editions' bylines the edition's key, and the contributor's slug and name."""
    rows = EditionByline.objects.filter(edition__in=editions).order_by()
    return rows.values_list("edition_id", "contributor__slug", "contributor__name")
