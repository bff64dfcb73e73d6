"""The door behind the story page's buttons: who may knock, what it asks, what it does, and what it tells then."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles import workflow
from articles.models import Article, Correction, Edition, Event
from tests.builders import make_article, make_desk, make_person, make_picture, make_published

pytestmark = pytest.mark.django_db


class Page:
    """A story's page as its scripts talk to the desk: with the token of the form and of the copy."""

    def __init__(self, person, story):
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(person)
        self.story = getattr(story, "story_id", story.pk)
        self.client.get("/admin/")
        self.address = reverse("admin:desk_act", args=[self.story])

    def send(self, act="", *, token=None, forged=False, **letter):
        body = {"act": act, "token": token or Article.objects.get(pk=self.story).token, **letter}
        self.client.get(reverse("admin:password_change"))
        sent = "forged" if forged else self.client.cookies["csrftoken"].value
        return self.client.post(
            self.address, json.dumps(body), content_type="application/json", headers={"x-csrftoken": sent}
        )


def dialog(answer):
    return html.fromstring(answer.json()["dialog"])


def buttons(part):
    return {
        one.get("value")
        for one in html.fromstring(f"<div>{part}</div>").iter("button")
        if one.get("name") == "act"
    }


def test_act_without_a_flaw_is_done_and_the_page_told_where_the_story_stands(editor, reporter):
    article = make_article(reporter)
    page = Page(reporter, article)
    answer = page.send("file")
    told = answer.json()
    article.refresh_from_db()
    assert (answer.status_code, article.state, told["done"]) == (200, "filed", "Handed to the desk.")
    assert (told["token"], told["state"], told["state_word"]) == (article.token, "filed", "filed")
    assert told["revision"] == article.story.revisions.first().number
    assert buttons(told["offers"]) == {"", "preview"}
    told = Page(editor, article).send("publish").json()
    assert told["done"] == "Published: edition 1."
    assert "As readers see it (edition 1)" in told["standing"]
    assert {"update", "correct", "mend", "schedule_update", "kill"} <= buttons(told["further"])


def test_asking_does_nothing_and_lists_only_what_is_wrong(editor):
    article = make_article(editor, standfirst="", pictures=[make_picture(alt="")])
    answer = Page(editor, article).send("publish", ask=True)
    assert answer.status_code == 200
    assert [one["rule"] for one in answer.json()["warnings"]] == ["no_standfirst", "no_alt"]
    assert all(one["needs_reason"] for one in answer.json()["warnings"])
    assert answer.json()["stops"] == []
    names = [one.get("name") for one in dialog(answer).iter("input")]
    assert names == ["waived-no_standfirst", "waived-no_alt"]
    clear = Page(editor, make_article(editor)).send("publish", ask=True)
    assert not list(dialog(clear).iter("input"))
    assert not Edition.objects.exists()


def test_stop_leaves_no_button_but_the_way_back(editor):
    article = make_article(editor, section="", pictures=[make_picture(credit="", alt="")])
    answer = Page(editor, article).send("publish", waived={"no_section": "Because."})
    assert answer.status_code == 422
    assert [one["rule"] for one in answer.json()["stops"]] == ["no_section", "uncredited"]
    assert len(list(dialog(answer).iter("button"))) == 1
    assert not Edition.objects.exists()


def test_reason_that_was_typed_comes_back_until_all_are_answered(editor):
    article = make_article(editor, standfirst="", pictures=[make_picture(alt="")])
    page = Page(editor, article)
    answer = page.send("publish", waived={"no_alt": 'It is "a" <map>.', "no_standfirst": " "})
    assert answer.status_code == 422
    boxes = {one.get("name"): one.get("value") for one in dialog(answer).iter("input")}
    assert [one["rule"] for one in answer.json()["warnings"]] == ["no_standfirst"]
    assert boxes == {"waived-no_standfirst": " "}
    done = page.send("publish", waived={"no_alt": 'It is "a" <map>.', "no_standfirst": "One line."})
    assert done.status_code == 200
    assert {one["rule"]: one["reason"] for one in Event.objects.get(verb="publish").details["waived"]} == {
        "no_alt": 'It is "a" <map>.',
        "no_standfirst": "One line.",
    }


def test_question_is_asked_again_with_what_was_typed(editor):
    article = make_article(editor)
    page = Page(editor, article)
    answer = page.send("schedule", answers={"at": "soonish"})
    assert answer.status_code == 422
    box = dialog(answer).xpath("//input[@name='schedule-at']")[0]
    assert box.get("value") == "soonish"
    assert "is not understood" in dialog(answer).text_content()
    done = page.send("schedule", answers={"at": "in 3 hours"}).json()
    assert done["state_word"] == "scheduled"
    assert timedelta(hours=2) < Edition.objects.get().live_from - timezone.now() <= timedelta(hours=3)
    assert page.send("unschedule").json()["state_word"] == "approved"


def test_embargo_names_the_hour_on_the_button(editor):
    until = (timezone.now() + timedelta(days=2)).replace(hour=6, minute=0, second=0, microsecond=0)
    article = make_article(editor, embargo_until=until)
    workflow.file(by=editor, story_id=article.pk, token=article.token)
    page = Page(editor, article)
    offers = html.fromstring(page.send().json()["offers"])
    (primary,) = offers.find_class("primary")
    assert (primary.get("value"), primary.text_content()) == ("schedule", f"Publish {until:%A} 06:00")
    asked = page.send("schedule", ask=True)
    assert asked.json()["stops"] == []
    typed = dialog(asked).xpath("//input[@name='schedule-at']")[0].get("value")
    assert page.send("schedule", answers={"at": typed}).status_code == 200
    assert Edition.objects.get().live_from == until


