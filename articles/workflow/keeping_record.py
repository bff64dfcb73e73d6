"""Keeps what the public record says of itself up to date: heads of days, counts of gaps and notices, lines of history."""

from dataclasses import dataclass, field
from datetime import datetime

from articles.models import DayHead, cache_keys
from articles.workflow import announcing, closing_days, counting_gaps, describing, tallying


@dataclass(slots=True)
class Kept:
    """What one look found to do."""

    heads: list[DayHead] = field(default_factory=list)
    is_counted: bool = False
    described: int = 0

    def sentences(self) -> list[str]:
        """Return what is worth telling of it, a sentence a line: not the day's count, which stands on its page."""
        said = [f"Closed {head.day}: {head.editions:,} editions, head {head.digest}." for head in self.heads]
        if self.described:
            said.append(f"Counted what {self.described:,} editions changed.")
        return said


def keep_record(*, now: datetime | None = None, is_anew: bool = False) -> Kept:
    """Do what is due: close the days that are over, and once a day count; with `is_anew` count again today.

    For a timer; readers see what is public whether or not this ever runs. Twice at once is harmless.
    """
    kept = Kept(heads=closing_days.close_days(now=now))
    if is_anew or counting_gaps.is_due(now=now):
        kept.described = describing.describe_due()
        tallying.tally_all()
        counting_gaps.count_gaps(now=now)
        kept.is_counted = True
    if kept.described:
        announcing.keys_change(cache_keys.PAPER)
    elif kept.heads or kept.is_counted:
        announcing.keys_change(cache_keys.MANY, cache_keys.CORRECTIONS)
    return kept
