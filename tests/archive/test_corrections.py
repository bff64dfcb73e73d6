"""Corrections: every one of a public story, every withdrawal, nothing of a killed story but its number."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article
from tests.builders import make_published

pytestmark = pytest.mark.django_db


def token_of(edition):
    return Article.objects.get(pk=edition.story_id).token


def reword(edition):
    Article.objects.filter(pk=edition.story_id).update(headline="In other words")


def corrections(client, query=""):
    response = client.get(f"/corrections/{query}")
    assert response.status_code == 200
    return response.content.decode().partition("</head>")[2]


def test_paper_without_corrections_says_what_would_be_here(client):
    assert "No correction has been made." in corrections(client)


def test_corrections_and_withdrawals_stand_newest_first(client, editor):
    kept, killed = (
        make_published(editor, headline="Kept story"),
        make_published(editor, headline="Killed story"),
    )
    workflow.correct(
        by=editor, story_id=killed.story_id, token=token_of(killed), note="A name in the killed one."
    )
    workflow.correct(by=editor, story_id=kept.story_id, token=token_of(kept), note="It was <the> new quay.")
    workflow.kill(
        by=editor,
        story_id=killed.story_id,
        token=token_of(killed),
        reason="invented",
        notice="Not confirmed.",
    )
    text = corrections(client)
    assert text.index("Not confirmed.") < text.index("It was &lt;the&gt; new quay.")
    assert f"Story {killed.story_id}" in text
    assert kept.get_absolute_url() in text
    for hidden in ("Killed story", "A name in the killed one.", "invented"):
        assert hidden not in text


def test_correction_of_a_suppressed_version_is_not_shown(client, editor, chief):
    first = make_published(editor)
    workflow.correct(by=editor, story_id=first.story_id, token=token_of(first), note="Names the minor.")
    reword(first)
    workflow.update(by=editor, story_id=first.story_id, token=token_of(first))
    workflow.suppress(by=chief, story_id=first.story_id, number=2, reason="order")
    assert "Names the minor." not in corrections(client)
    assert "Names the minor." not in client.get(first.get_absolute_url()).content.decode()
    history = client.get(f"{first.get_absolute_url()}editions/").content.decode()
    assert "Names the minor." not in history


def test_corrections_page_by_key(client, editor):
    first = make_published(editor)
    for n in range(23):
        workflow.correct(by=editor, story_id=first.story_id, token=token_of(first), note=f"Note {n:02}.")
    text = corrections(client)
    assert text.count("Note ") == 20
    start = text.index("/corrections/?after=")
    rest = corrections(client, text[start + 13 : text.index('"', start)])
    assert [f"Note {n:02}." in rest for n in range(23)] == [True] * 3 + [False] * 20


def test_scheduled_version_leaves_no_trace(client, editor):
    first = make_published(editor)
    before = client.get("/corrections/").content
    reword(first)
    workflow.update(
        by=editor, story_id=first.story_id, token=token_of(first), at=timezone.now() + timedelta(hours=1)
    )
    assert client.get("/corrections/").content == before
