"""The desk sees, before a story runs, which pictures may not simply be shown, and answers for them once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from articles import workflow
from articles.models import Article, Clearance, Edition
from tests.authoring.desk_form import fields_of, log_in, page_of, save, sentences
from tests.builders import make_archived, make_article, make_copy, make_picture, make_published

pytestmark = pytest.mark.django_db
ASKED = "Why may it be shown?"
WHY = "The agency confirmed it by telephone."


def hindrances(response):
    found = html.fromstring(response.content.decode()).find_class("hinders")
    return " ".join(found[0].text_content().split()) if found else ""


def test_question_is_asked_only_where_a_reason_would_settle_it(client, editor):
    clear = make_article(editor, pictures=[make_picture()])
    denied = make_article(editor, pictures=[make_picture(uses="nowhere")])
    unknown = make_article(editor, pictures=[make_picture(rights_class="unknown")])
    log_in(client, editor)
    assert hindrances(client.get(page_of(clear))) == ""
    assert "rights are denied" in hindrances(client.get(page_of(denied)))
    assert ASKED not in sentences(client.get(page_of(denied)))
    page = client.get(page_of(unknown))
    assert "Nobody knows the rights" in hindrances(page)
    assert ASKED in hindrances(page)


def test_picture_stands_beside_its_sentence(client, editor):
    picture = make_picture(rights_class="unknown")
    copy = make_copy(picture)
    article = make_article(editor, pictures=[picture])
    page = html.fromstring(log_in(client, editor).get(page_of(article)).content.decode())
    (shown,) = page.find_class("hindered")
    assert shown.find("img").get("src") == copy.desk_url
    assert "Nobody knows the rights" in shown.text_content()


def test_reporter_reads_the_sentences_before_filing_and_is_not_asked(client, reporter):
    article = make_article(reporter, pictures=[make_picture(rights_class="unknown")])
    page = log_in(client, reporter).get(page_of(article))
    assert "Before this can run: Nobody knows the rights" in hindrances(page)
    assert ASKED not in sentences(page)
    assert save(client, article, act="file").status_code == 302


def test_publication_without_a_reason_is_refused_with_everything_kept(client, editor):
    article = make_article(editor, pictures=[make_picture(rights_class="unknown")])
    response = save(log_in(client, editor), article, headline="Typed now", act="publish")
    assert response.status_code == 422
    assert "“Publish now” was not done" in sentences(response)
    assert "Say why, or take the picture out of the story." in hindrances(response)
    assert Article.objects.get().headline == "Typed now"
    assert not Edition.objects.exists()
    again = fields_of(response) | {"act": "publish", "rights_reason": WHY}
    assert client.post(page_of(article), again).status_code == 302
    assert Clearance.objects.get().reason == WHY
    assert Edition.objects.at().get().headline == "Typed now"
    history = sentences(client.get(f"/admin/articles/article/{article.pk}/history/"))
    number = article.placements.get().picture.media_id
    assert f"editor let Media ID {number} run in the story: “{WHY}”" in history


def test_reason_is_kept_when_something_else_is_wrong(client, editor):
    article = make_article(editor, pictures=[make_picture(rights_class="unknown")], section="")
    response = save(log_in(client, editor), article, act="publish", rights_reason=WHY)
    assert response.status_code == 422
    assert fields_of(response)["rights_reason"] == WHY
    mistyped = save(client, article, act="publish", rights_reason=WHY, embargo_until="soon")
    assert mistyped.status_code == 422
    assert fields_of(mistyped)["rights_reason"] == WHY
    assert not Clearance.objects.exists()


def test_schedule_asks_about_the_day_that_was_typed(client, editor):
    ends = timezone.localdate() + timedelta(days=3)
    article = make_article(editor, pictures=[make_picture(rights_end_on=ends)])
    assert hindrances(log_in(client, editor).get(page_of(article))) == ""
    due = timezone.localtime(timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M:%S")
    response = save(client, article, act="schedule", **{"schedule-at": due})
    assert response.status_code == 422
    assert "ran out on" in hindrances(response)
    assert ASKED in hindrances(response)
    assert fields_of(response)["schedule-at"] == due
    again = fields_of(response) | {"act": "schedule", "rights_reason": WHY}
    assert client.post(page_of(article), again).status_code == 302
    assert (Clearance.objects.get().state, Edition.objects.get().number) == ("expired", 1)


def test_update_and_correction_ask_what_was_not_answered_before(client, editor):
    edition = make_published(editor)
    picture = make_picture(rights_class="unknown")
    added = {"pictures-0-media_id": picture.media_id}
    response = save(log_in(client, editor), edition, headline="Moved on", act="update", **added)
    assert response.status_code == 422
    assert ASKED in hindrances(response)
    again = fields_of(response) | {"act": "update", "rights_reason": WHY}
    assert client.post(page_of(edition), again).status_code == 302
    assert hindrances(client.get(page_of(edition))) == ""
    note = {"correct-note": "It was the new quay.", "correct-kind": "correction"}
    assert save(client, edition, headline="New quay", act="correct", **note).status_code == 302
    assert Clearance.objects.count() == 1


def test_story_out_of_the_archive_asks_only_when_it_is_to_go_out_again(client, editor):
    edition = make_archived(pictures=[make_picture(rights_class="unknown")])
    workflow.take_up(by=editor, story_id=edition.story_id)
    log_in(client, editor)
    assert hindrances(client.get(page_of(edition))) == ""
    save(client, edition, headline="Changed")
    assert ASKED in hindrances(client.get(page_of(edition)))
    note = {"correct-note": "It was the new quay.", "correct-kind": "correction"}
    response = save(client, edition, act="correct", **note)
    assert (response.status_code, fields_of(response)["correct-note"]) == (422, "It was the new quay.")
    assert save(client, edition, act="correct", rights_reason=WHY, **note).status_code == 302
