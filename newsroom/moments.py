"""Understands a moment as people type it, and says it back with weekday, date, hour and zone, so that nobody is mistaken."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils import timezone
from django.utils.formats import date_format

from newsroom import clockwords as said
from newsroom.clockwords import NotUnderstood

LONGEST = 120
YEARS_AHEAD = 10
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[t ]\s*(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?\s*(z|[+-]\d\d:?\d\d)?"
)
_OFFSET = re.compile(r"\s*\b(?:utc|gmt)?\s*([+-]\d\d):?(\d\d)$")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that was understood: when, and in words that leave no doubt."""

    at: datetime
    said: str

    @property
    def typed(self) -> str:
        """Return it as a text that `read_moment` reads as this moment and no other."""
        offset = f"{self.at:%z}"
        return f"{self.at:%Y-%m-%d %H:%M:%S} {offset[:3]}:{offset[3:5]}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why no moment was understood, and what to do; `choices` where what was typed happens twice."""

    said: str
    choices: tuple[Moment, ...] = ()


def in_words(moment: datetime, zone: tzinfo | None = None) -> str:
    """Return a moment in the paper's own zone, or in `zone`, the zone named."""
    local = moment.astimezone(zone) if zone else timezone.localtime(moment)
    return f"{date_format(local, 'l, j F Y, H:i')} ({local.tzname()})"


def read_moment(text: str, *, now: datetime, zone: tzinfo, may_have_passed: bool = False) -> Moment | Trouble:
    """Return the moment that `text` names, as somebody in `zone` types it at the moment `now`.

    An hour alone is the next one to come; a day needs its hour. An hour that the clocks skip is refused, and one
    that they repeat is asked about. What has passed is refused, unless it `may_have_passed`.
    """
    typed = " ".join(said.plain(text[: LONGEST + 1]).split())
    if not typed:
        return Trouble("Write a day and an hour, such as “tomorrow 6:00”.")
    if len(text) > LONGEST:
        return Trouble(
            "This is too long for a day and an hour. Write “tomorrow 6:00”, or “25 December 18:30”."
        )
    try:
        found = _understood(typed, now.astimezone(zone), zone)
    except NotUnderstood as unclear:
        return Trouble(str(unclear))
    except (OverflowError, ValueError):
        return Trouble(f"There is no such day or hour as “{text.strip()}”. Check the numbers.")
    if isinstance(found, Trouble):
        return found
    if not may_have_passed and found <= now:
        return Trouble(f"{in_words(found, zone)} has passed. Choose a later hour.")
    if found.year - now.year > YEARS_AHEAD:
        return Trouble(f"{found.year} is more than {YEARS_AHEAD} years away. Check the year.")
    return _moment(found, zone)


def _moment(at: datetime, zone: tzinfo) -> Moment:
    local = at.astimezone(zone)
    name = str(getattr(zone, "key", zone))
    abbreviated = local.tzname() or ""
    named = name if abbreviated in {"", name} else f"{name}, {abbreviated}"
    return Moment(local, f"{date_format(local, 'l, j F Y')}, {local:%H:%M} ({named})")


def _understood(typed: str, here: datetime, zone: tzinfo) -> datetime | Trouble:
    iso = _ISO.fullmatch(typed)
    if iso:
        return _iso(iso, zone)
    after = said.how_long(typed)
    if after is not None:
        return (here.astimezone(UTC) + after).replace(second=0, microsecond=0)
    typed, which = said.which_of_two(typed)
    offset = _OFFSET.search(typed)
    if offset:
        typed = typed[: offset.start()]
    day, rest = said.day_in(typed, here.date())
    clock = said.clock_in(rest)
    if clock is None:
        named = f" on {date_format(day, 'l, j F Y')}" if day else ""
        raise NotUnderstood(f"At what hour{named}? Write it behind the day, such as “{typed} 6:00”.")
    wall = datetime.combine(day or here.date(), clock.at)
    step = said.comes_again_after(typed)
    if offset:
        return _fixed(wall, _shift(offset[1], offset[2]))
    if clock.zone in {"utc", "gmt"}:
        found: datetime | Trouble = _fixed(wall, timedelta(0))
    else:
        found = _settled(wall, zone, which or clock.zone)
    if step and _has_passed(found, here):
        found = _settled(wall + step, zone, which or clock.zone)
    if isinstance(found, datetime) and clock.zone not in {"", "utc", "gmt", _zone_at(found, zone)}:
        raise NotUnderstood(
            f"The clocks there do not show {clock.zone.upper()}, but {_zone_at(found, zone).upper()}. Leave it out."
        )
    return found


def _zone_at(at: datetime, zone: tzinfo) -> str:
    return (at.astimezone(zone).tzname() or "").casefold()


def _has_passed(found: datetime | Trouble, here: datetime) -> bool:
    """Say whether an hour typed without its date is over today, so that the next one is meant."""
    if isinstance(found, Trouble):
        return bool(found.choices) and found.choices[-1].at <= here
    return found <= here


def _iso(found: re.Match[str], zone: tzinfo) -> datetime | Trouble:
    year, month, day, hour, minute, second, offset = found.groups()
    on = date(int(year), int(month), int(day))
    if hour is None:
        raise NotUnderstood(f"At what hour on {date_format(on, 'l, j F Y')}? Write it behind the day.")
    wall = datetime.combine(on, time(int(hour), int(minute), int(second or 0)))
    if offset is None:
        return _settled(wall, zone, "")
    return _fixed(wall, timedelta(0) if offset == "z" else _shift(offset[:3], offset[-2:]))


def _shift(hours: str, minutes: str) -> timedelta:
    shift = timedelta(hours=abs(int(hours)), minutes=int(minutes))
    return -shift if hours.startswith("-") else shift


def _fixed(wall: datetime, shift: timedelta) -> datetime:
    return (wall - shift).replace(tzinfo=UTC)


def _settled(wall: datetime, zone: tzinfo, which: str) -> datetime | Trouble:
    """Return the moment at which the clocks of `zone` show `wall`: refused where never, asked where twice.

    `which` is "first", "second" or the name of one of the two zones ("bst").
    """
    both = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    true = [at for at in dict.fromkeys(both) if at.astimezone(zone).replace(tzinfo=None) == wall]
    if not true:
        return _skipped(wall, zone, *sorted(both))
    if len(true) == 1:
        return true[0]
    chosen = {"first": true[0], "second": true[1]}
    chosen |= {_zone_at(at, zone): at for at in true}
    if which in chosen:
        return chosen[which]
    choices = tuple(_moment(at, zone) for at in true)
    names = " or ".join(choice.said for choice in choices)
    return Trouble(
        f"{wall:%H:%M} comes twice on {date_format(wall, 'l, j F Y')}: the clocks go back. Which one: {names}?",
        choices,
    )


def _skipped(wall: datetime, zone: tzinfo, low: datetime, high: datetime) -> Trouble:
    """Return why there is no such hour; the clocks change somewhere between `low` and `high`."""
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    change = high.replace(microsecond=0)
    until = change.astimezone(zone)
    since = change + (before or timedelta(0))
    return Trouble(
        f"There is no {wall:%H:%M} on {date_format(wall, 'l, j F Y')}: the clocks go from {since:%H:%M} to "
        f"{until:%H:%M}. Choose an hour before or after."
    )
