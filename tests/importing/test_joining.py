"""A teaser and its full page are one story, in either order; stories that only share a headline are not."""

import pytest

from articles import workflow
from articles.models import Address, Edition, Event, Provenance, Tag
from media.models import Picture
from tests.importing.archive import (
    BAKERS,
    FERRY,
    LAMPS,
    OPENING,
    REST,
    bring,
    only_story,
    save,
    story,
    teaser,
    told,
)
from tests.importing.pages import article, page

pytestmark = pytest.mark.django_db
PATH = "/nadiafarouk/news-middle-east/council-keeps-the-night-ferry"
HEADLINE = "Iyad Khoury talks to us"


def stories():
    return set(Edition.objects.values_list("story_id", flat=True))


@pytest.mark.parametrize("order", [("teaser", "page"), ("page", "teaser")])
def test_teaser_and_page_become_one_story_in_either_order(tmp_path, order):
    save(tmp_path / order[0], "1", {"teaser": teaser(), "page": story()}[order[0]], _where(order[0]))
    save(tmp_path / order[1], "2", {"teaser": teaser(), "page": story()}[order[1]], _where(order[1]))
    bring(tmp_path / order[0])
    rows, _ = bring(tmp_path / order[1])
    edition = only_story()
    assert rows["2.txt"]["outcome"] == "updated"
    assert edition.headline == "Council keeps the night ferry"
    assert edition.slug == "council-keeps-the-night-ferry"
    assert edition.completeness == "whole"
    assert REST in edition.body_text
    assert edition.byline == "Nadia Farouk"
    assert str(edition.published_on) == "2014-08-28"
    assert edition.section.name == "Middle East"
    assert [tag["name"] for tag in edition.filed_tags] == ["Night Ferry"]
    assert edition.tag_rows.count() == edition.byline_rows.count() == 1
    assert {row.is_teaser for row in Provenance.objects.all()} == {True, False}


def _where(kind):
    return "/tag/night-ferry" if kind == "teaser" else PATH


def test_teaser_only_is_a_story_marked_so(tmp_path):
    save(tmp_path / "a", "list", teaser(), "/tag/night-ferry")
    bring(tmp_path / "a")
    edition = only_story()
    assert edition.completeness == "teaser"
    assert edition.headline.startswith("The harbour council voted on Tuesday")
    assert edition.headline.endswith("…")
    (headline,) = told(edition.story_id, "headline")
    assert (headline["stated"], headline["rule"]) == (False, "opening-of-the-text")
    (published,) = told(edition.story_id, "published")
    assert (published["value"], published["stated"]) == ("Aug 28, 2014", True)
    assert edition.dateline == "London, Asharq Al-Awsat—"
    assert edition.published_on.isoformat() == "2014-08-28"


def test_same_story_on_two_lists_is_one_with_both_tags(tmp_path):
    save(tmp_path / "a", "1", teaser(), "/tag/night-ferry")
    save(tmp_path / "a", "2", teaser(length=150), "/tag/islands")
    bring(tmp_path / "a")
    assert {tag["name"] for tag in only_story().filed_tags} == {"Night Ferry", "Islands"}
    assert Event.objects.filter(verb="refile").exists()


def test_category_and_author_lists_fill_only_what_an_entry_lacks(tmp_path):
    listed = page("Night ferry kept", f"{OPENING[:200].rsplit(' ', 1)[0]}...", headline="Opinion Archives")
    save(tmp_path / "a", "1", listed, "/category/opinion")
    save(
        tmp_path / "a",
        "2",
        listed.replace("Opinion Archives", "Nadia Farouk Archives"),
        "/author/nadia-farouk",
    )
    bring(tmp_path / "a")
    edition = only_story()
    assert (edition.section.name, edition.byline) == ("Opinion", "Nadia Farouk")
    assert not any(
        one["stated"] for one in told(edition.story_id, "section") + told(edition.story_id, "byline")
    )


def test_stories_of_one_headline_stay_apart(tmp_path):
    texts = [OPENING, f"{FERRY} {BAKERS}", f"{LAMPS} {FERRY}"]
    for number, text in enumerate(texts, 1):
        suffix = f"-{number}" if number > 1 else ""
        save(
            tmp_path / "a",
            str(number),
            article(text, REST, headline=HEADLINE),
            f"/x-y/features/iyad-khoury-talks{suffix}",
        )
    bring(tmp_path / "a")
    assert len(stories()) == 3


