"""Media IDs of the first archive whose month is known: from captions that give their date, and agree with each other.

Of 16 dated captions these nine rise with their Media IDs; the others show older photographs. They hold for numbers
of this archive alone, those between 55,000,000 and 55,999,999.
"""

from datetime import date

FIRST, LAST = 55_000_000, 55_999_999
ANCHORS: tuple[tuple[int, date], ...] = (
    (55_293_631, date(2012, 12, 1)),
    (55_303_699, date(2013, 3, 1)),
    (55_310_555, date(2013, 7, 1)),
    (55_324_479, date(2013, 12, 1)),
    (55_333_980, date(2014, 6, 1)),
    (55_335_595, date(2014, 8, 1)),
    (55_359_836, date(2016, 10, 1)),
    (55_369_750, date(2017, 3, 1)),
    (55_384_280, date(2017, 9, 1)),
)
