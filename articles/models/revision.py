"""Revisions: the copy as it stood at each save, kept for ever and never public."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.contents import Contents
from articles.models.splices import ONTO, spliced
from articles.models.story import Story


class RevisionKind(models.TextChoices):
    """Why a revision was kept."""

    SAVE = "save", "saved"
    AUTOSAVE = "autosave", "saved while typing"
    MOVE = "move", "moved on"
    CONFLICT = "conflict", "not merged: somebody saved first"
    RESTORE = "restore", "restored"
    IMPORT = "import", "taken up from the archive"


class Revision(models.Model):
    """Everything in the copy at one save: who, when, why and the contents whole."""

    story = models.ForeignKey(Story, related_name="revisions", on_delete=models.PROTECT)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=RevisionKind.choices, default=RevisionKind.SAVE)
    reason = models.CharField(max_length=300, blank=True)
    contents = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, related_name="revisions", on_delete=models.PROTECT
    )

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "number"], name="a_revision_number_once_a_story"),
            models.CheckConstraint(name="revision_numbers_start_at_1", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"revision {self.number}"

    def read(self) -> Contents:
        """Return what the copy said at this save; one that holds its changes only costs a query for the whole one."""
        if ONTO not in self.contents:
            return Contents.from_json(self.contents)
        whole = Revision.objects.only("contents").get(story_id=self.story_id, number=self.contents[ONTO])
        return Contents.from_json(spliced(whole.contents, self.contents))


class VersionName(models.Model):
    """A name that somebody gave to a revision, so that it stands out in the history."""

    revision = models.OneToOneField(Revision, related_name="named", on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(name="a_name_is_not_empty", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name
