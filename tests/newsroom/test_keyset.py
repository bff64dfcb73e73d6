"""Cursors come back as they went out, and nothing else is taken for one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.keyset import BadCursor, Cursor


@given(
    st.datetimes(timezones=st.just(UTC), min_value=datetime(1800, 1, 1), max_value=datetime(2999, 1, 1)),
    st.integers(0, 99_999_999),
)
def test_cursor_comes_back_as_it_went(moment, number):
    assert Cursor.read(str(Cursor(moment, number))) == Cursor(moment, number)


@given(st.text(max_size=20), st.text(max_size=20))
def test_cursor_is_a_place_in_its_own_list_alone(name, other):
    cursor = Cursor.read(str(Cursor(datetime(2016, 11, 3, tzinfo=UTC), 7).of(name)))
    cursor.require(name)
    if name != other:
        with pytest.raises(BadCursor, match="another list"):
            cursor.require(other)


@pytest.mark.parametrize(
    "damaged",
    ["", "x", "%00", "9" * 65, "MTIz", "LTEuMQ", "MS4x", "MS4xLjEuMQ", "é", "MS45OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ"],
)  # fmt: skip
def test_damaged_cursor_is_refused_with_a_sentence(damaged):
    with pytest.raises(BadCursor, match="damaged"):
        Cursor.read(damaged)


@given(st.text())
def test_no_text_breaks_the_reading(text):
    try:
        Cursor.read(text)
    except BadCursor:
        pass