def test_two_addresses_are_two_stories_even_when_they_begin_alike(tmp_path):
    save(tmp_path / "a", "1", story(), PATH)
    save(tmp_path / "a", "2", story(headline="Another evening"), "/nadiafarouk/opinion/another-evening")
    bring(tmp_path / "a")
    assert len(stories()) == 2


def test_teaser_that_fits_two_stories_is_joined_to_neither(tmp_path):
    save(tmp_path / "a", "1", story(), PATH)
    save(tmp_path / "a", "2", story(headline="Another evening"), "/nadiafarouk/opinion/another-evening")
    save(tmp_path / "b", "3", teaser(), "/tag/night-ferry")
    bring(tmp_path / "a")
    rows, _ = bring(tmp_path / "b")
    (story_id,) = rows["3.txt"]["stories"]
    assert len(stories()) == 3
    assert "which of them it is cannot be told" in told(int(story_id), "doubt")[0]["value"]


def test_page_without_address_meets_its_teaser(tmp_path):
    save(tmp_path / "a", "1", teaser(), "/tag/night-ferry")
    save(tmp_path / "a", "2", story())
    bring(tmp_path / "a")
    assert only_story().completeness == "whole"


def test_printed_name_replaces_a_guess_from_the_address(tmp_path):
    save(tmp_path / "a", "1", story(), PATH)
    bring(tmp_path / "a")
    assert only_story().byline == "Nadiafarouk"
    save(tmp_path / "b", "2", teaser(), "/tag/night-ferry")
    bring(tmp_path / "b")
    edition = only_story()
    assert edition.byline == "Nadia Farouk"
    assert edition.byline_rows.get().contributor.name == "Nadia Farouk"


def test_editors_copy_is_never_overwritten(tmp_path, chief):
    save(tmp_path / "a", "1", teaser(), "/tag/night-ferry")
    bring(tmp_path / "a")
    story_id = only_story().story_id
    workflow.take_up(by=chief, story_id=story_id)
    save(tmp_path / "b", "2", story(), PATH)
    rows, _ = bring(tmp_path / "b")
    assert rows["2.txt"]["outcome"] == "refused"
    assert "edited at the desk" in rows["2.txt"]["reason"]
    assert only_story().completeness == "teaser"
    assert Provenance.objects.filter(story_id=story_id, is_teaser=False).exists()


def test_story_that_editors_killed_stays_killed(tmp_path, chief):
    save(tmp_path / "a", "1", story(), PATH)
    bring(tmp_path / "a")
    copy = workflow.take_up(by=chief, story_id=only_story().story_id)
    workflow.kill(by=chief, story_id=copy.pk, token=copy.token, reason="It was wrong.")
    save(tmp_path / "b", "2", story() + LAMPS, PATH)
    rows, _ = bring(tmp_path / "b")
    assert rows["2.txt"]["outcome"] == "refused"
    assert "withdrawn by the editors" in rows["2.txt"]["reason"]
    assert not Edition.objects.at().exists()


def test_caption_without_a_story_goes_to_the_library_alone(tmp_path):
    listed = teaser() + "Caption:\nFishermen mend their nets on the old quay. (EPA/Nadia Farouk)\n"
    save(tmp_path / "a", "1", listed, "/tag/night-ferry")
    rows, _ = bring(tmp_path / "a")
    assert len(rows["1.txt"]["stories"]) == 1
    assert "is a picture without a story" in rows["1.txt"]["reason"]
    assert Picture.objects.get().credit == "(EPA/Nadia Farouk)"
    assert only_story().pictures == []


def test_list_addresses_lead_to_the_lists(tmp_path):
    save(tmp_path / "a", "1", teaser(), "/tag/night-ferry/page/3")
    bring(tmp_path / "a")
    tag = Tag.objects.get()
    for path in ("/tag/night-ferry/page/3", "/tag/night-ferry"):
        assert Address.objects.get(path=path).to_path == tag.get_absolute_url()
