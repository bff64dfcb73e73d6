"""Translations: which stories tell the same in another language, and which of them the others were made from."""

from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models.edition import Edition, EditionQuerySet
from articles.models.story import Story


class Translation(models.Model):
    """A story that was translated from another (`original`): filing, which changes with an event and can be undone.

    The stories of one original are translations of one another too. An original is itself no translation.
    """

    story = models.OneToOneField(
        Story, primary_key=True, related_name="translated_from", on_delete=models.CASCADE
    )
    original = models.ForeignKey(Story, related_name="translations", on_delete=models.CASCADE)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="no_story_is_translated_from_itself", condition=~Q(story=F("original"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.story_id} from {self.original_id}"


def beside(rows: EditionQuerySet, story_id: int) -> EditionQuerySet:
    """Return those of `rows` that tell a story in other languages: by their numbers, so that no other row is looked at."""
    original = Translation.objects.filter(story=story_id).values("original").order_by()
    from_it = Translation.objects.filter(original=story_id).values("story").order_by()
    beside_it = Translation.objects.filter(original__in=original).values("story").order_by()
    return rows.filter(story__in=original.union(from_it, beside_it)).exclude(story=story_id)


class Alternate(NamedTuple):
    """A story as one of its translations names it: language, address."""

    language: str
    path: str


def original_of() -> Coalesce:
    """Return, for rows of editions, the number of the story that theirs, or its translations, were made from: two looks a row."""
    from_it = Translation.objects.filter(story=OuterRef("story")).values("original")
    of_it = Translation.objects.filter(original=OuterRef("story")).order_by().values("original")
    return Coalesce(Subquery(from_it[:1]), Subquery(of_it[:1]))


def alternates(originals: Collection[int], moment: datetime | None = None) -> dict[int, list[Alternate]]:
    """Return, of the stories made from these, and of these, each that readers may read in several languages with all their addresses.

    Two queries, none where there are no originals. Itself is among them, as `hreflang` wants it.
    """
    if not originals:
        return {}
    roots = Translation.objects.filter(original__in=originals).order_by()
    pairs = list(roots.values_list("story", "original"))
    found = {
        number: Alternate(language, f"/story/{number}/{slug}/")
        for number, language, slug in Edition.objects.at(moment)
        .filter(story__in=roots.values("original").union(roots.values("story")))
        .values_list("story_id", "language", "slug")
    }
    groups: dict[int, list[int]] = {}
    for story, original in sorted(pairs):
        groups.setdefault(original, [original]).append(story)
    told: dict[int, list[Alternate]] = {}
    for group in groups.values():
        public = [one for one in group if one in found]
        if len(public) > 1:
            told |= {key: [found[one] for one in public] for key in public}
    return told
