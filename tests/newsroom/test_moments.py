"""A moment as people type it is understood as they meant it, in their own zone, or refused with what to do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from newsroom.moments import Moment, Trouble, read_moment

LONDON, NEW_YORK, BEIRUT, CAIRO = (
    ZoneInfo(name) for name in ("Europe/London", "America/New_York", "Asia/Beirut", "Africa/Cairo")
)
ZONES = (LONDON, NEW_YORK, BEIRUT, CAIRO, ZoneInfo("UTC"))


def read(text, zone=LONDON, now="2026-10-22 14:30", **how):
    """Read `text` on a Thursday afternoon."""
    return read_moment(text, now=datetime.fromisoformat(now).replace(tzinfo=zone), zone=zone, **how)


def hour(found):
    assert isinstance(found, Moment), found
    return f"{found.at:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tomorrow 6", "2026-10-23 06:00"),
        ("Tomorrow at 6 pm", "2026-10-23 18:00"),
        ("tomorrow six", "2026-10-23 06:00"),
        ("tomorrow noon", "2026-10-23 12:00"),
        ("tomorrow midnight", "2026-10-23 00:00"),
        ("the day after tomorrow, 9:15", "2026-10-24 09:15"),
        ("today 18:00", "2026-10-22 18:00"),
        ("tonight 8", "2026-10-22 20:00"),
        ("tonight at 23:30", "2026-10-22 23:30"),
        ("thursday 18:30", "2026-10-22 18:30"),
        ("thursday 6", "2026-10-29 06:00"),
        ("Thu 6", "2026-10-29 06:00"),
        ("friday 9am", "2026-10-23 09:00"),
        ("next friday 9am", "2026-10-30 09:00"),
        ("on Monday at 0630", "2026-10-26 06:30"),
        ("6 am", "2026-10-23 06:00"),
        ("18.30", "2026-10-22 18:30"),
        ("9", "2026-10-23 09:00"),
        ("12 am", "2026-10-23 00:00"),
        ("12 pm", "2026-10-23 12:00"),
        ("in 2 hours", "2026-10-22 16:30"),
        ("in half an hour", "2026-10-22 15:00"),
        ("in an hour and 30 minutes", "2026-10-22 16:00"),
        ("in 45 min", "2026-10-22 15:15"),
        ("25 december 9:00", "2026-12-25 09:00"),
        ("December 25th, 2027 at 9 pm", "2027-12-25 21:00"),
        ("Friday, 25 December 9:00", "2026-12-25 09:00"),
        ("25/12/2026 9:00", "2026-12-25 09:00"),
        ("25.12.2026 9:00", "2026-12-25 09:00"),
        ("11/11 11:00", "2026-11-11 11:00"),
        ("1 march 8", "2027-03-01 08:00"),
        ("29 february 6", "2028-02-29 06:00"),
        ("2026-11-03 06:00", "2026-11-03 06:00"),
        ("2026-11-03T06:00", "2026-11-03 06:00"),
        ("2026-11-03T06:00:30Z", "2026-11-03 06:00"),
        ("2026-07-03T06:00+03:00", None),
        ("tomorrow 6 utc", "2026-10-23 07:00"),
        ("tomorrow 6 bst", "2026-10-23 06:00"),
        ("غدا ٦", "2026-10-23 06:00"),
        ("غداً الساعة ٦ مساءً", "2026-10-23 18:00"),
        ("بعد غد 9:00", "2026-10-24 09:00"),
        ("يوم الجمعة 18:30", "2026-10-23 18:30"),
        ("الأحد ٧ صباحاً", "2026-10-25 07:00"),
        ("بعد ساعتين", "2026-10-22 16:30"),
        ("بعد ٣ ساعات", "2026-10-22 17:30"),
        ("١٢ كانون الأول 9:00", "2026-12-12 09:00"),
        ("25 ديسمبر 9:00", "2026-12-25 09:00"),
    ],
)
def test_words_are_understood(typed, meant):
    if meant is None:
        assert "has passed" in read(typed).said
    else:
        assert hour(read(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write a day and an hour"),
        ("soon", "“soon” is not understood"),
        ("tomorrow", "At what hour on Friday, 23 October 2026?"),
        ("2026-11-03", "At what hour on Tuesday, 3 November 2026?"),
        ("03/04 9", "may be read as two days"),
        ("99 december 9", "no such day"),
        ("30 february 9", "no such day"),
        ("2026-13-40 09:00", "no such day"),
        ("tomorrow 25:00", "no such hour"),
        ("tomorrow 6:75", "no such hour"),
        ("sunday 13 pm", "Write 6 am, or 18:00"),
        ("yesterday 6", "not understood"),
        ("today 6", "has passed"),
        ("2001-01-01T06:00", "has passed"),
        ("in 9999 weeks", "more than 10 years away"),
        ("1 january 2090 6:00", "more than 10 years away"),
        ("tomorrow 6 xyz", "do not show XYZ, but BST"),
        ("tomorrow 6 gmtt", "do not show"),
        ("1 hour", "Leave it out"),
        ("6 6 6", "not understood"),
        ("x" * 5_000, "too long"),
        ("\x00\ud800", "not understood"),
    ],
)
def test_what_is_no_moment_is_refused_with_what_to_do(typed, said):
    found = read(typed)
    assert isinstance(found, Trouble)
    assert said in found.said


@pytest.mark.parametrize(
    ("zone", "typed", "since", "until"),
    [
        (LONDON, "28 march 2027 1:30", "01:00", "02:00"),
        (NEW_YORK, "14 march 2027 2:30", "02:00", "03:00"),
        (BEIRUT, "28 march 2027 0:30", "00:00", "01:00"),
        (CAIRO, "30 april 2027 0:15", "00:00", "01:00"),
    ],
)
def test_hour_that_the_clocks_skip_is_refused(zone, typed, since, until):
    found = read(typed, zone)
    assert isinstance(found, Trouble)
    assert f"the clocks go from {since} to {until}" in found.said
    assert not found.choices


@pytest.mark.parametrize(
    ("zone", "typed", "first", "second"),
    [
        (LONDON, "25 october 1:30", "2026-10-25 00:30", "2026-10-25 01:30"),
        (NEW_YORK, "1 november 1:30", "2026-11-01 05:30", "2026-11-01 06:30"),
        (BEIRUT, "24 october 23:30", "2026-10-24 20:30", "2026-10-24 21:30"),
        (CAIRO, "29 october 23:30", "2026-10-29 20:30", "2026-10-29 21:30"),
    ],
)
def test_hour_that_comes_twice_is_asked_about(zone, typed, first, second):
    found = read(typed, zone)
    assert isinstance(found, Trouble)
    assert "comes twice" in found.said
    assert [f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M}" for one in found.choices] == [first, second]
    assert found.choices[0].said != found.choices[1].said
    for choice, word in zip(found.choices, ("first", "second"), strict=True):
        assert read(choice.typed, zone).at == choice.at
        assert read(f"{typed} {word}", zone).at == choice.at
        assert read(f"{typed} {choice.at.tzname()}", zone).at == choice.at


def test_bare_hour_that_comes_twice_tonight_is_asked_about_too():
    found = read("1:30", now="2026-10-25 00:10")
    assert isinstance(found, Trouble)
    assert len(found.choices) == 2


def test_it_is_said_back_with_weekday_date_hour_and_zone():
    assert read("tomorrow 6").said == "Friday, 23 October 2026, 06:00 (Europe/London, BST)"
    assert read("tomorrow 6", BEIRUT).said == "Friday, 23 October 2026, 06:00 (Asia/Beirut, EEST)"
    assert read("tomorrow 6", ZoneInfo("UTC")).said == "Friday, 23 October 2026, 06:00 (UTC)"


def test_what_has_passed_is_taken_where_it_may_have():
    assert hour(read("2001-01-01T06:00", now="2002-01-01 00:00", may_have_passed=True)) == "2001-01-01 06:00"


def test_hours_from_now_are_counted_across_a_change_of_the_clocks():
    assert hour(read("in 2 hours", now="2026-10-25 00:30")) == "2026-10-25 01:30"
    assert hour(read("in 2 hours", now="2027-03-28 00:30")) == "2027-03-28 03:30"


@settings(max_examples=150, deadline=None)
@given(
    at=some.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 12, 31)),
    zone=some.sampled_from(ZONES),
)
def test_every_moment_is_read_back_as_itself_or_asked_about(at, zone):
    there = at.replace(microsecond=0, tzinfo=UTC)
    local = there.astimezone(zone)
    found = read_moment(f"{local:%Y-%m-%d %H:%M:%S}", now=there - timedelta(days=1), zone=zone)
    if isinstance(found, Trouble):
        assert there in {choice.at for choice in found.choices}
    else:
        assert found.at == there
        assert read_moment(found.typed, now=there - timedelta(days=1), zone=zone).at == there


@settings(max_examples=200, deadline=None)
@given(typed=some.text(max_size=140), zone=some.sampled_from(ZONES))
def test_nothing_typed_breaks_it(typed, zone):
    found = read(typed, zone)
    assert found.said
    assert isinstance(found, Trouble) or found.at > datetime(2026, 10, 22, tzinfo=UTC)
