"""Corrections and withdrawals: what the paper told its readers about its own mistakes."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.edition import Edition
from articles.models.story import Story
from newsroom.keyset import Cursor


class CorrectionKind(models.TextChoices):
    """What sort of notice readers are given."""

    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


class Severity(models.TextChoices):
    """How far a mistake went: what a reader would have taken away from it."""

    SLIP = "slip", _("a slip: a date, a spelling of a name")
    FACT = "fact", _("a fact was wrong")
    GRAVE = "grave", _("the story was wrong in substance")


class CorrectionQuerySet(QuerySet["Correction"]):
    """Reading the notices. Every list of them starts from `public`."""

    def public(self, moment: datetime | None = None) -> Self:
        """Return the notices that a reader sees at `moment`, newest first.

        A correction is seen as long as its story is public and its own edition is not suppressed; a withdrawal when
        readers had seen the story.
        """
        when = moment or timezone.now()
        of_story = Q(story=OuterRef("story"))
        stands = Exists(Edition.objects.at(when).filter(of_story))
        printed = Edition.objects.once_public(when).filter(pk=OuterRef("edition"), suppressed_at__isnull=True)
        ran = Exists(Edition.objects.once_public(when).filter(of_story))
        withdrawn = Q(kind=CorrectionKind.WITHDRAWAL) & Q(ran)
        before = Edition.objects.filter(of_story, number=OuterRef("edition__number") - 1)
        seen = withdrawn | (~Q(kind=CorrectionKind.WITHDRAWAL) & Q(stands) & Q(Exists(printed)))
        rows = self.annotate(is_explained=Exists(before.filter(suppressed_at__isnull=True)))
        return rows.filter(seen, made_at__lte=when).order_by("-made_at", "-pk")

    def told(self, moment: datetime | None = None) -> Self:
        """Add what a list of notices says of each: number of its edition, and its story's headline and slug in force."""
        stands = Edition.objects.at(moment).filter(story=OuterRef("story")).order_by("-number")
        now = {f"{name}_now": Subquery(stands.values(name)[:1]) for name in ("headline", "slug", "language")}
        return self.annotate(edition_number=F("edition__number"), **now)

    def of_kind(self, kind: str) -> Self:
        """Return the notices of one kind."""
        return self.filter(kind=kind)

    def in_section(self, slug: str) -> Self:
        """Return the notices on stories of one section; withdrawals are in none."""
        return self.filter(edition__section__slug=slug).exclude(kind=CorrectionKind.WITHDRAWAL)

    def made_in(self, year: int) -> Self:
        """Return the notices made in one year, in the paper's own time."""
        first, last = (datetime(of, 1, 1, tzinfo=timezone.get_default_timezone()) for of in (year, year + 1))
        return self.filter(made_at__gte=first, made_at__lt=last)

    def listed(self, after: Cursor | None = None) -> Self:
        """Return the notices newest first, from the one after `after`."""
        rows = self.order_by("-made_at", "-pk")
        if after is None:
            return rows
        earlier = Q(made_at__lt=after.listed_at) | Q(made_at=after.listed_at, pk__lt=after.number)
        return rows.filter(earlier, made_at__lte=after.listed_at)


class Correction(models.Model):
    """A dated public notice on a story: what was wrong and is now right, or that the story was withdrawn.

    `changes` are the lines of the two editions that differ: each `part` ("" for the text) and `spans` of [kind, words].
    """

    story = models.ForeignKey(Story, related_name="corrections", on_delete=models.PROTECT)
    edition = models.OneToOneField(
        Edition, null=True, blank=True, related_name="correction", on_delete=models.CASCADE
    )
    kind = models.CharField(max_length=14, choices=CorrectionKind.choices)
    severity = models.CharField(max_length=8, choices=Severity.choices, default=Severity.FACT)
    note = models.TextField(help_text="For readers: what was wrong, and what is right.")
    changes = models.JSONField(default=list, blank=True, editable=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.PROTECT
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_correction_has_its_edition",
                condition=Q(kind=CorrectionKind.WITHDRAWAL) | Q(edition__isnull=False),
            ),
            models.CheckConstraint(name="a_correction_says_something", condition=~Q(note="")),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-made_at", "-id"], name="corrections_by_date"),
            models.Index(fields=["kind", "-made_at", "-id"], name="corrections_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, story {self.story_id}"

    @property
    def shown_changes(self) -> list[dict[str, Any]]:
        """Return the lines it changed, as long as readers may see the edition before it: whoever reads it says so."""
        return self.changes if getattr(self, "is_explained", False) else []

    @property
    def story_path(self) -> str:
        """Return the address of its story where its list has `told` of it; "" where the story is not public."""
        slug = getattr(self, "slug_now", None)
        return f"/story/{self.story_id}/{slug}/" if slug and self.kind != CorrectionKind.WITHDRAWAL else ""

    @property
    def redline_path(self) -> str:
        """Return where readers see all that it changed, "" where they may not or there is nothing to see.

        For a notice that its list has `told` of, or that its story's page has given `edition_number` and `slug_now`.
        """
        number, slug = getattr(self, "edition_number", None), getattr(self, "slug_now", None)
        if not (getattr(self, "is_explained", False) and number and slug):
            return ""
        return f"/story/{self.story_id}/{slug}/editions/{number - 1}/{number}/"

    @property
    def shown_severity(self) -> str:
        """Return how far the mistake went, for readers; nothing where there was none."""
        return str(self.get_severity_display()) if self.kind == CorrectionKind.CORRECTION else ""

    @property
    def cursor(self) -> Cursor:
        """Return this notice's place in every list of notices."""
        return Cursor(self.made_at, self.pk)
