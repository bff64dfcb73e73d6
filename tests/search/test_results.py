"""The page of a search: what was found, how it is told, narrowed, sorted, continued; and what cannot be searched for."""

from datetime import date
from urllib.parse import urlencode

import pytest

from articles import workflow
from articles.models import Article
from tests.builders import make_archived, make_article, make_picture, make_published, make_tag
from tests.markup import Page, wrong_with

pytestmark = pytest.mark.django_db


def search(client, q="", **parameters):
    return client.get("/search/", {**({"q": q} if q else {}), **parameters})


def text_of(response):
    return response.content.decode()


@pytest.fixture
def stories():
    make_tag("Old Quay", "place")
    make_archived(
        date(2014, 8, 28),
        headline="Ferry returns",
        body="<p>It left the quay.</p><p>Moussa waved &amp; left.</p>",
    )
    make_archived(
        date(2015, 1, 2), headline="Musa speaks", body="<p>He spoke of a ferry.</p>", tags=("Old Quay",)
    )
    make_archived(
        date(2016, 11, 3),
        headline="العبّارة تعود",
        body="<p>عاد إلى المدينة.</p>",
        language="ar",
        section="City",
    )


def test_story_is_found_with_what_was_asked_for_marked(client, stories):
    response = search(client, "moussa")
    text = text_of(response)
    assert response.status_code == 200
    assert "<strong>2 stories</strong>" in text
    assert "<mark>Moussa</mark> waved &amp; left." in text
    assert "<mark>Musa</mark> speaks</a></h2>" in text
    assert wrong_with(text) == []


def test_page_is_for_readers_and_not_for_lists_of_machines(client, stories):
    text = text_of(search(client, "ferry"))
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="canonical" href="http://localhost:8000/search/?q=ferry"' in text
    assert 'href="/search/rss.xml?q=ferry"' in text
    assert 'href="/search.json?q=ferry"' in text


def test_search_is_kept_no_longer_than_any_page_and_forgotten_with_whatever_is_published(client, stories):
    response = search(client, "ferry")
    assert "max-age" in response.headers["Cache-Control"]
    assert not response.cookies
    assert "many" in response.headers["Surrogate-Key"].split()


def test_order_of_parameters_and_unknown_ones_make_no_other_page(client, stories, time_machine):
    time_machine.move_to("2026-01-05T12:00:00Z", tick=False)
    first = client.get("/search/?q=ferry&section=world")
    other = client.get("/search/?utm_source=x&section=world&q=ferry")
    assert first.content == other.content


def test_ways_to_narrow_are_counted_and_hold_one_of_each_kind(client, stories):
    text = text_of(search(client, "ferry OR العبارة"))
    assert 'href="/search/?q=ferry+OR+' in text
    city = text_of(search(client, "ferry OR العبارة", section="city"))
    assert "<strong>1 story</strong>" in city
    assert "section=city&amp;section" not in city
    tags = [rest.partition(">")[0] for rest in city.split("<a ")[1:]]
    others = [tag for tag in tags if "section=" in tag]
    assert others
    assert all("nofollow" in tag for tag in others)


def test_narrowing_in_force_is_named_and_can_be_taken_off(client, stories):
    text = text_of(search(client, "ferry", tag="old-quay"))
    assert "<strong>1 story</strong>" in text
    chosen = text[text.index('class="chosen"') : text.index('class="chosen"') + 400]
    assert "Old Quay" in chosen
    assert 'href="/search/?q=ferry"' in chosen


def test_days_narrow_and_a_day_that_does_not_exist_is_said_to(client, stories):
    assert "Musa speaks" in text_of(search(client, "ferry", **{"from": "2015"})).replace("<mark>", "")
    assert "<strong>1 story</strong>" in text_of(search(client, "ferry", **{"from": "2015", "to": "2015-01"}))
    text = text_of(search(client, "ferry", **{"from": "2015-02-31"}))
    assert "“2015-02-31” is no date." in text
    assert "<strong>2 stories</strong>" in text
    assert "lies behind the last" in text_of(search(client, "ferry", **{"from": "2016", "to": "2014"}))


def test_every_month_of_the_drawing_leads_to_the_search_within_it(client, stories):
    text = text_of(search(client, "ferry"))
    bars = [link for link in Page(text).links if "from=" in link]
    assert "/search/?q=ferry&from=2014-08&to=2014-08" in bars
    for link in bars:
        assert "1 story" in text_of(client.get(link)), link


def test_few_stories_over_many_years_are_drawn_by_year(client):
    for year in (1999, 2004, 2016):
        make_archived(date(year, 5, 1), headline=f"Quay in {year}")
    text = text_of(search(client, "quay"))
    assert "/search/?q=quay&amp;from=2004&amp;to=2004" in text
    assert "Found by year" in text


