"""Lists: by section, tag, contributor, undated; what exists only, by keyset, merged names followed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Contributor, Dating, Tag
from tests.builders import (
    make_archived,
    make_article,
    make_contributor,
    make_published,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db
NEVER = ("/section/never/", "/tag/never/", "/by/never/")


def text_of(response):
    return response.content.decode()


def test_lists_show_what_is_public(client, editor):
    make_tag("ferries")
    make_archived(headline="Open story", tags=("ferries",))
    make_article(editor, headline="Secret draft", tags=("ferries",))
    for address in ("/section/world/", "/tag/ferries/", "/by/nadia-farouk/"):
        text = text_of(client.get(address))
        assert "Open story" in text
        assert "Secret draft" not in text


def test_shelf_of_nothing_but_hidden_stories_answers_as_one_that_never_was(client, editor):
    make_section("Hidden", is_in_masthead=False)
    make_tag("secret")
    draft = make_article(editor, section="Hidden", tags=("secret",), bylines=["Hidden Writer"])
    later = make_article(editor, section="Hidden", tags=("secret",), bylines=["Hidden Writer"])
    workflow.publish(by=editor, story_id=later.pk, token=later.token, at=timezone.now() + timedelta(days=1))
    assert draft.pk
    for address, never in zip(("/section/hidden/", "/tag/secret/", "/by/hidden-writer/"), NEVER, strict=True):
        for query in ("", "?after=damaged", "?after=MS4x"):
            mine, nobodys = client.get(address + query), client.get(never + query)
            assert (mine.status_code, mine.content) == (404, nobodys.content)


def test_shelf_that_lost_its_last_story_is_gone(client, editor):
    make_tag("brief")
    edition = make_published(editor, tags=("brief",))
    assert client.get("/tag/brief/").status_code == 200
    token = Article.objects.get(pk=edition.story_id).token
    workflow.kill(by=editor, story_id=edition.story_id, token=token, reason="made up")
    assert client.get("/tag/brief/").status_code == 410


def test_section_in_the_masthead_is_there_though_empty_and_says_what_will_be(client):
    make_section("Science")
    make_section("Attic", is_in_masthead=False)
    assert "Nothing stands in Science yet" in text_of(client.get("/section/science/"))
    assert client.get("/section/attic/").status_code == 404


def test_merged_tag_and_name_lead_to_those_in_force(client, editor):
    into = make_tag("Aleppo", "place")
    Tag.objects.create(name="Halab", alias_of=into)
    person = make_contributor("Moussa Haddad")
    Contributor.objects.create(name="Musa Haddad", slug="musa-haddad", alias_of=person)
    assert client.get("/tag/halab/").status_code == 404
    assert client.get("/by/musa-haddad/").status_code == 404
    make_archived(tags=("Aleppo",), bylines=["Moussa Haddad"])
    for old, new in (("/tag/halab/", "/tag/aleppo/"), ("/by/musa-haddad/", "/by/moussa-haddad/")):
        response = client.get(f"{old}?x=1")
        assert (response.status_code, response.headers["Location"]) == (301, new)
    assert "Place" in text_of(client.get("/tag/aleppo/"))


def test_list_pages_by_key_to_its_end_each_story_once(client):
    day = date(2014, 8, 28)
    wanted = {make_archived(day - timedelta(days=n // 3)).headline for n in range(45)}
    seen, address, parts = [], "/section/world/", 0
    while address:
        text = text_of(client.get(address))
        seen += [line.split("</a>")[0].split(">")[-1] for line in text.splitlines() if "<h2><a href" in line]
        parts += 1
        start = text.find('href="/section/world/?after=')
        address = text[start + 6 : text.index('"', start + 6)] if start > 0 else ""
        assert ("From the beginning" in text) == (parts > 1)
    assert (parts, len(seen), set(seen)) == (3, 45, wanted)


@pytest.mark.parametrize(
    "cursor", ["", "x", "%00", "MS4x", "A" * 5000, "OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ", "é"]
)
@pytest.mark.parametrize(
    "path", ["/section/world/", "/undated/", "/corrections/", "/tag/never/", "/2014/08/"]
)
def test_damaged_cursor_is_refused_with_a_sentence(client, path, cursor):
    make_archived()
    response = client.get(f"{path}?after={cursor}")
    assert response.status_code in (400, 404)
    if cursor != "%00":
        assert "Start from the beginning of the list" in text_of(response)


def test_undated_stories_stand_by_their_bounds(client):
    public = {"live_from": datetime(2020, 1, 1, tzinfo=UTC)}
    make_archived(dating=Dating(), headline="Never known", **public)
    bounds = Dating(earliest=date(2016, 10, 1), latest=date(2017, 3, 31), reason="By its Media ID.")
    make_archived(dating=bounds, headline="Bounded", **public)
    make_archived(headline="Dated")
    text = text_of(client.get("/undated/"))
    assert text.index("Bounded") < text.index("Never known")
    assert "between October 2016 and March 2017 (inferred)" in text
    assert "Dated<" not in text


def test_unknown_parameters_make_no_other_page(client):
    make_archived()
    assert client.get("/section/world/?page=2&order_by=id").content == client.get("/section/world/").content
