"""What the library says of a picture changes the stories that say the same, each by an edition, but for those left out."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition, Event, Revision, StoryToFollow
from articles.workflow import editions, following_up, verifying
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


def test_excluded_story_of_an_absent_caption_keeps_it_absent(editor, picture_desk):
    picture = builders.make_picture(caption=None)
    stays = builders.make_published(editor, pictures=[picture])
    recaption(picture, picture_desk, excluding=[stays.story_id])
    assert caption_of(stays) is None
    placement = Article.objects.get().placements.get()
    assert (placement.caption, placement.caption_is_absent, placement.caption_in_force) == (None, True, None)
    newer = workflow.copy.contents_of(Article.objects.get()).changed(headline="Newer")
    workflow.save(by=editor, story_id=stays.story_id, token=token(stays), contents=newer)
    again = workflow.update(by=editor, story_id=stays.story_id, token=token(stays))
    assert again.pictures[0]["caption"] is None
    assert recaption(picture, picture_desk, caption="A third").changed == []


@pytest.mark.parametrize(("word", "was", "now"), [("credit", "Staff", "Agency"), ("alt", "Boats", "Quay")])
def test_excluded_story_keeps_credit_and_alternative_text_as_its_own(editor, picture_desk, word, was, now):
    picture = builders.make_picture(caption=OLD, **{word: was})
    stays = builders.make_published(editor, pictures=[picture])
    goes = builders.make_published(editor, pictures=[picture])
    done = recaption(picture, picture_desk, excluding=[stays.story_id], **{word: now})
    assert (done.changed, done.kept) == ([goes.story_id], [stays.story_id])
    assert getattr(Article.objects.get(pk=stays.story_id).placements.get(), word) == was
    contents = workflow.copy.contents_of(Article.objects.get(pk=stays.story_id)).changed(headline="Newer")
    workflow.save(by=editor, story_id=stays.story_id, token=token(stays), contents=contents)
    again = workflow.update(by=editor, story_id=stays.story_id, token=token(stays))
    assert (again.headline, again.pictures[0][word], again.pictures[0]["caption"]) == ("Newer", was, OLD)
    assert recaption(picture, picture_desk, **{word: "A third"}).changed == [goes.story_id]
    event = Event.objects.get(verb="keep_caption")
    assert (event.story_id, event.details[word]) == (stays.story_id, was)
    assert list(verifying.problems()) == []


def test_excluded_copy_keeps_a_credit_that_was_empty(editor, picture_desk):
    picture = builders.make_picture(caption=OLD, credit="", alt="")
    draft = builders.make_article(editor, pictures=[picture])
    recaption(picture, picture_desk, excluding=[draft.pk], credit="Agency", alt="Boats")
    kept = workflow.copy.contents_of(draft).pictures[0]
    assert (kept.credit, kept.alt, kept.own_credit, kept.own_alt) == ("", "", "", "")
    assert "keeps its credit and alternative text" in Revision.objects.filter(story_id=draft.pk)[0].reason


def test_taken_up_story_keeps_what_it_printed_and_the_library_does_not_say(editor, picture_desk):
    picture = builders.make_picture(caption=None, credit="Staff", alt="Boats")
    edition = builders.make_archived(pictures=[picture])
    recaption(picture, picture_desk, excluding=[edition.story_id], caption=NEW, credit="Agency", alt="Quay")
    workflow.take_up(by=editor, story_id=edition.story_id)
    kept = workflow.copy.contents_of(Article.objects.get()).pictures[0]
    assert (kept.caption, kept.credit, kept.alt) == (None, "Staff", "Boats")
    assert (kept.caption_is_absent, kept.own_caption, kept.own_credit, kept.own_alt) == (
        True,
        None,
        "Staff",
        "Boats",
    )


def test_revision_of_before_own_credits_comes_back_with_the_library_s(editor, picture):
    article = builders.make_article(editor, pictures=[picture])
    first = Revision.objects.get(story_id=article.pk)
    old = first.contents
    for one in old["pictures"]:
        for name in ("own_credit", "own_alt", "caption_is_absent"):
            del one[name]
    Revision.objects.create(story_id=article.pk, number=2, kind="save", contents=old, made_by=editor)
    workflow.restore(by=editor, story_id=article.pk, token=article.token, number=2)
    back = workflow.copy.contents_of(Article.objects.get()).pictures[0]
    assert (back.caption, back.credit, back.own_credit, back.caption_is_absent) == (OLD, "Staff", None, False)


def test_own_credit_may_be_no_longer_than_the_library_s(editor, picture):
    contents = builders.make_contents().changed(
        pictures=(workflow.placing.printed(picture, own_credit="x" * 301),)
    )
    with pytest.raises(workflow.Refused, match="A credit is 301 characters long"):
        workflow.start(by=editor, contents=contents)


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


def many(picture, count):
    """Stories of the archive that print the picture."""
    contents = builders.make_contents(pictures=[picture])
    arrivals = [workflow.Arrival(contents.changed(headline=f"Story {n}")) for n in range(count)]
    workflow.admit_many(arrivals=arrivals)


def printed_now():
    return [row.pictures[0]["caption"] for row in Edition.objects.at()]


def test_many_stories_cost_few_statements(picture_desk, picture, django_assert_max_num_queries, long_series):
    count = 2000 if long_series else 100
    many(picture, count)
    with django_assert_max_num_queries(60 + count // 5):
        assert len(recaption(picture, picture_desk).changed) == count
        workflow.follow_due()
    assert printed_now() == [NEW] * count
    assert list(verifying.problems()) == []


def test_change_cut_in_the_middle_goes_on_where_it_ended(picture_desk, picture, monkeypatch, caplog):
    many(picture, 7)
    monkeypatch.setattr(following_up, "SOME", 3)
    follow, done = following_up._follow_some, []

    def cut(*args):
        if done:
            raise OperationalError("database is locked")
        done.append(follow(*args))
        return done[0]

    with monkeypatch.context() as patched:
        patched.setattr(following_up, "_follow_some", cut)
        outcome = recaption(picture, picture_desk)
    assert (len(outcome.changed), outcome.left, Picture.objects.get().caption) == (7, 4, NEW)
    assert sorted(printed_now()) == sorted([NEW] * 3 + [OLD] * 4)
    assert "are still to follow" in caplog.text
    assert following_up.still_following(picture) == (3, 7)
    assert workflow.follow_due() == 4
    assert printed_now() == [NEW] * 7
    assert (workflow.follow_due(), following_up.still_following(picture)) == (0, (0, 0))
    assert Event.objects.filter(verb="recaption").count() == Edition.objects.filter(number=2).count() == 7
    assert list(verifying.problems()) == []


def test_request_ends_in_time_and_the_next_change_waits_for_the_rest(picture_desk, picture, monkeypatch):
    many(picture, 5)
    monkeypatch.setattr(following_up, "SOME", 1)
    monkeypatch.setattr(following_up, "SECONDS", 0.0)
    assert recaption(picture, picture_desk).left == 4
    with pytest.raises(workflow.Refused, match="3 of 5 stories do not yet print"):
        recaption(picture, picture_desk, caption="A third")
    assert Picture.objects.get().caption == NEW
    assert recaption(picture, picture_desk, place="The quay").left == 0
    workflow.follow_due()
    assert len(recaption(picture, picture_desk, caption="A third").changed) == 5


def test_story_edited_meanwhile_follows_as_it_is_by_then(editor, picture_desk, picture, monkeypatch):
    rows = [builders.make_published(editor, pictures=[picture]) for _ in range(4)]
    monkeypatch.setattr(following_up, "SOME", 1)
    monkeypatch.setattr(following_up, "SECONDS", 0.0)
    assert recaption(picture, picture_desk).left == 3
    published, own, killed = sorted(rows, key=lambda row: row.story_id)[1:]
    newer = workflow.copy.contents_of(Article.objects.get(pk=published.story_id)).changed(headline="Newer")
    workflow.save(by=editor, story_id=published.story_id, token=token(published), contents=newer)
    workflow.update(by=editor, story_id=published.story_id, token=token(published))
    mine = builders.make_contents().changed(pictures=(workflow.placing.printed(picture, OLD),))
    workflow.save(by=editor, story_id=own.story_id, token=token(own), contents=mine)
    workflow.kill(by=editor, story_id=killed.story_id, token=token(killed), reason="False")
    workflow.follow_due()
    assert (builders.edition_of(published.story_id).headline, caption_of(published)) == ("Newer", NEW)
    assert builders.edition_of(published.story_id).number == 2
    assert (caption_of(own), builders.edition_of(own.story_id).number) == (OLD, 1)
    assert Edition.objects.filter(story_id=killed.story_id).count() == 1
    assert list(verifying.problems()) == []


def test_picture_withdrawn_or_merged_meanwhile(editor, picture_desk, picture, monkeypatch):
    other = builders.make_picture(media_id="55369999", caption=OLD)
    kept = builders.make_picture(media_id="55360000", caption="Of the kept one")
    for one in (picture, other):
        many(one, 2)
    monkeypatch.setattr(following_up, "SOME", 1)
    monkeypatch.setattr(following_up, "SECONDS", 0.0)
    assert [recaption(one, picture_desk).left for one in (picture, other)] == [1, 1]
    fresh = Picture.objects.get(pk=picture.pk)
    workflow.kill_picture(by=editor, picture_id=picture.pk, token=fresh.token, reason="Staged")
    fresh = Picture.objects.get(pk=other.pk)
    workflow.merge_pictures(by=editor, kept_id=kept.pk, merged_id=other.pk, token=fresh.token)
    workflow.follow_due()
    assert not StoryToFollow.objects.exists()
    said = {
        one: [row.pictures[0]["caption"] for row in Edition.objects.at().showing(one)]
        for one in (picture, kept)
    }
    assert (sorted(said[picture]), said[kept]) == (sorted([OLD, NEW]), [NEW, NEW])
    assert list(verifying.problems()) == []


def test_story_that_cannot_follow_holds_up_no_other(picture_desk, picture, monkeypatch, caplog):
    many(picture, 4)
    bad = Edition.objects.order_by("story_id")[1]
    add = editions.rows_of

    def fails(edition, *args):
        if edition.story_id == bad.story_id:
            raise ValueError("cannot be printed")
        return add(edition, *args)

    with monkeypatch.context() as patched:
        patched.setattr(editions, "rows_of", fails)
        assert recaption(picture, picture_desk).left == 1
    assert "could not follow" in caplog.text
    assert sorted(printed_now()) == sorted([NEW] * 3 + [OLD])
    assert workflow.follow_due() == 1
    assert printed_now() == [NEW] * 4
    assert list(verifying.problems()) == []
