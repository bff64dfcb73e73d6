"""How a moment stands in an address: fourteen digits, or fewer to be completed."""

from django.urls import register_converter

from articles.paper.asof import read_stamp, stamp_of

# The name of the converter, for patterns.
MOMENT, STAMP = "moment", "stamp"


class Moment:
    """Fourteen digits that name a second in UTC; digits that no calendar has match nothing."""

    regex = "[0-9]{14}"
    to_python = staticmethod(read_stamp)
    to_url = staticmethod(stamp_of)


class Stamp:
    """Digits that may name a moment, whole or cut short."""

    regex = "[0-9]{4}(?:[0-9]{2}){0,5}"
    to_python = str
    to_url = str


register_converter(Moment, MOMENT)
register_converter(Stamp, STAMP)
