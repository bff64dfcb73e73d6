"""What the search finds, through its door, on whatever engine the database has."""

from datetime import date

import pytest

from articles import workflow
from articles.index import Order, Place, answer, ask, did_you_mean, facets, find, marking, suggest
from articles.index.engines import current
from articles.index.postgres_rows import are_searched
from articles.index.resolving import Every, Some
from tests.builders import make_archived, make_picture, make_published, make_tag

pytestmark = pytest.mark.django_db


def headlines(text, **narrowed):
    found = find(ask(text, **narrowed), most=50)
    assert found.total == len(found.editions)
    return {edition.headline for edition in found.editions}


@pytest.fixture
def stories(settled):
    make_tag("Old Quay", "place")
    make_archived(
        date(2014, 8, 28), headline="Ferry returns", body="<p>It left the quay.</p><p>Moussa waved.</p>"
    )
    make_archived(
        date(2015, 1, 2), headline="Musa speaks", body="<p>He spoke of elections.</p>", tags=("Old Quay",)
    )
    make_archived(
        date(2016, 11, 3),
        headline="الحُوثي يعود",
        body="<p>عاد إلى المدينة.</p>",
        language="ar",
        section="City",
    )
    settled()


def test_every_word_must_be_there(stories):
    assert headlines("ferry quay") == {"Ferry returns"}
    assert headlines("ferry elections") == set()


def test_words_are_found_in_any_inflection_and_phrases_as_they_are(stories):
    assert headlines("election") == {"Musa speaks"}
    assert headlines('"election"') == set()
    assert headlines('"of elections"') == {"Musa speaks"}


@pytest.mark.parametrize("number", [0, 1])
def test_phrase_reaches_from_one_paragraph_into_the_next_but_into_nothing_else(settled, number):
    body = ["<p>He never came.</p>", "<p>Back at the quay, nobody knew.</p>"]
    make_archived(headline="Long gone", body="".join(["<p>It was late.</p>"] * number + body))
    settled()
    found = find(ask('"never came back at the quay"'))
    assert [one.headline for one in found.editions] == ["Long gone"]
    marked = marking(ask('"came back"'))(found.editions[0]).text
    assert [piece for piece, is_hit in marked if is_hit] == ["came. Back"]
    assert headlines('"gone he never"') == headlines('"gone it was"') == set()


def test_names_are_found_under_their_other_spellings(stories):
    assert headlines("mousa") == {"Ferry returns", "Musa speaks"}
    assert headlines('"musa"') == {"Musa speaks"}


def test_other_spelling_of_a_name_is_that_and_not_its_inflections(settled):
    for number, (headline, said) in enumerate(
        (
            ("One", "Dennis left"),
            ("Two", "Denis left"),
            ("Three", "He denied it"),
            ("Four", "It is denied"),
            ("Five", "The NIST said"),
            ("Six", "The Nest said"),
        )
    ):
        make_archived(date(2016, 11, 4 + number), headline=headline, body=f"<p>So {said}.</p>")
    settled()
    assert headlines("dennis") == {"One", "Two"}
    # Its own inflections are another thing: nobody can see that it has none.
    assert headlines("denis") == {"One", "Two", "Three", "Four"}
    assert headlines('"denis"') == {"Two"}
    # What has capitals alone is no name.
    assert headlines("nist") == {"Five"}
    asked = ask("dennis")
    found = find(asked, order=Order.OLDEST).editions
    assert [[piece for piece, is_hit in marking(asked)(one).text if is_hit] for one in found] == [
        ["Dennis"],
        ["Denis"],
    ]


def test_arabic_word_is_found_by_its_beginning_with_and_without_article(settled):
    make_archived(date(2016, 11, 4), headline="المدينة القديمة", language="ar", tags=("الميناء الكبير",))
    make_archived(date(2016, 11, 5), headline="مدينة", body="<p>وصلت مساعدات للبنان.</p>", language="ar")
    make_archived(date(2016, 11, 6), headline="Medina", body="<p>In the old city, بالمدينة.</p>")
    settled()
    every = {"المدينة القديمة", "مدينة", "Medina"}
    assert headlines("مدين*") == headlines("المدين*") == headlines("مد*") == headlines("مدي*") == every
    assert headlines("headline:مدين*") == {"المدينة القديمة", "مدينة"}
    assert headlines("لبنان") == headlines("لبنا*") == headlines("للبنان") == {"مدينة"}
    assert headlines("مينا*") == {"المدينة القديمة"}
    asked = ask("مدين*")
    for edition in find(asked).editions:
        snippet = marking(asked)(edition)
        assert any(is_hit for _, is_hit in (*snippet.headline, *snippet.text))


