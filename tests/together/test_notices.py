"""Notices at the desk: who is told of what, the count on each page, and marking as seen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from lxml import html

from articles import workflow
from articles.models import Article, NoMail, Notice
from articles.workflow import noticing
from articles.workflow.autosaving import Sent, keep
from tests import builders
from tests.together.doors import as_somebody, here

pytestmark = pytest.mark.django_db
PAGE = "/admin/desk/notices/"


def act(verb, article, **said):
    article.refresh_from_db()
    return verb(story_id=article.pk, token=article.token, **said)


def write(person, article, page, serial=1):
    article.refresh_from_db()
    number = article.story.revisions.first().number
    keep(
        by=person,
        story_id=article.pk,
        sent=Sent(page, serial, article.token, number, {"kicker": f"Word {serial}"}),
    )


def told(person):
    return [(one.kind, one.text) for one in Notice.objects.filter(person=person).order_by("pk")]


def test_writer_hears_what_becomes_of_the_story(article, reporter, editor):
    act(workflow.file, article, by=reporter)
    act(workflow.send_back, article, by=editor, note="Who says so?")
    act(workflow.publish, article, by=editor)
    name = noticing.called(Article.objects.get(pk=article.pk))
    assert told(reporter) == [
        ("sent_back", f"editor sent {name} back to you: Who says so?"),
        ("published", f"editor published {name}: edition 1."),
    ]
    assert told(editor) == []


def test_scheduling_is_told_with_day_and_hour(article, reporter, editor):
    act(workflow.publish, article, by=editor, at=builders.moment(2031, 11, 3, 6))
    ((kind, text),) = told(reporter)
    assert kind == "published"
    assert text.endswith("for Monday, 3 November 2031, 06:00 (UTC).")


def test_nobody_is_told_what_they_did_themselves(reporter, editor):
    own = builders.make_article(editor)
    act(workflow.publish, own, by=editor)
    assert not Notice.objects.exists()


def test_change_while_away_is_told_once_until_one_has_looked(article, reporter, editor, chief):
    page = uuid4()
    write(editor, article, page)
    write(editor, article, page, serial=2)
    write(chief, article, uuid4())
    ((kind, text),) = told(reporter)
    assert kind == "changed"
    assert text.startswith("editor began to change ")
    here(as_somebody(reporter), article)
    assert Notice.objects.get().seen_at is not None, "who opens the story has seen that it changed"
    write(chief, article, uuid4())
    assert len(told(reporter)) == 1, "who is there is not told: the page says it"


def counted(person):
    """The count in the head of a page of the desk, None where it is hidden."""
    shown = html.fromstring(as_somebody(person).get("/admin/articles/article/").content.decode())
    (place,) = shown.xpath("//*[@data-unseen]")
    return None if "hidden" in place.attrib else place.findtext("b")


def test_every_page_of_the_desk_counts_what_is_not_seen(article, reporter, editor):
    act(workflow.publish, article, by=editor)
    assert counted(reporter) == "1"
    as_somebody(reporter).post("/admin/desk/notices/seen/", {"notice": "all"})
    assert counted(reporter) is None


def test_count_costs_one_query(article, reporter, editor, django_assert_num_queries):
    act(workflow.publish, article, by=editor)
    noticing.unseen(reporter)
    nobody = User.objects.create_user("nobody")
    with django_assert_num_queries(1):
        assert noticing.unseen(reporter) == 1
    with django_assert_num_queries(1):
        assert noticing.unseen(nobody) is None


def test_page_lists_notices_with_their_notes(article, reporter, editor):
    workflow.add_note(by=editor, story_id=article.pk, text="<b>Who</b> says so, @reporter?")
    answer = as_somebody(reporter).get(PAGE)
    assert "&lt;b&gt;Who&lt;/b&gt; says so, @reporter?" in answer.content.decode()
    assert f"/admin/articles/article/{article.pk}/change/" in answer.content.decode()


def test_page_says_what_would_stand_there(reporter):
    assert "Nobody has anything to tell you" in as_somebody(reporter).get(PAGE).content.decode()


def test_notices_of_others_are_neither_shown_nor_marked(article, reporter, editor):
    act(workflow.publish, article, by=editor)
    notice = Notice.objects.get()
    client = as_somebody(editor)
    assert noticing.called(article) not in client.get(PAGE).content.decode()
    client.post("/admin/desk/notices/seen/", {"notice": str(notice.pk)})
    notice.refresh_from_db()
    assert notice.seen_at is None
    as_somebody(reporter).post("/admin/desk/notices/seen/", {"notice": str(notice.pk)})
    notice.refresh_from_db()
    assert notice.seen_at is not None


@pytest.mark.parametrize("chosen", ["", "x", "9" * 40, "-1", "\x00"])
def test_forged_choice_marks_nothing(article, reporter, editor, chosen):
    act(workflow.publish, article, by=editor)
    answer = as_somebody(reporter).post("/admin/desk/notices/seen/", {"notice": chosen})
    assert answer.status_code == 302
    assert Notice.objects.get().seen_at is None


def test_notice_of_a_story_one_may_no_longer_know_of_is_gone(article, reporter, editor):
    act(workflow.publish, article, by=editor)
    Article.objects.update(writer=None, desk=builders.make_desk("Sport"))
    assert noticing.unseen(reporter) == 0
    assert "Nobody has anything to tell you" in as_somebody(reporter).get(PAGE).content.decode()


def test_embargoed_story_tells_nobody_below_an_editor_but_its_writer(reporter, editor, chief):
    colleague = builders.make_person("omar", "reporter", builders.make_desk())
    secret = builders.make_article(
        reporter, headline="A secret headline", embargo_until=timezone.now() + timedelta(days=1)
    )
    workflow.add_note(by=editor, story_id=secret.pk, text="@omar @reporter @chief")
    assert {one.person for one in Notice.objects.all()} == {reporter, chief}
    assert told(colleague) == []
    assert all(one.text.endswith(f"on story {secret.pk}.") for one in Notice.objects.all())


def test_picture_desk_and_readers_have_no_notices(picture_desk, reader):
    assert as_somebody(picture_desk).get(PAGE).status_code == 403
    assert as_somebody(picture_desk).post("/admin/desk/notices/mail/", {"mail": "off"}).status_code == 403
    assert as_somebody(reader).get(PAGE).status_code == 302
    assert "notices-count" not in as_somebody(picture_desk).get("/admin/").content.decode()


def test_mail_is_switched_off_and_on_again(reporter):
    client = as_somebody(reporter)
    client.post("/admin/desk/notices/mail/", {"mail": "off"})
    client.post("/admin/desk/notices/mail/", {"mail": "off"})
    assert NoMail.objects.get().person == reporter
    assert "Notices do not come by mail." in client.get(PAGE).content.decode()
    client.post("/admin/desk/notices/mail/", {"mail": "on"})
    assert not NoMail.objects.exists()
