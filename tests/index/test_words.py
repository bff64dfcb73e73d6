"""Words are cut the quick way out of plain texts, and are the same as those that stand in them one by one."""

import random

import pytest

from articles.index.words import (
    exact_of,
    exacts,
    forms,
    opening_of,
    places,
    places_of,
    stem_of,
    stems_sought,
    stems_written,
    tokens,
    written,
)

SIGNS = [*"aAsSbT0_'`’‘“”–—….- \n\té&", "\u00a0", "\u0301", "ʼ", "\x1f", "'s", "’S", "can't ", "الكتابَ", "٣"]


@pytest.mark.parametrize(
    "text",
    [
        "The quays’ keeper can’t; it's O'Brien's, rock'n'roll and 'quoted' a''b x's't _'s",
        "“Sidon” – Tyre… déjà-vu, َوالكتابُ ٢٠١٤",
        "",
    ],
)
def test_words_cut_quickly_are_those_that_stand_in_the_text(text):
    assert exacts(written(text)) == [one.exact for one in tokens(text)]


def test_words_cut_quickly_are_those_of_any_text():
    chance = random.Random(19)
    for number in range(4_000):
        signs = SIGNS[: 16 if number % 2 else None]
        text = "".join(chance.choice(signs) for _ in range(chance.randrange(1, 16)))
        one_by_one = [(one.exact, text[one.start].isupper()) for one in tokens(text)]
        quickly = [(exacts([word])[0], word[0].isupper()) for word in written(text) if exacts([word])]
        assert quickly == one_by_one, text


def test_words_that_begin_as_asked_are_found_where_they_stand():
    chance = random.Random(23)
    for number in range(4_000):
        signs = SIGNS[: 16 if number % 2 else None]
        text = "".join(chance.choice(signs) for _ in range(chance.randrange(1, 16)))
        ways = [*"asbt0éا", "ab", "ta", "bas", "aab", "aé", "as0"]
        openings = chance.sample(ways, chance.choice([0, 1, 2, 3, 6]))
        found = [one.span() for one in places_of(openings, text)]
        every = list(places(text))
        assert set(found) <= {one.span() for one in every}, text
        wanted = [one.span() for one in every if exact_of(one[0]).startswith(tuple(openings))]
        assert [span for span in found if span in wanted] == wanted, (text, openings)


def test_words_begin_as_their_stems():
    chance = random.Random(29)
    endings = ["ing", "ed", "es", "ies", "ied", "ly", "ally", "ness", "ful", "tion", "y's", "ss", "ee", "st"]
    parts = [*"aeiouystrndlgc", *endings, "gener", "commun", "dy", "ski"]
    made = ["".join(chance.choice(parts) for _ in range(chance.randrange(1, 7))) for _ in range(50_000)]
    for word in map(exact_of, made):
        assert word.startswith(opening_of(stem_of(word))), word
    assert (opening_of(stem_of("dying")), opening_of(stem_of("skies"))) == ("d", "s")


@pytest.mark.parametrize(
    ("said", "exact"),
    [
        ("We’ll", "we"),
        ("I'd", "i"),
        ("they're", "they"),
        ("it's", "it"),
        ("WHO’D’VE", "who"),
        ("could've", "could"),
        ("can't", "cant"),
        ("won’t", "wont"),
        ("O'Reilly's", "oreilly"),
        ("Sa'd", "sad"),
        ("he'llo", "hello"),
    ],
)
def test_contracted_words_are_those_that_stand_in_front(said, exact):
    assert exact_of(said) == exact
    assert [one.exact for one in tokens(f"({said})")] == [exact]


def is_met(asked, said):
    return not stems_sought(*forms(asked)).isdisjoint(stems_written([said]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مدينة", "المدينة"),
        ("ألوان", "الألوان"),
        ("ألوان", "والأَلوان"),
        ("ألوان", "للألوان"),
        ("إلغاء", "بالإلغاء"),
        ("آلية", "الآلية"),
        ("ألمانية", "الألمانيّة"),
        ("التزام", "الالتزام"),
        # Many write no hamza.
        ("المانيا", "ألمانيا"),
        ("المانيا", "ا\u0654لمانيا"),
        ("الالوان", "ألوان"),
        ("أب", "الأب"),
        # A word's own lam behind that of “to”: an article between them leaves no mark.
        ("لبنان", "للبنان"),
        ("لبنان", "وللبنان"),
        ("اللاجئين", "للاجئين"),
        ("لاجئين", "للاجئين"),
        ("اللغة", "للغة"),
        ("quays", "quay"),
    ],
)
def test_word_is_met_with_and_without_its_article_also_where_it_begins_like_one(one, other):
    assert is_met(one, other)
    assert is_met(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ألوان", "وأن"),
        ("إلى", "ى"),
        ("ألمانيا", "مانيا"),
        ("ألف", "ف"),
        ("مدينة", "مدن"),
        ("بنان", "لبنان"),
        ("quay", "quaint"),
    ],
)
def test_what_a_word_begins_with_is_no_article_where_its_alif_is_its_own(one, other):
    assert not is_met(one, other)
    assert not is_met(other, one)


@pytest.mark.parametrize(
    ("asked", "said"), [("أحمد", "وأحمد"), ("بيروت", "وبيروت"), ("قال", "وقال"), ("لبنان", "ولبنان")]
)
def test_word_is_found_behind_the_and_that_is_written_on_to_it(asked, said):
    assert is_met(asked, said)
    # “And” may be the word's own letter: what is asked for so is looked for so.
    assert not is_met(said, asked)


@pytest.mark.parametrize(
    ("said", "exact"),
    [
        ("Hawaiʻi", "hawaii"),
        ("Nukuʻalofa", "nukualofa"),
        ("OʼNeill", "oneill"),
        ("Sidonʼs", "sidon"),
        ("ʿAbbās", "abbas"),
        ("Qurʾān", "quran"),
        # What may divide a word at the end of a line, or must not, is not seen within it.
        ("vex\u00adil\u00adlology", "vexillology"),
        ("joi\u2060ner", "joiner"),
        ("ferry\ufeffman", "ferryman"),
        # The number of a footnote is no part of the word; that of a formula is.
        ("wrote¹", "wrote"),
        ("wrote¹²", "wrote"),
        ("CO₂", "co2"),
        ("km²", "km2"),
    ],
)
def test_signs_that_are_no_letters_of_a_word_make_no_other_of_it(said, exact):
    assert written(f"A {said} here")[1:2] == [said]
    assert exact_of(said) == exact
    assert [one.exact for one in tokens(f"({said})")] == [exact]
