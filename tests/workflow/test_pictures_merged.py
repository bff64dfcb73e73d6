"""Two Media IDs of one picture become one: the old number keeps answering, nothing that was printed changes."""

import io

import pytest

from articles import workflow
from articles.models import Address, Article, Clearance, Edition, Event, PictureCredit
from articles.workflow import editions, verifying
from articles.workflow.editions import says_the_same
from media.models import CaptionVersion, Likeness, Picture, originals
from tests import builders

pytestmark = pytest.mark.django_db
FIGURE = '<p>Dawn.</p><figure data-media-id="{}"></figure>'


def pair(**merged):
    kept = builders.make_picture(media_id="55361435", caption="The harbour at dawn", credit="Staff")
    facts = {"media_id": "55369999", "caption": "The harbour at dawn", "credit": "Staff"} | merged
    return kept, builders.make_picture(**facts)


def merge(kept, merged, by):
    token = Picture.objects.get(pk=merged.pk).token
    return workflow.merge_pictures(by=by, kept_id=kept.pk, merged_id=merged.pk, token=token)


def token(story):
    return Article.objects.get(pk=getattr(story, "story_id", story.pk)).token


def give_file(picture, name="ab/cd.jpg", digest="a" * 64, copy="0123456789abcdef"):
    Picture.objects.filter(pk=picture.pk).update(
        original=name, digest=digest, width=640, height=400, format="jpg", size=11, file_caption="In the file"
    )
    builders.make_copy(picture, name=copy)
    picture.refresh_from_db()


def test_editions_show_the_kept_file_under_the_number_they_printed(editor, picture_desk):
    kept, merged = pair()
    give_file(kept)
    edition = builders.make_published(editor, pictures=[merged], body=FIGURE.format("55369999"))
    merge(kept, merged, picture_desk)
    fresh = builders.edition_of(edition.story_id)
    assert fresh.pictures == edition.pictures
    assert fresh.digest == edition.digest == editions.digest_of(fresh)
    assert fresh.shown_pictures[0]["media_id"] == "55369999"
    assert "0123456789abcdef" in fresh.shown_pictures[0]["src"]
    assert "0123456789abcdef" in fresh.body_html
    assert [row.picture_id for row in fresh.picture_rows.all()] == [kept.pk]
    assert Picture.objects.numbered("55369999") == kept
    assert Picture.objects.get(pk=kept.pk).editions_due_at is None
    assert list(verifying.problems()) == []
    assert says_the_same(fresh, workflow.copy.contents_of(Article.objects.get()))


def test_copy_goes_on_with_the_old_number_in_its_text(editor, picture_desk):
    kept, merged = pair()
    give_file(kept)
    article = builders.make_article(editor, pictures=[merged], body=FIGURE.format("55369999"))
    seen = workflow.copy.contents_of(article)
    merge(kept, merged, picture_desk)
    assert list(article.placements.values_list("picture_id", flat=True)) == [kept.pk]
    with pytest.raises(workflow.Conflict):
        workflow.save(by=editor, story_id=article.pk, token=article.token, contents=seen)
    workflow.save(by=editor, story_id=article.pk, token=token(article), contents=seen)
    assert list(article.placements.values_list("picture_id", flat=True)) == [kept.pk]
    edition = workflow.publish(by=editor, story_id=article.pk, token=token(article))
    assert [one["media_id"] for one in edition.pictures] == ["55361435"]
    assert "0123456789abcdef" in edition.body_html
    assert edition.shown_pictures[0]["is_inline"]


def test_story_with_both_keeps_one_and_its_own_caption(editor, picture_desk):
    kept, merged = pair()
    printed = workflow.placing.printed
    contents = builders.make_contents().changed(pictures=(printed(merged), printed(kept, "Mine")))
    article = workflow.start(by=editor, contents=contents)
    edition = workflow.publish(by=editor, story_id=article.pk, token=token(article))
    merge(kept, merged, picture_desk)
    assert list(article.placements.values_list("picture_id", "caption")) == [(kept.pk, "Mine")]
    assert [row.picture_id for row in edition.picture_rows.all()] == [kept.pk]
    assert len(builders.edition_of(article.pk).shown_pictures) == 2
    assert list(verifying.problems()) == []


def test_no_story_s_words_change(editor, picture_desk):
    kept, merged = pair(caption="Only the merged one says this")
    article = builders.make_article(editor, pictures=[merged])
    empty = builders.make_picture(media_id="55360000", caption="")
    other = builders.make_article(editor, pictures=[empty])
    merge(kept, merged, picture_desk)
    merge(kept, empty, picture_desk)
    assert workflow.copy.contents_of(article).pictures[0].caption == "Only the merged one says this"
    assert workflow.copy.contents_of(other).pictures[0].caption == ""
    assert Picture.objects.get(pk=kept.pk).caption == "The harbour at dawn"


def test_file_of_the_merged_one_becomes_the_kept_one_s(editor, picture_desk):
    kept, merged = pair()
    name = originals().save("moved.jpg", io.BytesIO(b"bytes as they came"))
    give_file(merged, name=name)
    edition = builders.make_published(editor, pictures=[kept])
    assert edition.shown_pictures[0]["src"] == ""
    merge(kept, merged, picture_desk)
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.original.name, kept.digest, kept.file_caption) == (name, "a" * 64, "In the file")
    assert (merged.copies_due_at, kept.copies_due_at is None) == (None, False)
    assert (merged.has_file, merged.digest, merged.width) == (False, "", None)
    with kept.original.open() as original:
        assert original.read() == b"bytes as they came"
    assert "0123456789abcdef" in builders.edition_of(edition.story_id).shown_pictures[0]["src"]
    assert CaptionVersion.objects.get(picture=kept, layer="file").caption == "In the file"


