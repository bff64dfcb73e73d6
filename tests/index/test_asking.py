"""What may be typed, and what it is understood as."""

from datetime import date

import pytest

from articles.index import ask
from articles.index.asked import All, Dated, Either, Filed, Filing, Not, Phrase, Prefix, Shows, Word, Zone


def words(text):
    return ask(text).words.parts


def word(text, zone=None):
    (found,) = words(text)
    return Word(found.exact, found.stem, zone)


def test_words_must_all_be_there():
    assert [one.exact for one in words("Ferry resumes")] == ["ferry", "resumes"]


def test_inflections_share_a_stem():
    assert word("elections").stem == word("election").stem


def test_arabic_article_and_vowels_make_no_difference():
    assert word("الحُوثِيّ").stem == word("حوثي").stem == word("والحوثي").stem


def test_figures_of_any_script_are_the_same():
    assert word("٢٠١٦").exact == "2016"


def test_quotes_mean_a_phrase_of_any_quotes():
    assert words("“Old Quay”") == words('"old quay"') == (Phrase(("old", "quay")),)


def test_quote_that_is_not_closed_reaches_to_the_end():
    assert words('"old quay') == (Phrase(("old", "quay")),)


def test_minus_and_not_leave_out():
    assert words("-ferry") == words("NOT ferry") == (Not(word("ferry")),)
    assert words('-"old quay"') == (Not(Phrase(("old", "quay"))),)


def test_hyphen_within_a_word_leaves_nothing_out():
    assert [one.exact for one in words("well-known")] == ["well", "known"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3.5", ("3", "5")),
        ("10,000", ("10", "000")),
        ("١٠٬٠٠٠", ("10", "000")),
        ("9/11", ("9", "11")),
        ("AT&T", ("at", "t")),
        ("U.S.", ("u", "s")),
        ("COVID-19", ("covid", "19")),
    ],
)
def test_figures_and_single_letters_mean_what_they_are_written_on_to(text, said):
    assert words(text) == (Phrase(said),)
    assert words(f"headline:{text}") == (Phrase(said, Zone.HEADLINE),)
    assert words(f"-{text}") == (Not(Phrase(said)),)


def test_what_a_comma_lists_may_stand_anywhere():
    assert [one.exact for one in words("harbour,strike,2016")] == ["harbour", "strike", "2016"]
    assert [one.exact for one in words("ميناء،٢٠١٦")] == ["ميناء", "2016"]
    assert words("10,000,") == (Phrase(("10", "000")),)


def test_what_is_quoted_in_a_quotation_does_not_end_it():
    assert words('"What’s the “next” thing"') == (Phrase(("what", "the", "next", "thing")),)
    assert words('“old quay” "new „harbour“ wall" “left”') == (
        Phrase(("old", "quay")),
        Phrase(("new", "harbour", "wall")),
        Phrase(("left",)),
    )
    # One that is not closed is as before.
    assert words('“old quay” "new') == (Phrase(("old", "quay")), Phrase(("new",)))


def test_minus_behind_a_fields_colon_leaves_out_too():
    assert words("headline:-ferry") == words("-headline:ferry")
    assert words("tag:-boats") == words("-tag:boats")


def test_or_joins_what_stands_around_it():
    (found,) = words("ferry quay OR harbour")
    assert found == Either((All((word("ferry"), word("quay"))), word("harbour")))
    assert words("عبّارة أو مرفأ") == (Either((word("عبّارة"), word("مرفأ"))),)


def test_brackets_group():
    assert words("(ferry OR quay) harbour") == (Either((word("ferry"), word("quay"))), word("harbour"))


def test_star_means_whatever_begins_so():
    assert words("harb*") == (Prefix("harb"),)


def test_fields_are_known_in_both_languages():
    assert words("headline:ferry") == words("Headline: ferry") == words("عنوان:ferry")
    assert words("headline:ferry") == (word("ferry", Zone.HEADLINE),)
    assert words('caption:"old quay"') == (Phrase(("old", "quay"), Zone.CAPTION),)
    assert words("tag:syria") == words("وسم:syria") == (Filed(Filing.TAG, ("syria",)),)
    assert words("headline:(ferry OR quay)") == (
        Either((word("ferry", Zone.HEADLINE), word("quay", Zone.HEADLINE))),
    )


def test_dates_may_be_years_months_and_days():
    assert words("from:2016") == (Dated(date(2016, 1, 1), None),)
    assert words("to:2016-02") == (Dated(None, date(2016, 2, 29)),)
    assert words("from:٢٠١٦-١١-٠٣") == (Dated(date(2016, 11, 3), None),)


@pytest.mark.parametrize("text", ["from:2016-13", "to:2016-02-30", "from:yesterday", "from:0000"])
def test_date_that_does_not_exist_is_left_out_and_named(text):
    asked = ask(f"ferry {text}")
    assert asked.words.parts == (word("ferry"),)
    assert text.partition(":")[2] in asked.sentences[0]


@pytest.mark.parametrize("text", ["headline:", "tag: OR", "from:", "mediaid:", 'caption:""', "(headline: )"])
def test_field_that_says_nothing_is_left_out_and_named(text):
    asked = ask(text)
    assert asked.is_empty
    assert asked.sentences


def test_unknown_field_is_words():
    assert [one.exact for one in words("foo:bar")] == ["foo", "bar"]


def test_media_id_is_asked_by_its_figures():
    assert words("mediaid:7000-0001") == (Shows("70000001"),)


@pytest.mark.parametrize("text", ["12345678", "1234 5678", "12,345,678", "١٢٣٤٥٦٧٨", " 12345678 "])
def test_number_alone_is_known_as_one(text):
    assert ask(text).number == 12_345_678


@pytest.mark.parametrize("text", ["12345678 ferry", "x12345678", "", "9" * 30])
def test_anything_else_is_no_number(text):
    assert ask(text).number is None


def test_one_letter_prefix_is_refused_in_a_sentence():
    asked = ask("a*")
    assert asked.is_empty
    assert "a*" in asked.sentences[0]


def test_more_words_than_are_looked_for_are_said_to_be_left_out():
    asked = ask(" ".join(f"ferry{number}" for number in range(5_000)))
    assert len(asked.words.parts) == 40
    assert len(asked.sentences) == 2


def test_word_said_twice_is_looked_for_once():
    assert words("ferry quay ferry") == words("ferry quay")
    assert words("ferry OR ferry") == words("ferry")


def test_more_beginnings_than_are_looked_for_are_said_to_be_left_out():
    asked = ask("aa* OR bb* OR cc* OR dd* OR ee* OR ff*")
    assert len(asked.words.parts[0].parts) == 5
    assert "asterisk" in asked.sentences[0]


HOSTILE = [
    "", " ", "\0", "a\0b", "💥", "(" * 1000, ")" * 1000, "((((((((((((a))))))))))))", '"' * 1000, "-" * 5000, "- " * 5000,
    "NOT " * 5000, "-(" * 3000, "headline:" * 1000, "headline: NOT " * 500, "(a+)+$", "OR", "OR OR", "() OR ()", "*", "a*",
    "**", "!?…", "the of and", "\u202e\u200b", "ﷺ", "\ud800", "x" * 10_000, "a OR " * 3000, "tag:(", "from:(2016)", ":", "::",
    "from:99999", "from:2016-00", "½ ² Ⅷ", "'; DROP TABLE stories; --", "{{ 7*7 }}", "%s %d", "\\", "İstanbul",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_raises(text):
    asked = ask(text)
    assert asked.text == text
    assert not asked.is_empty or asked.sentences or not text.strip()
