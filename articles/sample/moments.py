"""Works out when a sample story ran, so that the newest ran today whenever the sample is loaded."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from articles.models import Dating

_AGO = re.compile(r"(\d+) (day|year)s? ago (\d\d):(\d\d)")
_AHEAD = re.compile(r"(\d+) days? ahead (\d\d):(\d\d)")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d\d):(\d\d))?")
_UNDATED = re.compile(r"undated (\d{4}-\d\d-\d\d) (\d{4}-\d\d-\d\d)")
_SHORT = {"today": "0 days ago", "yesterday": "1 days ago"}


class NoMoment(Exception):
    """A sample story says when it ran in words that nobody taught `moments`."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Reads a story's "when" against the moment at which the sample is loaded."""

    now: datetime

    def dating(self, when: str, reason: str = "") -> Dating:
        """Return when a story ran: stated, inferred with `reason`, or not known at all."""
        if when == "unknown":
            return Dating()
        undated = _UNDATED.fullmatch(when)
        if undated:
            first, last = (date.fromisoformat(undated[n]) for n in (1, 2))
            return Dating(earliest=first, latest=last, reason=reason)
        day = _DAY.fullmatch(when)
        if day and day[2] is None:
            return Dating.stated_on(date.fromisoformat(day[1]))
        return Dating.stated_at(self.moment(when))

    def moment(self, when: str) -> datetime:
        """Return the moment meant by `when`; raises `NoMoment`."""
        first = when.split(" ", 1)[0]
        words = when.replace(first, _SHORT[first], 1) if first in _SHORT else when
        day, ago, ahead = _DAY.fullmatch(words), _AGO.fullmatch(words), _AHEAD.fullmatch(words)
        if day:
            return self._at(date.fromisoformat(day[1]), day[2], day[3])
        if ahead:
            return self._at(self._today + timedelta(days=int(ahead[1])), ahead[2], ahead[3])
        if ago is None:
            raise NoMoment(when)
        if ago[2] == "year":
            return self._at(_years_before(self._today, int(ago[1])), ago[3], ago[4])
        stated = self._at(self._today - timedelta(days=int(ago[1])), ago[3], ago[4])
        return stated if stated < self.now else self._a_little_before(stated)

    @property
    def _today(self) -> date:
        return self.now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()

    def _at(self, day: date, hour: str, minute: str) -> datetime:
        return datetime(
            day.year, day.month, day.day, int(hour), int(minute), tzinfo=ZoneInfo(settings.TIME_ZONE)
        )

    def _a_little_before(self, stated: datetime) -> datetime:
        """Return a moment just past, in the same order as the hours stated: nobody prints this morning's paper at night."""
        left_of_day = timedelta(days=1) - timedelta(hours=stated.hour, minutes=stated.minute)
        return self.now - timedelta(minutes=5) - left_of_day / 48


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
