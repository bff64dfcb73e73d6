"""What the desk says to each other about a story: notes, hand-overs, and the notices that tell people of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.section import Desk
from articles.models.story import Story


class StoryNote(models.Model):
    """A note on a story, or on a passage of it: never printed. An answer hangs from the note it answers.

    `passage` is the words it is about, as they stood; `field` the box they stand in; `opening` the words before them,
    which tell apart the same words said twice. A passage that was rewritten since keeps its note, shown as lost.
    """

    story = models.ForeignKey(Story, related_name="notes", on_delete=models.PROTECT)
    answers = models.ForeignKey(
        "self", null=True, blank=True, related_name="replies", on_delete=models.PROTECT
    )
    text = models.TextField()
    field = models.CharField(max_length=40, blank=True)
    passage = models.TextField(blank=True)
    opening = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        constraints: ClassVar = [models.CheckConstraint(name="a_note_says_something", condition=~Q(text=""))]
        indexes: ClassVar = [models.Index(fields=["story", "made_at"], name="notes_by_story")]

    def __str__(self) -> str:
        return f"note on story {self.story_id}"


class HandOver(models.Model):
    """One passing of a story to a person or a desk, with the revision they were given."""

    story = models.ForeignKey(Story, related_name="hand_overs", on_delete=models.PROTECT)
    to_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="+", on_delete=models.PROTECT
    )
    to_desk = models.ForeignKey(Desk, null=True, blank=True, related_name="+", on_delete=models.PROTECT)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="handed_to_a_person_or_a_desk",
                condition=Q(to_person__isnull=False, to_desk__isnull=True)
                | Q(to_person__isnull=True, to_desk__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"story {self.story_id} to {self.to_person or self.to_desk}"


class NoticeKind(models.TextChoices):
    """Why somebody is told."""

    HANDED_OVER = "handed_over", "handed over"
    SENT_BACK = "sent_back", "sent back"
    MENTIONED = "mentioned", "mentioned"
    ANSWERED = "answered", "answered"
    TAKEN_OVER = "taken_over", "taken over"
    PUBLISHED = "published", "published"
    CHANGED = "changed", "changed"


class Notice(models.Model):
    """One line that tells a person what happened to a story of theirs; in the desk, and by mail."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="notices", on_delete=models.CASCADE)
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    story = models.ForeignKey(Story, null=True, related_name="+", on_delete=models.CASCADE)
    note = models.ForeignKey(StoryNote, null=True, blank=True, related_name="+", on_delete=models.CASCADE)
    text = models.CharField(max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["person", "seen_at", "-made_at"], name="notices_by_person"),
            models.Index(
                fields=["made_at"], condition=Q(mailed_at__isnull=True), name="notices_to_be_mailed"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class NoMail(models.Model):
    """A person who reads notices in the desk only, and wants none by mail."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, related_name="no_mail", on_delete=models.CASCADE)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"no mail for {self.person}"
