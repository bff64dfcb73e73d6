"""When a story first ran: a date that was stated, or bounds that were inferred, never mixed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

UNKNOWN = datetime(1900, 1, 1, tzinfo=UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))


@dataclass(frozen=True, slots=True)
class Dating:
    """The first publication of a story.

    `published_at` is a stated moment (midnight in the paper's zone where only the day is known, and then
    `is_time_known` is False). Without one, `earliest` and `latest` are inferred days, either may be None, and
    `reason` is the sentence that says from what they were inferred.
    """

    published_at: datetime | None = None
    is_time_known: bool = False
    earliest: date | None = None
    latest: date | None = None
    reason: str = ""

    @classmethod
    def stated_on(cls, day: date, *, reason: str = "") -> "Dating":
        """Return the dating of a story whose day is printed, its hour unknown."""
        return cls(_midnight(day), False, day, day, reason)

    @classmethod
    def stated_at(cls, moment: datetime) -> "Dating":
        """Return the dating of a story whose moment of publication is known."""
        day = moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
        return cls(moment, True, day, day, "")

    @property
    def is_stated(self) -> bool:
        """Say whether the date was read somewhere, not worked out."""
        return self.published_at is not None

    @property
    def published_on(self) -> date | None:
        """Return the day of publication in the paper's own zone, if stated."""
        if self.published_at is None:
            return None
        return self.published_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()

    @property
    def listed_at(self) -> datetime:
        """Return the moment lists place the story at: the stated one, else the earliest bound, else the far past.

        Of two stories with the same earliest bound the one whose latest is later counts as later: a microsecond for
        each day between the bounds, so that stories of the same bounds stand together in every list.
        """
        if self.published_at is not None:
            return self.published_at
        bound = self.earliest or self.latest
        if bound is None:
            return UNKNOWN
        between = (self.latest - self.earliest).days if self.earliest and self.latest else 0
        return _midnight(bound) + timedelta(microseconds=max(between, 0))
