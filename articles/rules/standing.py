"""The facts a rule asks for beside a story's own text, each looked up once and only when it is asked for."""

from datetime import datetime
from functools import cached_property
from typing import Self

from django.utils import timezone

from articles.models import Article, Contents, Edition, StoryNote, Tag
from articles.rules import links, wording
from articles.rules.rights import Hindered, hindered
from media.models import Picture


class Standing:
    """How a story stands in the newsroom at the moment `at` at which it is to go out (or now)."""

    def __init__(
        self,
        *,
        story_id: int,
        contents: Contents,
        at: datetime | None = None,
        embargo_until: datetime | None = None,
    ) -> None:
        self.story_id = story_id
        self.contents = contents
        self.goes_out = at or timezone.now()
        self.embargo_until = embargo_until

    @classmethod
    def of(cls, article: Article, contents: Contents, *, at: datetime | None = None) -> Self:
        """Return how the copy stands that says `contents`."""
        return cls(story_id=article.pk, contents=contents, at=at, embargo_until=article.embargo_until)

    @cached_property
    def hindered(self) -> list[Hindered]:
        """The pictures that may not simply be shown on the day."""
        return hindered(self.story_id, self.contents, self.goes_out)

    @cached_property
    def numbers(self) -> set[str]:
        """The Media IDs that stand for the story's pictures in its text, those of merged pictures among them."""
        placed = [one.picture for one in self.contents.pictures]
        merged = Picture.objects.filter(alias_of__in=placed, media_id__isnull=False)
        own = {one.media_id for one in self.contents.pictures if one.media_id}
        return own | {str(number) for number in merged.values_list("media_id", flat=True)}

    @cached_property
    def dead_links(self) -> list[str]:
        """A sentence for each link in the text that leads nowhere."""
        return links.dead(self.linked)

    @cached_property
    def linked(self) -> list[str]:
        """The addresses that the text links to, but for the pages that are there as soon as the story is."""
        found = links.in_body(self.contents.body)
        coming = self._coming() if found else set()
        return [one for one in found if links.own_path(one) not in coming]

    def _coming(self) -> set[str]:
        """Return the pages of our own that are there as soon as this story is."""
        tags = Tag.objects.filter(name__in=self.contents.tags).values_list("slug", flat=True)
        paths = {f"/tag/{slug}/" for slug in tags} | {f"/media/{one}/" for one in self.numbers}
        paths |= {f"/by/{line.contributor}/" for line in self.contents.bylines}
        return paths | {f"/section/{self.contents.section}/"}

    @cached_property
    def slug_used_by(self) -> list[int]:
        """The stories that readers saw under the same words in their address."""
        if not self.contents.slug:
            return []
        same = Edition.objects.once_public().filter(slug=self.contents.slug).exclude(story_id=self.story_id)
        return list(same.order_by("story_id").values_list("story_id", flat=True).distinct()[:3])

    @cached_property
    def alike(self) -> list[tuple[int, str]]:
        """The stories, with their headlines, that lately told readers the same in nearly the same words."""
        return wording.alike(self.story_id, self.contents)

    @cached_property
    def open_notes(self) -> int:
        """How many notes on the story nobody has settled."""
        return StoryNote.objects.filter(story_id=self.story_id, answers=None, resolved_at=None).count()
