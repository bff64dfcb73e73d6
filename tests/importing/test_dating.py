"""Undated stories get bounds from their Media ID's neighbours, their captions and their text, always as inferred."""

from datetime import date

import pytest

from articles.importing.dating import Evidence, Neighbours, Point, infer, known_points
from articles.models import Edition, Event
from media.minting import mint
from tests import builders
from tests.importing.archive import BAKERS, LAMPS, OPENING, bring, only_story, save, story, teaser
from tests.importing.pages import article

PATH = "/nadia-farouk/news-middle-east/council-keeps-the-night-ferry"
TODAY = date(2026, 11, 22)


def point(number, year, month=1, day=1):
    return Point(number, date(year, month, day), date(year, month, day), f"{day}/{month}/{year}")


@pytest.mark.django_db
def test_media_id_lies_between_its_neighbours(tmp_path):
    save(tmp_path / "a", "1", story(above=("Media ID: 55361435", "Caption:", "")))
    bring(tmp_path / "a")
    edition = only_story()
    assert (edition.dated_earliest, edition.dated_latest) == (date(2016, 10, 1), date(2017, 3, 31))
    assert edition.published_on is None
    assert edition.dated_reason == (
        "Media ID 55361435 lies between 55359836 (October 2016) and 55369750 (March 2017)"
    )


@pytest.mark.django_db
def test_numbers_of_another_archive_say_nothing(tmp_path):
    save(tmp_path / "a", "1", story(above=("Media ID: 12361435", "Caption:", "")))
    bring(tmp_path / "a")
    assert (only_story().dated_earliest, only_story().dated_latest) == (None, None)


@pytest.mark.django_db
def test_caption_date_is_only_a_not_before(tmp_path):
    caption = "The ferry at the quay, January 12, 2017. (Reuters)"
    save(tmp_path / "a", "1", story(above=("Media ID: 55361435", "Caption:", "", caption, "")))
    old = "The ferry at the quay, January 12, 2002. (Reuters)"
    second = article(
        BAKERS, LAMPS, headline="Bakers", above=("Media ID: 55361436", "Caption:", "", old, "", "")
    )
    save(tmp_path / "a", "2", second)
    bring(tmp_path / "a")
    first, second = Edition.objects.order_by("pk")
    assert (first.dated_earliest, first.dated_latest) == (date(2017, 1, 12), date(2017, 3, 31))
    assert "its caption says “January 12, 2017”" in first.dated_reason
    assert (second.dated_earliest, second.dated_latest) == (date(2016, 10, 1), date(2017, 3, 31))


@pytest.mark.django_db
def test_text_later_than_the_picture_leaves_the_end_open(tmp_path):
    opening = OPENING.replace("after a winter", "as it did in June 2018, after a winter")
    save(tmp_path / "a", "1", story(opening=opening, above=("Media ID: 55361435", "Caption:", "")))
    bring(tmp_path / "a")
    edition = only_story()
    assert (edition.dated_earliest, edition.dated_latest) == (date(2018, 6, 1), None)
    assert edition.dated_reason.endswith("so the picture is older than the story")


@pytest.mark.django_db
def test_stated_neighbours_tighten_the_bounds_at_the_end_of_the_run(tmp_path):
    save(tmp_path / "a", "1", story(above=("Media ID: 55361435", "Caption:", "")), PATH)
    bring(tmp_path / "a")
    for media_id, day in (("55361400", date(2016, 11, 2)), ("55361500", date(2016, 11, 9))):
        builders.make_archived(day, pictures=[builders.make_picture(media_id=media_id)])
    bring(tmp_path / "a")
    edition = Edition.objects.get(slug="council-keeps-the-night-ferry")
    assert (edition.dated_earliest, edition.dated_latest) == (date(2016, 11, 2), date(2016, 11, 9))
    assert "55361400 (2 November 2016)" in edition.dated_reason
    assert Event.objects.filter(verb="redate", story_id=edition.story_id).count() == 1


@pytest.mark.django_db
def test_stated_date_is_never_overwritten_by_bounds(tmp_path):
    save(tmp_path / "a", "1", teaser(), "/tag/night-ferry")
    save(tmp_path / "a", "2", story(above=("Media ID: 55361435", "Caption:", "")), PATH)
    bring(tmp_path / "a")
    bring(tmp_path / "a")
    edition = only_story()
    assert (edition.published_on, edition.dated_reason) == (date(2014, 8, 28), "")


@pytest.mark.django_db
def test_numbers_given_out_here_are_no_evidence():
    builders.make_archived(date(2020, 1, 1), pictures=[builders.make_picture(media_id="60000001")])
    assert mint() == "60000002"
    assert not any(one.number == 60000001 for one in known_points())


def test_neighbours_that_disagree_are_left_out():
    rising = [point(55_000_000 + number * 1000, 2010 + number) for number in range(1, 8)]
    odd = [point(55_002_500, 2001), point(55_004_500, 2017)]
    found = Neighbours([*rising, *odd]).bounds("55004600")
    assert (found.earliest, found.latest) == (date(2014, 1, 1), date(2015, 1, 1))


def test_number_beyond_all_others_has_one_bound():
    neighbours = Neighbours([point(55_001_000, 2012), point(55_002_000, 2013)])
    assert neighbours.bounds("55000500").earliest is None
    assert neighbours.bounds("55000500").latest == date(2012, 1, 1)
    assert neighbours.bounds("55002500").latest is None
    assert neighbours.bounds("57000000") is None
    assert neighbours.bounds("5500") is None


def test_evidence_from_the_future_proves_nothing():
    dating = infer([], [Evidence(date(2090, 1, 1), "its text says “in 2090”")], Neighbours([]), today=TODAY)
    assert (dating.earliest, dating.reason) == (None, "")
