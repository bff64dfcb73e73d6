"""The data of what there is to browse: names with their numbers of stories, page by page, and the months of the archive."""

from datetime import UTC, date, datetime

import pytest

from articles.models import Dating
from tests.builders import make_archived, make_article, make_section, make_tag

pytestmark = pytest.mark.django_db


def test_names_and_months_are_given_with_their_numbers(client, editor, settings):
    make_section("World", line="Beyond the bay.")
    make_section("Attic", is_in_masthead=False)
    make_tag("Aleppo", "place")
    make_archived(date(2014, 8, 28), tags=("Aleppo",))
    make_archived(date(2014, 8, 29))
    make_archived(dating=Dating(), live_from=datetime(2020, 1, 1, tzinfo=UTC))
    make_article(editor, tags=("hidden",), section="Attic", bylines=["Nobody Yet"])
    site = settings.SITE_URL
    section = {"name": "World", "line": "Beyond the bay.", "stories": 3, "url": f"{site}/section/world/"}
    assert client.get("/sections.json").json() == {"items": [section], "next": None}
    tag = {"name": "Aleppo", "kind": "place", "line": "", "stories": 1, "url": f"{site}/tag/aleppo/"}
    for address in ("/tags.json", "/tags/a.json"):
        assert client.get(address).json() == {"items": [tag], "next": None}
    assert [one["name"] for one in client.get("/by.json").json()["items"]] == ["Nadia Farouk"]
    months = [{"month": "2014-08", "stories": 2}]
    assert client.get("/archive.json").json() == {"months": months, "undated": 1}


def test_names_go_on_to_their_end_and_refuse_a_damaged_place(client, monkeypatch):
    monkeypatch.setattr("articles.models.name_index.A_STRETCH", 2)
    for name in ("a b", "a & c", "d"):
        make_archived(tags=(name,))
    found, address = [], "/tags.json"
    while address:
        answer = client.get(address).json()
        found += [one["name"] for one in answer["items"]]
        address = answer["next"]
    assert found == ["a & c", "a b", "d"]
    for nothing in (
        "/tags.json?after=x",
        "/tags.json?after=zz.1",
        "/tags/q.json",
        "/tags/zz.json",
        "/by.json?after=%20",
    ):
        assert client.get(nothing).status_code == 404, nothing