def test_search_is_sorted_and_walked_to_its_end(client):
    for number in range(45):
        make_archived(date(2015, 1, 1 + number % 28), headline=f"Quay {number}")
    for sort in ("relevance", "newest", "oldest"):
        address, seen = f"/search/?q=quay&sort={sort}", []
        while address:
            text = text_of(client.get(address))
            page = Page(text)
            seen += [link for link in page.links if link.startswith("/story/")]
            following = [link for link in page.links if link.startswith("/search/") and "after=" in link]
            assert len(following) <= 1
            address = following[0] if following else ""
        assert len(dict.fromkeys(seen)) == 45, sort


@pytest.mark.parametrize("after", ["x", "", "MS4x", "a" * 500])
def test_forged_place_is_refused_in_a_sentence(client, stories, after):
    response = search(client, "ferry", after=after)
    assert response.status_code == 404
    assert "damaged" in text_of(response)
    assert search(client, "ferry", after=after, sort="newest").status_code == 404


def test_place_in_what_another_search_found_is_none_in_this_one(client):
    for number in range(25):
        make_archived(date(2015, 1, 1 + number), headline=f"Quay and ferry {number}")
    (further,) = {one for one in Page(text_of(search(client, "quay"))).links if "after=" in one}
    after = further.partition("after=")[2]
    assert search(client, "quay", after=after).status_code == 200
    for other in ({"q": "ferry"}, {"q": "quay", "from": "2015"}):
        response = client.get("/search/", {**other, "after": after})
        assert response.status_code == 404
        assert "does not go on from there" in text_of(response)
    assert client.get("/search.json", {"q": "ferry", "after": after}).status_code == 404


def test_mistyped_word_is_mended(client, stories):
    text = text_of(search(client, "ferrry"))
    assert "No story was found." in text
    assert '<a href="/search/?q=ferry" rel="nofollow"><bdi>ferry</bdi></a>' in text


def test_nothing_found_offers_the_whole_archive(client, stories):
    text = text_of(search(client, "moussa", section="city"))
    assert "No story was found." in text
    assert '<a href="/search/?q=moussa" rel="nofollow">Look for the same in the whole archive</a>' in text


def test_number_leads_to_the_story_or_picture_that_has_it(client, editor):
    picture = make_picture(media_id="55361435")
    edition = make_published(editor, pictures=[picture])
    for typed in (str(edition.story_id), f" {edition.story_id} "):
        assert search(client, typed).headers["Location"] == f"/story/{edition.story_id}/"
    assert search(client, "55361435").headers["Location"] == "/media/55361435/"
    assert search(client, "55 36 14 35").headers["Location"] == "/media/55361435/"
    assert search(client, "٥٥٣٦١٤٣٥").headers["Location"] == "/media/55361435/"
    assert search(client, "12345678").status_code == 200


def test_short_number_is_looked_for_and_the_picture_offered(client, editor):
    make_published(editor, headline="Election of 2016", pictures=[make_picture(media_id="2016")])
    text = text_of(search(client, "2016"))
    assert 'href="/media/2016/">The picture with the Media ID 2016' in text
    assert "Election of <mark>2016</mark>" in text


def test_number_of_a_hidden_story_or_picture_is_that_of_none(client, reporter):
    copy = make_article(reporter)
    hidden = make_picture(media_id="70000009")
    for number in (copy.pk, hidden.media_id):
        given = text_of(search(client, str(number))).replace(str(number), "12345678")
        assert given == text_of(search(client, "12345678"))


@pytest.mark.parametrize("q", ["", "   ", "!!!", "()"])
def test_question_without_a_word_gets_a_page_that_helps(client, stories, q):
    response = client.get("/search/", {"q": q})
    assert response.status_code == 200
    text = text_of(response)
    assert 'href="/search/how/"' in text
    assert "<mark>" not in text
    assert 'class="entries"' not in text


HOSTILE = [
    "a" * 10_000, "word " * 5_000, '"' * 1_000, "(" * 1_000 + "x" + ")" * 1_000, "(a+)+$", "x\0y", "🦆 🦆", "the of and",
    "?!.,;", "a*", "headline:", "from:2015-02-31", "to:", "mediaid:", "-", "OR OR OR", "NOT", '-"', "٪", "\u202e", "' OR 1=1 --",
    "<script>alert(1)</script>", "{{ 7*7 }}", "%", "\\", "section:opinion OR", "tag:", "NEAR(a b)", "a AND", "*", "x:y:z", "\ud7ff\uffff",
]  # fmt: skip


