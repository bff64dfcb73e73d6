"""Feeds as a client reads them that nobody here wrote, and by the rules that the W3C's validator asks of them."""

from datetime import date
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from django.utils import timezone
from lxml import etree

from articles.models import PictureCredit
from tests.builders import (
    make_archived,
    make_contributor,
    make_copy,
    make_picture,
    make_published,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SUMMARY = {"rss.xml": "rss-summary.xml", "atom.xml": "atom-summary.xml", "feed.json": "feed-summary.json"}


@pytest.fixture
def places(editor):
    """A paper with every kind of list, and the addresses of them all."""
    make_tag("ferries")
    make_section("World")
    picture = make_picture(media_id="55361435", caption="The quay", alt="A quay", released_at=timezone.now())
    make_copy(picture, "quay", width=1280, height=800)
    PictureCredit.objects.get_or_create(picture=picture, contributor=make_contributor("Nadia Farouk"))
    make_published(
        editor, headline="Ferry & <b>quay</b>", tags=("ferries",), pictures=[picture],
        bylines=["Nadia Farouk", "Leila Haddad"], body="<p>Whole <em>text</em>.</p>",
    )  # fmt: skip
    make_archived(date(2014, 8, 28), headline="حلب", language="ar", slug="aleppo")
    make_archived(None, headline="Undated")
    return [
        "/", "/section/world/", "/tag/ferries/", "/by/nadia-farouk/", "/by/nadia-farouk/pictures/", "/undated/", "/2014/",
        "/2014/08/", "/2014/08/28/",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["rss.xml", "atom.xml"])
def test_client_reads_every_list_and_finds_nothing_wrong(client, places, form, settings):
    for place in places:
        for name in (form, SUMMARY[form]):
            response = client.get(place + name)
            assert response.status_code == 200, place + name
            read = feedparser.parse(
                response.content, response_headers={"content-type": response["Content-Type"]}
            )
            assert not read.bozo, (place, read.get("bozo_exception"))
            assert read.version in {"rss20", "atom10"}
            assert read.feed.title
            assert read.entries, place
            for entry in read.entries:
                assert entry.title
                assert entry.id.startswith(settings.SITE_URL)
                assert entry.link.startswith(settings.SITE_URL)
                assert bool(entry.get("content")) == (name == form and "pictures" not in place)


def test_story_comes_whole_or_by_its_summary(client, places):
    for form, summary in SUMMARY.items():
        assert b"Whole" in client.get(f"/tag/ferries/{form}").content
        answer = client.get(f"/tag/ferries/{summary}")
        assert b"Whole" not in answer.content
        assert b"out of service" in answer.content


def test_lead_picture_comes_with_type_and_size_and_claims_no_length(client, places, settings):
    item = etree.fromstring(client.get("/tag/ferries/rss.xml").content).find("channel/item")
    shown = item.find(f"{MEDIA}content")
    assert dict(shown.attrib) == {
        "url": f"{settings.SITE_URL}/images/quay.jpg", "medium": "image", "type": "image/jpeg", "width": "1280",
        "height": "800",
    }  # fmt: skip
    assert item.find("enclosure") is None
    assert [one.text for one in item.findall("category")] == ["ferries", "World"]
    assert item.findtext("{http://purl.org/dc/elements/1.1/}language") == "en"
    entry = etree.fromstring(client.get("/tag/ferries/atom.xml").content).find(f"{ATOM}entry")
    links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
    assert links["enclosure"].get("type") == "image/jpeg"
    found = client.get("/tag/ferries/feed.json").json()["items"][0]
    assert found["image"] == found["banner_image"] == f"{settings.SITE_URL}/images/quay.jpg"
    assert found["authors"][0] == {"name": "Nadia Farouk", "url": f"{settings.SITE_URL}/by/nadia-farouk/"}


def test_rss_keeps_the_rules_of_the_validator(client, places, settings):
    for place in places:
        for name in ("rss.xml", "rss-summary.xml"):
            channel = etree.fromstring(client.get(place + name).content).find("channel")
            own = channel.find(f"{ATOM}link")
            assert (own.get("rel"), own.get("href")) == ("self", f"{settings.SITE_URL}{place}{name}")
            for required in ("title", "link", "description"):
                assert channel.findtext(required), required
            assert parsedate_to_datetime(channel.findtext("lastBuildDate")).tzinfo is not None
            keys = [item.findtext("guid") for item in channel.findall("item")]
            assert len(set(keys)) == len(keys)
            for item in channel.findall("item"):
                assert item.find("guid").get("isPermaLink", "true") == "true"
                assert urlsplit(item.findtext("guid")).scheme in {"http", "https"}
                for once in ("title", "link", "description", "guid", "pubDate", CONTENT):
                    assert len(item.findall(once)) <= 1, once


def test_atom_keeps_the_rules_of_the_validator(client, places, settings):
    for place in places:
        feed = etree.fromstring(client.get(f"{place}atom.xml").content)
        own = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert [link.get("href") for link in own] == [f"{settings.SITE_URL}{place}atom.xml"]
        for entry in feed.findall(f"{ATOM}entry"):
            kinds = [link.get("rel", "alternate") for link in entry.findall(f"{ATOM}link")]
            assert kinds.count("alternate") == 1
            assert entry.find(f"{ATOM}author") is not None or feed.find(f"{ATOM}author") is not None
            assert entry.findtext(f"{ATOM}updated")


def test_page_of_each_list_leads_to_its_feeds(client, places):
    for place in places:
        if place == "/2014/":
            continue
        page = etree.HTML(client.get(place).content)
        found = {
            link.get("type"): link.get("href") for link in page.xpath('//link[@rel="alternate"][@title]')
        }
        assert set(found) >= {"application/rss+xml", "application/atom+xml", "application/feed+json"}, place
        for address in found.values():
            assert client.get(address).status_code == 200, address


def test_feed_of_what_holds_nothing_is_not_there(client, places):
    for path in (
        "/2014/13/rss.xml",
        "/0000/rss.xml",
        "/by/never/pictures/rss.xml",
        "/by/leila-haddad/pictures/rss.xml",
    ):
        assert client.get(path).status_code == 404, path
