"""What the library says of a picture changes the stories that say the same, each by an edition, but for those left out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition, Event, Revision
from articles.workflow import editions, verifying
from media import changing
from media.models import CaptionVersion, Picture
from tests import builders

pytestmark = pytest.mark.django_db
OLD, NEW = "The harbour at dawn", "The old harbour at dawn"


@pytest.fixture
def picture():
    return builders.make_picture(media_id="55361435", caption=OLD, credit="Staff", alt="Boats")


def recaption(picture, by, excluding=(), **facts):
    fresh = Picture.objects.get(pk=picture.pk)
    return workflow.recaption(
        by=by, picture_id=picture.pk, token=fresh.token, facts=facts or {"caption": NEW}, excluding=excluding
    )


def token(story):
    return Article.objects.get(pk=getattr(story, "story_id", story.pk)).token


def caption_of(story, number=None):
    return builders.edition_of(getattr(story, "story_id", story.pk), number).pictures[0]["caption"]


def headlines(followers):
    return {one.headline for one in followers}


def with_own(by, picture, caption, **overrides):
    contents = builders.make_contents(**overrides).changed(
        pictures=(workflow.placing.printed(picture, caption),)
    )
    article = workflow.start(by=by, contents=contents)
    return workflow.publish(by=by, story_id=article.pk, token=token(article))


def test_live_story_gets_an_edition_that_says_why(editor, picture_desk, picture):
    edition = builders.make_published(editor, pictures=[picture])
    done = recaption(picture, picture_desk)
    assert (done.picture.caption, done.changed, done.kept) == (NEW, [edition.story_id], [])
    fresh = Edition.objects.at().get()
    assert (fresh.number, fresh.kind, caption_of(edition)) == (2, "update", NEW)
    assert fresh.reason == "Caption of Media ID 55361435 changed."
    assert (fresh.body, fresh.headline, fresh.section, fresh.dating) == (
        edition.body, edition.headline, edition.section, edition.dating,
    )  # fmt: skip
    assert fresh.shown_pictures[0]["caption"] == NEW
    assert caption_of(edition, 1) == OLD
    assert [row.picture_id for row in fresh.picture_rows.all()] == [picture.pk]
    assert [row.contributor.name for row in fresh.byline_rows.all()] == ["Nadia Farouk"]
    event = Event.objects.get(verb="recaption")
    assert (event.story_id, event.by_name, event.details["edition"]) == (edition.story_id, "picture_desk", 2)
    assert CaptionVersion.objects.get(picture=picture).caption == NEW
    assert editions.says_the_same(fresh, workflow.copy.contents_of(Article.objects.get()))
    assert list(verifying.problems()) == []


def test_archived_story_follows_without_copy(picture_desk, picture):
    edition = builders.make_archived(pictures=[picture])
    assert recaption(picture, picture_desk).changed == [edition.story_id]
    assert caption_of(edition) == NEW
    assert not Article.objects.exists()
    assert builders.edition_of(edition.story_id).published_on == edition.published_on


def test_unpublished_changes_stay_unpublished(editor, picture_desk, picture):
    edition = builders.make_published(editor, pictures=[picture])
    contents = builders.make_contents(headline="Not yet for readers", pictures=[picture])
    workflow.save(by=editor, story_id=edition.story_id, token=token(edition), contents=contents)
    recaption(picture, picture_desk)
    live = Edition.objects.at().get()
    assert (live.headline, live.pictures[0]["caption"]) == (edition.headline, NEW)
    copy = workflow.copy.contents_of(Article.objects.get())
    assert (copy.headline, copy.pictures[0].caption) == ("Not yet for readers", NEW)


def test_story_s_own_caption_is_its_own(editor, picture_desk, picture):
    other = with_own(editor, picture, "At the quay")
    same = with_own(editor, picture, OLD)
    said = {one.story_id for one in workflow.following(picture, editor, {"caption": NEW})}
    assert said == set()
    assert recaption(picture, picture_desk).changed == []
    assert (caption_of(other), caption_of(same)) == ("At the quay", OLD)
    assert Edition.objects.count() == 2


def test_excluded_stories_keep_the_old_caption_as_their_own(editor, picture_desk, picture):
    stays = builders.make_published(editor, pictures=[picture])
    goes = builders.make_published(editor, pictures=[picture])
    draft = builders.make_article(editor, pictures=[picture])
    seen = workflow.copy.contents_of(draft)
    done = recaption(picture, picture_desk, excluding=[stays.story_id, draft.pk, 10**8])
    assert (done.changed, done.kept) == ([goes.story_id], sorted([stays.story_id, draft.pk]))
    assert (caption_of(stays), caption_of(goes)) == (OLD, NEW)
    for story_id in (stays.story_id, draft.pk):
        assert Article.objects.get(pk=story_id).placements.get().caption == OLD
    assert "keeps its caption of Media ID 55361435" in Revision.objects.filter(story_id=draft.pk)[0].reason
    with pytest.raises(workflow.Conflict):
        workflow.save(by=editor, story_id=draft.pk, token=draft.token, contents=seen)
    assert recaption(picture, picture_desk, caption="A third").changed == [goes.story_id]
    assert caption_of(stays) == OLD


def test_excluded_story_of_an_absent_caption_prints_none(editor, picture_desk):
    picture = builders.make_picture(caption=None)
    stays = builders.make_published(editor, pictures=[picture])
    recaption(picture, picture_desk, excluding=[stays.story_id])
    assert caption_of(stays) is None
    assert Article.objects.get().placements.get().caption == ""


def test_credit_and_alternative_text_follow_too(editor, picture_desk, picture):
    edition = with_own(editor, picture, "At the quay")
    done = recaption(picture, picture_desk, credit="Nadia Farouk", alt="Two boats", place="The quay")
    assert done.changed == [edition.story_id]
    shown = builders.edition_of(edition.story_id)
    assert (shown.pictures[0]["credit"], shown.pictures[0]["alt"]) == ("Nadia Farouk", "Two boats")
    assert shown.pictures[0]["caption"] == "At the quay"
    assert shown.reason == "Credit and alternative text of Media ID 55361435 changed."
    assert recaption(picture, picture_desk, place="The pier").changed == []
    assert Edition.objects.count() == 2


def test_scheduled_edition_is_scheduled_again_with_the_new_words(editor, picture_desk, picture):
    due = timezone.now() + timedelta(days=1)
    first = builders.make_article(editor, pictures=[picture])
    workflow.publish(by=editor, story_id=first.pk, token=token(first), at=due)
    live = builders.make_published(editor, pictures=[picture])
    contents = builders.make_contents(headline="Tomorrow", pictures=[picture])
    workflow.save(by=editor, story_id=live.story_id, token=token(live), contents=contents)
    workflow.update(by=editor, story_id=live.story_id, token=token(live), at=due, reason="Later news")
    assert recaption(picture, picture_desk).changed == sorted([first.pk, live.story_id])
    again = Edition.objects.get(story_id=first.pk)
    assert (again.number, again.live_from, again.kind, again.announced_at) == (1, due, "first", None)
    assert caption_of(first) == NEW
    three = Edition.objects.filter(story_id=live.story_id).order_by("number")
    assert [one.headline for one in three] == [live.headline, live.headline, "Tomorrow"]
    assert [one.pictures[0]["caption"] for one in three] == [OLD, NEW, NEW]
    assert (three[2].reason, three[2].live_from, three[2].made_by) == ("Later news", due, editor)
    assert Edition.objects.at(due).get(story_id=live.story_id) == three[2]
    assert Edition.objects.at().get(story_id=live.story_id) == three[1]
    assert list(verifying.problems()) == []
    workflow.unschedule(by=editor, story_id=live.story_id, token=token(live))
    assert Edition.objects.at().get(story_id=live.story_id).live_until is None
    assert list(verifying.problems()) == []


def test_picture_in_the_scheduled_edition_alone(editor, picture_desk, picture):
    due = timezone.now() + timedelta(days=1)
    live = builders.make_published(editor, pictures=[])
    contents = builders.make_contents(headline="Tomorrow", pictures=[picture])
    workflow.save(by=editor, story_id=live.story_id, token=token(live), contents=contents)
    workflow.update(by=editor, story_id=live.story_id, token=token(live), at=due)
    recaption(picture, picture_desk)
    rows = Edition.objects.filter(story_id=live.story_id).order_by("number")
    assert [one.number for one in rows] == [1, 2]
    assert caption_of(live) == NEW
    assert list(verifying.problems()) == []


def test_section_stays_named_as_it_was_printed(editor, picture_desk, picture):
    edition = builders.make_published(editor, pictures=[picture])
    section = edition.section
    section.name = "The world"
    section.save()
    recaption(picture, picture_desk)
    assert builders.edition_of(edition.story_id).section_as_printed == "World"
    assert list(verifying.problems()) == []


def test_followers_are_listed_as_far_as_one_may_read(editor, picture_desk, reporter, picture):
    builders.make_published(editor, pictures=[picture], headline="Out already")
    builders.make_article(reporter, pictures=[picture], headline="Still secret")
    spiked = builders.make_article(reporter, pictures=[picture], headline="Never ran")
    workflow.spike(by=editor, story_id=spiked.pk, token=spiked.token, note="No")
    assert headlines(workflow.following(picture, editor)) == {"Out already", "Still secret"}
    for_desk = workflow.following(picture, picture_desk, {"caption": NEW})
    assert headlines(for_desk) == {"Out already", ""}
    assert [one.may_read for one in for_desk] == [True, False]
    assert workflow.following(picture, editor, {"caption": OLD}) == []
    assert workflow.following(picture, editor, {"place": "The quay"}) == []


def test_recaption_needs_role_and_version_and_a_killed_picture_reprints_nothing(
    editor, reporter, picture_desk, picture
):
    builders.make_published(editor, pictures=[picture])
    with pytest.raises(workflow.Refused, match="Your role does not allow this"):
        recaption(picture, reporter)
    with pytest.raises(changing.NotChanged, match="Somebody changed this picture"):
        workflow.recaption(by=editor, picture_id=picture.pk, token="7", facts={"caption": NEW})
    with pytest.raises(workflow.Refused, match="There is no such picture"):
        workflow.recaption(by=editor, picture_id=10**9, token="1", facts={})
    assert Edition.objects.count() == 1
    workflow.kill_picture(by=editor, picture_id=picture.pk, token="1", reason="Staged")
    assert recaption(picture, picture_desk).changed == []
    assert Edition.objects.count() == 1


def test_merged_picture_s_stories_follow_the_kept_one(editor, picture_desk, picture):
    merged = builders.make_picture(media_id="55369999", caption=OLD)
    edition = builders.make_published(editor, pictures=[merged])
    workflow.merge_pictures(by=picture_desk, kept_id=picture.pk, merged_id=merged.pk, token="1")
    assert recaption(picture, picture_desk).changed == [edition.story_id]
    fresh = builders.edition_of(edition.story_id)
    assert (fresh.pictures[0]["media_id"], fresh.pictures[0]["caption"]) == ("55369999", NEW)
    assert [row.picture_id for row in fresh.picture_rows.all()] == [picture.pk]


def test_many_stories_cost_few_statements(picture_desk, picture, django_assert_max_num_queries, long_series):
    count = 2000 if long_series else 100
    contents = builders.make_contents(pictures=[picture])
    arrivals = [workflow.Arrival(contents.changed(headline=f"Story {n}")) for n in range(count)]
    workflow.admit_many(arrivals=arrivals)
    with django_assert_max_num_queries(60 + count // 5):
        assert len(recaption(picture, picture_desk).changed) == count
    assert Edition.objects.at().count() == count
    assert list(verifying.problems()) == []