def test_file_of_a_merged_one_beside_another_stays_private_and_its_copies_lead_on(client, picture_desk):
    kept, merged = pair()
    give_file(kept)
    give_file(merged, name="ef/01.jpg", digest="b" * 64, copy="fedcba9876543210")
    merge(kept, merged, picture_desk)
    kept.refresh_from_db()
    assert kept.digest == "a" * 64
    assert [copy.name for copy in kept.copies()] == ["0123456789abcdef"]
    old = kept.renditions.get(name="fedcba9876543210")
    assert old.superseded_at is not None
    builders.make_archived(pictures=[kept])
    answer = client.get("/images/fedcba9876543210.jpg")
    assert (answer.status_code, answer["Location"]) == (301, "/images/0123456789abcdef.jpg")
    assert Picture.objects.get(pk=merged.pk).has_file


def test_facts_the_kept_one_lacks_come_from_the_merged_one(picture_desk):
    kept = builders.make_picture(caption=None, credit="", rights_class="unknown", alt="Kept alt")
    merged = builders.make_picture(
        caption="Said", credit="Nadia Farouk", alt="Other alt", rights_class="agency", rights_holder="The agency",
        uses="web", keywords=["sea"], reads=5,
    )  # fmt: skip
    person = builders.make_contributor("Nadia Farouk")
    merge(kept, merged, picture_desk)
    kept.refresh_from_db()
    assert (kept.caption, kept.credit, kept.alt) == ("Said", "Nadia Farouk", "Kept alt")
    assert (kept.rights_class, kept.rights_holder, kept.uses) == ("agency", "The agency", "web")
    assert (kept.keywords, kept.reads) == (["sea"], 5)
    assert CaptionVersion.objects.get(picture=kept).caption == "Said"
    assert " nadia farouk " in kept.search_text
    assert PictureCredit.objects.get().picture == kept
    assert PictureCredit.objects.get().contributor == person
    said_empty = builders.make_picture(caption="")
    merge(said_empty, builders.make_picture(caption="Said"), picture_desk)
    assert Picture.objects.get(pk=said_empty.pk).caption == ""


def test_chains_addresses_likenesses_and_clearances_lead_to_the_kept_one(editor, picture_desk):
    kept, merged = pair(rights_class="unknown")
    earlier, third = builders.make_picture(media_id="55360001"), builders.make_picture()
    Likeness.objects.create(older=kept, newer=merged, distance=1)
    open_pair = Likeness.objects.create(older=merged, newer=third, distance=2)
    Address.objects.create(path="/old/attachment/picture", picture=merged)
    article = builders.make_article(editor, pictures=[merged])
    workflow.publish(by=editor, story_id=article.pk, token=token(article), rights_reason="They said so.")
    merge(merged, earlier, picture_desk)
    merge(kept, merged, picture_desk)
    assert Picture.objects.numbered("55360001") == kept
    assert Address.objects.get().picture == kept
    assert Likeness.objects.get(older=kept, newer=merged).settled_by == picture_desk
    open_pair.refresh_from_db()
    assert {open_pair.older_id, open_pair.newer_id} == {kept.pk, third.pk}
    assert open_pair.settled_at is None
    assert Clearance.objects.get().picture == merged
    Picture.objects.filter(pk=kept.pk).update(rights_class="unknown")
    assert not workflow.rights_questions(article, workflow.copy.contents_of(article))
    event = Event.objects.filter(verb="merge_pictures", story=None).first()
    assert (event.details["kept_id"], event.details["merged_id"]) == ("55361435", "55369999")
    assert Event.objects.filter(verb="merge_pictures", story_id=article.pk).exists()


def test_what_was_public_by_itself_stays_so(picture_desk):
    kept, merged = pair(released_at=builders.moment(2016))
    Picture.objects.filter(pk=kept.pk).update(withdrawn_at=builders.moment(2020))
    merge(kept, merged, picture_desk)
    kept.refresh_from_db()
    assert (kept.released_at, kept.withdrawn_at) == (builders.moment(2016), None)


def test_merging_is_refused_with_a_sentence(reporter, picture_desk, chief):
    kept, merged = pair()
    refusals = [
        (reporter, kept.pk, merged.pk, "1", "Your role does not allow this"),
        (picture_desk, kept.pk, merged.pk, "", "which version"),
        (picture_desk, kept.pk, merged.pk, "7", "Somebody changed this picture"),
        (picture_desk, kept.pk, kept.pk, "1", "into itself"),
        (picture_desk, kept.pk, 10**9, "1", "There is no such picture"),
    ]
    killed = builders.make_picture(killed_at=builders.moment(2020))
    denied = builders.make_picture(uses="nowhere")
    nameless = builders.make_picture(media_id=None)
    gone = builders.make_picture()
    merge(kept, gone, chief)
    refusals += [
        (chief, kept.pk, killed.pk, "1", "was withdrawn"),
        (chief, killed.pk, kept.pk, "2", "was withdrawn"),
        (chief, kept.pk, denied.pk, "1", "are denied"),
        (chief, nameless.pk, merged.pk, "1", "has no Media ID"),
        (chief, kept.pk, gone.pk, "2", "is itself merged into Media ID 55361435"),
        (chief, gone.pk, merged.pk, "1", "is itself merged"),
    ]
    for by, kept_id, merged_id, version, sentence in refusals:
        with pytest.raises(workflow.Refused, match=sentence):
            workflow.merge_pictures(by=by, kept_id=kept_id, merged_id=merged_id, token=version)
    assert Picture.objects.filter(alias_of__isnull=False).count() == 1
    assert workflow.merge_pictures(by=chief, kept_id=kept.pk, merged_id=nameless.pk, token="1") == kept
    assert Edition.objects.count() == 0
