"""Brings the dates of IPTC, EXIF and XMP to ISO 8601, with no more in them than was stated."""

import re
from datetime import UTC, datetime

_ISO = re.compile(
    r"(?P<year>\d{4})(?:[-:](?P<month>\d\d)(?:[-:](?P<day>\d\d)"
    r"(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?"
)


def iso(stated: str, zone: str = "") -> str:
    """Return a date of XMP or EXIF as ISO 8601, or "" where it is none. `zone` is for dates that state none."""
    found = _ISO.fullmatch(stated.strip("\0 "))
    if not found:
        return ""
    parts = found.groupdict()
    return _put(
        [parts["year"], parts["month"], parts["day"]],
        [parts["hour"], parts["minute"], parts["second"]],
        parts["zone"] or zone,
    )


def iim(day: str, time: str) -> str:
    """Return a date of IPTC (CCYYMMDD and HHMMSS±HHMM) as ISO 8601, or "" where it is none."""
    date = re.match(r"(\d{4})[-:]?(\d\d)[-:]?(\d\d)", day.strip("\0 "))
    clock = re.match(r"(\d\d):?(\d\d):?(\d\d)?\s*([+-]\d\d:?\d\d|Z)?", time.strip("\0 "))
    if not date:
        return ""
    return _put(
        list(date.groups()), list(clock.groups()[:3]) if clock else [None] * 3, (clock and clock[4]) or ""
    )


def same(one: str, other: str) -> bool:
    """Say whether two dates can be of one moment, as far as both of them go."""
    shorter, longer = sorted((one, other), key=len)
    if "T" not in shorter:
        return longer.startswith(shorter)
    first, second = (datetime.fromisoformat(date).replace(second=0) for date in (one, other))
    if first.tzinfo and second.tzinfo:
        return first.astimezone(UTC) == second.astimezone(UTC)
    return first.replace(tzinfo=None) == second.replace(tzinfo=None)


def _put(date: list[str | None], clock: list[str | None], zone: str) -> str:
    """Join the parts that are there and possible; zeros for month or day mean that nobody knew."""
    known = "-".join(part for part in _until_unknown(date) if part)
    if len(known) < 10 or clock[0] is None or clock[1] is None:
        return known if _is_possible(known) else ""
    moment = f"{known}T{clock[0]}:{clock[1]}:{clock[2] or '00'}"
    zone = {"Z": "+00:00"}.get(zone, zone)
    if zone and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return next((one for one in (moment + zone, moment, known) if _is_possible(one)), "")


def _until_unknown(date: list[str | None]) -> list[str]:
    kept = []
    for part in date:
        if not part or not int(part):
            break
        kept.append(part)
    return kept


def _is_possible(date: str) -> bool:
    try:
        return (
            datetime.fromisoformat(date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date).year >= 1000
        )
    except ValueError:
        return False
