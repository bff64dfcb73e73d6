"""The doors of handing over, and what changed in a story since somebody last had it."""

from uuid import uuid4

import pytest

from articles import workflow
from tests import builders
from tests.together.doors import as_somebody, here, knock

pytestmark = pytest.mark.django_db


def standing(person, article):
    answer = as_somebody(person).get(f"/admin/desk/with/{article.pk}/")
    assert answer.status_code == 200
    return answer.json()


def change(person, article, **changed):
    article.refresh_from_db()
    contents = builders.make_contents(headline=article.headline, body=article.body).changed(**changed)
    return workflow.save(by=person, story_id=article.pk, token=article.token, contents=contents)


def test_story_is_handed_over_through_its_door(article, reporter, editor):
    told = standing(reporter, article)
    assert told["receivers"][0]["name"] == "Foreign"
    answer = knock(
        as_somebody(reporter), f"hand-over/{article.pk}/", token=article.token, to=f"person:{editor.pk}", note="Yours."
    )  # fmt: skip
    assert answer.status_code == 200
    assert answer.json()["done"] == "Handed over to editor."
    assert answer.json()["is_readable"] is True
    told = standing(editor, article)["with"]
    assert told["sentence"].startswith("editor has it from reporter, ")
    assert told["note"] == "Yours."
    assert told["is_mine"] is True
    assert standing(reporter, article)["with"]["is_mine"] is False


def test_refusal_is_told_with_its_sentence(article, reporter):
    client = as_somebody(reporter)
    answer = knock(client, f"hand-over/{article.pk}/", token="9", to=f"desk:{builders.make_desk().pk}")
    assert answer.status_code == 409
    assert "Reload it" in answer.json()["refused"][0]
    for to in ("", "desk:", "desk:x", "king:1", "person:99999999999999999999"):
        assert knock(client, f"hand-over/{article.pk}/", token=article.token, to=to).status_code == 422
    assert knock(client, f"hand-over/{article.pk}/", token=article.token, to=["desk:1"]).status_code == 422


def test_story_of_another_desk_is_not_there(article, reader, picture_desk):
    stranger = builders.make_person("sports", "editor", builders.make_desk("Sport"))
    for person in (stranger, reader, picture_desk):
        client = as_somebody(person)
        reached = [
            client.get(f"/admin/desk/with/{article.pk}/"),
            knock(client, f"hand-over/{article.pk}/", to="desk:1"),
        ]
        expected = 401 if person == reader else 404
        assert [one.status_code for one in reached] == [expected] * 2


def test_who_may_not_hand_over_is_offered_nobody(article, reporter, editor):
    workflow.publish(by=editor, story_id=article.pk, token=article.token)
    assert standing(reporter, article)["receivers"] == []
    assert standing(editor, article)["receivers"]


def test_who_never_had_it_is_told_of_no_change(article, reporter, editor):
    change(reporter, article, headline="Another headline")
    assert standing(editor, article)["since"] is None


def test_receiver_sees_what_changed_since_they_wrote(article, reporter, editor):
    change(editor, article, headline="The editor's headline")
    change(editor, article, standfirst="And a line")
    told = standing(reporter, article)["since"]
    assert told["changed"] == ["headline", "standfirst"]
    assert told["sentence"].endswith("2 fields changed.")
    assert told["address"] == f"/admin/articles/article/{article.pk}/compare/1/3/"
    assert standing(editor, article)["since"] is None, "whoever wrote last has seen it all"


def test_what_is_changed_back_is_no_change(article, reporter, editor):
    change(editor, article, kicker="Harbour")
    change(editor, article, kicker="")
    assert standing(reporter, article)["since"] is None


def test_receiver_who_only_read_it_sees_what_changed_before_it_came(article, reporter, editor):
    here(as_somebody(editor), article, uuid4())
    change(reporter, article, kicker="Harbour")
    article.refresh_from_db()
    workflow.hand_over(by=reporter, story_id=article.pk, token=article.token, to_person=editor.pk)
    here(as_somebody(editor), article, uuid4())
    told = standing(editor, article)["since"]
    assert told["changed"] == ["kicker"]
    assert told == standing(editor, article)["since"], "it stays until they write themselves"
    change(editor, article, kicker="The harbour")
    assert standing(editor, article)["since"] is None
