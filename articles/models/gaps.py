"""What is missing in the archive that readers see, counted once a day and kept, so that one can see where it goes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# name -> (what is counted of, its words for readers)
GAPS = {
    "no_date": ("stories", gettext_lazy("Stories without a stated date")),
    "no_byline": ("stories", gettext_lazy("Stories without a byline")),
    "no_section": ("stories", gettext_lazy("Stories in no section")),
    "no_tags": ("stories", gettext_lazy("Stories without a tag")),
    "cut": ("stories", gettext_lazy("Stories whose text breaks off")),
    "teaser": ("stories", gettext_lazy("Stories known by their opening only")),
    "caption_absent": ("pictures", gettext_lazy("Pictures under which no caption is known")),
    "caption_empty": ("pictures", gettext_lazy("Pictures whose caption was left empty")),
    "no_credit": ("pictures", gettext_lazy("Pictures without a credit")),
    "no_alt": ("pictures", gettext_lazy("Pictures without alternative text")),
    "no_file": ("pictures", gettext_lazy("Pictures of which the file is lost")),
}


class GapCount(models.Model):
    """What one day's count found: how many stories and pictures readers see, and how many lack what, by name.

    Pictures are counted as often as they stand in a story: each time with the words that it says under them.
    """

    on = models.DateField(unique=True)
    counted_at = models.DateTimeField()
    stories = models.PositiveIntegerField()
    pictures = models.PositiveIntegerField()
    missing = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-on"]

    def __str__(self) -> str:
        return f"gaps on {self.on}"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: where, how often, of how many, and its share on each day of the trend, oldest first."""

    name: str
    words: str
    of: str
    count: int
    whole: int
    trend: list[tuple[date, int, int]]

    @property
    def share(self) -> float:
        """Return the share of the whole, from 0 to 1."""
        return self.count / self.whole if self.whole else 0.0

    @property
    def per_cent(self) -> str:
        """Return the share as readers are told it: never nought where something is missing, nor all where not all is."""
        if 0 < self.share < 0.001:
            return _("under 0.1 per cent")
        if 0.999 < self.share < 1:
            return _("over 99.9 per cent")
        return f"{self.share * 100:.1f} %".replace(".0 %", " %")

    @property
    def last_days(self) -> list[tuple[date, int, int]]:
        """Return the last counts of the trend, newest first, as many as a table of days holds."""
        return self.trend[: -DAYS_IN_TABLE - 1 : -1]


DAYS_IN_TABLE = 14
# A year by day, then a century by month, and some to spare.
MOST_DAYS = 2_000


def counts(moment: datetime | None = None) -> QuerySet[GapCount]:
    """Return the counts made until `moment`, newest first."""
    rows = GapCount.objects.order_by("-on")
    return rows.filter(counted_at__lte=moment) if moment else rows


def gaps_of(rows: list[GapCount]) -> list[Gap]:
    """Return every gap as of the first of `rows`, which are newest first, with its trend; [] where nothing was counted."""
    if not rows:
        return []
    newest, oldest_first = rows[0], rows[::-1]
    return [
        Gap(
            name,
            str(words),
            of,
            newest.missing.get(name, 0),
            getattr(newest, of),
            [(row.on, row.missing.get(name, 0), getattr(row, of)) for row in oldest_first],
        )
        for name, (of, words) in GAPS.items()
    ]
