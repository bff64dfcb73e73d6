"""Stated and inferred dates are kept apart, and lists know where to put each."""

from datetime import date

from articles.models.dating import UNKNOWN, Dating
from tests.builders import moment


def test_stated_day_has_no_hour():
    dating = Dating.stated_on(date(2016, 11, 3))
    assert (dating.is_stated, dating.is_time_known, dating.published_on) == (True, False, date(2016, 11, 3))


def test_stated_moment_has_its_hour():
    dating = Dating.stated_at(moment(2016, 11, 3, 14, 5))
    assert (dating.is_time_known, dating.listed_at) == (True, moment(2016, 11, 3, 14, 5))


def test_inferred_bounds_are_no_date():
    dating = Dating(earliest=date(2016, 10, 1), latest=date(2017, 3, 31), reason="Neighbours.")
    assert (dating.is_stated, dating.published_on) == (False, None)
    assert dating.listed_at == moment(2016, 10, 1).replace(microsecond=181)


def test_same_earliest_bound_is_listed_by_the_latest():
    first = date(2016, 10, 1)
    bounds = [
        Dating(earliest=first),
        Dating(earliest=first, latest=date(2016, 10, 31)),
        Dating(earliest=first, latest=date(2017, 3, 31)),
    ]
    listed = [one.listed_at for one in bounds]
    assert listed == sorted(set(listed))
    assert listed[-1] < moment(2016, 10, 1, 0, 0, 1)


def test_unknown_date_stands_at_the_end_of_every_list():
    assert Dating().listed_at == UNKNOWN
