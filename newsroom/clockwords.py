"""Reads the words for days and hours out of what somebody typed, English or Arabic, however they put it."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from newsroom.folding import fold

_MONTHS = (
    "january|jan|يناير|كانون الثاني", "february|feb|فبراير|شباط", "march|mar|مارس|اذار", "april|apr|ابريل|نيسان",
    "may|مايو|ايار", "june|jun|يونيو|حزيران", "july|jul|يوليو|تموز", "august|aug|اغسطس|اب",
    "september|sept|sep|سبتمبر|ايلول", "october|oct|اكتوبر|تشرين الاول", "november|nov|نوفمبر|تشرين الثاني",
    "december|dec|ديسمبر|كانون الاول",
)  # fmt: skip
_WEEKDAYS = (
    "monday|mon|الاثنين", "tuesday|tues|tue|الثلاثاء", "wednesday|weds|wed|الاربعاء", "thursday|thurs|thur|thu|الخميس",
    "friday|fri|الجمعه", "saturday|sat|السبت", "sunday|sun|الاحد",
)  # fmt: skip
_AHEAD = {
    "the day after tomorrow": 2, "day after tomorrow": 2, "بعد غد": 2, "tomorrow": 1, "tmrw": 1, "tmw": 1, "غدا": 1,
    "today": 0, "tonight": 0, "اليوم": 0, "الليله": 0,
}  # fmt: skip
_UNITS = {"minute": 1, "min": 1, "hour": 60, "hr": 60, "h": 60, "day": 1440, "week": 10080}
_ARABIC_UNITS = {
    "دقيقه": 1, "دقايق": 1, "دقيقتين": 2, "ساعه": 60, "ساعات": 60, "ساعتين": 120, "يوم": 1440, "ايام": 1440, "يومين": 2880,
}  # fmt: skip
_NUMBERS = (
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_COUNT = rf"(\d{{1,4}}|an?|half an|half a|{'|'.join(_NUMBERS[1:])})"
_AFTER = re.compile(rf"{_COUNT} ?({'|'.join(_UNITS)})s?(?: and|,)? ?")
_ARABIC_AFTER = re.compile(rf"(\d{{1,4}})? ?({'|'.join(sorted(_ARABIC_UNITS, key=len, reverse=True))})")
_MORNING = r"a\.?m\.?|in the morning|صباحا|ص"
_EVENING = r"p\.?m\.?|in the (?:evening|afternoon)|at night|مساء|م"
_HOUR = re.compile(
    rf"(?:(\d\d?)(?:[:.h](\d\d))?|(\d\d)(\d\d)|({'|'.join(_NUMBERS[1:])})) ?(?:({_MORNING})|({_EVENING}))? ?(?:o'?clock)?"
)
_NAMED_HOURS = {
    "noon": time(12),
    "midday": time(12),
    "midnight": time(0),
    "الظهر": time(12),
    "ظهرا": time(12),
    "منتصف الليل": time(0),
}
_ZONE = re.compile(r" ?\b([a-z]{3,5})$")


class NotUnderstood(Exception):
    """What was typed is no moment; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock shows, and the name of the zone behind it if one was typed."""

    at: time
    zone: str = ""


def plain(text: str) -> str:
    """Return what was typed in one spelling: folded, western digits, no commas, none of the words that mean nothing."""
    folded = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in fold(text))
    without = re.sub(r"[,،]|\b(?:on|at|the|of|يوم|الساعه|في)\b(?! ?after)|@", " ", folded)
    return re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", without)


def how_long(typed: str) -> timedelta | None:
    """Return how long from now “in 2 hours” is, None for what says no such thing."""
    if typed.startswith("in "):
        rest, minutes = typed[3:].strip(), 0.0
        while found := _AFTER.match(rest):
            minutes += _number(found[1]) * _UNITS[found[2]]
            rest = rest[found.end() :]
        return timedelta(minutes=minutes) if minutes and not rest else None
    if typed.startswith("بعد "):
        counted = _ARABIC_AFTER.fullmatch(typed[4:].strip())
        if counted:
            return timedelta(minutes=int(counted[1] or 1) * _ARABIC_UNITS[counted[2]])
    return None


def _number(word: str) -> float:
    if word.isdigit():
        return float(word)
    if word.startswith("half"):
        return 0.5
    return 1.0 if word in {"a", "an"} else float(_NUMBERS.index(word))


def which_of_two(typed: str) -> tuple[str, str]:
    """Return the text without “first” or “second” behind it, and which it was: of an hour that comes twice."""
    found = re.search(r" \(?(?:(first|earlier)|(second|later))(?: one| time)?\)?$", typed)
    if not found:
        return typed, ""
    return typed[: found.start()], "first" if found[1] else "second"


def day_in(typed: str, today: date) -> tuple[date | None, str]:
    """Return the day that is named, if one is, and what was typed beside it."""
    for read in (_by_distance, _by_month, _by_numbers, _by_weekday):
        found = read(typed, today)
        if found is not None:
            return found
    return None, typed


def _rest(typed: str, found: re.Match[str], kept: str = "") -> str:
    return " ".join(f"{typed[: found.start()]} {typed[found.end() :]} {kept}".split())


def _by_distance(typed: str, today: date) -> tuple[date, str] | None:
    for words, days in _AHEAD.items():
        found = re.search(rf"(?<!\w){words}(?!\w)", typed)
        if found:
            is_evening = words in {"tonight", "الليله"} and not re.search(r"\d ?[ap]\.?m", typed)
            rest = _rest(typed, found)
            return today + timedelta(days=days), _tonight(rest) if is_evening else rest
    return None


def _tonight(rest: str) -> str:
    return f"{rest} pm" if re.fullmatch(r"(?:[1-9]|1[01])(?:[:.]\d\d)?", rest) else rest


def _by_month(typed: str, today: date) -> tuple[date, str] | None:
    for number, names in enumerate(_MONTHS, start=1):
        found = re.search(rf"(?<![\w:.])(\d\d?) (?:{names})\.?(?!\w)(?: (\d{{4}})(?![\d:]))?", typed)
        found = found or re.search(rf"(?<!\w)(?:{names})\.? (\d\d?)(?![\d:.])(?: (\d{{4}})(?![\d:]))?", typed)
        if found:
            rest = _rest(typed, found)
            rest = re.sub(rf"(?<!\w)(?:{'|'.join(_WEEKDAYS)})(?!\w)", "", rest).strip()
            return _in_year(found[2], number, int(found[1]), today), rest
    return None


def _in_year(year: str | None, month: int, day: int, today: date) -> date:
    """Return the day in the year named, or the next one to come; 29 February waits for its year."""
    if year:
        return date(int(year), month, day)
    for ahead in range(9):
        try:
            found = date(today.year + ahead, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError(f"no day {day} in month {month}")


def _by_numbers(typed: str, today: date) -> tuple[date, str] | None:
    found = re.search(
        r"(?<![\d:])(\d\d?)([/.])(\d\d?)(?:\2(\d{4}))(?!\d)|(?<![\d:])(\d\d?)/(\d\d?)(?!\d)", typed
    )
    if not found:
        return None
    one, other = int(found[1] or found[5]), int(found[3] or found[6])
    if one != other and one <= 12 and other <= 12:
        raise NotUnderstood(f"“{found[0]}” may be read as two days. Write the month as a word.")
    day, month = (other, one) if other > 12 else (one, other)
    return _in_year(found[4], month, day, today), _rest(typed, found)


def _by_weekday(typed: str, today: date) -> tuple[date, str] | None:
    for number, names in enumerate(_WEEKDAYS):
        found = re.search(
            rf"(?<!\w)(?:(next|this) )?(?:{names})(?!\w)(?: (القادم|القادمه|المقبل|المقبله))?", typed
        )
        if found:
            ahead = (number - today.weekday()) % 7
            if found[1] == "next" and number >= today.weekday():
                ahead += 7
            return today + timedelta(days=ahead), _rest(typed, found)
    return None


def comes_again_after(typed: str) -> timedelta | None:
    """Return after how long the same words name another day: a week for a weekday, a day for a bare hour."""
    for read in (_by_distance, _by_month, _by_numbers):
        if read(typed, date(2000, 1, 1)) is not None:
            return None
    return timedelta(weeks=1) if _by_weekday(typed, date(2000, 1, 1)) else timedelta(days=1)


def clock_in(typed: str) -> Clock | None:
    """Return the hour that was typed and nothing else beside it; None where none was."""
    rest = typed.strip()
    if not rest:
        return None
    for word, at in _NAMED_HOURS.items():
        if rest in {word, f"12 {word}"}:
            return Clock(at)
    found = _HOUR.fullmatch(rest)
    if found:
        return Clock(_clock(found))
    behind = _ZONE.search(rest)
    found = _HOUR.fullmatch(rest[: behind.start()].strip()) if behind else None
    if found and behind:
        return Clock(_clock(found), behind[1])
    raise NotUnderstood(
        f"“{rest}” is not understood. Write a day and an hour, such as “tomorrow 6:00”, “Thursday 18:30” or “in 2 hours”."
    )


def _clock(found: re.Match[str]) -> time:
    hour = int(found[1] or found[3] or 0) if not found[5] else _NUMBERS.index(found[5])
    minute = int(found[2] or found[4] or 0)
    if (found[6] or found[7]) and not 1 <= hour <= 12:
        raise NotUnderstood(f"There is no such hour as “{found[0].strip()}”. Write 6 am, or 18:00.")
    if found[6] or found[7]:
        hour = hour % 12 + (12 if found[7] else 0)
    if hour > 23 or minute > 59:
        raise NotUnderstood(f"There is no such hour as “{found[0].strip()}”. Hours go from 0:00 to 23:59.")
    return time(hour, minute)
