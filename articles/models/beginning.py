"""Quick starts: what a new story of one kind begins with, as the chiefs want it."""

from typing import ClassVar

from django.db import models

from articles.models.article import Genre
from articles.models.section import Section


class Beginning(models.Model):
    """How a story of one kind begins.

    `headline` and `standfirst` are what the empty boxes ask for, never text of the story; `body` is markup that stands
    in the text from the first moment: what it asks for stands in notes, which are never printed. While no section is
    chosen, the first that the paper has of `usual_sections` (slugs, a space between two) is suggested.
    """

    name = models.CharField(max_length=60, unique=True)
    genre = models.CharField("kind of story", max_length=12, choices=Genre.choices, default=Genre.NEWS)
    line = models.CharField(
        "what it is for", max_length=200, blank=True, help_text="Shown beside its name, and by Ctrl-K."
    )
    headline = models.CharField(
        "the headline asks for", max_length=200, blank=True, help_text="Shown in the empty box only."
    )
    standfirst = models.CharField(
        "the standfirst asks for", max_length=200, blank=True, help_text="Shown in the empty box only."
    )
    body = models.TextField(
        "the text begins with",
        blank=True,
        help_text="What it asks the writer for belongs in notes: they never print.",
    )
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL)
    usual_sections = models.CharField(max_length=200, blank=True, editable=False)
    words = models.PositiveIntegerField("planned length, in words", null=True, blank=True)
    order = models.PositiveSmallIntegerField("place in the row", default=100)
    is_offered = models.BooleanField("offered on the first screen and by Ctrl-K", default=True)

    class Meta:
        verbose_name = "quick start"
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def suggested_section(self) -> Section | None:
        """Return the section chosen, else the first that the paper has of the usual ones: at most one query."""
        if self.section_id or not self.usual_sections:
            return self.section
        slugs = self.usual_sections.split()
        found = {row.slug: row for row in Section.objects.filter(slug__in=slugs)}
        return next((found[slug] for slug in slugs if slug in found), None)
