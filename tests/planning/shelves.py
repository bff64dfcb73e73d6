"""Fills every shelf of the desk's first screen, and counts what a page costs from the session on."""

import uuid
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, HandOver, Link, Sitting
from articles.workflow import checking_links
from articles.workflow.planning import plan
from tests import builders

# An index that holds only the stories somebody holds at this moment.
PARTIAL = "one_sitting_holds_a_story"
# The newest so many rows, read by their own key and no further.
NEWEST = '"media_picture" U0'
DESK = reverse("admin:index")


def token(article):
    return Article.objects.get(pk=article.pk).token


def fill(count, *, reporter, editor):
    """So many stories on each shelf: drafts, filed, handed over, due, scheduled, embargoed, in trouble, held, published."""
    soon = timezone.now() + timedelta(hours=5)
    for number in range(count):
        article = builders.make_article(reporter, headline=f"Draft {number}")
        plan(by=reporter, story_id=article.pk, token=token(article), due_at=soon + timedelta(minutes=number))
        article = builders.make_article(reporter, headline=f"Filed {number}")
        workflow.file(by=reporter, story_id=article.pk, token=token(article))
        hand(article, to_person=editor, by=reporter)
        article = builders.make_article(reporter, headline=f"Sent on {number}")
        hand(article, to_person=reporter, by=editor)
        article = builders.make_article(reporter, headline=f"Scheduled {number}")
        workflow.publish(by=editor, story_id=article.pk, token=token(article), at=soon)
        embargo = soon + timedelta(days=2)
        builders.make_article(reporter, headline=f"Embargoed {number}", embargo_until=embargo)
        bare = builders.make_picture(caption=None, credit="", rights_class="unknown")
        article = builders.make_article(reporter, headline=f"Troubled {number}", pictures=[bare])
        workflow.file(by=reporter, story_id=article.pk, token=token(article))
        article = builders.make_article(reporter, headline=f"Held {number}")
        leave_open(article, by=reporter)
        builders.make_published(editor, headline=f"Out {number}")
        publish_with_a_dead_link(number, by=editor)
        article = builders.make_article(reporter, headline=f"Linking {number}", body=dead_link(number))
        workflow.file(by=reporter, story_id=article.pk, token=token(article))
    look_at_links()


def dead_link(number):
    return f'<p><a href="https://gone.example/{number}">There</a></p>'


def publish_with_a_dead_link(number, *, by):
    builders.make_published(by, headline=f"Linked {number}", body=dead_link(number))


def look_at_links():
    """Read the links of all that is there; every foreign page is known to be gone."""
    while checking_links.read_due(timezone.now() + timedelta(minutes=6)):
        pass
    Link.objects.exclude(host="").update(is_dead=True, why="gone.example is not known by that name.")


def hand(article, *, by, note="Please read.", **to):
    return HandOver.objects.create(story_id=article.pk, by=by, note=note, revision=1, **to)


def leave_open(article, *, by):
    long_ago = timezone.now() - timedelta(hours=2)
    Sitting.objects.create(
        page=uuid.uuid4(),
        story_id=article.pk,
        by=by,
        seen_at=long_ago,
        wrote_at=long_ago,
        held_since=long_ago,
    )


def logged_in(person):
    """A browser whose person came in through the login page."""
    browser = Client()
    typed = {"username": person.get_username(), "password": "a long pass-phrase"}
    assert browser.post(reverse("admin:login"), typed).status_code == 302
    return browser


def cost(browser, address):
    """The queries of one request, from the session on."""
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return [one["sql"] for one in asked]


def whole_scans(queries):
    """What SQLite would read from end to end of copy, editions or events to answer these queries.

    Nothing on PostgreSQL, whose planner reads a table of a few rows from end to end whatever indexes there are.
    """
    if connection.vendor != "sqlite":
        return []
    found = []
    for sql in queries:
        if not sql.startswith("SELECT") or NEWEST in sql:
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            steps = [row[3] for row in cursor.fetchall()]
        big = (
            "articles_article",
            "articles_edition",
            "articles_event",
            "articles_revision",
            "articles_handover",
            "articles_link",
            "articles_linkuse",
            "articles_copyword",
            "articles_editionword",
        )
        found += [
            (step, sql)
            for step in steps
            if step.startswith("SCAN ")
            and step.split()[1] in (*big, "U0", "U1", "V0")
            and "USING" not in step
        ]
    return found
