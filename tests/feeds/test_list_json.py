"""Every list answers as data: the same stories as its page, by keyset, and nothing where only hidden ones stand."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Contributor, Section, Tag
from tests.builders import (
    make_archived,
    make_article,
    make_contributor,
    make_picture,
    make_published,
    make_section,
    make_tag,
)
from tests.public_pages import assert_public

pytestmark = pytest.mark.django_db
DAY = date(2014, 8, 28)
LISTS = [
    "/index.json", "/section/world.json", "/tag/ferries.json", "/by/nadia-farouk.json", "/2014.json", "/2014/08.json",
    "/2014/08/28.json",
]  # fmt: skip


def fill(count, **overrides):
    make_tag("ferries")
    return [make_archived(DAY, tags=("ferries",), **overrides) for _ in range(count)]


@pytest.mark.parametrize("path", LISTS)
def test_list_goes_on_by_cursor_and_loses_no_story(client, path):
    wanted = {str(edition.story_id) for edition in fill(45)}
    seen, pages = [], 0
    while path:
        response = client.get(path)
        assert_public(response)
        found = response.json()
        assert set(found) == {"items", "next"}
        seen += [entry["story_id"] for entry in found["items"]]
        path, pages = found["next"], pages + 1
    assert pages == 3
    assert len(seen) == 45
    assert set(seen) == wanted


@pytest.mark.parametrize("count", [1, 21])
@pytest.mark.parametrize("path", LISTS)
def test_three_queries_a_list(client, path, count, django_assert_max_num_queries):
    fill(count)
    with django_assert_max_num_queries(3):
        assert client.get(path).status_code == 200


def test_entry_has_the_story_without_its_body(client):
    (edition,) = fill(1)
    entry = client.get("/index.json").json()["items"][0]
    assert entry["headline"] == edition.headline
    assert entry["bylines"][0]["name"] == "Nadia Farouk"
    assert entry["excerpt"] == edition.standfirst
    assert "body_html" not in entry


def test_undated_stories_have_their_own_list(client):
    fill(1)
    edition = make_archived(None)
    assert [one["story_id"] for one in client.get("/undated.json").json()["items"]] == [str(edition.story_id)]


@pytest.mark.parametrize("path", ["/index.json", "/undated.json", "/corrections.json"])
def test_empty_list_is_a_list(client, path, db):
    assert client.get(path).json() == {"items": [], "next": None}


@pytest.mark.parametrize(
    "path",
    [
        "/section/nowhere.json", "/tag/nowhere.json", "/by/nobody.json", "/media/99999999.json", "/2014/13.json",
        "/2014/02/30.json", "/0000.json", "/0001/01/01.json", "/2999.json", "/9999/12/31.json", "/2016/00.json",
        "/index.json?after=x", "/index.json?after=", "/undated.json?after=MTIzLjEyMw", "/index.json?after=%F0%9F%98%80",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_a_plain_404(client, path, db):
    response = client.get(path)
    assert response.status_code == 404
    assert "error" in response.json()


def test_shelves_of_hidden_stories_never_were(client, editor):
    picture = make_picture()
    make_tag("secret matters")
    make_contributor("Huda Secret")
    make_section("Hidden", is_in_masthead=False)
    facts = {
        "section": "Hidden",
        "tags": ("secret matters",),
        "bylines": ["Huda Secret"],
        "pictures": [picture],
    }
    make_article(editor, **facts)
    due = make_article(editor, **facts)
    workflow.publish(by=editor, story_id=due.pk, token=due.token, at=timezone.now() + timedelta(days=1))
    shelves = [
        ("section", "hidden"),
        ("tag", "secret-matters"),
        ("by", "huda-secret"),
        ("media", picture.media_id),
    ]
    for kind, slug in shelves:
        hidden, never = client.get(f"/{kind}/{slug}.json"), client.get(f"/{kind}/99999999.json")
        assert (hidden.status_code, hidden.content) == (404, never.content), kind


def test_shelf_whose_stories_were_killed_is_gone(client, editor):
    edition = make_published(editor, tags=("ferries",))
    token = Article.objects.get(pk=edition.story_id).token
    workflow.kill(by=editor, story_id=edition.story_id, token=token, reason="Made up")
    for path in ("/tag/ferries.json", "/by/nadia-farouk.json"):
        assert client.get(path).status_code == 410


def test_merged_names_lead_on_once_they_lead_to_something_public(client, editor):
    first = make_published(editor, tags=("Halab",), bylines=["N. Farouk"])
    make_published(editor, tags=("Aleppo",), bylines=["Nadia Farouk"])
    tag, into = Tag.objects.get(name="Halab"), Tag.objects.get(name="Aleppo")
    workflow.merge_tags(by=editor, tag=tag, into=into)
    person, known = Contributor.objects.get(name="N. Farouk"), Contributor.objects.get(name="Nadia Farouk")
    workflow.merge_contributors(by=editor, contributor=person, into=known)
    assert client.get(f"/tag/{tag.slug}.json").headers["Location"] == f"/tag/{into.slug}.json"
    assert client.get(f"/by/{person.slug}.json").headers["Location"] == f"/by/{known.slug}.json"
    listed = [one["story_id"] for one in client.get(f"/by/{known.slug}.json").json()["items"]]
    assert str(first.story_id) in listed


def test_picture_tells_what_is_known_and_where_it_stands(client, django_assert_max_num_queries):
    picture = make_picture(caption="", credit="Agency")
    edition = make_archived(DAY, pictures=[picture])
    with django_assert_max_num_queries(3):
        found = client.get(f"/media/{picture.media_id}.json").json()
    assert (found["media_id"], found["caption"], found["caption_state"]) == (picture.media_id, "", "empty")
    assert found["has_file"] is False
    assert [one["story_id"] for one in found["items"]] == [str(edition.story_id)]


def test_corrections_are_listed_with_their_stories(client, editor, django_assert_max_num_queries):
    edition = make_published(editor, headline="Ferry resumes")
    token = Article.objects.get(pk=edition.story_id).token
    workflow.correct(by=editor, story_id=edition.story_id, token=token, note="It left at six.")
    killed = make_published(editor, headline="Untrue words")
    token = Article.objects.get(pk=killed.story_id).token
    workflow.kill(
        by=editor, story_id=killed.story_id, token=token, reason="Made up", notice="It was not true."
    )
    with django_assert_max_num_queries(3):
        response = client.get("/corrections.json")
    withdrawal, correction = response.json()["items"]
    assert (correction["headline"], correction["note"], correction["kind"]) == (
        "Ferry resumes", "It left at six.", "correction",
    )  # fmt: skip
    assert (withdrawal["headline"], withdrawal["note"]) == (None, "It was not true.")
    assert b"Untrue" not in response.content
    assert b"untrue" not in response.content


def test_correction_of_a_story_killed_later_is_no_longer_told(client, editor):
    edition = make_published(editor)
    token = Article.objects.get(pk=edition.story_id).token
    workflow.correct(by=editor, story_id=edition.story_id, token=token, note="It left at six.")
    token = Article.objects.get(pk=edition.story_id).token
    workflow.kill(by=editor, story_id=edition.story_id, token=token, reason="Made up")
    assert [one["kind"] for one in client.get("/corrections.json").json()["items"]] == ["withdrawal"]


def test_section_of_the_masthead_is_there_before_its_first_story(client, db):
    Section.objects.create(name="Sport", slug="sport")
    assert client.get("/section/sport.json").json() == {"items": [], "next": None}
