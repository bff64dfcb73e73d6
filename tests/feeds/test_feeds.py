"""Feeds are well-formed and valid whatever was typed, and hold what readers may see."""

import json
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone
from lxml import etree

from articles import workflow
from articles.feeds.formats import LONG_AGO, Entry, Feed, atom, json_feed, rss
from articles.models import Article, Edition
from tests.builders import make_archived, make_contents, make_picture, make_published, make_tag
from tests.public_pages import assert_public

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
PLACES = ["/", "/section/world/", "/tag/ferries/", "/by/nadia-farouk/", "/corrections/"]
FORMS = {
    "rss.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "feed.json": "application/feed+json",
}
# Control characters, the end of a CDATA section, markup, template text, letters beyond the first plane, a separator.
NASTY = "SALOMON INC <SB> Q1 NET {{ 7*7 }} ]]> & \u2028 \U0001f4f0 حلب"


def token_of(edition):
    return Article.objects.get(pk=edition.story_id).token


def parsed(response):
    return etree.fromstring(response.content, etree.XMLParser(resolve_entities=False, no_network=True))


@pytest.fixture
def stories(editor):
    make_tag("ferries")
    edition = make_published(editor, headline=NASTY, standfirst=NASTY, tags=("ferries",))
    workflow.correct(by=editor, story_id=edition.story_id, token=token_of(edition), note=NASTY)
    return [Edition.objects.at().get()]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("form", FORMS)
