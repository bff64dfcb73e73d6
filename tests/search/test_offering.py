"""What is offered while one types, to our own form and to browsers; the description by which a browser finds the search."""

from datetime import date
from xml.etree import ElementTree

import pytest

from tests.builders import make_archived, make_article, make_tag

pytestmark = pytest.mark.django_db
NAMESPACE = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.fixture
def stories():
    make_tag("Ferries")
    make_archived(
        date(2014, 8, 28),
        headline="Ferry returns",
        tags=("Ferries",),
        bylines=["Fernando Ruiz"],
        body="<p>Ferns.</p>",
    )


def offered(client, q, path="/search/suggest.json"):
    return client.get(path, {"q": q}).json()


def test_people_tags_headlines_and_words_are_offered_with_where_they_lead(client, stories):
    items = offered(client, "fer")["items"]
    led = {(one["kind"], one["text"]): one["url"] for one in items}
    assert led["person", "Fernando Ruiz"] == "/by/fernando-ruiz/"
    assert led["tag", "Ferries"] == "/tag/ferries/"
    assert led["word", "ferns"] == "/search/?q=ferns"
    assert led["headline", "Ferry returns"].startswith("/story/")
    assert all(client.get(url).status_code == 200 for url in led.values())


@pytest.mark.parametrize("q", ["", " ", "f", "!!", "zzz", "f" * 5_000])
def test_nothing_is_offered_where_there_is_nothing_to_offer(client, stories, q):
    assert offered(client, q) == {"items": []}


def test_browsers_are_offered_the_same_in_their_own_shape(client, stories):
    response = client.get("/search/opensearch.json", {"q": "fer"})
    assert response.headers["Content-Type"] == "application/x-suggestions+json"
    typed, texts, kinds, addresses = response.json()
    assert typed == "fer"
    assert len(texts) == len(kinds) == len(addresses) > 2
    assert all(address.startswith("http://localhost:8000/") for address in addresses)


def test_copy_is_never_offered(client, stories, reporter):
    make_tag("Ferocious")
    make_article(reporter, headline="Ferdinand falls", tags=("Ferocious",))
    told = client.get("/search/suggest.json?q=fer").content.decode()
    assert "Ferdinand" not in told
    assert "Ferocious" not in told


def test_offers_are_public_answers_that_no_list_of_machines_holds(client, stories):
    response = client.get("/search/suggest.json?q=fer")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "max-age" in response.headers["Cache-Control"]
    assert not response.cookies
    assert "many" in response.headers["Surrogate-Key"].split()


def test_description_tells_browsers_how_to_ask(client, stories):
    response = client.get("/opensearch.xml")
    assert response.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ElementTree.fromstring(response.content)
    assert len(root.findtext("o:ShortName", "", NAMESPACE)) <= 16
    templates = {one.get("type"): one.get("template") for one in root.findall("o:Url", NAMESPACE)}
    for kind in (
        "text/html",
        "application/rss+xml",
        "application/atom+xml",
        "application/x-suggestions+json",
    ):
        address = templates[kind].replace("{searchTerms}", "ferry").removeprefix("http://localhost:8000")
        assert client.get(address).status_code == 200, kind


def test_paper_whose_name_is_markup_is_described_all_the_same(client, settings):
    settings.SITE_NAME = "A & B <Gazette> of a rather long name for a paper, indeed"
    root = ElementTree.fromstring(client.get("/opensearch.xml").content)
    assert root.findtext("o:ShortName", "", NAMESPACE).startswith("A & B <Gazette>")
