"""The record cannot be changed: the database refuses, and what gets past it is found."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from articles import workflow
from articles.models import Edition, Event
from articles.models.search_index import IndexedEdition
from articles.workflow import verifying
from tests.builders import make_archived, make_published

pytestmark = pytest.mark.django_db


def refused(statement):
    with pytest.raises(IntegrityError), transaction.atomic():
        statement()


def tamper(sql, *values, trigger, table):
    """Change a row behind the triggers' back, as somebody with the database file could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {trigger}")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        cursor.execute(sql, values)


def test_text_of_an_edition_cannot_be_changed(editor):
    edition = make_published(editor)
    refused(lambda: Edition.objects.filter(pk=edition.pk).update(headline="Other words"))
    refused(lambda: Edition.objects.filter(pk=edition.pk).delete())


def test_events_cannot_be_changed_or_deleted(editor):
    make_published(editor)
    refused(lambda: Event.objects.update(verb="other"))
    refused(lambda: Event.objects.all().delete())


def test_numbers_of_editions_do_not_skip(editor):
    edition = make_published(editor)
    edition.pk, edition.number, edition.previous_digest = None, 3, "x"
    refused(lambda: edition.save(force_insert=True))


def test_only_one_edition_of_a_story_is_open(editor):
    edition = make_published(editor)
    edition.pk, edition.number, edition.previous_digest = None, 2, "x"
    refused(lambda: edition.save(force_insert=True))


def test_untouched_record_verifies(editor):
    make_published(editor)
    make_archived(date(2014, 8, 28))
    assert list(verifying.problems()) == []


def test_changed_text_is_found_and_named(editor):
    edition = make_published(editor)
    tamper(
        "UPDATE articles_edition SET headline = 'x' WHERE id = %s",
        edition.pk,
        trigger="articles_edition_text_stands",
        table="articles_edition",
    )
    first = next(verifying.problems())
    assert f"story {edition.story_id} (row {edition.pk})" in first


def test_deleted_event_is_found(editor):
    make_published(editor)
    make_published(editor)
    tamper(
        "DELETE FROM articles_event WHERE sequence = 2",
        trigger="articles_event_not_deleted",
        table="articles_event",
    )
    assert "event 2 should come here" in next(verifying.problems())


def test_events_cut_off_at_the_end_are_found(editor):
    edition = make_published(editor)
    workflow.kill(
        by=editor,
        story_id=edition.story_id,
        token=str(edition.story.article.version),
        reason="It was made up.",
    )
    tamper(
        "DELETE FROM articles_event WHERE verb = 'kill'",
        trigger="articles_event_not_deleted",
        table="articles_event",
    )
    assert any("The last are missing" in problem for problem in verifying.problems())


def test_deleted_edition_is_found(editor):
    edition = make_published(editor)
    IndexedEdition.objects.filter(edition=edition).delete()
    for rows in (edition.byline_rows, edition.words, edition.links):
        rows.all().delete()
    tamper(
        "DELETE FROM articles_edition WHERE id = %s",
        edition.pk,
        trigger="articles_edition_not_deleted",
        table="articles_edition",
    )
    assert any("the edition is gone" in problem for problem in verifying.problems())
