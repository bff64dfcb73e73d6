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


@pytest.mark.parametrize(
    "damaged", ["", "x", "%00", "9" * 65, "MTIz", "LTEuMQ", "MS4xLjE", "é", "MS45OTk5OTk5OTk5OTk5OTk5OTk5OTk"]
)
def test_damaged_cursor_is_refused_with_a_sentence(damaged):
    with pytest.raises(BadCursor, match="damaged"):
        Cursor.read(damaged)


@given(st.text())
def test_no_text_breaks_the_reading(text):
    try:
        Cursor.read(text)
    except BadCursor:
        pass
