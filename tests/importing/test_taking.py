"""An article page becomes a story with everything the page says, and a second run changes nothing."""

import pytest

from articles.models import Address, Edition, Event, Provenance, SourcePage
from articles.workflow.verifying import problems
from media.models import Picture
from tests.importing.archive import BAKERS, LAMPS, bring, only_story, save, story, teaser, told
from tests.importing.pages import article

pytestmark = pytest.mark.django_db
PATH = "/nadia-farouk/news-middle-east/council-keeps-the-night-ferry"
CAPTION = "The ferry leaves the old quay before dawn. (Reuters)"


def test_page_becomes_a_story_with_all_its_facts(tmp_path):
    save(tmp_path / "a", "ferry", story(above=("Media ID: 55361435", "Caption:", "", CAPTION, "")), PATH)
    rows, said = bring(tmp_path / "a")
    edition = only_story()
    assert rows["ferry.txt"]["outcome"] == "created"
    assert rows["ferry.txt"]["stories"] == [f"{edition.story_id:08}"]
    assert rows["ferry.txt"]["pictures"] == ["55361435"]
    assert edition.headline == "Council keeps the night ferry"
    assert edition.slug == "council-keeps-the-night-ferry"
    assert edition.dateline == "London, Asharq Al-Awsat-"
    assert edition.section.name == "Middle East"
    assert edition.byline == "Nadia Farouk"
    assert edition.body_text.startswith("The harbour council voted")
    assert edition.completeness == "whole"
    assert edition.pictures[0]["caption"] == CAPTION
    assert edition.pictures[0]["credit"] == "(Reuters)"
    assert Picture.objects.get(media_id="55361435").caption == CAPTION
    assert Address.objects.get(path=PATH).story_id == edition.story_id
    assert "1 file was read: 1 was created" in said


def test_every_field_has_its_line_and_rule(tmp_path):
    save(tmp_path / "a", "ferry", story(above=("Media ID: 55361435", "Caption:", "", CAPTION, "")), PATH)
    bring(tmp_path / "a")
    story_id = only_story().story_id
    (headline,) = told(story_id, "headline")
    assert (headline["line"], headline["stated"]) == (3, True)
    (byline,) = told(story_id, "byline")
    assert (byline["line"], byline["stated"]) == (0, False)
    for field in (
        "dateline",
        "body",
        "section",
        "Media ID",
        "caption",
        "caption state",
        "credit",
        "address",
        "slug",
    ):
        (one,) = told(story_id, field)
        assert one["rule"], field
    source = SourcePage.objects.get()
    assert bytes(source.raw) == (tmp_path / "a" / "ferry.txt").read_bytes()
    assert any(one["rule"] == "menu-label" for one in source.facts)


@pytest.mark.parametrize(
    ("above", "state", "caption"),
    [
        (("Media ID: 55361435", "Caption:", ""), "empty", ""),
        (("Media ID: 55361435",), "absent", None),
        (("Media ID: 55361435", "Caption:", "", CAPTION, ""), "present", CAPTION),
    ],
)
def test_absent_empty_and_present_captions_stay_apart(tmp_path, above, state, caption):
    save(tmp_path / "a", "ferry", story(above=above), PATH)
    bring(tmp_path / "a")
    edition = only_story()
    assert edition.pictures[0]["caption"] == caption
    assert edition.shown_pictures[0]["caption_state"] == state
    assert Picture.objects.get().caption == caption


def test_caption_without_number_is_a_picture_without_number(tmp_path):
    save(tmp_path / "a", "ferry", story(above=(CAPTION, "")), PATH)
    bring(tmp_path / "a")
    assert only_story().pictures[0]["media_id"] is None
    assert Picture.objects.get().caption == CAPTION


def test_two_stories_keep_their_own_captions_of_one_picture(tmp_path):
    other = "Passengers wait for the ferry. (AFP)"
    save(tmp_path / "a", "1", story(above=("Media ID: 55361435", "Caption:", "", CAPTION, "")), PATH)
    second = article(
        BAKERS, LAMPS, headline="Bakers", above=("Media ID: 55361435", "Caption:", "", other, "", "")
    )
    save(tmp_path / "a", "2", second, "/nadia-farouk/opinion/bakers")
    bring(tmp_path / "a")
    assert {one.pictures[0]["caption"] for one in Edition.objects.all()} == {CAPTION, other}
    assert Picture.objects.get().caption == CAPTION


def test_library_takes_the_first_caption_that_says_something(tmp_path):
    save(tmp_path / "a", "1", story(above=("Media ID: 55361435", "Caption:", "")), PATH)
    second = article(
        BAKERS, LAMPS, headline="Bakers", above=("Media ID: 55361435", "Caption:", "", CAPTION, "", "")
    )
    save(tmp_path / "a", "2", second, "/nadia-farouk/opinion/bakers")
    bring(tmp_path / "a")
    assert Picture.objects.get().caption == CAPTION
    assert Edition.objects.get(slug="council-keeps-the-night-ferry").pictures[0]["caption"] == ""


