"""The people whose names stand over stories."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.keys import FoldedField, SoundField
from newsroom.prepared import prepared


class Contributor(models.Model):
    """A person (or the paper's own staff) credited in bylines; merged names keep answering.

    `folded` is the name in one plain spelling, `sound` the key under which its spellings meet.
    `worded` is the name as it was when its words were last listed for the search.
    """

    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=160, unique=True, allow_unicode=True)
    line = models.CharField("line about them", max_length=300, blank=True)
    folded = FoldedField(max_length=200)
    sound = SoundField(max_length=100)
    worded = models.CharField(max_length=200, blank=True, default="", editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, related_name="contributor", on_delete=models.SET_NULL
    )
    is_staff_name = models.BooleanField("the paper itself, not a person", default=False)
    alias_of = models.ForeignKey(
        "self", null=True, blank=True, related_name="aliases", on_delete=models.PROTECT
    )

    class Meta:
        ordering: ClassVar = ["name"]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=~Q(worded=F("name")), name="people_not_worded")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="contributor_is_no_alias_of_itself",
                condition=Q(alias_of__isnull=True) | ~Q(alias_of=F("id")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of everything this contributor wrote."""
        return f"/by/{self.slug}/"


@prepared
def with_slugs(slugs: list[str]) -> models.QuerySet[Contributor]:
    """Return the contributors of these slugs, each with the one that it was merged into. One query."""
    return Contributor.objects.filter(slug__in=slugs).select_related("alias_of")


class Spelling(models.Model):
    """One way a contributor's name was printed over a story, so that it is offered and recognised again."""

    contributor = models.ForeignKey(Contributor, related_name="spellings", on_delete=models.CASCADE)
    as_printed = models.CharField(max_length=200)
    folded = FoldedField(max_length=200, of="as_printed")

    class Meta:
        ordering: ClassVar = ["as_printed"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contributor", "as_printed"], name="a_spelling_once_a_contributor"
            )
        ]

    def __str__(self) -> str:
        return self.as_printed


class BylineRole(models.TextChoices):
    """What a credited person did."""

    WRITER = "writer", _("writer")
    PHOTOGRAPHER = "photographer", _("photographer")
    EDITOR = "editor", _("editor")
    TRANSLATOR = "translator", _("translator")
    INTERVIEWER = "interviewer", _("interviewer")
    CONTRIBUTOR = "contributor", _("additional reporting")
