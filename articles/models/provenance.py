"""Where imported facts come from: runs, the original pages byte for byte, and what was read on which line."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from articles.models.edition import Edition
from articles.models.packed import PackedField
from articles.models.story import Story


class ImportRun(models.Model):
    """One call of the importer, which can be undone as one."""

    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT)
    paths = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"import {self.pk}"


class Outcome(models.TextChoices):
    """What became of one file."""

    CREATED = "created", "created"
    UPDATED = "updated", "updated"
    UNCHANGED = "unchanged", "unchanged"
    REFUSED = "refused", "refused"


class SourcePage(models.Model):
    """One file as it was read: its bytes kept whole when it was imported, the reason when it was refused.

    `key` names the page across runs and copies: its canonical address, else what its text is recognised by.
    """

    run = models.ForeignKey(ImportRun, related_name="source_pages", on_delete=models.CASCADE)
    file = models.CharField(max_length=500)
    address = models.CharField(max_length=1000, blank=True)
    key = models.CharField(max_length=200, blank=True, db_index=True)
    kind = models.CharField(max_length=12, blank=True)
    digest = models.CharField(max_length=64, db_index=True)
    raw = PackedField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=list)
    repairs = models.JSONField(default=list)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.file


class Provenance(models.Model):
    """What one source page said about one story: a field, its value, file line, rule, stated or inferred.

    `facts` is a list of {"field", "value", "line", "rule", "stated"}; `repairs` of {"line", "rule", "was", "now"}.
    `fingerprint` is the folded opening of the text, by which a teaser and its full page find each other.
    """

    source = models.ForeignKey(SourcePage, related_name="provenances", on_delete=models.CASCADE)
    story = models.ForeignKey(Story, related_name="provenances", on_delete=models.CASCADE)
    edition = models.ForeignKey(
        Edition, null=True, blank=True, related_name="provenances", on_delete=models.SET_NULL
    )
    fingerprint = models.CharField(max_length=120, blank=True, db_index=True)
    is_teaser = models.BooleanField(default=False)
    facts = models.JSONField(default=list)
    repairs = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.source} on story {self.story_id}"