def test_interview_becomes_marked_turns(tmp_path):
    turns = [
        "[Asharq Al-Awsat] How long will the ferry be kept, now that the council has voted for it at last?",
        "[Khoury] Ten years at the least. " + BAKERS,
        "And longer if the islands want it. " + LAMPS,
        "[Asharq Al-Awsat] And who pays for the coal, the crew and the repairs of the pier in winter?",
        "[Khoury] The market does.",
    ]
    save(
        tmp_path / "a",
        "talk",
        article(*turns, headline="A talk at the harbour"),
        "/theaawsat/interviews/a-talk",
    )
    bring(tmp_path / "a")
    edition = only_story()
    assert edition.body.count('class="question"') == 2
    assert edition.body.count('class="answer"') == 3
    assert edition.body.count('data-speaker="Khoury"') == 2
    assert edition.bylines[0]["as_printed"] == "Asharq Al-Awsat"


def test_cut_text_is_kept_and_marked(tmp_path):
    long = story() + "\n\n" + " ".join([BAKERS] * 20)
    save(tmp_path / "a", "cut", long[:2000], PATH)
    bring(tmp_path / "a")
    edition = only_story()
    assert edition.completeness == "cut"
    assert edition.body_text[-20:] in long[:2000]


def test_markup_in_text_comes_out_literally(tmp_path):
    page = article(
        "<script>alert(1)</script> & {{ 7*7 }} stood on the quay. " + BAKERS,
        LAMPS,
        headline="INC <SB> {{ 7*7 }}",
    )
    save(tmp_path / "a", "odd", page, PATH)
    bring(tmp_path / "a")
    edition = only_story()
    assert edition.headline == "INC <SB> {{ 7*7 }}"
    assert "<script>alert(1)</script> & {{ 7*7 }}" in edition.body_text
    assert "&lt;script&gt;" in edition.body_html


def test_second_run_changes_nothing(tmp_path):
    save(tmp_path / "a", "ferry", story(above=("Media ID: 55361435",)), PATH)
    save(tmp_path / "a", "list", teaser() + teaser(BAKERS + " " + LAMPS), "/tag/night-ferry")
    bring(tmp_path / "a")
    before = (
        Edition.objects.count(),
        Event.objects.count(),
        Provenance.objects.count(),
        Picture.objects.count(),
    )
    rows, _ = bring(tmp_path / "a")
    assert {row["outcome"] for row in rows.values()} == {"unchanged"}
    assert len(rows["list.txt"]["stories"]) == 2
    assert rows["ferry.txt"]["pictures"] == ["55361435"]
    assert before == (
        Edition.objects.count(),
        Event.objects.count(),
        Provenance.objects.count(),
        Picture.objects.count(),
    )
    assert list(problems()) == []


def test_same_page_under_another_name_and_share_copies_are_unchanged(tmp_path):
    save(tmp_path / "a", "ferry", story(), PATH)
    save(tmp_path / "a", "renamed", story(), PATH)
    save(tmp_path / "a", "shared", story() + "\n", PATH + "?share=twitter")
    rows, _ = bring(tmp_path / "a")
    assert [rows[name]["outcome"] for name in ("renamed.txt", "shared.txt")] == ["unchanged", "unchanged"]
    assert only_story().number == 1


def test_changed_page_makes_a_further_edition(tmp_path):
    save(tmp_path / "a", "ferry", story(), PATH)
    bring(tmp_path / "a")
    save(tmp_path / "a", "ferry", story().replace("voted on Tuesday", "voted on Monday"), PATH)
    rows, _ = bring(tmp_path / "a")
    edition = only_story()
    assert rows["ferry.txt"]["outcome"] == "updated"
    assert (edition.number, "voted on Monday" in edition.body_text) == (2, True)


def test_copy_with_less_text_takes_nothing_away(tmp_path):
    save(tmp_path / "a", "1", story(), PATH)
    save(tmp_path / "a", "2", story()[:-400], PATH + "?share=telegram")
    rows, _ = bring(tmp_path / "a")
    assert rows["2.txt"]["outcome"] == "unchanged"
    assert LAMPS in only_story().body_text


def test_dry_run_keeps_nothing_and_says_what_would_be(tmp_path):
    save(tmp_path / "a", "1", teaser(), "/tag/night-ferry")
    save(tmp_path / "a", "2", story(), PATH)
    rows, said = bring(tmp_path / "a", dry_run=True)
    assert [row["outcome"] for row in rows.values()] == ["created", "updated"]
    assert "nothing was kept" in said
    for noun in (Edition, SourcePage, Event, Address, Provenance):
        assert not noun.objects.exists()
