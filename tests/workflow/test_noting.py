"""Notes on a story: written, answered, settled, and whom they reach."""

import pytest

from articles import workflow
from articles.models import Event, Notice, StoryNote
from articles.workflow.noting import mentions, notes_on
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(reporter):
    return builders.make_article(reporter)


@pytest.fixture
def stranger(db):
    return builders.make_person("sports", "reporter", builders.make_desk("Sport"))


def test_note_on_a_passage_is_kept_with_its_words(article, editor):
    said = workflow.add_note(
        by=editor,
        story_id=article.pk,
        text=" Who says so? ",
        passage=workflow.Passage("body", "left the old quay", "The ferry "),
    )
    note = StoryNote.objects.get()
    assert said.note == note
    assert (note.text, note.field, note.passage, note.opening) == (
        "Who says so?", "body", "left the old quay", "The ferry ",
    )  # fmt: skip
    assert Event.objects.filter(verb="note", details={"note": note.pk}).exists()


def test_note_changes_nothing_of_the_copy(article, editor):
    before = (article.version, article.story.revisions.count())
    workflow.add_note(by=editor, story_id=article.pk, text="Who says so?")
    article.refresh_from_db()
    assert (article.version, article.story.revisions.count()) == before


def test_mention_tells_those_who_may_read_and_nobody_else(article, reporter, editor, chief, stranger):
    said = workflow.add_note(
        by=editor, story_id=article.pk, text="@reporter and @sports, ask @Nobody. Mail a@chief.example"
    )
    assert said.told == ("reporter",)
    assert said.unheard == ("sports", "Nobody.")
    (told,) = Notice.objects.all()
    assert (told.person, told.kind, told.note) == (reporter, "mentioned", said.note)


def test_longest_name_is_meant(article):
    desk = builders.make_desk()
    short = builders.make_person("ali", "reporter", desk, first_name="Ali", last_name="Hassan")
    long = builders.make_person("ali2", "reporter", desk, first_name="Ali", last_name="Hassan Omar")
    assert mentions("@Ali Hassan Omar, please", article)[0] == [long]
    assert mentions("@ali hassan, please", article)[0] == [short]
    assert mentions("@ali2 and @ali", article)[0] == [long, short]
    assert mentions("@alison", article) == ([], ("alison",))


def test_answer_tells_who_wrote_before_once(article, reporter, editor, chief):
    first = workflow.add_note(by=editor, story_id=article.pk, text="Who says so?").note
    workflow.answer_note(by=reporter, story_id=article.pk, note=first.pk, text="The harbour master.")
    workflow.answer_note(by=chief, story_id=article.pk, note=first.pk, text="@editor is right to ask.")
    assert sorted((one.person.username, one.kind) for one in Notice.objects.all()) == [
        ("editor", "answered"),
        ("editor", "mentioned"),
        ("reporter", "answered"),
    ]


def test_settled_note_opens_again_by_hand_or_by_an_answer(article, reporter, editor):
    note = workflow.add_note(by=editor, story_id=article.pk, text="Who says so?").note
    for _ in range(2):
        settled = workflow.resolve_note(by=reporter, story_id=article.pk, note=note.pk)
    assert settled.resolved_by == reporter
    assert Event.objects.filter(verb="resolve").count() == 1, "settled twice is settled once"
    assert workflow.reopen_note(by=editor, story_id=article.pk, note=note.pk).resolved_at is None
    workflow.resolve_note(by=reporter, story_id=article.pk, note=note.pk)
    workflow.answer_note(by=editor, story_id=article.pk, note=note.pk, text="Not yet.")
    assert StoryNote.objects.get(pk=note.pk).resolved_at is None


def test_notes_of_a_story_one_may_not_know_of_are_not_there(article, editor, stranger, picture_desk, reader):
    note = workflow.add_note(by=editor, story_id=article.pk, text="Who says so?").note
    for person in (stranger, picture_desk, reader):
        for act in (
            lambda who: workflow.add_note(by=who, story_id=article.pk, text="Hm"),
            lambda who: workflow.answer_note(by=who, story_id=article.pk, note=note.pk, text="Hm"),
            lambda who: workflow.resolve_note(by=who, story_id=article.pk, note=note.pk),
            lambda who: workflow.reopen_note(by=who, story_id=article.pk, note=note.pk),
        ):
            with pytest.raises(workflow.Refused, match="no such story"):
                act(person)
    assert StoryNote.objects.count() == 1


def test_note_of_another_story_is_not_reached_through_this_one(article, editor, reporter):
    note = workflow.add_note(by=editor, story_id=article.pk, text="Who says so?").note
    other = builders.make_article(reporter)
    with pytest.raises(workflow.Refused, match="no such note"):
        workflow.answer_note(by=editor, story_id=other.pk, note=note.pk, text="Hm")
    answer = workflow.answer_note(by=editor, story_id=article.pk, note=note.pk, text="Hm").note
    with pytest.raises(workflow.Refused, match="no such note"):
        workflow.answer_note(by=editor, story_id=article.pk, note=answer.pk, text="an answer to an answer")


@pytest.mark.parametrize("text", ["", " \n ", "\0", "\ud800", "x" * 5_001])
def test_note_that_says_nothing_or_too_much_is_refused(article, editor, text):
    with pytest.raises(workflow.Refused):
        workflow.add_note(by=editor, story_id=article.pk, text=text)


def test_hostile_note_is_kept_as_words(article, editor):
    said = workflow.add_note(
        by=editor, story_id=article.pk, text="<script>\0alert(1)</script> \ud800\u202e",
        passage=workflow.Passage("body", "x" * 5_000, "y" * 5_000),
    )  # fmt: skip
    note = StoryNote.objects.get(pk=said.note.pk)
    assert note.text == "<script>alert(1)</script> \u202e"
    assert (len(note.passage), len(note.opening)) == (1_000, 200)
    with pytest.raises(workflow.Refused, match="Select some there"):
        workflow.add_note(
            by=editor, story_id=article.pk, text="Hm", passage=workflow.Passage("slug", "a word")
        )


def test_all_notes_cost_three_queries(article, editor, reporter, django_assert_num_queries):
    for _ in range(5):
        note = workflow.add_note(by=editor, story_id=article.pk, text="Who says so?").note
        workflow.answer_note(by=reporter, story_id=article.pk, note=note.pk, text="He does.")
    with django_assert_num_queries(3):
        found = notes_on(article.pk)
        assert [one.by.username for note in found for one in note.replies.all()] == ["reporter"] * 5
