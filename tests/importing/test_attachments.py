"""A picture's own page becomes a picture of its own, public by itself, and stands in the story it belongs to."""

import pytest

from articles import workflow
from articles.models import Address
from articles.workflow.verifying import problems
from media.models import Picture
from tests.builders import make_picture
from tests.importing.archive import bring, only_story, save, story
from tests.importing.pages import page

pytestmark = pytest.mark.django_db
PATH = "/nadia-farouk/news-middle-east/council-keeps-the-night-ferry"
CAPTION = "Passengers wait on the old quay for the night ferry to the islands. REUTERS/Nadia Farouk (LEBANON – Tags: SEA)"
PICTURE = page(CAPTION, headline="Night ferry")


@pytest.mark.parametrize("first", ["picture", "story"])
def test_picture_joins_its_story_in_either_order(tmp_path, first):
    places = {"picture": (PICTURE, f"{PATH}/attachment/night-ferry"), "story": (story(), PATH)}
    for folder in sorted(places, key=lambda name: name != first):
        text, path = places[folder]
        save(tmp_path / folder, "1", text, path)
        bring(tmp_path / folder)
    picture = Picture.objects.get()
    assert picture.media_id == "60000001"
    assert picture.released_at is not None
    assert picture.caption == CAPTION
    assert [one["media_id"] for one in only_story().pictures] == ["60000001"]
    assert Address.objects.get(path=f"{PATH}/attachment/night-ferry").picture == picture


def test_picture_that_the_story_has_gets_no_second_number(tmp_path):
    save(tmp_path / "a", "1", story(above=("Media ID: 55361435", "Caption:", "", CAPTION, "")), PATH)
    save(tmp_path / "a", "2", PICTURE, f"{PATH}/attachment/night-ferry")
    rows, _ = bring(tmp_path / "a")
    assert Picture.objects.get().media_id == "55361435"
    assert rows["2.txt"]["pictures"] == ["55361435"]
    assert Address.objects.get(path=f"{PATH}/attachment/night-ferry").picture.media_id == "55361435"
    assert only_story().number == 1


def test_picture_is_found_by_its_words_and_its_caption_is_kept_from_the_first(tmp_path):
    save(tmp_path / "a", "1", PICTURE, f"{PATH}/attachment/night-ferry")
    save(tmp_path / "a", "2", story(above=("Media ID: 55361435",)), PATH)
    bring(tmp_path / "a")
    picture = Picture.objects.exclude(caption=None).get()
    assert Picture.objects.matching("passengers ferry").get() == picture
    assert [one.caption for one in picture.caption_versions.all()] == [CAPTION]
    without = Picture.objects.get(media_id="55361435")
    assert without.caption_versions.count() == (without.caption is not None)
    save(
        tmp_path / "b", "3", story(above=("Media ID: 55361435", "Caption:", "", "A late caption.", "")), PATH
    )
    bring(tmp_path / "b")
    assert Picture.objects.matching("late caption").get() == without
    assert [one.caption for one in without.caption_versions.all()] == ["A late caption."]


def test_second_run_mints_nothing(tmp_path):
    save(tmp_path / "a", "1", PICTURE, f"{PATH}/attachment/night-ferry")
    bring(tmp_path / "a")
    rows, _ = bring(tmp_path / "a")
    assert rows["1.txt"]["outcome"] == "unchanged"
    assert rows["1.txt"]["pictures"] == ["60000001"]
    assert Picture.objects.count() == 1


def test_pages_read_again_bring_no_old_caption_and_no_merged_picture_back(tmp_path, chief):
    save(tmp_path / "a", "1", story(above=("Media ID: 55361435", "Caption:", "", CAPTION, "")), PATH)
    bring(tmp_path / "a")
    picture, kept = Picture.objects.get(), make_picture(media_id="70000001", caption=CAPTION)
    workflow.recaption(
        by=chief, picture_id=picture.pk, token=picture.token, facts={"caption": "Said better."}
    )
    rows, _ = bring(tmp_path / "a")
    assert rows["1.txt"]["outcome"] == "unchanged"
    assert only_story().pictures[0]["caption"] == "Said better."
    picture.refresh_from_db()
    workflow.merge_pictures(by=chief, kept_id=kept.pk, merged_id=picture.pk, token=picture.token)
    rows, _ = bring(tmp_path / "a")
    assert rows["1.txt"]["outcome"] == "unchanged"
    edition = only_story()
    assert [row.picture for row in edition.picture_rows.all()] == [kept]
    assert (edition.number, edition.pictures[0]["media_id"]) == (2, "55361435")
    assert list(problems()) == []
