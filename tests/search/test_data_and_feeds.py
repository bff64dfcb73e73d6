"""Beside each search its data and its feeds: the same stories, and what comes later."""

from datetime import date
from xml.etree import ElementTree

import pytest

from tests.builders import make_archived, make_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories():
    make_tag("Old Quay", "place")
    for number in range(25):
        make_archived(
            date(2015, 1, 1 + number), headline=f"Ferry {number}", tags=("Old Quay",) if number % 2 else ()
        )


def test_data_hold_the_stories_how_many_and_what_narrows_them(client, stories):
    facts = client.get("/search.json?q=ferry&sort=newest").json()
    assert [one["headline"] for one in facts["items"]][:2] == ["Ferry 24", "Ferry 23"]
    assert facts["total"] == 25
    assert {"story_id", "url", "bylines", "tags", "published_at", "snippet", "hits"} <= set(facts["items"][0])
    assert facts["facets"]["tag"] == [{"key": "old-quay", "name": "Old Quay", "stories": 12}]
    assert facts["facets"]["months"] == [{"month": "2015-01", "stories": 25}]
    following = client.get(facts["next"]).json()
    assert [one["headline"] for one in following["items"]][-1] == "Ferry 0"
    assert following["next"] is None
    assert "facets" not in following


def test_data_say_what_was_not_understood(client, stories):
    facts = client.get("/search.json?q=ferry+from:2015-02-31&to=never").json()
    assert facts["total"] == 25
    assert len(facts["sentences"]) == 2
    assert client.get("/search.json").json()["items"] == []


def test_forged_place_in_data_is_nothing(client, stories):
    for after in ("x", "MS4x"):
        response = client.get("/search.json", {"q": "ferry", "after": after})
        assert response.status_code == 404
        assert "error" in response.json()


@pytest.mark.parametrize("form", ["rss.xml", "atom.xml", "rss-summary.xml", "atom-summary.xml"])
def test_feed_of_a_search_has_its_newest_stories(client, stories, form):
    response = client.get(f"/search/{form}?q=ferry&tag=old-quay&sort=oldest")
    text = response.content.decode()
    ElementTree.fromstring(response.content)
    assert "ferry, old-quay · " in text
    assert text.index("Ferry 23") < text.index("Ferry 1<")
    assert "http://localhost:8000/search/?q=ferry&amp;tag=old-quay" in text
    assert f"http://localhost:8000/search/{form}?q=ferry&amp;tag=old-quay" in text


def test_json_feed_has_the_whole_text_and_its_summary_has_not(client, stories):
    whole = client.get("/search/feed.json?q=ferry").json()
    assert len(whole["items"]) == 20
    assert whole["items"][0]["content_html"]
    assert "content_html" not in client.get("/search/feed-summary.json?q=ferry").json()["items"][0]


def test_search_without_a_question_has_no_feed_and_one_that_finds_nothing_an_empty_one(client, stories):
    assert client.get("/search/rss.xml").status_code == 404
    assert client.get("/search/rss.xml?q=%21").status_code == 404
    assert client.get("/search/feed.json?q=zebra").json()["items"] == []


def test_crawlers_are_kept_out_of_every_search(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /search/" in lines
    assert "Disallow: /search.json" in lines
