"""The doors of notes: what they give, to whom, and that no note ever leaves the desk."""

import itertools
import json

import pytest
from django.test import Client

from articles import workflow
from articles.models import StoryNote
from tests import builders
from tests.together.doors import DESK, as_somebody, here, knock

pytestmark = pytest.mark.django_db
SECRET = "zqnotforprint"


def listed(person, article):
    answer = as_somebody(person).get(f"{DESK}notes/{article.pk}/")
    assert answer.status_code == 200
    return answer.json()["notes"]


def test_note_goes_through_its_doors(article, reporter, editor):
    asking = as_somebody(editor)
    answer = knock(
        asking,
        f"notes/{article.pk}/add/",
        text="Who says so, @reporter?",
        field="body",
        passage="old quay",
        opening="left the ",
    )
    assert answer.status_code == 201
    assert answer.json()["done"] == "Noted. reporter will be told."
    key = answer.json()["note"]
    answer = knock(as_somebody(reporter), f"notes/{article.pk}/{key}/answer/", text="He does.")
    assert (answer.status_code, answer.json()["done"]) == (201, "Answered.")
    (note,) = listed(editor, article)
    assert (note["by"], note["text"], note["passage"], note["opening"]) == (
        "editor", "Who says so, @reporter?", "old quay", "left the ",
    )  # fmt: skip
    assert [(one["by"], one["text"]) for one in note["answers"]] == [("reporter", "He does.")]
    assert note["settled"] == ""
    assert knock(asking, f"notes/{article.pk}/{key}/resolve/").json()["done"].startswith("Settled.")
    assert listed(editor, article)[0]["settled"].startswith("settled by editor, ")
    assert knock(asking, f"notes/{article.pk}/{key}/reopen/").json()["done"] == "Opened again."


def test_every_change_of_the_notes_is_seen_by_the_next_knock(article, editor):
    asking = as_somebody(editor)
    stamps = [here(asking, article)["stamp"]]
    key = knock(asking, f"notes/{article.pk}/add/", text="Hm").json()["note"]
    for path in (f"{key}/answer/", f"{key}/resolve/", f"{key}/reopen/"):
        stamps.append(here(asking, article)["stamp"])
        knock(asking, f"notes/{article.pk}/{path}", text="Hm")
    stamps.append(here(asking, article)["stamp"])
    assert all(one != other for one, other in itertools.pairwise(stamps))


def test_who_is_nobody_here_is_said(article, editor):
    builders.make_person("sports", "reporter", builders.make_desk("Sport"))
    answer = knock(as_somebody(editor), f"notes/{article.pk}/add/", text="@sports, look")
    assert answer.json()["done"] == (
        "Noted. “@sports” is nobody who may read this story, so nobody was told."
    )


def test_refused_note_says_what_to_do(article, editor):
    asking = as_somebody(editor)
    answer = knock(asking, f"notes/{article.pk}/add/", text=" ")
    assert (answer.status_code, answer.json()["refused"]) == (
        409,
        ["The note says nothing yet. Write it first."],
    )
    assert knock(asking, f"notes/{article.pk}/99999998/answer/", text="Hm").status_code == 409
    for sent in ({"text": 7}, {"text": ["x"]}, {"text": "x", "passage": {}}):
        assert knock(asking, f"notes/{article.pk}/add/", **sent).status_code == 422
    assert not StoryNote.objects.exists()


def test_people_are_those_who_may_read_the_story(article, reporter, editor, chief, picture_desk, reader):
    builders.make_person("sports", "editor", builders.make_desk("Sport"))
    answer = as_somebody(reporter).get(f"{DESK}notes/{article.pk}/people/")
    assert [one["login"] for one in answer.json()["people"]] == ["chief", "editor"]


def test_every_door_is_shut_to_those_who_may_not_know_the_story(article, editor, picture_desk):
    note = workflow.add_note(by=editor, story_id=article.pk, text="Hm").note
    stranger = builders.make_person("sports", "editor", builders.make_desk("Sport"))
    reading = ("", "people/")
    writing = ("add/", f"{note.pk}/answer/", f"{note.pk}/resolve/", f"{note.pk}/reopen/")
    for person in (stranger, picture_desk):
        asking = as_somebody(person)
        found = [asking.get(f"{DESK}notes/{article.pk}/{path}").status_code for path in reading]
        found += [knock(asking, f"notes/{article.pk}/{path}", text="Hm").status_code for path in writing]
        assert found == [404] * 6
    found = [Client().get(f"{DESK}notes/{article.pk}/{path}").status_code for path in reading]
    found += [knock(Client(), f"notes/{article.pk}/{path}", text="Hm").status_code for path in writing]
    assert found == [401] * 6
    assert StoryNote.objects.get().resolved_at is None


def test_forged_form_writes_nothing(article, editor):
    asking = Client(enforce_csrf_checks=True)
    asking.force_login(editor)
    assert knock(asking, f"notes/{article.pk}/add/", text="Hm").status_code == 403
    assert knock(asking, f"hand-over/{article.pk}/", to="desk:1").status_code == 403
    assert not StoryNote.objects.exists()


def test_notes_are_never_printed_and_never_leave(article, editor, reporter, client):
    note = workflow.add_note(
        by=editor, story_id=article.pk, text=f"{SECRET} one", passage=workflow.Passage("body", SECRET, SECRET)
    ).note
    workflow.answer_note(by=reporter, story_id=article.pk, note=note.pk, text=f"{SECRET} two")
    article.refresh_from_db()
    workflow.hand_over(
        by=reporter, story_id=article.pk, token=article.token, to_person=editor.pk, note=SECRET
    )
    article.refresh_from_db()
    edition = workflow.publish(by=editor, story_id=article.pk, token=article.token)
    address = edition.get_absolute_url()
    for path in (
        address,
        f"{address.rstrip('/')}.json",
        "/",
        "/rss.xml",
        "/atom.xml",
        "/feed.json",
        "/index.json",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert SECRET not in answer.content.decode(), path
    preview = as_somebody(editor).get(f"/admin/articles/article/{article.pk}/preview/")
    assert SECRET not in preview.content.decode()
    assert SECRET not in json.dumps(article.story.revisions.first().contents)
