"""The commands that a timer or an auditor runs say what they did in sentences, and end with the right number."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import workflow
from articles.workflow import verifying
from tests.builders import make_archived, make_article, make_published
from tests.workflow.test_record import tamper

pytestmark = pytest.mark.django_db


def run(name):
    out, err = StringIO(), StringIO()
    call_command(name, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def spoil(edition):
    """Change the text of an edition behind the triggers' back."""
    tamper(
        "UPDATE articles_edition SET headline = 'x' WHERE id = %s", edition.pk,
        trigger="articles_edition_text_stands", table="articles_edition",
    )  # fmt: skip


def test_release_due_says_what_it_announced_and_then_that_nothing_was_due(editor, time_machine):
    article = make_article(editor, headline="Ferry resumes")
    due = timezone.now() + timedelta(hours=1)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    assert run("release_due")[0] == "Nothing was due.\n"
    time_machine.move_to(due + timedelta(seconds=1))
    said = run("release_due")[0]
    assert f"Announced story {article.pk}, edition 1" in said
    assert "Ferry resumes" in said
    assert run("release_due")[0] == "Nothing was due.\n"


def test_verify_archive_counts_what_fits(editor):
    make_published(editor)
    make_archived(date(2014, 8, 28))
    out, err = run("verify_archive")
    assert out == "The record fits: 2 editions and 3 events, every hash and every chain.\n"
    assert "5 of 5 rows" in err


def test_verify_archive_names_the_first_row_that_does_not_fit(editor):
    first, second = sorted((make_published(editor), make_published(editor)), key=lambda one: one.story_id)
    spoil(first)
    with pytest.raises(CommandError) as caught:
        run("verify_archive")
    assert str(caught.value).startswith(
        f"Edition 1 of story {first.story_id} (row {first.pk}): its text is not"
    )
    assert "more" not in str(caught.value)
    _spoil_again(second)
    with pytest.raises(CommandError, match="1 more row does not fit"):
        run("verify_archive")


def _spoil_again(edition):
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS articles_edition_text_stands")
        cursor.execute("UPDATE articles_edition SET headline = 'y' WHERE id = %s", [edition.pk])


def test_verify_archive_stopped_by_ctrl_c_says_so_in_a_sentence(editor, monkeypatch):
    make_published(editor)

    def interrupted(*, step):
        raise KeyboardInterrupt

    monkeypatch.setattr(verifying, "problems", interrupted)
    with pytest.raises(CommandError, match="Stopped before the end"):
        run("verify_archive")
