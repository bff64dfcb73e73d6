"""Handing a story over: whose it is then, who is told, and what it says of what changed meanwhile."""

import pytest

from articles import roles, workflow
from articles.models import Article, Event, HandOver, Notice
from articles.workflow.handing import receivers
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(reporter):
    return builders.make_article(reporter)


@pytest.fixture
def colleague(reporter):
    return builders.make_person(
        "omar", "reporter", builders.make_desk(), first_name="Omar", last_name="Haddad"
    )


@pytest.fixture
def sports_editor(db):
    return builders.make_person("sports_editor", "editor", builders.make_desk("Sport"))


def hand(by, article, **to):
    article.refresh_from_db()
    return workflow.hand_over(by=by, story_id=article.pk, token=article.token, **to)


def test_colleague_who_writes_becomes_the_writer(article, reporter, colleague):
    handed = hand(reporter, article, to_person=colleague.pk, note="The quotes are still to come.")
    article.refresh_from_db()
    assert article.writer == colleague
    assert article.state == "draft"
    assert handed.article.token == article.token != "1"
    given = HandOver.objects.get()
    assert (given.to_person, given.to_desk, given.note) == (colleague, None, "The quotes are still to come.")
    assert given.revision == article.story.revisions.first().number
    (told,) = Notice.objects.all()
    assert (told.person, told.kind) == (colleague, "handed_over")
    assert told.text.endswith("over to you: The quotes are still to come.")
    event = Event.objects.filter(verb="hand_over").get()
    assert event.details["to_person"] == "omar"


def test_editor_gets_it_to_work_on_and_the_writer_stays(article, reporter, editor):
    hand(reporter, article, to_person=editor.pk)
    article.refresh_from_db()
    assert article.writer == reporter
    assert Notice.objects.get().person == editor


def test_receiver_who_could_not_read_it_can(article, reporter, sports_editor):
    assert not roles.may_read(sports_editor, article)
    hand(reporter, article, to_person=sports_editor.pk)
    article = Article.objects.get(pk=article.pk)
    assert roles.may_read(sports_editor, article)
    assert roles.may_read(reporter, article), "the writer stays"
    nobodys = builders.make_person("stringer", "reporter")
    hand(reporter, article, to_person=nobodys.pk)
    assert roles.may_read(nobodys, Article.objects.get(pk=article.pk))


def test_desk_gets_a_whole_draft_filed(article, reporter, sports_editor):
    sport = builders.make_desk("Sport")
    builders.make_person("sports_reporter", "reporter", sport)
    handed = hand(reporter, article, to_desk=sport.pk, note="Yours, I think.")
    article.refresh_from_db()
    assert (article.desk, article.state, handed.is_filed) == (sport, "filed", True)
    assert [one.person for one in Notice.objects.all()] == [sports_editor], "editors are told, not everybody"
    assert Event.objects.filter(verb__in=["file", "hand_over"]).count() == 2


def test_desk_gets_half_a_draft_as_a_draft(reporter, editor):
    article = builders.make_article(reporter, body="")
    handed = hand(reporter, article, to_desk=builders.make_desk().pk)
    assert not handed.is_filed
    assert handed.article.state == "draft"
    assert handed.article.version == article.version, (
        "nothing of the copy changed: no page's version is made old"
    )


@pytest.mark.parametrize("state", ["spike", "kill"])
def test_what_is_over_is_not_handed_on(article, editor, reporter, state):
    if state == "kill":
        workflow.publish(by=editor, story_id=article.pk, token=article.token)
        article.refresh_from_db()
        workflow.kill(by=editor, story_id=article.pk, token=article.token, reason="Wrong.", notice="")
    else:
        workflow.spike(by=editor, story_id=article.pk, token=article.token, note="No news.")
    with pytest.raises(workflow.Refused, match="nothing to hand over"):
        hand(editor, article, to_person=reporter.pk)


def test_who_may_not_hand_over_is_told_why(article, reporter, editor, picture_desk, reader, sports_editor):
    for person in (picture_desk, reader):
        with pytest.raises(workflow.Refused, match="Your role does not allow this"):
            hand(person, article, to_person=editor.pk)
    with pytest.raises(workflow.Refused, match="another desk"):
        hand(sports_editor, article, to_person=editor.pk)
    workflow.publish(by=editor, story_id=article.pk, token=article.token)
    with pytest.raises(workflow.Refused, match="Ask an editor"):
        hand(reporter, article, to_person=editor.pk)
    assert not HandOver.objects.exists()


def test_receiver_must_be_somebody_who_writes(article, reporter, reader, picture_desk, colleague):
    colleague.is_active = False
    colleague.save()
    for key in (reader.pk, picture_desk.pk, colleague.pk, 99_999_998):
        with pytest.raises(workflow.Refused, match="Choose a person or a desk"):
            hand(reporter, article, to_person=key)
    with pytest.raises(workflow.Refused, match="with you already"):
        hand(reporter, article, to_person=reporter.pk)
    with pytest.raises(workflow.Refused, match="no such desk"):
        hand(reporter, article, to_desk=99_999_998)
    with pytest.raises(workflow.Refused, match="one person or one desk"):
        hand(reporter, article)
    with pytest.raises(workflow.Refused, match="Shorten it"):
        hand(reporter, article, to_desk=builders.make_desk().pk, note="x" * 3_000)


def test_old_version_hands_over_nothing(article, reporter, editor, colleague):
    for token, said in ((None, "which version"), ("7", "changed this story")):
        with pytest.raises(workflow.Refused, match=said):
            workflow.hand_over(by=reporter, story_id=article.pk, token=token, to_person=colleague.pk)
    assert not HandOver.objects.exists()
    assert not Notice.objects.exists()


def test_likeliest_receiver_comes_first(article, reporter, editor, chief, sports_editor):
    foreign = builders.make_desk()

    def first(by):
        return receivers(by=by, article=Article.objects.get(pk=article.pk))[0].key

    assert first(reporter) == f"desk:{foreign.pk}", "a writer gives to the desk"
    assert first(editor) == f"person:{reporter.pk}", "an editor gives to the writer"
    hand(chief, article, to_person=editor.pk)
    assert first(editor) == f"person:{chief.pk}", "who gave it gets it back"


def test_every_receiver_is_named_once_with_role_and_desks(
    article, reporter, editor, reader, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        found = receivers(by=reporter, article=article)
    assert [(one.name, one.about) for one in found] == [("Foreign", "desk"), ("editor", "editor, Foreign")]
    assert all(one.key != f"person:{reader.pk}" for one in found)