def test_arabic_is_found_with_and_without_vowels_and_article(stories):
    assert headlines("حوثي") == headlines("الحوثي") == headlines("الحُوثِي") == {"الحُوثي يعود"}


def test_arabic_word_that_begins_like_an_article_is_found_and_marked_with_and_without_one(settled):
    make_archived(headline="ألوان البحر", language="ar", tags=("ألمانيا",))
    make_archived(headline="كل الألوان", language="ar")
    make_archived(headline="قال وأن", language="ar")
    settled()
    assert (
        headlines("ألوان")
        == headlines("الألوان")
        == headlines("headline:الالوان")
        == {"ألوان البحر", "كل الألوان"}
    )
    assert headlines('"ألوان"') == headlines('"الوان"') == headlines("المانيا") == {"ألوان البحر"}
    assert headlines("ألوان -tag:المانيا") == {"كل الألوان"}
    found = find(ask("ألوان")).editions
    assert all(any(is_hit for _, is_hit in marking(ask("ألوان"))(one).headline) for one in found)


def test_each_name_of_a_byline_is_found_by_itself(settled):
    # Arabic writes its “and” on to the name that follows.
    make_archived(date(2016, 11, 4), headline="القارب", bylines=["نور الطيّب", "إدريس بن عمار"], language="ar")
    make_archived(date(2016, 11, 4), headline="Boat", bylines=["Noor Tayeb", "Idris Benamar"])
    settled()
    assert headlines("إدريس") == headlines('byline:"ادريس بن عمار"') == {"القارب"}
    assert headlines('byline:"Idris Benamar"') == headlines('byline:"noor tayeb"') == {"Boat"}
    assert headlines("byline:and") == headlines('byline:"tayeb idris"') == set()


def test_tag_is_met_by_its_name(stories):
    assert headlines("quay") == {"Ferry returns", "Musa speaks"}
    assert headlines('tag:"old quay"') == headlines("tag:old-quay") == {"Musa speaks"}
    assert headlines("place:quay") == {"Musa speaks"}


@pytest.mark.parametrize("nothing", [Some(()), Some((Some(()),)), Every((Some(()),))])
def test_what_means_nothing_finds_nothing(stories, nothing):
    engine = current()
    assert engine.hits(nothing, moment=None, order=Order.NEWEST, after=None, most=5) == []
    assert engine.total(nothing, moment=None) == engine.counts(nothing, moment=None).total == 0


def test_or_not_and_brackets(stories):
    assert headlines("ferry OR elections") == {"Ferry returns", "Musa speaks"}
    assert headlines("(ferry OR elections) -moussa") == set()
    assert headlines("(ferry OR elections) -waved") == {"Musa speaks"}


def test_dates_sections_and_languages_narrow(stories):
    assert headlines("from:2015 to:2015-01") == {"Musa speaks"}
    assert headlines("", section="city") == {"الحُوثي يعود"}
    assert headlines("", language="ar") == {"الحُوثي يعود"}
    assert headlines("", section="no-such-section") == set()


def test_picture_is_found_by_caption_and_number(settled):
    picture = make_picture(caption="A lighthouse in fog")
    make_archived(headline="Fog", pictures=[picture])
    settled()
    assert headlines("lighthouse") == headlines("caption:lighthouse") == {"Fog"}
    assert headlines(f"mediaid:{picture.media_id}") == {"Fog"}
    assert headlines("", has_picture=True) == {"Fog"}


def test_relevance_is_headline_then_opening_then_the_rest_and_newest_first_in_each(settled):
    for day, headline, body in (
        (1, "Nothing 1", "<p>Something.</p><p>Harbour.</p>"),
        (2, "Harbour 2", "<p>Something.</p>"),
        (3, "Nothing 3", "<p>A harbour.</p>"),
        (4, "Harbour 4", "<p>Something.</p>"),
    ):
        make_archived(date(2015, 1, day), headline=headline, body=body)
    settled()
    found = find(ask("harbour"))
    assert [one.headline for one in found.editions] == ["Harbour 4", "Harbour 2", "Nothing 3", "Nothing 1"]