@pytest.mark.parametrize("q", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_question_gets_an_answer_or_a_sentence(client, stories, q):
    for path in (
        "/search/",
        "/search.json",
        "/search/suggest.json",
        "/search/opensearch.json",
        "/search/rss.xml",
    ):
        response = client.get(path, {"q": q})
        # A NUL gets no further than the door of the site, which says so.
        good = {400} if "\0" in q else {200, 404} if path.endswith("rss.xml") else {200}
        assert response.status_code in good, path
        assert len(response.content) < 400_000, path
        assert "<script>alert" not in text_of(response) or "json" in path
        assert max(len(value) for value in response.headers.values()) < 4_000, path


NARROWINGS = ("section", "tag", "kind", "by", "from", "to", "language", "pictures", "sort", "after")


@pytest.mark.parametrize(
    "value", ["no-such", "\0", "0", "x" * 3_000, "9999-99-99", "%00", "' OR 1=1 --", "ar", "🦆"]
)
def test_hostile_narrowing_gets_an_answer_or_a_sentence(client, stories, value):
    for name in NARROWINGS:
        for path in ("/search/", "/search.json", "/search/atom.xml"):
            response = client.get(path, {"q": "ferry", name: value})
            assert response.status_code in ((400,) if "\0" in value else (200, 404)), (path, name)


def test_bytes_that_are_no_text_are_answered(client, stories):
    for query in ("q=%ff%fe", "q=%ed%a0%80", "q=ferry&section=%ff", "q=ferry&q=quay", "q[]=x", "q"):
        assert client.get(f"/search/?{query}").status_code == 200, query


def test_killed_story_is_gone_from_every_search_at_once(client, editor, stories):
    edition = make_published(editor, headline="Zanzibar treaty", tags=("Zanzibari",))
    assert "Zanzibar" in text_of(search(client, "zanzibar treaty"))
    assert "Zanzibar treaty" in text_of(client.get("/search/suggest.json?q=zanz"))
    token = Article.objects.get(pk=edition.story_id).token
    workflow.kill(by=editor, story_id=edition.story_id, token=token, reason="Untrue")
    assert "No story was found." in text_of(search(client, "zanzibar treaty"))
    for path in (
        "/search/suggest.json?q=zanz",
        "/search.json?q=zanzibar",
        "/search/rss.xml?q=zanzibar+treaty",
    ):
        text = text_of(client.get(path))
        assert "treaty" not in text.replace("zanzibar+treaty", "").replace("zanzibar treaty", ""), path


def test_search_in_the_past_finds_what_stood_then_and_stays_there(client, editor, time_machine):
    time_machine.move_to("2026-01-05T12:00:00Z")
    make_published(editor, headline="Ferry resumes")
    time_machine.move_to("2026-01-06T12:00:00Z")
    make_published(editor, headline="Ferry stops")
    time_machine.move_to("2026-01-07T12:00:00Z")
    response = client.get("/at/20260105130000/search/?q=ferry")
    text = text_of(response)
    assert "<strong>1 story</strong>" in text
    assert 'action="/at/20260105130000/search/"' in text
    assert response.headers["Memento-Datetime"] == "Mon, 05 Jan 2026 13:00:00 GMT"
    assert '<http://localhost:8000/search/?q=ferry>; rel="original"' in response.headers["Link"]
    offered = client.get("/at/20260105130000/search/suggest.json?q=fer").json()["items"]
    assert {one["url"][:19] for one in offered} == {"/at/20260105130000/"}
    assert not any("stops" in one["text"] for one in offered)


def test_permanent_address_of_a_search_leads_to_it_as_it_stood(client, editor):
    make_published(editor, headline="Ferry resumes")
    response = search(client, "ferry", section="world", sort="newest")
    gate = "/timegate/search/?q=ferry&amp;section=world&amp;sort=newest"
    assert f'href="{gate}"' in text_of(response)
    led = client.get(gate.replace("&amp;", "&"))
    assert led.status_code == 302
    assert led.headers["Location"].endswith("/search/?q=ferry&section=world&sort=newest")
    assert "<strong>1 story</strong>" in text_of(client.get(led.headers["Location"]))


def test_question_too_long_for_headers_is_not_told_in_part(client, editor):
    make_published(editor, headline="Ferry resumes")
    response = search(client, "ferry " * 200)
    assert response.status_code == 200
    assert "Link" not in response.headers
    assert "/timegate/" not in text_of(response)


def test_arabic_question_finds_arabic_and_its_addresses_hold_it(client, stories):
    text = text_of(search(client, "عبارة"))
    assert "<mark>العبّارة</mark>" in text
    assert f"/search/rss.xml?{urlencode({'q': 'عبارة'})}" in text


def test_every_page_has_a_way_to_the_search(client, stories):
    for path in ("/", "/section/world/", "/nowhere/"):
        text = text_of(client.get(path))
        assert 'role="search"' in text
        assert 'rel="search" type="application/opensearchdescription+xml"' in text


def test_how_to_search_gives_examples_that_work(client, stories):
    page = Page(text_of(client.get("/search/how/")))
    examples = [link for link in page.links if link.startswith("/search/?q=")]
    assert len(examples) > 10
    for link in examples:
        text = text_of(client.get(link)) if client.get(link).status_code == 200 else ""
        assert "left out" not in text, link
