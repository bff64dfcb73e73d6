"""The verbs move copy, refuse with sentences, and keep what was typed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Correction, Edition, Event, Revision
from tests.builders import (
    make_article,
    make_contents,
    make_person,
    make_picture,
    make_published,
    make_section,
)

pytestmark = pytest.mark.django_db


def rewrite(edition, by, headline="Ferry stays in the harbour"):
    """Change the copy of a published story, as a journalist would before an update."""
    workflow.save(
        by=by,
        story_id=edition.story_id,
        token=token_of(edition),
        contents=make_contents(headline=headline),
    )


def token(article):
    return Article.objects.get(pk=article.pk).token


def test_story_goes_from_draft_to_readers(reporter, editor):
    article = make_article(reporter)
    workflow.file(by=reporter, story_id=article.pk, token=token(article))
    workflow.approve(by=editor, story_id=article.pk, token=token(article))
    assert not Edition.objects.at().exists()
    edition = workflow.publish(by=editor, story_id=article.pk, token=token(article))
    assert Edition.objects.at().get() == edition
    assert [e.verb for e in Event.objects.order_by("sequence")] == ["start", "file", "approve", "publish"]


def test_reporter_may_file_but_not_publish(reporter, editor):
    article = make_article(reporter)
    with pytest.raises(workflow.Refused, match="Your role does not allow this"):
        workflow.publish(by=reporter, story_id=article.pk, token=article.token)
    assert workflow.publish(by=editor, story_id=article.pk, token=article.token).number == 1


def test_other_desks_copy_is_refused(editor):
    other = make_person("sports", "editor")
    article = make_article(editor)
    with pytest.raises(workflow.Refused, match="another desk"):
        workflow.publish(by=other, story_id=article.pk, token=article.token)


@pytest.mark.parametrize("missing", [None, ""])
def test_missing_token_is_refused(editor, missing):
    article = make_article(editor)
    with pytest.raises(workflow.Refused, match="which version"):
        workflow.publish(by=editor, story_id=article.pk, token=missing)
    with pytest.raises(workflow.Refused, match="which version"):
        workflow.save(by=editor, story_id=article.pk, token=missing, contents=make_contents())


def test_second_writer_is_refused_and_loses_nothing(reporter, editor):
    article = make_article(reporter)
    seen = article.token
    workflow.save(
        by=editor, story_id=article.pk, token=seen, contents=make_contents(headline="Editor's headline")
    )
    with pytest.raises(workflow.Conflict) as caught:
        workflow.save(
            by=reporter,
            story_id=article.pk,
            token=seen,
            contents=make_contents(headline="Reporter's headline"),
        )
    assert caught.value.theirs.headline == "Editor's headline"
    assert Article.objects.get(pk=article.pk).headline == "Editor's headline"
    kept = Revision.objects.get(story_id=article.pk, kind="conflict")
    assert kept.read().headline == "Reporter's headline"


def test_publish_lists_every_blocker(editor):
    article = make_article(editor, headline="", body="", section="")
    with pytest.raises(workflow.Refused) as caught:
        workflow.publish(by=editor, story_id=article.pk, token=article.token)
    assert len(caught.value.reasons) == 3


def test_picture_in_the_text_must_be_placed(editor):
    picture = make_picture()
    body = f'<p>Text</p><figure data-media-id="{picture.media_id}"></figure>'
    article = make_article(editor, body=body)
    with pytest.raises(workflow.Refused, match=picture.media_id):
        workflow.publish(by=editor, story_id=article.pk, token=article.token)


def test_embargo_refuses_earlier_and_allows_its_second(editor):
    until = timezone.now() + timedelta(hours=2)
    article = make_article(editor, embargo_until=until)
    with pytest.raises(workflow.Refused, match="embargoed until"):
        workflow.publish(by=editor, story_id=article.pk, token=article.token)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=until)
    assert not Edition.objects.at(until - timedelta(microseconds=1)).exists()
    assert Edition.objects.at(until).exists()


def test_scheduled_update_replaces_the_old_edition_at_its_second(editor):
    first = make_published(editor)
    rewrite(first, editor)
    due = timezone.now() + timedelta(days=1)
    workflow.update(by=editor, story_id=first.story_id, token=token_of(first), at=due)
    assert Edition.objects.at(due - timedelta(seconds=1)).get().number == 1
    assert Edition.objects.at(due).get().number == 2


def token_of(edition):
    return Article.objects.get(pk=edition.story_id).token


def test_unscheduling_gives_the_number_back(editor):
    first = make_published(editor)
    rewrite(first, editor)
    due = timezone.now() + timedelta(days=1)
    workflow.update(by=editor, story_id=first.story_id, token=token_of(first), at=due)
    workflow.unschedule(by=editor, story_id=first.story_id, token=token_of(first))
    assert Edition.objects.at(due).get().number == 1
    assert workflow.update(by=editor, story_id=first.story_id, token=token_of(first)).number == 2


def test_update_without_a_change_is_refused(editor):
    first = make_published(editor)
    with pytest.raises(workflow.Refused, match="Nothing has changed since edition 1"):
        workflow.update(by=editor, story_id=first.story_id, token=token_of(first))


def test_release_due_announces_once(editor):
    due = timezone.now() + timedelta(hours=1)
    article = make_article(editor)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    assert workflow.release_due() == []
    assert len(workflow.release_due(now=due)) == 1
    assert workflow.release_due(now=due) == []


def test_correction_has_its_note_and_edition(editor):
    first = make_published(editor)
    with pytest.raises(workflow.Refused, match="note for readers"):
        workflow.correct(by=editor, story_id=first.story_id, token=token_of(first), note=" ")
    second = workflow.correct(
        by=editor, story_id=first.story_id, token=token_of(first), note="It was the new quay."
    )
    assert Correction.objects.get().edition == second


def test_killed_story_is_gone_at_every_moment(editor):
    first = make_published(editor)
    workflow.kill(by=editor, story_id=first.story_id, token=token_of(first), reason="It was made up.")
    assert not Edition.objects.at().exists()
    assert not Edition.objects.at(first.live_from).exists()
    with pytest.raises(workflow.Refused, match="killed"):
        workflow.update(by=editor, story_id=first.story_id, token=token_of(first))


def test_only_a_chief_suppresses(editor, chief):
    first = make_published(editor)
    with pytest.raises(workflow.Refused):
        workflow.suppress(by=editor, story_id=first.story_id, number=1, reason="Court order")
    workflow.suppress(by=chief, story_id=first.story_id, number=1, reason="Court order")
    assert not Edition.objects.at(first.live_from).exists()


def test_tag_change_reaches_readers_without_an_edition(editor):
    first = make_published(editor, tags=("ferries",))
    workflow.save(
        by=editor,
        story_id=first.story_id,
        token=token_of(first),
        contents=make_contents(headline="New copy", tags=("harbours",)),
    )
    live = Edition.objects.at().get()
    assert (live.number, live.headline, live.filed_tags[0]["name"]) == (1, first.headline, "harbours")
    assert Event.objects.get(verb="refile").details["was"] == ["ferries"]


def test_tag_change_reaches_readers_while_an_update_waits(editor):
    first = make_published(editor, tags=("ferries",))
    rewrite(first, editor)
    workflow.update(
        by=editor,
        story_id=first.story_id,
        token=token_of(first),
        at=timezone.now() + timedelta(days=1),
    )
    workflow.save(
        by=editor,
        story_id=first.story_id,
        token=token_of(first),
        contents=make_contents(tags=("harbours",)),
    )
    named = [edition.filed_tags[0]["name"] for edition in Edition.objects.filter(story=first.story_id)]
    assert named == ["harbours", "harbours"]


def test_merged_tag_takes_its_stories_along(editor):
    first = make_published(editor, tags=("Halab",))
    into = make_published(editor, tags=("Aleppo",)).tag_rows.get().tag
    workflow.merge_tags(by=editor, tag=first.tag_rows.get().tag, into=into)
    assert Edition.objects.at().tagged(into).count() == 2
    assert Edition.objects.get(pk=first.pk).filed_tags[0]["name"] == "Aleppo"


def test_imported_story_is_taken_up_and_corrected(editor):
    from tests.builders import make_archived

    edition = make_archived(section="World")
    article = workflow.take_up(by=editor, story_id=edition.story_id)
    assert article.headline == edition.headline
    corrected = workflow.correct(
        by=editor, story_id=article.pk, token=article.token, note="A name was misspelt."
    )
    assert (corrected.number, corrected.published_on) == (2, edition.published_on)


def test_text_that_broke_off_stays_marked_until_it_is_found_whole(editor):
    from tests.builders import make_archived

    edition = make_archived(completeness="cut")
    article = workflow.take_up(by=editor, story_id=edition.story_id)
    corrected = workflow.correct(
        by=editor, story_id=article.pk, token=article.token, note="A name was misspelt."
    )
    assert corrected.completeness == "cut"
    whole = make_contents(body="<p>The ferry left at six.</p>" * 9)
    workflow.save(by=editor, story_id=article.pk, token=token(article), contents=whole)
    assert workflow.update(by=editor, story_id=article.pk, token=token(article)).completeness == "whole"


def test_restoring_a_revision_is_itself_a_revision(editor):
    article = make_article(editor, headline="First words")
    workflow.save(
        by=editor, story_id=article.pk, token=article.token, contents=make_contents(headline="Second")
    )
    workflow.restore(by=editor, story_id=article.pk, token=token(article), number=1)
    assert Article.objects.get(pk=article.pk).headline == "First words"
    assert Revision.objects.filter(story_id=article.pk).first().number == 3


def test_section_must_exist_to_publish(editor):
    make_section("World")
    article = make_article(editor, section="")
    with pytest.raises(workflow.Refused, match="in no section"):
        workflow.publish(by=editor, story_id=article.pk, token=article.token)
