"""Beside every page for readers stand its data, beside every list its feeds, and the sitemap names every index."""

import json
from datetime import date

import pytest
from lxml import etree

from articles import workflow
from articles.archive.urls import urlpatterns
from articles.models import Article, PictureCredit
from tests.builders import make_archived, make_contributor, make_copy, make_picture, make_published, make_tag

pytestmark = pytest.mark.django_db
# What is asked for rather than shown: a form, and what leads on.
NO_PAGES = {"image", "archive_go", "story_by_number"}
# Pages that show no list to which anything is added, only names or one thing.
NO_LISTS = {
    "story", "editions", "edition", "redline", "sections", "tags", "tags_of_a_letter", "people", "record", "record_day",
    "gaps", "picture", "archive",
}  # fmt: skip
FEEDS = {"application/rss+xml", "application/atom+xml", "application/feed+json"}


@pytest.fixture
def pages(editor):
    """One page of each kind, by the name of its pattern."""
    make_tag("Aleppo", "place")
    picture = make_picture(media_id="70000001")
    make_copy(picture)
    PictureCredit.objects.create(picture=picture, contributor=make_contributor("Nadia Farouk"))
    story = make_published(editor, tags=("Aleppo",), pictures=[picture])
    token = Article.objects.get(pk=story.story_id).token
    workflow.correct(by=editor, story_id=story.story_id, token=token, note="It left at six.")
    make_archived(date(2014, 8, 28), tags=("Aleppo",), pictures=[picture])
    here = story.get_absolute_url()
    return {
        "front": "/",
        "story": here,
        "editions": f"{here}editions/",
        "edition": f"{here}editions/1/",
        "redline": f"{here}editions/1/2/",
        "sections": "/sections/",
        "section": "/section/world/",
        "tags": "/tags/",
        "tags_of_a_letter": "/tags/a/",
        "tag": "/tag/aleppo/",
        "timeline": "/tag/aleppo/timeline/",
        "people": "/by/",
        "contributor": "/by/nadia-farouk/",
        "contributor_pictures": "/by/nadia-farouk/pictures/",
        "undated": "/undated/",
        "corrections": "/corrections/",
        "record": "/record/",
        "record_day": f"/record/{story.live_from:%Y/%m/%d}/",
        "gaps": "/gaps/",
        "picture": "/media/70000001/",
        "archive": "/archive/",
        "this_day": "/on-this-day/",
        "on_this_day": "/on-this-day/08/28/",
        "year": "/2014/",
        "month": "/2014/08/",
        "day": "/2014/08/28/",
    }


def alternates(client, path):
    page = client.get(path)
    assert page.status_code == 200, path
    links = etree.HTML(page.content.decode()).xpath('//link[@rel="alternate"][not(@hreflang)]')
    return {(link.get("type"), link.get("href")) for link in links}


def test_every_page_leads_to_its_data_and_every_list_to_its_feeds(client, pages):
    assert set(pages) == {one.name for one in urlpatterns} - NO_PAGES
    for name, path in pages.items():
        found = alternates(client, path)
        data = {href for kind, href in found if kind == "application/json"}
        assert len(data) == 1, f"{name}: {sorted(found)}"
        answer = client.get(data.pop())
        assert answer.status_code == 200, name
        assert json.loads(answer.content), name
        feeds = {kind: href for kind, href in found if kind in FEEDS}
        assert set(feeds) == (set() if name in NO_LISTS else FEEDS), name
        for href in feeds.values():
            assert client.get(href).status_code == 200, f"{name}: {href}"


def test_data_of_a_page_stand_in_place_of_its_last_slash(client, pages):
    for name, path in pages.items():
        address = "/index.json" if path == "/" else f"{path[:-1]}.json"
        assert client.get(address).status_code == 200, name
        assert client.get(f"/at/20200101000000{address}").status_code in (200, 404, 410), name


def test_on_this_day_is_a_list_like_any_other(client, pages):
    told = client.get("/on-this-day/08/28.json").json()
    assert len(told["items"]) == 1
    assert told["items"][0]["published_at"].startswith("2014-08-28")
    assert client.get("/on-this-day/08/27.json").json()["items"] == []
    for bad in ("/on-this-day/02/30.json", "/on-this-day/13/01.json", "/on-this-day/02/30/rss.xml"):
        assert client.get(bad).status_code == 404, bad
    assert client.get("/on-this-day/02/29.json").status_code == 200
    feed = etree.fromstring(client.get("/on-this-day/08/28/rss.xml").content)
    assert [one.text for one in feed.xpath("//item/guid")] == [
        one["url"].rpartition("/")[0].rpartition("/")[0] + "/" for one in told["items"]
    ]


def test_timeline_has_its_data_in_its_own_order_and_leads_to_the_feed_of_its_tag(client, pages):
    told = client.get("/tag/aleppo/timeline.json").json()
    days = [one["published_at"] for one in told["items"]]
    assert len(days) == 2
    assert days == sorted(days)
    moved = client.get("/tag/aleppo/timeline/atom.xml")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/tag/aleppo/atom.xml")
    assert client.get("/tag/never/timeline.json").status_code == 404
    assert client.get("/tag/never/timeline/rss.xml").status_code == 404


def test_sitemap_names_every_index_and_each_answers(client, pages, settings):
    found = etree.fromstring(client.get("/sitemap-shelves.xml").content).xpath(
        "//*[local-name()='loc']/text()"
    )
    paths = [one.removeprefix(settings.SITE_URL) for one in found]
    for name in (
        "sections",
        "tags",
        "people",
        "archive",
        "record",
        "gaps",
        "this_day",
        "corrections",
        "undated",
    ):
        assert pages[name] in paths, name
    for path in paths:
        assert client.get(path).status_code == 200, path
