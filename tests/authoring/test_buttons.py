"""The buttons of the story form: who sees which, what each does, and how each says no."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Correction, Edition, Event
from tests.authoring.desk_form import ADD, LIST, fields_of, log_in, page_of, save, sentences
from tests.builders import make_article, make_picture, make_published

pytestmark = pytest.mark.django_db


def acts_on(client, story):
    """The names of the buttons on a story's page."""
    offered = client.get(page_of(story)).context["offers"]
    return [offer.act.name for offer in offered]


def state(story):
    return Article.objects.get(pk=getattr(story, "story_id", story)).state


def test_buttons_follow_role_and_state(client, reporter, editor):
    article = make_article(reporter)
    assert acts_on(log_in(client, reporter), article) == ["file"]
    assert acts_on(log_in(client, editor), article) == ["file", "publish", "schedule", "spike"]
    save(client, article, act="file")
    assert acts_on(log_in(client, reporter), article) == []
    assert acts_on(log_in(client, editor), article) == [
        "approve",
        "publish",
        "schedule",
        "send_back",
        "spike",
    ]
    save(client, article, act="approve")
    assert acts_on(client, article) == ["publish", "schedule", "send_back", "spike"]
    save(client, article, act="publish")
    assert acts_on(client, article) == ["update", "correct", "mend", "schedule_update", "kill"]
    save(client, article, act="kill", **{"kill-reason": "Invented"})
    assert acts_on(client, article) == []


def test_saving_and_moving_on_is_one_press(client, editor):
    article = make_article(editor)
    response = save(log_in(client, editor), article, headline="Changed and out", act="publish")
    assert response.status_code == 302
    assert Edition.objects.at().get().headline == "Changed and out"
    assert [event.verb for event in Event.objects.order_by("sequence")] == ["start", "save", "publish"]


def test_reporter_who_forges_a_button_is_refused(client, reporter, editor):
    article = make_article(reporter)
    response = save(log_in(client, reporter), article, act="publish")
    assert response.status_code == 422
    assert "Your role does not allow this" in sentences(response)
    assert not Edition.objects.exists()
    assert save(log_in(client, editor), article, act="publish").status_code == 302
    assert Edition.objects.at().exists()


def test_refused_publication_is_saved_all_the_same_and_says_what_hinders(client, editor):
    article = make_article(editor, section="", body="<p>Words</p>")
    response = save(log_in(client, editor), article, headline="Typed now", act="publish")
    said = sentences(response)
    assert response.status_code == 422
    assert "The story is in no section. Choose the section" in said
    assert "“Publish now” was not done" in said
    assert Article.objects.get().headline == "Typed now"
    assert not Edition.objects.exists()
    again = fields_of(response) | {"act": "publish", "section": "world"}
    assert client.post(page_of(article), again).status_code == 422 or Edition.objects.exists()


def test_schedule_names_its_zone_and_is_public_to_the_second(client, editor, settings):
    settings.TIME_ZONE = "Asia/Dubai"
    timezone.deactivate()
    article = make_article(editor)
    assert "Asia/Dubai" in sentences(log_in(client, editor).get(page_of(article)))
    due = (timezone.now() + timedelta(days=2)).replace(microsecond=0)
    local = timezone.localtime(due).strftime("%Y-%m-%dT%H:%M:%S")
    response = save(client, article, act="schedule", **{"schedule-at": local})
    assert response.status_code == 302
    assert not Edition.objects.at(due - timedelta(seconds=1)).exists()
    assert Edition.objects.at(due).exists()
    page = sentences(client.get(page_of(article)))
    assert "Edition 1 is scheduled: readers see it from" in page
    assert "+04" in page
    assert acts_on(client, article) == ["unschedule"]
    assert "scheduled" in sentences(client.get(LIST))
    save(client, article, act="unschedule")
    assert (state(article), Edition.objects.count()) == ("approved", 0)


def test_schedule_without_an_hour_or_in_the_past_keeps_what_was_typed(client, editor):
    article = make_article(editor)
    for typed in ("", "soon", "2001-01-01T06:00"):
        response = save(log_in(client, editor), article, act="schedule", **{"schedule-at": typed})
        assert response.status_code == 422
        assert fields_of(response).get("schedule-at", "") == typed
    assert "has passed" in sentences(response)
    assert not Edition.objects.exists()


def test_embargo_hinders_publication_and_is_offered_as_the_hour(client, editor):
    until = (timezone.now() + timedelta(days=1)).replace(microsecond=0)
    article = make_article(editor, embargo_until=until)
    page = log_in(client, editor).get(page_of(article))
    assert "embargoed until" in sentences(page)
    offered = fields_of(page)["schedule-at"]
    assert save(client, article, act="publish").status_code == 422
    assert save(client, article, act="schedule", **{"schedule-at": offered}).status_code == 302
    assert Edition.objects.get().live_from == until


