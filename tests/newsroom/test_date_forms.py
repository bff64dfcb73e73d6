"""Days and moments are printed as Django prints them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import dateformat, translation

from newsroom.date_forms import formatted

FORMS = [
    "Y-m-d", "/Y/m/d/", "j F Y", "l, j F Y", "D j M", "/\\o\\n-\\t\\h\\i\\s-\\d\\a\\y/m/d/", "", "jS \\\\ F y", "،l",
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("form", [*FORMS, "H:i:s", "l, j F Y, H:i", "c", "P"])
def test_moments_are_printed_as_django_prints_them(form, language):
    with translation.override(language):
        for days in range(0, 800, 37):
            moment = datetime(2015, 1, 9, 3, 4, 5, tzinfo=UTC) + timedelta(days=days, hours=days)
            assert formatted(moment, form) == dateformat.format(moment, form)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("form", FORMS)
def test_days_are_printed_as_django_prints_them(form, language):
    with translation.override(language):
        for day in (date(1, 1, 1), date(987, 6, 5), date(2024, 2, 29), date(2016, 11, 3), date(9999, 12, 31)):
            assert formatted(day, form) == dateformat.format(day, form)


def test_a_day_has_no_hour():
    with pytest.raises(TypeError, match="time-related"):
        formatted(date(2016, 11, 3), "Y-m-d H:i")
