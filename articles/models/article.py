"""Copy: the story as the desk is working on it, with its bylines and pictures."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from taggit.managers import TaggableManager

from articles.models.contributor import BylineRole, Contributor
from articles.models.section import Desk, Section
from articles.models.story import Story
from articles.models.tag import Tagging
from media.models import Picture


class State(models.TextChoices):
    """Where copy stands on its way to readers, and after."""

    DRAFT = "draft", "draft"
    FILED = "filed", "filed"
    APPROVED = "approved", "approved"
    PUBLISHED = "published", "published"
    SPIKED = "spiked", "spiked"
    KILLED = "killed", "killed"


class Language(models.TextChoices):
    """The languages the paper is written in."""

    ENGLISH = "en", "English"
    ARABIC = "ar", "Arabic"


class Genre(models.TextChoices):
    """What kind of story it is to be: what a new one starts with, and what the budget says."""

    NEWS = "news", "news"
    INTERVIEW = "interview", "interview"
    OPINION = "opinion", "opinion"
    OBITUARY = "obituary", "obituary"
    FEATURE = "feature", "feature"


class Article(models.Model):  # type: ignore[django-manager-missing]  # taggit, behind Tagging, has no types
    """The working copy of a story. Only `articles.workflow` changes its state or its version."""

    story = models.OneToOneField(Story, primary_key=True, related_name="article", on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    headline = models.CharField(max_length=300, blank=True)
    slug = models.SlugField(max_length=120, blank=True, allow_unicode=True)
    kicker = models.CharField(max_length=120, blank=True)
    standfirst = models.TextField(blank=True)
    dateline = models.CharField(max_length=160, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.ENGLISH)

    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.PROTECT)
    desk = models.ForeignKey(Desk, null=True, blank=True, on_delete=models.PROTECT)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="copy", on_delete=models.PROTECT
    )
    embargo_until = models.DateTimeField("embargoed until", null=True, blank=True)
    note = models.TextField("note to the desk", blank=True, help_text="Never printed.")
    tags = TaggableManager(through=Tagging, blank=True)
    unfinished = models.JSONField(default=dict, blank=True, editable=False)

    genre = models.CharField(max_length=12, choices=Genre.choices, default=Genre.NEWS)
    due_at = models.DateTimeField("due", null=True, blank=True)
    planned_words = models.PositiveIntegerField("planned length, in words", null=True, blank=True)

    made_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"
        ordering: ClassVar = ["-changed_at"]
        constraints: ClassVar = [
            models.CheckConstraint(name="article_state_is_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="article_version_starts_at_1", condition=Q(version__gte=1)),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-changed_at"], name="articles_by_state"),
            models.Index(fields=["writer", "-changed_at"], name="articles_by_writer"),
            models.Index(fields=["-changed_at"], name="articles_by_change"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="articles_by_due_date"),
            models.Index(
                fields=["embargo_until"],
                condition=Q(embargo_until__isnull=False),
                name="articles_by_embargo",
            ),
        ]

    def __str__(self) -> str:
        return self.headline or f"story {self.story_id}, no headline yet"

    @property
    def token(self) -> str:
        """Return the version token that every change to this copy must bring back."""
        return str(self.version)


class Byline(models.Model):
    """One name over a piece of copy, in its order and as it is to be printed."""

    article = models.ForeignKey(Article, related_name="bylines", on_delete=models.CASCADE)
    contributor = models.ForeignKey(Contributor, related_name="bylines", on_delete=models.PROTECT)
    role = models.CharField(max_length=12, choices=BylineRole.choices, default=BylineRole.WRITER)
    as_printed = models.CharField(max_length=200, blank=True, help_text="Empty: the contributor's name.")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["article", "contributor", "role"], name="a_contributor_once_a_role"
            )
        ]

    def __str__(self) -> str:
        return self.as_printed or self.contributor.name


class Placement(models.Model):
    """A picture in a piece of copy, with what this story says about it.

    `caption`, `credit` and `alt` are the story's own layer: None means that the library's is printed, an empty string
    that none is. `caption_is_absent` says that the story has no caption and takes none from the library: none was
    ever said, which is not the same as an empty one.
    """

    article = models.ForeignKey(Article, related_name="placements", on_delete=models.CASCADE)
    picture = models.ForeignKey(Picture, related_name="placements", on_delete=models.PROTECT)
    caption = models.TextField(null=True, blank=True)
    caption_is_absent = models.BooleanField(default=False)
    credit = models.TextField(null=True, blank=True)
    alt = models.TextField("alternative text", null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "picture"], name="a_picture_once_a_story"),
            models.CheckConstraint(
                name="an_absent_caption_says_nothing",
                condition=Q(caption_is_absent=False) | Q(caption__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.picture)

    @property
    def caption_in_force(self) -> str | None:
        """Return the caption that will be printed: the story's own, else the library's."""
        if self.caption_is_absent:
            return None
        return self.caption if self.caption is not None else self.picture.caption_in_force

    @property
    def own_words(self) -> frozenset[str]:
        """Return which of caption, credit and alt the story says itself, whatever it says."""
        own = {name for name in ("caption", "credit", "alt") if getattr(self, name) is not None}
        return frozenset(own | {"caption"} if self.caption_is_absent else own)