def test_each_list_has_its_feeds(client, stories, place, form):
    response = client.get(f"{place}{form}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == f"{FORMS[form]}; charset=utf-8"
    assert_public(response)


@pytest.mark.parametrize("place", PLACES[:4])
def test_rss_says_what_readers_need(client, stories, place, settings):
    channel = parsed(client.get(f"{place}rss.xml")).find("channel")
    assert channel.find(f"{ATOM}link").get("href") == f"{settings.SITE_URL}{place}rss.xml"
    assert channel.find(f"{ATOM}link").get("rel") == "self"
    assert channel.findtext("language") == "en"
    assert channel.findtext("description")
    parsedate_to_datetime(channel.findtext("lastBuildDate"))
    item = channel.find("item")
    assert item.findtext("title") == NASTY
    assert "&lt;SB&gt;" in item.findtext("description")
    assert item.findtext("guid") == f"{settings.SITE_URL}/story/{stories[0].story_id}/"
    assert item.findtext("link") == settings.SITE_URL + stories[0].get_absolute_url()
    assert item.findtext(CREATOR) == "Nadia Farouk"
    assert item.findtext(CONTENT).startswith("<p>The ferry")
    assert item.findtext("category") == "ferries"
    assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo is not None


@pytest.mark.parametrize("place", PLACES)
def test_atom_has_every_element_that_is_required(client, stories, place):
    feed = parsed(client.get(f"{place}atom.xml"))
    for required in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{required}") is not None, required
    entry = feed.find(f"{ATOM}entry")
    for required in ("id", "title", "updated", "link", "summary"):
        assert entry.find(f"{ATOM}{required}") is not None, required
    assert NASTY in entry.findtext(f"{ATOM}title")


@pytest.mark.parametrize("place", PLACES)
def test_json_feed_keeps_to_its_version(client, stories, place):
    feed = client.get(f"{place}feed.json").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith(f"{place}feed.json")
    for entry in feed["items"]:
        assert entry["id"]
        assert entry.get("content_html") or entry.get("content_text")


@pytest.mark.parametrize(
    "text", ["\x00a\x0b", "\ufffe\uffff", "\ud800x", "]]>", "<![CDATA[", "\x1b[0m", "&#0;"]
)
def test_no_character_breaks_a_feed(text):
    made = Feed(
        text, "http://x.example/", "http://x.example/rss.xml",
        [Entry("http://x.example/1", "http://x.example/1", text, text, LONG_AGO, html=text, names=(text,), tags=(text,))],
    )  # fmt: skip
    for write in (rss, atom):
        etree.fromstring(write(made))
    json.loads(json_feed(made))


def test_addresses_in_a_feed_are_whole(client, editor, settings):
    picture = make_picture()
    body = f'<p><a href="/section/world/">World</a> says href="/x"</p><figure data-media-id="{picture.media_id}"></figure>'
    make_published(editor, body=body, pictures=[picture])
    html = client.get("/feed.json").json()["items"][0]["content_html"]
    assert f'href="{settings.SITE_URL}/section/world/"' in html
    assert f'href="{settings.SITE_URL}/media/{picture.media_id}/"' in html
    assert 'says href="/x"' in html


def test_key_of_a_story_outlives_its_slug(client, editor):
    edition = make_published(editor, headline="First words")
    before = client.get("/feed.json").json()["items"][0]
    article = workflow.save(
        by=editor,
        story_id=edition.story_id,
        token=token_of(edition),
        contents=make_contents(headline="Second words"),
    )
    workflow.update(by=editor, story_id=article.pk, token=article.token)
    after = client.get("/feed.json").json()["items"][0]
    assert before["id"] == after["id"]
    assert before["url"] != after["url"]


def test_correction_feed_has_a_key_for_each_notice(client, editor):
    edition = make_published(editor, headline="Ferry resumes")
    workflow.correct(by=editor, story_id=edition.story_id, token=token_of(edition), note="It left at six.")
    workflow.correct(
        by=editor, story_id=edition.story_id, token=token_of(edition), note="And from the old quay."
    )
    found = client.get("/corrections/feed.json").json()["items"]
    assert len({one["id"] for one in found}) == 2
    assert found[0]["title"] == "Correction: Ferry resumes"


@pytest.mark.parametrize("form", FORMS)
def test_correction_s_entry_leads_to_all_that_it_changed(client, chief, form, settings):
    edition = make_published(chief)
    workflow.correct(by=chief, story_id=edition.story_id, token=token_of(edition), note="At <six>.")
    there = f"{settings.SITE_URL}{edition.get_absolute_url()}editions/1/2/"
    feed = client.get(f"/corrections/{form}").content.decode()
    assert there in feed
    workflow.suppress(by=chief, story_id=edition.story_id, number=1, reason="An order.")
    assert there not in client.get(f"/corrections/{form}").content.decode()


def test_undated_story_claims_no_date(client, db):
    make_archived(None)
    assert parsed(client.get("/rss.xml")).find("channel/item/pubDate") is None


@pytest.mark.parametrize("form", FORMS)
def test_two_queries_a_feed(client, form, django_assert_max_num_queries):
    make_tag("ferries")
    for _ in range(21):
        make_archived(date(2014, 8, 28), tags=("ferries",))
    with django_assert_max_num_queries(2):
        assert client.get(f"/tag/ferries/{form}").status_code == 200


@pytest.mark.parametrize("form", FORMS)
def test_feed_changes_when_a_story_is_killed_whatever_a_reader_claims_to_have(client, editor, form):
    make_published(editor, headline="Stands")
    killed = make_published(editor, headline="Untrue")
    first = client.get(f"/{form}")
    asked = {"if-none-match": first.headers["ETag"], "if-modified-since": first.headers["Last-Modified"]}
    assert client.get(f"/{form}", headers=asked).status_code == 304
    workflow.kill(by=editor, story_id=killed.story_id, token=token_of(killed), reason="Made up")
    for headers in (asked, {"if-modified-since": asked["if-modified-since"]}):
        again = client.get(f"/{form}", headers=headers)
        assert again.status_code == 200
        assert b"Untrue" not in again.content


@pytest.mark.parametrize("form", FORMS)
def test_hidden_stories_do_not_change_a_byte_of_a_feed(client, editor, form):
    make_published(editor, tags=("ferries",))
    before = client.get(f"/tag/ferries/{form}")
    article = workflow.start(by=editor, contents=make_contents(tags=("ferries",)))
    workflow.publish(
        by=editor, story_id=article.pk, token=article.token, at=timezone.now() + timedelta(days=1)
    )
    after = client.get(f"/tag/ferries/{form}")
    assert (before.content, before.headers["ETag"]) == (after.content, after.headers["ETag"])


@pytest.mark.parametrize("form", FORMS)
def test_empty_feed_is_a_feed_and_does_not_change_with_the_clock(client, form, db):
    first = client.get(f"/{form}")
    assert first.status_code == 200
    assert b"2000-01-01" in first.content or b"01 Jan 2000" in first.content or form == "feed.json"


@pytest.mark.parametrize("form", FORMS)
def test_feed_of_nothing_is_not_there(client, form, db):
    assert client.get(f"/tag/nowhere/{form}").status_code == 404
