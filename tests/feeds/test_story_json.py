"""A story's data has exactly the keys of the contract, and says nothing that its page would not."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Dating
from tests.builders import make_archived, make_article, make_contents, make_picture, make_published
from tests.public_pages import assert_public

pytestmark = pytest.mark.django_db

KEYS = {
    "story_id", "url", "headline", "slug", "kicker", "standfirst", "dateline", "body_html", "body_text", "language",
    "section", "bylines", "tags", "pictures", "published_at", "updated_at", "dated", "edition", "corrections",
    "digest", "incomplete", "citation", "cite",
}  # fmt: skip
# What stands around a story, at its own address alone.
AROUND = {"related", "previous", "next", "translations", "provenance"}


def token_of(edition):
    return Article.objects.get(pk=edition.story_id).token


def path_of(edition):
    return f"{edition.get_absolute_url()[:-1]}.json"


def read(client, edition):
    return client.get(path_of(edition)).json()


def test_story_has_the_keys_of_the_contract(client, editor, settings):
    edition = make_published(
        editor,
        kicker="Harbour",
        standfirst="It runs again.",
        dateline="ALEPPO",
        tags=("ferries",),
        pictures=[make_picture(caption="The quay", credit="Staff", alt="A quay")],
    )
    found = read(client, edition)
    assert set(found) == KEYS | AROUND
    assert found["story_id"] == str(edition.story_id)
    assert found["url"] == settings.SITE_URL + edition.get_absolute_url()
    assert found["section"] == "World"
    assert found["bylines"] == [{"name": "Nadia Farouk", "role": "writer", "as_printed": "Nadia Farouk"}]
    assert found["tags"] == [{"name": "ferries", "kind": "topic"}]
    assert found["body_text"].startswith("The ferry left")
    assert found["body_html"].startswith("<p>The ferry left")
    assert found["dated"]["stated"] is True
    assert found["published_at"].endswith("Z")
    assert (found["updated_at"], found["edition"], found["incomplete"]) == (None, 1, None)
    assert found["digest"] == edition.digest


def test_answer_is_public_json(client, editor):
    response = client.get(path_of(make_published(editor)))
    assert_public(response)
    assert response.headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(("caption", "state"), [(None, "absent"), ("", "empty"), ("The quay", "present")])
def test_caption_and_its_state_agree(client, editor, caption, state):
    edition = make_published(editor, pictures=[make_picture(caption=caption)])
    picture = read(client, edition)["pictures"][0]
    assert (picture["caption"], picture["caption_state"]) == (caption, state)
    assert set(picture) == {"media_id", "caption", "caption_state", "credit", "alt"}


def test_day_without_an_hour_is_a_day(client):
    found = read(client, make_archived(date(2014, 8, 28)))
    assert found["published_at"] == "2014-08-28"
    assert found["dated"] == {"earliest": "2014-08-28", "latest": "2014-08-28", "stated": True, "reason": ""}


def test_inferred_date_is_told_apart(client):
    dating = Dating(
        earliest=date(2016, 10, 1), latest=date(2017, 3, 31), reason="Its picture's neighbours are dated."
    )
    found = read(client, make_archived(dating=dating, completeness="teaser"))
    assert found["published_at"] is None
    assert found["dated"]["stated"] is False
    assert found["dated"]["reason"] == "Its picture's neighbours are dated."
    assert found["incomplete"] == "teaser"


def test_other_slug_and_bare_number_lead_to_the_address(client, editor):
    edition = make_published(editor)
    for path in (f"/story/{edition.story_id}.json", f"/story/{edition.story_id}/other-words.json"):
        response = client.get(path)
        assert (response.status_code, response.headers["Location"]) == (301, path_of(edition))


def test_correction_stands_with_the_story(client, editor):
    edition = make_published(editor)
    article = workflow.save(
        by=editor,
        story_id=edition.story_id,
        token=token_of(edition),
        contents=make_contents(headline="Ferry resumes"),
    )
    workflow.correct(
        by=editor, story_id=article.pk, token=article.token, note="It left at six, not at seven."
    )
    found = client.get(f"/story/{edition.story_id}/ferry-resumes.json").json()
    assert found["corrections"][0]["note"] == "It left at six, not at seven."
    assert found["corrections"][0]["edition"] == found["edition"] == 2
    assert found["updated_at"].endswith("Z")


def test_each_published_version_has_its_data(client, editor):
    edition = make_published(editor, headline="First words")
    article = workflow.save(
        by=editor,
        story_id=edition.story_id,
        token=token_of(edition),
        contents=make_contents(headline="Second words"),
    )
    workflow.update(by=editor, story_id=article.pk, token=article.token)
    home = f"/story/{edition.story_id}/second-words"
    first = client.get(f"{home}/editions/1.json").json()
    assert (first["headline"], first["edition"]) == ("First words", 1)
    assert first["url"].endswith(f"{home}/editions/1/")
    assert [one["edition"] for one in client.get(f"{home}/editions.json").json()["items"]] == [2, 1]
    moved = client.get(f"/story/{edition.story_id}/first-words/editions/1.json")
    assert moved.headers["Location"] == f"{home}/editions/1.json"
    assert client.get(f"{home}/editions/3.json").status_code == 404


def test_versions_do_not_tell_what_is_scheduled(client, editor):
    edition = make_published(editor, headline="First words")
    due = timezone.now() + timedelta(days=1)
    article = workflow.save(
        by=editor,
        story_id=edition.story_id,
        token=token_of(edition),
        contents=make_contents(headline="Second words"),
    )
    before = client.get(f"{edition.get_absolute_url()}editions.json").content
    workflow.update(by=editor, story_id=article.pk, token=article.token, at=due)
    assert client.get(f"{edition.get_absolute_url()}editions.json").content == before
    assert client.get(f"{edition.get_absolute_url()}editions/2.json").status_code == 404


def test_killed_story_answers_gone_with_its_notice(client, editor):
    edition = make_published(editor, headline="Untrue words")
    workflow.kill(
        by=editor,
        story_id=edition.story_id,
        token=token_of(edition),
        reason="Made up",
        notice="It was not true.",
    )
    for path in (
        path_of(edition),
        f"/story/{edition.story_id}.json",
        f"{edition.get_absolute_url()}editions/1.json",
    ):
        response = client.get(path)
        assert response.status_code == 410
        assert response.json()["notice"] == "It was not true."
        assert response.json()["withdrawn_at"].endswith("Z")
        assert b"Untrue" not in response.content
        assert b"Made up" not in response.content


def test_suppressed_version_is_a_stub_and_its_story_stands(client, editor, chief):
    edition = make_published(editor, headline="Libellous words")
    article = workflow.save(
        by=editor,
        story_id=edition.story_id,
        token=token_of(edition),
        contents=make_contents(headline="Fair words"),
    )
    workflow.update(by=editor, story_id=article.pk, token=article.token)
    workflow.suppress(by=chief, story_id=article.pk, number=1, reason="Court order")
    home = f"/story/{edition.story_id}/fair-words"
    assert client.get(f"{home}.json").status_code == 200
    assert client.get(f"{home}/editions/1.json").status_code == 410
    versions = client.get(f"{home}/editions.json")
    assert versions.json()["items"][1]["suppressed_at"].endswith("Z")
    assert b"Libellous" not in versions.content


def test_hidden_story_is_as_if_it_had_never_been(client, editor):
    draft = make_article(editor)
    never = client.get("/story/99999999.json")
    hidden = client.get(f"/story/{draft.pk}.json")
    assert (hidden.status_code, hidden.content) == (404, never.content) == (never.status_code, never.content)


def test_braces_and_markup_come_out_literally(client, editor):
    edition = make_published(editor, headline="SALOMON INC <SB> Q1 NET {{ 7*7 }}")
    assert read(client, edition)["headline"] == "SALOMON INC <SB> Q1 NET {{ 7*7 }}"


@pytest.mark.parametrize("tags", [(), tuple(f"tag {number}" for number in range(20))])
def test_three_queries_a_story(client, editor, django_assert_max_num_queries, tags):
    pictures = [make_picture() for _ in tags]
    edition = make_published(editor, tags=tags, pictures=pictures, bylines=["Nadia Farouk", "Sami Haddad"])
    with django_assert_max_num_queries(3):
        assert read(client, edition)["headline"]
    with django_assert_max_num_queries(3):
        assert json.loads(client.get(f"{edition.get_absolute_url()}editions/1.json").content)


def test_tag_matched_answer_is_not_sent_again(client, editor):
    edition = make_published(editor)
    etag = client.get(path_of(edition)).headers["ETag"]
    again = client.get(path_of(edition), headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    workflow.kill(by=editor, story_id=edition.story_id, token=token_of(edition), reason="Made up")
    assert client.get(path_of(edition), headers={"if-none-match": etag}).status_code == 410
