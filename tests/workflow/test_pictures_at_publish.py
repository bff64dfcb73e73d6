"""A story goes out only with pictures that may be shown that day, or on a named person's reason, which is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Clearance, Edition, Event
from articles.workflow import verifying
from media.models import Picture
from tests import builders

pytestmark = pytest.mark.django_db
WHY = "The agency confirmed it by telephone."


def token(story):
    return Article.objects.get(pk=getattr(story, "story_id", story.pk)).token


def publish(article, by, **how):
    return workflow.publish(by=by, story_id=article.pk, token=token(article), **how)


def rewrite(edition, by, *pictures, headline="Later news"):
    return workflow.save(
        by=by,
        story_id=edition.story_id,
        token=token(edition),
        contents=builders.make_contents(headline=headline, pictures=list(pictures)),
    )


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def test_denied_picture_stops_whatever_is_said(editor):
    picture = builders.make_picture(uses="nowhere", rights_holder="The agency")
    article = builders.make_article(editor, pictures=[picture])
    with pytest.raises(workflow.Refused, match=r"its rights are denied \(The agency\)\. Take it out"):
        publish(article, editor, rights_reason=WHY)
    assert not Clearance.objects.exists()
    assert any("denied" in one for one in workflow.blockers(article, workflow.copy.contents_of(article)))


@pytest.mark.parametrize(
    ("facts", "state", "sentence"),
    [
        ({"rights_class": "unknown"}, "unknown", "Nobody knows the rights"),
        ({"rights_end_on": today(-2)}, "expired", "ran out on"),
        ({"rights_begin_on": today(2)}, "not_begun", "begin on"),
    ],
)
def test_open_rights_need_a_reason_which_is_kept_with_its_name(editor, facts, state, sentence):
    picture = builders.make_picture(media_id="55361435", **facts)
    article = builders.make_article(editor, pictures=[picture])
    asked = workflow.rights_questions(article, workflow.copy.contents_of(article))
    assert [one.needs_reason for one in asked] == [True]
    for empty in ("", " \x00 "):
        with pytest.raises(workflow.Refused, match=sentence):
            publish(article, editor, rights_reason=empty)
    assert not Edition.objects.exists()
    publish(article, editor, rights_reason=WHY)
    kept = Clearance.objects.get()
    assert (kept.state, kept.reason, kept.cleared_by, kept.story_id) == (state, WHY, editor, article.pk)
    event = Event.objects.get(verb="clear_picture")
    assert (event.by_name, event.story_id) == ("editor", article.pk)
    assert event.details == {"picture": picture.pk, "media_id": "55361435", "state": state, "reason": WHY}
    assert list(verifying.problems()) == []


def test_every_sentence_is_said_at_once(editor):
    pictures = [
        builders.make_picture(rights_class="unknown"),
        builders.make_picture(rights_end_on=today(-1)),
        builders.make_picture(uses="nowhere"),
    ]
    article = builders.make_article(editor, pictures=pictures, section="")
    with pytest.raises(workflow.Refused) as caught:
        publish(article, editor)
    assert len(caught.value.reasons) == 4
    assert not Clearance.objects.exists()


def test_refused_publication_keeps_no_clearance(editor):
    article = builders.make_article(
        editor, pictures=[builders.make_picture(rights_class="unknown")], section=""
    )
    with pytest.raises(workflow.Refused, match="in no section"):
        publish(article, editor, rights_reason=WHY)
    assert not Clearance.objects.exists()
    assert not Event.objects.filter(verb="clear_picture").exists()


def test_scheduled_story_is_judged_for_the_day_it_goes_out(editor):
    picture = builders.make_picture(rights_end_on=today(5))
    article = builders.make_article(editor, pictures=[picture])
    with pytest.raises(workflow.Refused, match="ran out on"):
        publish(article, editor, at=timezone.now() + timedelta(days=7))
    edition = publish(article, editor, at=timezone.now() + timedelta(days=3))
    assert edition.number == 1
    begins = builders.make_picture(rights_begin_on=today(5))
    later = builders.make_article(editor, pictures=[begins])
    assert publish(later, editor, at=timezone.now() + timedelta(days=7)).number == 1


def test_same_question_is_not_asked_twice_a_graver_one_is(editor):
    picture = builders.make_picture(rights_class="unknown")
    edition = publish(builders.make_article(editor, pictures=[picture]), editor, rights_reason=WHY)
    rewrite(edition, editor, picture)
    workflow.update(by=editor, story_id=edition.story_id, token=token(edition))
    assert Clearance.objects.count() == 1
    Picture.objects.update(rights_end_on=today(-1))
    rewrite(edition, editor, picture, headline="Later still")
    with pytest.raises(workflow.Refused, match="ran out"):
        workflow.correct(
            by=editor, story_id=edition.story_id, token=token(edition), note="It was the new quay."
        )
    workflow.correct(
        by=editor, story_id=edition.story_id, token=token(edition), note="The new quay.", rights_reason=WHY
    )
    Picture.objects.update(rights_end_on=None)
    rewrite(edition, editor, picture, headline="Milder again")
    assert workflow.update(by=editor, story_id=edition.story_id, token=token(edition)).number == 4
    other = builders.make_article(editor, pictures=[picture])
    with pytest.raises(workflow.Refused, match="Nobody knows"):
        publish(other, editor)


def test_picture_of_the_archive_stays_where_it_runs_and_runs_nowhere_else(editor):
    picture = builders.make_picture()
    edition = publish(builders.make_article(editor, pictures=[picture]), editor)
    Picture.objects.update(uses="archive")
    rewrite(edition, editor, picture)
    assert workflow.update(by=editor, story_id=edition.story_id, token=token(edition)).number == 2
    with pytest.raises(workflow.Refused, match="run nowhere else"):
        publish(builders.make_article(editor, pictures=[picture]), editor, rights_reason=WHY)


def test_picture_for_one_story_runs_in_that_one(editor):
    picture = builders.make_picture(uses="one_story")
    article = builders.make_article(editor, pictures=[picture])
    Picture.objects.update(only_story=article.pk)
    other = builders.make_article(editor, pictures=[picture])
    with pytest.raises(workflow.Refused, match=f"in story {article.pk} only"):
        publish(other, editor, rights_reason=WHY)
    assert publish(article, editor).number == 1


def test_archive_is_taken_in_and_up_without_a_question(editor):
    picture = builders.make_picture(rights_class="unknown", rights_end_on=today(-1))
    edition = builders.make_archived(pictures=[picture])
    workflow.take_up(by=editor, story_id=edition.story_id)
    assert not Clearance.objects.exists()
    with pytest.raises(workflow.Refused, match="ran out"):
        workflow.correct(by=editor, story_id=edition.story_id, token=token(edition), note="Right now.")


def test_story_taken_up_keeps_the_library_caption_as_the_library_s(editor):
    own, library = builders.make_picture(caption="The quay"), builders.make_picture(caption="The pier")
    printed = workflow.placing.printed
    contents = builders.make_contents().changed(
        pictures=(printed(own, "At the quay, at last"), printed(library))
    )
    edition = workflow.admit(arrival=workflow.Arrival(contents))
    article = workflow.take_up(by=editor, story_id=edition.story_id)
    captions = list(article.placements.values_list("caption", flat=True))
    assert captions == ["At the quay, at last", None]
