"""What changed from one edition to the next, counted when the later one was made: what its story's history says in a line."""

from typing import ClassVar

from django.db import models
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models.edition import Edition

# By the names that `articles.redline.versions` gives to the parts of an edition.
PARTS = {
    "headline": gettext_lazy("headline"),
    "kicker": gettext_lazy("kicker"),
    "standfirst": gettext_lazy("standfirst"),
    "dateline": gettext_lazy("dateline"),
    "byline": gettext_lazy("byline"),
    "section_as_printed": gettext_lazy("section"),
    "completeness": gettext_lazy("how much of it is known"),
    "pictures": gettext_lazy("pictures"),
    "captions": gettext_lazy("captions and credits"),
    "markup": gettext_lazy("links or emphasis in the text"),
}


class EditionChange(models.Model):
    """What an edition changed in the one before it: words put into the text and taken out, and which other parts.

    Derived: it follows from the two editions, and can be rebuilt. The first edition of a story has none.
    """

    edition = models.OneToOneField(Edition, primary_key=True, related_name="change", on_delete=models.CASCADE)
    words_in = models.PositiveIntegerField(default=0)
    words_out = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"+{self.words_in} −{self.words_out} in {self.edition_id}"

    @property
    def in_words(self) -> str:
        """Return it as a line: 12 words added, 3 removed; headline and byline changed."""
        counted = []
        if self.words_in:
            counted.append(
                ngettext("%(n)s word added", "%(n)s words added", self.words_in) % {"n": f"{self.words_in:,}"}
            )
        if self.words_out:
            counted.append(
                ngettext("%(n)s word removed", "%(n)s words removed", self.words_out)
                % {"n": f"{self.words_out:,}"}
            )
        named = [str(PARTS[part]) for part in self.parts if part in PARTS]
        if named:
            counted.append(_("changed: %(parts)s") % {"parts": get_text_list(named, _("and"))})
        said = _("; ").join(counted) or _("nothing that readers see")
        return said[:1].upper() + said[1:]