def test_correction_and_kill_answer_their_questions(editor):
    edition = make_published(editor)
    page = Page(editor, edition)
    asked = page.send("correct", answers={"kind": "correction"})
    assert asked.status_code == 422
    assert "Write what was wrong and what is right" in dialog(asked).text_content()
    answers = {"note": "It was the new quay.", "kind": "correction", "severity": "grave"}
    assert page.send("correct", answers=answers).status_code == 200
    assert Correction.objects.get().severity == "grave"
    asked = page.send("kill", ask=True)
    assert "the section World" in dialog(asked).text_content()
    assert page.send("kill", answers={"ground": ""}).status_code == 422
    assert page.send("kill", answers={"ground": "privacy"}).json()["state"] == "killed"
    assert Event.objects.get(verb="kill").details["ground"] == "privacy"


def test_fix_that_is_more_than_a_spelling_is_told_in_the_dialog(editor):
    edition = make_published(editor)
    article = Article.objects.get(pk=edition.story_id)
    contents = workflow.copy.contents_of(article).changed(headline="Ferry sinks with 40 aboard")
    workflow.save(by=editor, story_id=article.pk, token=article.token, contents=contents)
    answer = Page(editor, article).send("mend")
    assert answer.status_code == 422
    assert "Publish it as a correction" in answer.json()["stops"][0]["said"]
    assert Edition.objects.count() == 1


def test_button_of_a_page_left_behind_does_nothing_and_shows_those_of_now(editor):
    article = make_article(editor)
    page, old = Page(editor, article), article.token
    workflow.spike(by=editor, story_id=article.pk, token=article.token, note="No")
    answer = page.send("publish", token=old)
    assert answer.status_code == 409
    assert "unspike" in buttons(answer.json()["offers"])
    behind = page.send("unspike", token=old)
    assert behind.status_code == 409
    assert "editor changed this story" in behind.json()["refused"][0]
    assert not Edition.objects.exists()


def test_who_may_not_is_told_so_and_who_may_not_know_is_told_nothing(reporter, editor, caplog):
    article = make_article(reporter)
    stranger = make_person("stranger", "editor", make_desk("Sport"))
    refused = Page(reporter, article).send("publish")
    assert refused.status_code == 403
    assert "Your role does not allow this" in refused.json()["refused"][0]
    for act in ("", "publish", "file"):
        unknown = Page(stranger, article).send(act)
        assert unknown.status_code == 404
        assert unknown.json() == {"refused": ["There is no such story."]}
    assert "was refused" in caplog.text
    assert Page(editor, article).send("publish").status_code == 200


def test_forged_ended_and_unreadable_letters_are_turned_away(client, editor):
    article = make_article(editor)
    page = Page(editor, article)
    assert page.send("publish", forged=True).status_code == 403
    ended = client.post(page.address, "{}", content_type="application/json")
    assert (ended.status_code, "login" in ended.json()) == (401, True)
    assert page.client.get(page.address).status_code == 405
    for answers in ([], "x", {"at": {"deep": []}}, {"at": None}, 5):
        assert page.send("schedule", answers=answers).status_code == 422
    assert page.send("publish", waived=["no_alt"]).status_code == 200


def test_hostile_words_stay_words_in_the_dialog(editor):
    article = make_article(editor, headline='<img src=x onerror="alert(1)">', standfirst="")
    answer = Page(editor, article).send(
        "publish", ask=True, waived={"no_standfirst": '"><script>alert(1)</script>'}
    )
    assert not list(dialog(answer).iter("img", "script"))
    assert 'value="&quot;&gt;&lt;script&gt;' in answer.json()["dialog"]


def test_moment_is_said_back(client, editor, reader, settings):
    settings.TIME_ZONE = "Europe/London"
    timezone.deactivate()
    address = reverse("admin:desk_moment")
    assert client.get(address, {"q": "tomorrow 6"}).status_code == 302
    client.force_login(editor)
    told = client.get(address, {"q": "25 december 2030 9:00"}).json()
    assert told["said"] == "Wednesday, 25 December 2030, 09:00 (Europe/London, GMT)"
    assert (told["typed"], told["short"]) == ("2030-12-25 09:00", "25 December 09:00")
    twice = client.get(address, {"q": "27 october 2030 1:30"}).json()
    assert "comes twice" in twice["trouble"]
    assert len(twice["choices"]) == 2
    assert "the clocks go from" in client.get(address, {"q": "31 march 2030 1:30"}).json()["trouble"]
    assert "has passed" in client.get(address, {"q": "1 may 2020 9:00"}).json()["trouble"]
    assert client.get(address, {"q": "1 may 2020 9:00", "past": "1"}).json()["typed"] == "2020-05-01 09:00"
    assert client.post(address).status_code in {403, 405}


def test_box_shows_an_hour_that_comes_twice_so_that_it_is_read_as_itself(client, editor, settings):
    settings.TIME_ZONE = "Europe/London"
    timezone.deactivate()
    first = datetime(2030, 10, 27, 0, 30, tzinfo=UTC)
    article = make_article(editor, embargo_until=first)
    client.force_login(editor)
    page = html.fromstring(
        client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    )
    box = page.xpath("//input[@name='embargo_until']")[0]
    assert box.get("value") == "2030-10-27 01:30 +01:00"
    told = client.get(reverse("admin:desk_moment"), {"q": box.get("value")}).json()
    assert datetime.fromisoformat(told["at"]) == first
