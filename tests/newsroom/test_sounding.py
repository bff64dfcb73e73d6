"""Spellings of one name meet under one key; names that are two do not."""

import itertools

import pytest

from newsroom.folding import fold, plain_name
from newsroom.sounding import LONGEST, after, beginning, sound

ONE_NAME = [
    ["Moussa", "Musa", "Mousa", "MOOSA", "موسى", "مُوسَى"],
    ["Mohammed", "Muhammad", "Mohamed", "Mohamad", "محمد", "مُحَمَّد"],
    ["Hussein", "Husayn", "Hussain", "Hossein", "حسين"],
    ["Qaddafi", "Gaddafi", "Kadhafi", "al-Gaddafi", "القذافي"],
    ["Aleppo", "aleppo", "Alepo"],
    ["Yusuf", "Youssef", "Yousef", "يوسف"],
    ["Assad", "Asad", "al-Assad", "El Assad", "الأسد", "اسد"],
    ["Abdullah", "Abdallah", "Abd Allah", "عبد الله", "عبدالله"],
    ["Abdul Rahman", "Abdurrahman", "Abdelrahman", "Abd al-Rahman", "عبد الرحمن", "عبدالرحمن"],
    ["Bashar", "Bachar", "بشار"],
    ["Aisha", "Aicha", "Aysha", "عائشة", "عائشه"],
    ["Fatima", "Fatimah", "فاطمة"],
    ["Sana'a", "Sana’a", "Sanaa", "صنعاء"],
    ["Hezbollah", "Hizbullah", "حزب الله"],
    ["Ibn Laden", "bin Laden", "Ben Laden", "بن لادن"],
    ["Walid", "Oualid", "وليد"],
    ["George", "جورج"],
    ["Erdoğan", "Erdogan", "أردوغان"],
    ["Poutine", "Putin", "بوتين"],
    ["Niger", "النيجر"],
    ["Nigeria", "Nigéria", "نيجيريا"],
    ["Syria", "Syrie", "سوريا", "سورية"],
    ["Mahmoud", "Mahmud", "محمود"],
    ["Hassan", "Hasan", "حسن"],
    ["The Hague", "Hague"],
]
TWO_NAMES = [
    ("Iran", "Iraq"),
    ("إيران", "العراق"),
    ("Niger", "Nigeria"),
    ("Austria", "Australia"),
    ("Slovakia", "Slovenia"),
    ("India", "Indiana"),
    ("Mahmoud", "Mohammed"),
    ("Hassan", "Hussein"),
    ("Jamal", "Kamal"),
    ("Salah", "Salma"),
    ("EU", "UAE"),
    ("G8", "G20"),
    ("Elections 2012", "Elections 2016"),
    ("Москва", "Казань"),
    ("Sudan", "South Sudan"),
    ("Farouk", "Farid"),
]


@pytest.mark.parametrize("spellings", ONE_NAME, ids=lambda spellings: spellings[0])
def test_spellings_of_one_name_meet(spellings):
    assert {sound(one) for one in spellings} == {sound(spellings[0])}


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_two_names_stay_apart(one, other):
    assert sound(one) != sound(other)


def test_names_of_the_list_stay_apart_from_each_other():
    keys = [sound(spellings[0]) for spellings in ONE_NAME]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "text", ["", " ", "'", "\u202e", "\0" * 1000, "x" * 100_000, "ش" * 1000, "ﷺ" * 100, "__"]
)
def test_key_is_bounded_and_never_fails(text):
    assert len(sound(text)) <= LONGEST


def test_key_of_what_was_written_is_never_empty():
    assert all(sound(one) for one in ("a", "1", "ء", "北京", "—", "ال", "the", "e"))


def test_half_a_name_begins_as_the_whole_does():
    for whole in ("Mousa", "Gaddafi", "Aleppo"):
        for end in range(2, len(whole) + 1):
            assert sound(whole).startswith(beginning(whole[:end])), whole[:end]


def test_walk_along_the_index_ends_behind_what_begins_alike():
    assert "ms" < "msa" < "mszzz" < after("ms") < "mu"
    assert after("\ud7ff") == "\ue000"
    assert after("\U0010ffff") > "\U0010ffff"


def test_marks_that_are_not_seen_are_no_part_of_a_name():
    assert plain_name("\u202eoppelA\u202c \u2066now\u2069\ufeff") == "oppelA now"
    for one, other in itertools.combinations(["Aleppo", "ALEPPO", "Aléppo"], 2):
        assert fold(one) == fold(other)
