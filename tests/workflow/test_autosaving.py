"""Keeping copy while it is typed: nothing lost, nothing overwritten unseen, little room taken."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Event, Notice, NoticeKind, Revision, RevisionKind, Sitting
from articles.models.splices import ONTO
from articles.workflow import Refused
from articles.workflow.autosaving import NotYours, Sent, begin, keep, set_aside
from articles.workflow.copy import contents_of
from articles.workflow.noticing import clock
from articles.workflow.placing import printed
from tests import builders

pytestmark = pytest.mark.django_db
BODY = "<p>The first paragraph of all.</p>\n<p>The second one.</p>\n<p>The third one.</p>"


class Page:
    """A page as a browser has it: it shows its own text, and stands on what it was last answered."""

    def __init__(self, by, story_id=None):
        self.by, self.story_id, self.page, self.serial = by, story_id, uuid4(), 0
        if story_id:
            article = Article.objects.get(pk=story_id)
            self.token = article.token
            self.revision = Revision.objects.filter(story_id=story_id).first().number

    def sent(self, *, assigned=None, known=None, **changed):
        self.serial += 1
        token, revision = getattr(self, "token", None), getattr(self, "revision", None)
        return Sent(self.page, self.serial, token, revision, changed, assigned or {}, known=known or {})

    def send(self, sent):
        if self.story_id is None:
            kept = begin(by=self.by, sent=sent)
            self.story_id = kept.article.pk
        else:
            kept = keep(by=self.by, story_id=self.story_id, sent=sent)
        return kept

    def type(self, *, assigned=None, known=None, **changed):
        kept = self.send(self.sent(assigned=assigned, known=known, **changed))
        self.token, self.revision = kept.token, kept.revision
        return kept


@pytest.fixture
def story(editor):
    return builders.make_article(editor, body=BODY, headline="Ships wait")


def test_first_letter_starts_a_story_and_the_same_page_sent_twice_starts_one(reporter):
    page = Page(reporter)
    first = page.sent(headline="S")
    kept, again = begin(by=reporter, sent=first), begin(by=reporter, sent=first)
    assert kept.article.pk == again.article.pk
    assert Article.objects.get().headline == "S"
    assert (again.token, again.revision) == (kept.token, kept.revision)


def test_slug_follows_the_headline_until_it_is_typed_or_published(editor, story):
    page = Page(editor, story.pk)
    page.type(slug="")
    page.type(headline="Ships wait no longer")
    edition = workflow.publish(by=editor, story_id=story.pk, token=page.token)
    assert edition.slug == "ships-wait-no-longer"
    later = Page(editor, story.pk)
    later.type(headline="Another headline")
    update = workflow.update(by=editor, story_id=story.pk, token=later.token)
    assert update.slug == "ships-wait-no-longer"


def test_every_save_is_a_revision_and_takes_the_room_of_what_changed(editor, story):
    page = Page(editor, story.pk)
    body = BODY
    for letter in "And more, letter by letter":
        body = body.replace("</p>\n<p>The second", f"{letter}</p>\n<p>The second")
        page.type(body=body)
    kept = list(Revision.objects.filter(story_id=story.pk, kind=RevisionKind.AUTOSAVE).order_by("number"))
    assert len(kept) == 26
    assert all(ONTO in one.contents and len(str(one.contents)) < 150 for one in kept)
    first = [one.read().body.partition("</p>")[0] for one in kept[:2]]
    assert first == ["<p>The first paragraph of all.A", "<p>The first paragraph of all.An"]
    assert kept[-1].read() == contents_of(Article.objects.get(pk=story.pk))


def test_whole_revision_is_kept_again_after_fifty(editor, story):
    page = Page(editor, story.pk)
    for n in range(60):
        page.type(note=f"note {n}")
    kept = Revision.objects.filter(story_id=story.pk, kind=RevisionKind.AUTOSAVE)
    assert sum(ONTO not in one.contents for one in kept) == 1
    assert {one.read().note for one in kept} == {f"note {n}" for n in range(60)}


def test_two_writers_in_different_paragraphs_and_fields_both_stand(editor, reporter, story):
    one, other = Page(editor, story.pk), Page(reporter, story.pk)
    one.type(body=BODY.replace("first", "very first"), headline="Ships wait still")
    kept = other.type(body=BODY.replace("third", "last"), standfirst="Since Monday.")
    now = contents_of(Article.objects.get(pk=story.pk))
    assert "very first" in now.body
    assert "last" in now.body
    assert (now.headline, now.standfirst) == ("Ships wait still", "Since Monday.")
    assert set(kept.others_changed) == {"body", "headline"}
    assert kept.clashes == ()
    as_typed = Revision.objects.get(story_id=story.pk, number=kept.as_typed).read()
    assert as_typed.body == BODY.replace("third", "last")


def test_one_paragraph_touched_by_both_asks_and_keeps_both(editor, reporter, story):
    one, other = Page(editor, story.pk), Page(reporter, story.pk)
    one.type(body=BODY.replace("second", "2nd"))
    kept = other.type(body=BODY.replace("second", "SECOND").replace("third", "last"))
    (clash,) = kept.clashes
    assert (clash.field, clash.part) == ("body", 1)
    assert ("2nd" in clash.theirs, "SECOND" in clash.mine, "second" in clash.base) == (True, True, True)
    now = contents_of(Article.objects.get(pk=story.pk))
    assert "2nd" in now.body
    assert "last" in now.body
    lost = Revision.objects.get(story_id=story.pk, number=kept.as_typed)
    assert "SECOND" in lost.read().body
    assert Event.objects.filter(story_id=story.pk, verb="conflict").exists()


def test_headline_both_changed_is_not_overwritten(editor, reporter, story):
    one, other = Page(editor, story.pk), Page(reporter, story.pk)
    one.type(headline="Ships go")
    kept = other.type(headline="Ships stay")
    assert Article.objects.get(pk=story.pk).headline == "Ships go"
    assert [(clash.field, clash.mine, clash.theirs) for clash in kept.clashes] == [
        ("headline", "Ships stay", "Ships go")
    ]
    assert other.type(headline="Ships stay").clashes == ()
    assert Article.objects.get(pk=story.pk).headline == "Ships stay"


def test_answer_that_was_lost_does_not_make_the_writer_clash_with_themselves(editor, reporter, story):
    one, other = Page(editor, story.pk), Page(reporter, story.pk)
    one.type(body=BODY.replace("first", "very first"))
    sent = other.sent(body=BODY.replace("third", "last"))
    other.send(sent)  # the answer never comes: the page sends the same again
    again = other.send(sent)
    other.token, other.revision = again.token, again.revision
    kept = other.type(body=BODY.replace("third", "very last"))
    assert kept.clashes == ()
    now = contents_of(Article.objects.get(pk=story.pk)).body
    assert "very first" in now
    assert "very last" in now


def test_late_save_changes_nothing(editor, story):
    page = Page(editor, story.pk)
    early, late = page.sent(headline="Early"), page.sent(headline="Late")
    page.send(late)
    before = Revision.objects.count()
    page.send(early)
    assert Article.objects.get(pk=story.pk).headline == "Late"
    assert Revision.objects.count() == before


def test_page_that_cannot_say_what_it_stands_on_overwrites_nothing(editor, story):
    page = Page(editor, story.pk)
    page.token, page.revision = None, None
    kept = page.type(headline="Blind", standfirst="New")
    assert Article.objects.get(pk=story.pk).headline == "Ships wait"
    assert {clash.field for clash in kept.clashes} == {"headline", "standfirst"}
    assert Revision.objects.get(story_id=story.pk, number=kept.as_typed).read().headline == "Blind"


def test_text_that_lost_is_a_ground_only_for_its_writer(editor, reporter, story):
    one, other = Page(editor, story.pk), Page(reporter, story.pk)
    one.type(headline="Ships go")
    kept = other.type(headline="Ships stay")
    thief = Page(editor, story.pk)
    thief.token, thief.revision = "0", kept.as_typed
    assert [clash.field for clash in thief.type(headline="Mine").clashes] == ["headline"]


def test_copy_that_was_approved_meanwhile_keeps_the_reporters_text_aside(editor, reporter, story):
    page = Page(reporter, story.pk)
    filed = workflow.file(by=editor, story_id=story.pk, token=Article.objects.get(pk=story.pk).token)
    workflow.approve(by=editor, story_id=story.pk, token=filed.token)
    with pytest.raises(NotYours, match="approved") as refused:
        page.type(body=BODY + "<p>One more.</p>")
    assert Article.objects.get(pk=story.pk).body == BODY
    kept = Revision.objects.get(story_id=story.pk, number=refused.value.kept)
    assert "One more" in kept.read().body


def test_story_of_another_desk_is_none(db, story):
    outsider = builders.make_person("omar", "reporter", builders.make_desk("Sport"))
    with pytest.raises(Refused, match="no such story"):
        Page(outsider, story.pk).type(headline="x")
    assert not Sitting.objects.exists()


def test_page_of_another_person_is_refused(editor, reporter, story):
    page = Page(editor, story.pk)
    sent = page.sent(headline="x")
    page.send(sent)
    with pytest.raises(Refused, match="another person"):
        keep(by=reporter, story_id=story.pk, sent=replace(sent, serial=9))


def test_first_to_write_holds_the_story(editor, reporter, story):
    Page(editor, story.pk).type(headline="a")
    Page(reporter, story.pk).type(standfirst="b")
    assert [one.by for one in Sitting.objects.filter(held_since__isnull=False)] == [editor]


def test_withdrawn_picture_does_not_stop_the_text(editor, story):
    picture = builders.make_picture()
    workflow.kill_picture(by=editor, picture_id=picture.pk, token=picture.token, reason="not ours")
    picture.refresh_from_db()
    kept = Page(editor, story.pk).type(headline="Goes on", pictures=(printed(picture),))
    assert (kept.contents.headline, kept.contents.pictures) == ("Goes on", ())


def test_desk_and_dates_that_two_people_decided_are_merged_one_by_one_and_what_both_changed_is_asked(
    editor, reporter, story
):
    sport, world = builders.make_desk("Sport").pk, story.desk_id
    one, other = Page(editor, story.pk), Page(editor, story.pk)
    other.by = chief = builders.make_person("chidi", "chief")
    one.type(assigned={"desk": sport, "genre": "opinion"}, known={"desk": world, "genre": "news"})
    kept = other.type(
        assigned={"desk": None, "planned_words": 600}, known={"desk": world, "planned_words": None}
    )
    now = Article.objects.get(pk=story.pk)
    assert (now.desk_id, now.genre, now.planned_words) == (sport, "opinion", 600)
    assert [(one.field, one.base, one.mine, one.theirs) for one in kept.clashes] == [
        ("desk", world, None, sport)
    ]
    lost = Event.objects.filter(story_id=story.pk, verb="conflict").get()
    assert (lost.by, lost.details["lost"]) == (chief, {"desk": None})
    kept = other.type(assigned={"desk": world}, known={"desk": sport})
    assert (kept.clashes, Article.objects.get(pk=story.pk).desk_id) == ((), world)


def test_page_that_does_not_say_what_it_showed_overwrites_no_decision_of_a_later_copy(editor, story):
    one, other = Page(editor, story.pk), Page(editor, story.pk)
    one.type(assigned={"planned_words": 600})
    assert [one.field for one in other.type(assigned={"planned_words": 900}).clashes] == ["planned_words"]
    assert Article.objects.get(pk=story.pk).planned_words == 600


def test_last_letter_of_a_page_that_was_not_answered_does_not_clash_with_the_one_before(
    editor, reporter, story
):
    page = Page(reporter, story.pk)
    page.send(page.sent(body=BODY.replace("second", "2nd")))  # not answered when the page closes
    kept = page.send(page.sent(body=BODY.replace("second", "2nd and last")))
    assert kept.clashes == ()
    assert "2nd and last" in Article.objects.get(pk=story.pk).body
    # nor where somebody else's paragraph came in with the letter that was not answered
    Page(editor, story.pk).type(body=BODY.replace("second", "2nd and last").replace("first", "very first"))
    page.revision, page.token = kept.revision, kept.token
    page.send(page.sent(body=BODY.replace("second", "2nd and last").replace("third", "3rd")))
    kept = page.send(page.sent(body=BODY.replace("second", "2nd and last").replace("third", "3rd of all")))
    now = Article.objects.get(pk=story.pk).body
    assert kept.clashes == ()
    assert ("very first" in now, "3rd of all" in now) == (True, True)


def test_what_a_page_that_died_had_and_nobody_wants_is_a_revision_once(editor, reporter, story):
    page = Page(reporter, story.pk)
    sent = page.sent(body=BODY.replace("third", "3rd"), headline="Left behind")
    numbers = {set_aside(by=reporter, story_id=story.pk, sent=sent) for _ in range(2)}
    (number,) = numbers
    lost = Revision.objects.get(story_id=story.pk, number=number)
    assert (lost.kind, lost.read().headline) == (RevisionKind.CONFLICT, "Left behind")
    assert Article.objects.get(pk=story.pk).headline == "Ships wait"
    outsider = builders.make_person("omar", "reporter", builders.make_desk("Sport"))
    with pytest.raises(Refused, match="no such story"):
        set_aside(by=outsider, story_id=story.pk, sent=sent)


def told(person):
    return [one.text for one in Notice.objects.filter(person=person, kind=NoticeKind.CHANGED)]


def test_whose_story_it_is_hears_of_every_change_made_while_they_were_away(editor, reporter):
    story = builders.make_article(reporter, headline="Ferry")
    contents = builders.make_contents(headline="Ferry late")
    saved = workflow.save(by=editor, story_id=story.pk, token=story.token, contents=contents)
    assert told(reporter) == [
        f"editor changed “ferry-late” at {clock(saved.changed_at)}, while you were away."
    ]
    workflow.restore(by=editor, story_id=story.pk, token=saved.token, number=1)
    assert len(told(reporter)) == 1  # not looked at yet
    Notice.objects.update(seen_at=timezone.now())
    now = Article.objects.get(pk=story.pk)
    filed = workflow.file(by=editor, story_id=story.pk, token=now.token)
    assert told(reporter)[0].endswith("while you were away: it is filed now.")
    Notice.objects.update(seen_at=timezone.now())
    workflow.send_back(by=editor, story_id=story.pk, token=filed.token, note="Too long")
    assert len(told(reporter)) == 2  # told in the editor's own words
    assert told(editor) == []


def test_page_that_only_asks_hears_what_others_kept_and_leaves_no_trace(editor, reporter, story):
    reader, writer = Page(reporter, story.pk), Page(editor, story.pk)
    writer.type(headline="Ships sail", body=BODY.replace("second", "other"))
    before = Revision.objects.filter(story_id=story.pk).count()
    kept = reader.type()
    assert set(kept.others_changed) == {"headline", "body"}
    assert (kept.contents.headline, kept.clashes) == ("Ships sail", ())
    assert Revision.objects.filter(story_id=story.pk).count() == before
    asked = Sitting.objects.get(page=reader.page)
    assert (asked.wrote_at, asked.held_since) == (None, None)
    reader.type(body=BODY.replace("second", "other").replace("third", "last"))
    writer.type()
    assert "<p>The last one.</p>" in Article.objects.get(pk=story.pk).body
    assert "<p>The other one.</p>" in Article.objects.get(pk=story.pk).body


def test_page_that_asks_and_does_not_show_it_yet_still_stands_on_its_own_text(editor, reporter, story):
    reader, writer = Page(reporter, story.pk), Page(editor, story.pk)
    writer.type(body=BODY.replace("second", "other"))
    kept = reader.type()
    reader.token, reader.revision = None, kept.as_typed
    reader.type(body=BODY.replace("third", "last"))
    now = Article.objects.get(pk=story.pk).body
    assert "<p>The other one.</p>" in now
    assert "<p>The last one.</p>" in now


def test_page_that_only_asks_of_copy_it_may_not_change_has_nothing_kept_aside(editor, reporter, story):
    page = Page(reporter, story.pk)
    filed = workflow.file(by=editor, story_id=story.pk, token=Article.objects.get(pk=story.pk).token)
    workflow.approve(by=editor, story_id=story.pk, token=filed.token)
    with pytest.raises(Refused, match="approved") as refused:
        page.type()
    assert not isinstance(refused.value, NotYours)
    assert not Revision.objects.filter(story_id=story.pk, kind=RevisionKind.CONFLICT).exists()
