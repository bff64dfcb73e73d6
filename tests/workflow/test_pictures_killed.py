"""A picture is killed in one act: nobody is shown it again, every story that shows it says so, the record stays."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition, Event, Revision
from articles.workflow import editions, rederiving, verifying
from media.models import Picture
from tests import builders

pytestmark = pytest.mark.django_db
FIGURE = '<p>Dawn.</p><figure data-media-id="55361435"></figure>'


@pytest.fixture
def picture():
    found = builders.make_picture(media_id="55361435")
    builders.make_copy(found)
    return found


def kill(picture, by, **how):
    told = {"reason": "Staged", "notice": "It was staged."} | how
    fresh = Picture.objects.get(pk=picture.pk)
    return workflow.kill_picture(by=by, picture_id=picture.pk, **({"token": fresh.token} | told))


def token(story):
    return Article.objects.get(pk=getattr(story, "story_id", story.pk)).token


def shows(edition, address="0123456789abcdef"):
    fresh = Edition.objects.get(pk=edition.pk)
    return address in fresh.body_html or any(address in one["src"] for one in fresh.shown_pictures)


def test_killed_picture_is_gone_from_every_edition_and_the_text_stays(editor, picture_desk, picture):
    live = builders.make_published(editor, pictures=[picture], body=FIGURE)
    archived = builders.make_archived(pictures=[picture])
    elsewhere = builders.make_published(editor, pictures=[builders.make_picture()])
    assert shows(live)
    assert shows(archived)
    assert kill(picture, picture_desk) == sorted([live.story_id, archived.story_id])
    for edition in (live, archived):
        assert not shows(edition)
        fresh = Edition.objects.get(pk=edition.pk)
        assert fresh.digest == editions.digest_of(fresh)
        assert fresh.pictures == edition.pictures
        (shown,) = fresh.shown_pictures
        assert (shown["media_id"], shown["src"], shown["notice"]) == ("55361435", "", "It was staged.")
        assert shown["withdrawn_on"] == timezone.localdate().isoformat()
        assert not shown.get("caption")
    assert "It was staged." in Edition.objects.get(pk=live.pk).body_html
    assert Edition.objects.get(pk=elsewhere.pk).shown_pictures == elsewhere.shown_pictures
    picture.refresh_from_db()
    assert (picture.killed_because, picture.kill_notice, picture.version) == ("Staged", "It was staged.", 2)
    assert picture.editions_due_at is None
    event = Event.objects.get(verb="kill_picture", story=None)
    assert (event.by_name, event.details["reason"]) == ("picture_desk", "Staged")
    assert event.details["stories"] == sorted([live.story_id, archived.story_id])
    of_story = Event.objects.get(verb="kill_picture", story_id=archived.story_id)
    assert of_story.details == {"media_id": "55361435", "reason": "Staged", "notice": "It was staged."}
    assert list(verifying.problems()) == []


def test_past_and_scheduled_editions_say_so_too(editor, picture_desk, picture):
    first = builders.make_published(editor, pictures=[picture])
    workflow.save(
        by=editor,
        story_id=first.story_id,
        token=token(first),
        contents=builders.make_contents(pictures=[]),
    )
    workflow.update(by=editor, story_id=first.story_id, token=token(first))
    article = builders.make_article(editor, pictures=[picture])
    due = timezone.now() + timedelta(days=1)
    waiting = workflow.publish(by=editor, story_id=article.pk, token=token(article), at=due)
    assert kill(picture, picture_desk) == []
    assert not shows(first)
    assert not shows(waiting)


def test_each_kill_needs_role_token_and_reason(editor, reporter, reader, chief, picture):
    for person in (reporter, reader):
        with pytest.raises(workflow.Refused, match="Your role does not allow this"):
            kill(picture, person)
    with pytest.raises(workflow.Refused, match="which version"):
        kill(picture, editor, token="")
    with pytest.raises(workflow.Refused, match="Somebody changed this picture"):
        kill(picture, editor, token="7")
    with pytest.raises(workflow.Refused, match="Say why the picture is withdrawn"):
        kill(picture, editor, reason=" ")
    with pytest.raises(workflow.Refused, match="301 characters long"):
        kill(picture, editor, notice="n" * 301)
    with pytest.raises(workflow.Refused, match="There is no such picture"):
        workflow.kill_picture(by=editor, picture_id=10**9, token="1", reason="No")
    assert Picture.objects.get(pk=picture.pk).killed_at is None
    assert kill(picture, chief) == []
    with pytest.raises(workflow.Refused, match="withdrawn already"):
        kill(picture, editor)
    assert Event.objects.get(verb="kill_picture").by == chief


def test_killed_picture_is_placed_nowhere_again(editor, picture_desk, picture):
    article = builders.make_article(editor)
    kill(picture, picture_desk)
    contents = builders.make_contents(pictures=[picture], headline="With the picture")
    with pytest.raises(workflow.Refused, match="Media ID 55361435 was withdrawn and cannot be placed"):
        workflow.save(by=editor, story_id=article.pk, token=token(article), contents=contents)
    with pytest.raises(workflow.Refused, match="cannot be placed"):
        workflow.start(by=editor, contents=contents)
    assert Article.objects.get(pk=article.pk).headline != "With the picture"


def test_copy_that_has_it_is_saved_but_does_not_go_out(editor, picture_desk, picture):
    article = builders.make_article(editor, pictures=[picture])
    kill(picture, picture_desk)
    contents = builders.make_contents(pictures=[picture], headline="Still at work")
    workflow.save(by=editor, story_id=article.pk, token=token(article), contents=contents)
    assert Article.objects.get(pk=article.pk).headline == "Still at work"
    with pytest.raises(workflow.Refused, match="was withdrawn"):
        workflow.publish(by=editor, story_id=article.pk, token=token(article), rights_reason="But I want to")
    contents = contents.changed(pictures=())
    workflow.save(by=editor, story_id=article.pk, token=token(article), contents=contents)
    assert workflow.publish(by=editor, story_id=article.pk, token=token(article)).number == 1


def test_old_revision_is_restored_without_it_and_says_so(editor, picture_desk, picture):
    article = builders.make_article(editor, pictures=[picture], headline="With it")
    contents = builders.make_contents(pictures=[], headline="Without it")
    workflow.save(by=editor, story_id=article.pk, token=token(article), contents=contents)
    kill(picture, picture_desk)
    workflow.restore(by=editor, story_id=article.pk, token=token(article), number=1)
    article.refresh_from_db()
    assert (article.headline, article.placements.count()) == ("With it", 0)
    last = Revision.objects.filter(story_id=article.pk).first()
    assert last.reason == "restored from revision 1 without Media ID 55361435, withdrawn since"


def test_uses_list_live_stories_and_copy_as_far_as_one_may_read(editor, picture_desk, reporter, picture):
    live = builders.make_published(editor, pictures=[picture], headline="Out already")
    draft = builders.make_article(reporter, pictures=[picture], headline="Still secret")
    of_editor = {one.story_id: one for one in workflow.uses(picture, editor)}
    assert of_editor[live.story_id].is_live
    assert (of_editor[live.story_id].edition_number, of_editor[live.story_id].is_copy) == (1, True)
    assert (of_editor[draft.pk].headline, of_editor[draft.pk].is_live) == ("Still secret", False)
    of_desk = {one.story_id: one for one in workflow.uses(picture, picture_desk)}
    assert (of_desk[draft.pk].headline, of_desk[draft.pk].may_read) == ("", False)
    assert (of_desk[live.story_id].headline, of_desk[live.story_id].may_read) == ("Out already", True)


def test_redrawing_that_was_cut_short_is_done_by_the_timer(
    editor, picture_desk, picture, monkeypatch, capsys
):
    live = builders.make_published(editor, pictures=[picture])

    def fails(keys):
        raise DatabaseError("the process ends here")

    with monkeypatch.context() as patched:
        patched.setattr(rederiving, "_rederive", fails)
        assert kill(picture, picture_desk) == [live.story_id]
    assert shows(live)
    assert Picture.objects.get(pk=picture.pk).editions_due_at is not None
    call_command("release_due")
    assert "Redrew the editions of 1 changed picture" in capsys.readouterr().out
    assert not shows(live)
    assert Picture.objects.get(pk=picture.pk).editions_due_at is None
    call_command("release_due")
    assert "Nothing was due" in capsys.readouterr().out


def test_picture_that_cannot_be_drawn_holds_up_no_other(editor, picture, monkeypatch, caplog):
    bad = builders.make_published(editor, pictures=[picture])
    other = builders.make_picture()
    builders.make_published(editor, pictures=[other])
    Picture.objects.filter(pk=picture.pk).update(editions_due_at=timezone.now() - timedelta(hours=1))
    Picture.objects.filter(pk=other.pk).update(editions_due_at=timezone.now())
    draw = rederiving._rederive

    def fails(keys):
        if bad.pk in keys:
            raise ValueError("cannot be drawn")
        draw(keys)

    monkeypatch.setattr(rederiving, "_rederive", fails)
    assert workflow.redraw_due() == [other.pk]
    assert "could not be redrawn" in caplog.text
    assert list(Picture.objects.filter(editions_due_at__isnull=False)) == [picture]


def test_change_during_a_redrawing_stays_due(editor, picture, monkeypatch):
    builders.make_published(editor, pictures=[picture])
    Picture.objects.update(editions_due_at=timezone.now())
    later = timezone.now() + timedelta(minutes=1)
    draw = rederiving._rederive

    def changed_meanwhile(keys):
        draw(keys)
        Picture.objects.update(editions_due_at=later)

    monkeypatch.setattr(rederiving, "_rederive", changed_meanwhile)
    workflow.redraw_due()
    assert Picture.objects.get().editions_due_at == later


def test_picture_in_many_editions_is_redrawn_in_batches(
    editor, picture_desk, picture, django_assert_max_num_queries, long_series
):
    count = 2000 if long_series else 250
    contents = builders.make_contents(pictures=[picture])
    arrivals = [workflow.Arrival(contents.changed(headline=f"Story {n}")) for n in range(count)]
    workflow.admit_many(arrivals=arrivals)
    with django_assert_max_num_queries(20 + 12 * (count // rederiving.BATCH + 1)):
        assert len(kill(picture, picture_desk)) == count
    assert not Edition.objects.filter(rendered__contains="0123456789abcdef").exists()
    assert list(verifying.problems()) == []