def test_correction_needs_its_note_and_keeps_it_when_refused(client, editor):
    edition = make_published(editor)
    response = save(log_in(client, editor), edition, act="correct", **{"correct-note": " "})
    assert response.status_code == 422
    assert Edition.objects.count() == 1
    sent = {"correct-note": "It was the new quay.", "correct-kind": "clarification"}
    assert save(client, edition, headline="New quay", act="correct", **sent).status_code == 302
    note = Correction.objects.get()
    assert (note.note, note.kind, note.edition.headline) == (
        "It was the new quay.",
        "clarification",
        "New quay",
    )


def test_update_without_a_change_is_refused_and_says_so(client, editor):
    edition = make_published(editor)
    response = save(log_in(client, editor), edition, act="update")
    assert "Nothing has changed since edition 1" in sentences(response)
    assert (
        save(
            client, edition, headline="Moved on", act="update", **{"update-reason": "Later news"}
        ).status_code
        == 302
    )
    assert Edition.objects.at().get().reason == "Later news"


def test_copy_that_differs_from_what_readers_see_says_so(client, editor):
    edition = make_published(editor)
    assert "The copy differs" not in sentences(log_in(client, editor).get(page_of(edition)))
    save(client, edition, headline="Only in the copy")
    assert "The copy differs from what readers see" in sentences(client.get(page_of(edition)))
    assert Edition.objects.at().get().headline == edition.headline


def test_kill_needs_a_reason_and_tells_readers(client, editor):
    edition = make_published(editor)
    assert save(log_in(client, editor), edition, act="kill", **{"kill-reason": ""}).status_code == 422
    assert Edition.objects.at().exists()
    sent = {"kill-reason": "Wrong person", "kill-notice": "The story named the wrong person."}
    assert save(client, edition, act="kill", **sent).status_code == 302
    assert not Edition.objects.at().exists()
    assert Correction.objects.get().note == "The story named the wrong person."
    page = client.get(page_of(edition))
    assert "killed" in sentences(page)


def test_spike_and_send_back_need_their_note(client, editor):
    article = make_article(editor)
    assert save(log_in(client, editor), article, act="spike", **{"spike-note": ""}).status_code == 422
    save(client, article, act="spike", **{"spike-note": "Nobody confirms it."})
    assert state(article) == "spiked"
    save(client, article, act="unspike")
    save(client, article, act="file")
    assert save(client, article, act="send_back", **{"send_back-note": ""}).status_code == 422
    save(client, article, act="send_back", **{"send_back-note": "Ask the captain."})
    assert state(article) == "draft"
    assert "Ask the captain." in sentences(client.get(f"{LIST}{article.pk}/history/"))


def test_button_pressed_on_a_page_the_story_has_left_behind_is_refused(client, editor):
    article = make_article(editor)
    opened = fields_of(log_in(client, editor).get(page_of(article)))
    workflow.spike(by=editor, story_id=article.pk, token=article.token, note="No")
    response = client.post(page_of(article), opened | {"act": "publish"})
    assert response.status_code == 409
    assert not Edition.objects.exists()
    without_text = {"token": opened["token"], "act": "unspike"}
    assert client.post(page_of(article), without_text).status_code == 422
    assert state(article) == "spiked"


def test_nothing_happens_by_opening_an_address(client, editor):
    article = make_article(editor)
    log_in(client, editor)
    for name in ("file", "publish", "spike", "kill"):
        client.get(page_of(article), {"act": name, "token": article.token})
    assert state(article) == "draft"
    for address in ("revisions/1/restore/", "editions/1/suppress/"):
        assert client.get(f"{LIST}{article.pk}/{address}").status_code == 405


def test_forged_form_without_csrf_token_is_refused(editor):
    from django.test import Client

    article = make_article(editor)
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    sent = fields_of(client.get(page_of(article)))
    assert client.post(page_of(article), sent | {"act": "publish"}).status_code == 403
    assert client.post(ADD, {"headline": "Forged"}).status_code == 403
    assert not Edition.objects.exists()


def test_withdrawn_picture_hinders_publication(client, editor):
    picture = make_picture()
    article = make_article(editor, pictures=[picture])
    workflow.kill_picture(by=editor, picture_id=picture.pk, token=picture.token, reason="Staged")
    page = sentences(log_in(client, editor).get(page_of(article)))
    assert "was withdrawn. Take it out of the story." in page
    assert save(client, article, act="publish").status_code == 422