@pytest.mark.parametrize("order", list(Order))
def test_pages_follow_each_other_to_the_end(settled, order):
    for number in range(7):
        body = "<p>Quay.</p>" if number % 2 else "<p>Nothing.</p><p>quay</p>"
        make_archived(date(2015, 1, 1 + number // 2), headline=f"Story {number}", body=body)
    settled()
    whole = [one.pk for one in find(ask("quay"), order=order).editions]
    after, walked = None, []
    while True:
        found = find(ask("quay"), order=order, after=after, most=2)
        walked += [one.pk for one in found.editions]
        if found.next is None:
            break
        after = Place.read(str(found.next), order)
    assert walked == whole
    assert len(whole) == 7


@pytest.mark.parametrize("text", ["", "x", "\0", "cmVsLjEuMQ", "٣", "a" * 100])
def test_forged_place_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="damaged"):
        Place.read(text, Order.RELEVANCE)


def test_facets_count_what_is_found(stories):
    counted = facets(ask("ferry OR elections OR المدينة"))
    assert counted.total == 3
    assert {(one.key, one.stories) for one in counted.sections} == {("world", 2), ("city", 1)}
    assert counted.years == ((2016, 1), (2015, 1), (2014, 1))
    assert counted.months[0] == (date(2014, 8, 1), 1)
    assert [(one.key, one.name, one.stories) for one in counted.tags] == [("old-quay", "Old Quay", 1)]
    assert [(one.key, one.stories) for one in counted.kinds] == [("place", 1)]
    assert [(one.key, one.stories) for one in counted.people] == [("nadia-farouk", 3)]
    assert {(one.key, one.stories) for one in counted.languages} == {("en", 2), ("ar", 1)}
    assert (counted.with_picture, counted.without_picture) == (0, 3)


def test_one_answer_holds_what_two_questions_would(stories, django_assert_max_num_queries, engine_state):
    asked = ask("ferry OR elections OR المدينة")
    # Where the index is in the database, the engine itself asks it.
    on_disk = 12 if are_searched() else 5
    with django_assert_max_num_queries({"disk": on_disk, "due": on_disk + 7, "plain": 40}[engine_state]):
        found, counted = answer(asked)
    assert found == find(asked)
    assert counted == facets(asked)


def marked_first(asked):
    """Return the snippet of the first story found."""
    found = find(asked)
    return marking(asked)(found.editions[0])


def test_snippet_marks_hits_in_the_original_text(stories):
    asked = ask("mousa")
    marked = {one.headline: marking(asked)(one) for one in find(asked).editions}
    assert ("Moussa", True) in marked["Ferry returns"].text
    assert ("Musa", True) in marked["Musa speaks"].headline
    asked = ask("حوثي")
    assert ("الحُوثي", True) in marked_first(asked).headline


def test_snippet_of_a_long_text_is_cut_at_words_and_holds_the_hit(settled):
    make_archived(body=f"<p>{'one two three ' * 400}lighthouse {'four five ' * 400}</p>")
    settled()
    asked = ask("lighthouse")
    text = marked_first(asked).text
    assert ("lighthouse", True) in text
    assert text[0] == text[-1] == ("…", False)
    assert len("".join(piece for piece, _ in text)) < 320


def test_snippet_is_where_most_of_what_was_asked_for_stands_side_by_side(settled):
    apart = f"<p>lighthouse {'one two ' * 200} harbour {'three four ' * 200} the lighthouse at the harbour, {'five ' * 99}</p>"
    make_archived(body=apart)
    settled()
    for text in ("lighthouse harbour", 'lighthouse "the harbour"'):
        assert {piece.lower() for piece, is_hit in marked_first(ask(text)).text if is_hit} >= {"lighthouse"}
        joined = "".join(piece for piece, _ in marked_first(ask(text)).text)
        assert "the lighthouse at the harbour" in joined


def test_snippet_of_a_very_long_text_holds_the_hit_wherever_it_stands(settled):
    make_archived(body=f"<p>{'one two three ' * 4_000}lighthouse {'four five ' * 400}</p>")
    settled()
    assert ("lighthouse", True) in marked_first(ask("lighthouse")).text


def test_mistyped_word_is_mended_from_the_archives_own(stories):
    assert did_you_mean(ask("ferry elft")) == "ferry left"
    assert did_you_mean(ask("ferry")) is None
    # As a story writes it.
    assert did_you_mean(ask("المدبنة")) == "المدينة"


def test_nothing_hidden_is_guessed_or_suggested(settled, editor):
    edition = make_published(editor, headline="Zanzibar treaty", tags=("Zanzibari",))
    settled()
    assert did_you_mean(ask("zanzibra")) == "Zanzibar"
    assert suggest("zanz")
    workflow.kill(by=editor, story_id=edition.story_id, token=edition.story.article.token, reason="Untrue")
    assert did_you_mean(ask("zanzibra")) is None
    assert suggest("zanz") == []


def test_suggestions_are_people_tags_headlines_and_words(stories):
    given = {(one.kind, one.text) for one in suggest("nad")}
    assert ("person", "Nadia Farouk") in given
    assert ("tag", "Old Quay") in {(one.kind, one.text) for one in suggest("old q")}
    assert ("headline", "Musa speaks") in {(one.kind, one.text) for one in suggest("mus")}
    assert ("word", "elections") in {(one.kind, one.text) for one in suggest("elec")}
