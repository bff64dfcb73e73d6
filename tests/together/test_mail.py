"""Notices by mail: one mail a person and run, nothing of an embargoed story, and what happens when mail fails."""

import fcntl
from datetime import timedelta
from io import StringIO
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from articles import workflow
from articles.models import Article, Notice
from articles.together.mail import send_due
from articles.workflow import noticing
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(reporter, editor, chief):
    for one in (reporter, editor, chief):
        one.email = f"{one.username}@paper.example"
        one.save()


@pytest.fixture
def article(reporter, cast):
    return builders.make_article(reporter)


class Refusing(EmailBackend):
    """A mail server that knows no address of the reporter's."""

    def send_messages(self, messages):
        for one in messages:
            if "reporter@paper.example" in one.to:
                raise SMTPRecipientsRefused({"reporter@paper.example": (550, b"No such mailbox")})
        return super().send_messages(messages)


class Killed(BaseException):
    """The process ends here: no code behind it runs."""


class KilledBehind(EmailBackend):
    """Hands the mail on, and is killed before it can say so."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise Killed


class KilledBefore(EmailBackend):
    """Is killed before the mail is handed on."""

    def send_messages(self, messages):
        raise Killed


def note(by, article, text):
    return workflow.add_note(by=by, story_id=article.pk, text=text)


def send():
    said = StringIO()
    call_command("send_notices", stdout=said)
    return said.getvalue().strip()


def test_each_person_gets_one_mail_with_all_of_theirs(article, reporter, editor, chief, settings):
    settings.SITE_URL = "https://desk.example"
    note(editor, article, "@reporter Who says so?\nAnd why?")
    note(chief, article, "@reporter @editor Hurry.")
    assert send() == "3 notices went to 2 people by mail."
    written = {one.to[0]: one for one in mail.outbox}
    assert set(written) == {"reporter@paper.example", "editor@paper.example"}
    body = written["reporter@paper.example"].body
    assert "“@reporter Who says so? And why?”" in body
    assert "chief mentioned you in a note on “" in body
    assert f"https://desk.example/admin/articles/article/{article.pk}/change/" in body
    assert "https://desk.example/admin/desk/notices/" in body
    assert written["reporter@paper.example"].subject == "The Newsroom desk: 2 notices for you"
    assert send() == "No notices wait to be mailed."
    assert len(mail.outbox) == 2


def test_what_was_seen_at_the_desk_is_not_mailed(article, reporter, editor):
    note(editor, article, "@reporter Who says so?")
    workflow.see(by=reporter)
    assert send() == "No notices wait to be mailed."


def test_embargoed_story_is_named_by_its_slug_and_nothing_else(article, reporter, editor, chief):
    note(editor, article, "@reporter The minister resigns")
    workflow.hand_over(
        by=editor, story_id=article.pk, token=article.token, to_person=chief.pk, note="The minister resigns"
    )
    Article.objects.update(
        headline="The minister resigns", slug="harbour-ap", embargo_until=timezone.now() + timedelta(hours=1)
    )
    assert send() == "2 notices went to 2 people by mail."
    for one in mail.outbox:
        everything = one.subject + one.body
        assert "“harbour-ap”: " in everything
        assert "minister" not in everything


def test_embargo_that_came_later_hides_a_slug_made_from_the_headline(article, reporter, editor):
    Article.objects.update(headline="The minister resigns", slug="")
    note(editor, article, "@reporter Look")
    assert "minister" in Notice.objects.get().text
    Article.objects.update(embargo_until=timezone.now() + timedelta(hours=1))
    send()
    assert "minister" not in mail.outbox[0].body
    assert f"story {article.pk}: mentioned." in mail.outbox[0].body


def test_failing_address_stops_nobody_else_and_is_tried_again(article, reporter, editor, chief, settings):
    note(chief, article, "@reporter and @editor")
    settings.EMAIL_BACKEND = "tests.together.test_mail.Refusing"
    assert send() == (
        "1 notice went to 1 person by mail. 1 person could not be written to; the log says why, and the next run "
        "tries again."
    )
    assert [one.to for one in mail.outbox] == [["editor@paper.example"]]
    assert Notice.objects.get(person=reporter).mailed_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send()
    assert [one.to for one in mail.outbox] == [["editor@paper.example"], ["reporter@paper.example"]]


def test_run_that_was_stopped_is_ended_by_the_next(article, reporter, editor, chief):
    note(chief, article, "@reporter and @editor")
    stops = iter([False, True])
    assert send_due(is_stopped=lambda: next(stops)).people == 1
    assert send_due().people == 1
    assert len({one.to[0] for one in mail.outbox}) == 2


def test_run_killed_behind_a_mail_sends_nothing_twice_and_the_next_goes_on(
    article, reporter, editor, chief, settings
):
    note(chief, article, "@reporter and @editor")
    settings.EMAIL_BACKEND = "tests.together.test_mail.KilledBehind"
    with pytest.raises(Killed):
        send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due().people == 1
    assert sorted(one.to[0] for one in mail.outbox) == ["editor@paper.example", "reporter@paper.example"]


def test_run_killed_before_a_mail_leaves_its_notices_to_the_desk(article, reporter, editor, settings):
    note(editor, article, "@reporter Who says so?")
    settings.EMAIL_BACKEND = "tests.together.test_mail.KilledBefore"
    with pytest.raises(Killed):
        send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send() == "No notices wait to be mailed."
    assert workflow.unseen(reporter) == 1


def test_notice_that_another_machine_claimed_is_not_mailed_again(article, reporter, editor):
    note(editor, article, "@reporter Who says so?")
    listed = list(noticing.to_be_mailed(timezone.now()))
    assert send() == "1 notice went to 1 person by mail."
    assert noticing.claim(listed)[1] == []


def test_two_runs_at_once_write_once(article, editor, settings):
    note(editor, article, "@reporter Who says so?")
    with open(settings.VAR_DIR / "send_notices.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert send() == "Another run is sending; nothing was left to do here."
    assert mail.outbox == []


def test_who_wants_no_mail_or_has_no_address_gets_none(article, reporter, editor, chief):
    noticing.want_no_mail(by=reporter)
    editor.email = ""
    editor.save()
    note(chief, article, "@reporter and @editor")
    assert send() == "No notices wait to be mailed."
    noticing.want_mail(by=reporter)
    assert send() == "No notices wait to be mailed.", "mail begins with what comes from now on"
    note(chief, article, "@reporter again")
    assert send() == "1 notice went to 1 person by mail."


def test_who_may_no_longer_know_of_the_story_is_not_written_to(article, reporter, editor):
    note(editor, article, "@reporter Who says so?")
    Article.objects.update(writer=None, desk=builders.make_desk("Sport"))
    assert send() == "No notices wait to be mailed."
    assert mail.outbox == []


def test_old_notices_are_not_mailed(article, editor):
    note(editor, article, "@reporter Who says so?")
    Notice.objects.update(made_at=timezone.now() - timedelta(days=4))
    assert send() == "No notices wait to be mailed."


def test_timer_that_releases_mails_too(article, editor):
    note(editor, article, "@reporter Who says so?")
    said = StringIO()
    call_command("release_due", stdout=said)
    assert "1 notice went to 1 person by mail." in said.getvalue()


def test_hostile_words_stay_in_the_body(article, editor):
    note(editor, article, "@reporter {{ 7 }}\r\nBcc: all@paper.example\r\n\r\n<b>")
    send()
    (one,) = mail.outbox
    assert one.recipients() == ["reporter@paper.example"]
    assert "“@reporter {{ 7 }} Bcc: all@paper.example <b>”" in one.body
