"""Dates as printed, the days they can mean, and what they prove about when a story ran."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from articles.importing.reading.page import PrintedDate

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ARABIC = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)
_NUMBER = {name.lower(): number for number, name in enumerate(_MONTHS, 1)}
_NUMBER |= {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)} | {"sept": 9}
_NUMBER |= {name: number for number, name in enumerate(_ARABIC, 1)} | {"ابريل": 4, "اغسطس": 8, "اكتوبر": 10}
_NAME = "|".join(
    sorted(
        {*_NUMBER, *(_name.capitalize() for _name in _NUMBER), *(_name.upper() for _name in _NUMBER)},
        key=len,
        reverse=True,
    )
)
_MONTH = rf"(?P<m{{n}}>(?:{_NAME}))\b(?:\.(?=,? ?\d))?"
_YEAR = r"(?P<y{n}>(?:19|20)\d\d)\b"
_DAY = r"(?P<d{n}>[0-3]?\d)(?:st|nd|rd|th)?"


def _form(number: int, text: str) -> str:
    return (
        text.replace("MONTH", _MONTH).replace("YEAR", _YEAR).replace("DAY", _DAY).replace("{n}", str(number))
    )


_FORMS = (
    _form(1, r"\bMONTH DAY,? {0,2}YEAR"),
    _form(2, r"\b(?:the )?DAY (?:of )?MONTH,? {0,2}YEAR"),
    r"\b(?P<y3>(?:19|20)\d\d)[-/](?P<m3>0?[1-9]|1[0-2])[-/](?P<d3>[0-3]?\d)\b",
    r"\b(?P<d4>[0-3]?\d)[-/](?P<m4>[01]?\d)[-/](?P<y4>1[34]\d\d) ?(?:AH|H|هـ)",
    r"\b(?P<d5>[0-3]?\d)[-/.](?P<m5>[01]?\d)[-/.](?P<y5>(?:19|20)\d\d)\b",
    _form(6, r"\bMONTH,? (?:of )?YEAR"),
    _form(7, r"\b(?:the )?DAY (?:of )?MONTH"),
    _form(8, r"\bMONTH DAY\b"),
    (
        r"\b(?P<lead9>[Ii]n|[Ss]ince|[Dd]uring|[Oo]f|[Yy]ear|[Ff]rom|[Ee]arly|[Ll]ate|[Mm]id|[Ss]ummer|[Ww]inter|[Ss]pring"
        r"|[Aa]utumn|[Bb]etween|[Aa]fter|[Bb]efore|[Uu]ntil|[Bb]y|[Tt]he)[ -](?P<y9>(?:19|20)\d\d)\b(?![,.]\d)"
    ),
)
_ANY = re.compile("|".join(f"(?:{form})" for form in _FORMS))
_FUTURE = re.compile(
    r"\b(?:will|shall|would|by|until|till|before|next|due|plans?|planned|scheduled|expected|ahead|upcoming|target|vision"
    r"|forecast|to be|deadline|expires?)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LONGEST = 200_000
_CLOCK = re.compile(r"\s{0,3}[-–,]?\s{0,3}([01]?\d|2[0-3]):([0-5]\d)\b")


def find_dates(text: str, *, line: int, where: str, limit: int = 200) -> list[PrintedDate]:
    """All dates of a text in their order (at most `limit`), each with the days that it can mean.

    A date in a caption proves that the story isn't older; so does one in the body, unless it speaks of the future.
    """
    found: list[PrintedDate] = []
    text = text[:_LONGEST]
    if not _DIGIT.search(text):
        return found
    for match in _ANY.finditer(text):
        printed = _printed(match, text, line, where)
        if printed is not None:
            found.append(printed)
        if len(found) >= limit:
            break
    return found


def first_day(text: str, *, line: int, where: str) -> PrintedDate | None:
    """The first full date of the civil calendar in a text."""
    if not _DIGIT.search(text):
        return None
    for match in _ANY.finditer(text[:_LONGEST]):
        printed = _printed(match, text, line, where)
        if printed is not None and printed.day is not None:
            return printed
    return None


def only_date(text: str, *, line: int, where: str, rule: str) -> PrintedDate | None:
    """The date that a text is, and nothing else but a weekday in front and a time of day behind."""
    text = text.strip()
    if len(text) > 60 or not _DIGIT.search(text):
        return None
    match = _ANY.search(text)
    if match is None:
        return None
    before, after = text[: match.start()].strip(" ,"), text[match.end() :].strip()
    weekday = not before or before[:3].capitalize() in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    if not weekday or len(before) > 9 or (after and not _CLOCK.fullmatch(after) and after not in ("-", "|")):
        return None
    printed = _printed(match, text, line, where)
    if printed is None or printed.day is None:
        return None
    return PrintedDate(text, "day", printed.earliest, printed.latest, line, rule, where, "published")


def clock(printed: str) -> dt.time | None:
    """The time of day that a printed date ends with ("Sunday, 27 June, 2021 - 10:15")."""
    found = _CLOCK.search(printed[-9:])
    return dt.time(int(found.group(1)), int(found.group(2))) if found else None


def _printed(match: re.Match[str], text: str, line: int, where: str) -> PrintedDate | None:
    """One match as a date, or None when there is no such day."""
    kind = next(
        number
        for number in range(1, 10)
        if match.groupdict().get(f"y{number}") or match.groupdict().get(f"m{number}")
    )
    part = match.groupdict()
    year = int(part.get(f"y{kind}") or 0)
    name = part.get(f"m{kind}")
    month = (int(name) if name.isdecimal() and name.isascii() else _NUMBER[name.lower()]) if name else 0
    day = int(part.get(f"d{kind}") or 0)
    precision, rule = "day", "date"
    try:
        if kind == 4:
            middle = _from_hijri(year, month, day)
            earliest, latest = middle - dt.timedelta(1), middle + dt.timedelta(1)
            rule = "date-hijri"
        elif kind == 5 and (day <= 12 and month <= 12 and day != month):
            earliest, latest = sorted((dt.date(year, month, day), dt.date(year, day, month)))
            rule = "date-day-or-month-first"
        elif day and year:
            earliest = latest = dt.date(year, month, day)
        elif day:
            dt.date(2000, month, day)
            return PrintedDate(match.group(), "day-of-year", None, None, line, "date-without-year", where)
        elif month:
            earliest, latest = (
                dt.date(year, month, 1),
                dt.date(year, month, calendar.monthrange(year, month)[1]),
            )
            precision, rule = "month", "date-month"
        else:
            earliest, latest = dt.date(year, 1, 1), dt.date(year, 12, 31)
            precision, rule = "year", "date-year"
    except ValueError:
        return None
    proves = _proves(match, text, where)
    return PrintedDate(match.group(), precision, earliest, latest, line, rule, where, proves)


def _proves(match: re.Match[str], text: str, where: str) -> str:
    if where in ("caption", "credit"):
        return "not-before"
    near = text[max(0, match.start() - 60) : match.end()]
    clause = re.split(r"[.!?;] ", near)[-1]
    return "nothing" if _FUTURE.search(clause) else "not-before"


def _from_hijri(year: int, month: int, day: int) -> dt.date:
    """The tabular Islamic calendar: within a day of the one in use."""
    if not (1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError
    number = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + 1948440 - 385
    return dt.date.fromordinal(number - 1721425)
