"""What is counted in columns, and kept, is what is counted anew; what is looked for among the newest is what is found among all."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.index import Order, ask, counted, disk, embedded, facets, find, keep_index, postgres, reindex
from articles.index.engines import current
from articles.index.reader import PlainReader
from articles.index.resolving import resolved
from articles.models import Article
from tests.builders import make_archived, make_article, make_contents, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive():
    """Make stories of ten years with up to nine tags and four people each, some in one second, and their index."""
    for number in range(24):
        make_archived(
            date(2010 + number % 10, 1 + number % 12, 3) if number % 6 else None,
            headline="Ferry" if number % 3 else "Quay ferry",
            body=f"<p>The quay {'ferry' * (number % 2)}.</p>",
            tags=[f"Tag {one}" for one in range(number % 10)],
            bylines=[f"Person {'abcd'[one]}" for one in range(number % 5)],
        )
    assert reindex()


def meant(text):
    return resolved(ask(text).whole, {})[1]


def same_counts(text):
    asked = meant(text)
    engine, judge = current().counts(asked, moment=None), PlainReader().counts(asked, moment=None)
    for name in judge.__dataclass_fields__:
        assert getattr(engine, name) == getattr(judge, name), name


def test_tags_and_people_beyond_the_columns_are_counted(archive):
    same_counts("ferry")
    same_counts("quay -tag")


def test_tags_that_a_column_does_not_tell_of_are_counted(archive, monkeypatch):
    for name in ("tag1", "person1"):
        monkeypatch.setitem(counted._ASKED, name, counted._terms(name, 1))
    monkeypatch.setattr(counted, "_kept", type(counted._kept)())
    same_counts("ferry")


@pytest.mark.parametrize("order", Order)
def test_first_hits_are_found_in_a_few_eras_as_among_all(archive, monkeypatch, order):
    monkeypatch.setattr(embedded, "MUCH", 0)
    monkeypatch.setattr(disk, "A_LOOK", 1)
    asked = meant("quay OR ferry")
    right = PlainReader().hits(asked, moment=None, order=order, after=None, most=100)
    assert len(right) == 24
    for most in (1, 2, 5):
        walked, after = [], None
        while hits := current().hits(asked, moment=None, order=order, after=after, most=most):
            walked += hits
            after = hits[-1].place(order)
        assert [hit.edition_id for hit in walked] == [hit.edition_id for hit in right]


def test_what_was_counted_is_not_counted_again(archive, monkeypatch):
    first = facets(ask("ferry"))
    assert find(ask("ferry")).total == first.total
    monkeypatch.setattr(counted, "_ASKED", {})
    monkeypatch.setattr(postgres.Postgres, "_each", None)
    assert facets(ask("ferry")) == first
    assert find(ask("ferry")).total == first.total


def test_what_was_counted_ends_when_a_planned_story_comes_out(editor, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    make_archived(headline="Ferry sold")
    article = make_article(editor, headline="Ferry bought")
    later = timezone.now() + timedelta(hours=2)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=later)
    assert reindex()
    for stories, hours in ((1, 0), (1, 1), (2, 1), (2, 1)):
        time_machine.shift(timedelta(hours=hours))
        for _ in range(2):
            assert facets(ask("ferry")).total == find(ask("ferry")).total == stories


def test_what_was_counted_goes_with_what_changes_and_stays_with_what_is_new(archive, editor, monkeypatch):
    old = make_published(editor, headline="Ferry sold")
    assert reindex()
    made = []
    keep = counted.keep
    monkeypatch.setattr(counted, "keep", lambda key, *rest: made.append(key) or keep(key, *rest))

    def holds(stories):
        same_counts("ferry")
        assert current().total(meant("ferry"), moment=None) == stories

    holds(25)
    assert len(made) == 2
    new = make_published(editor, headline="Ferry bought", tags=["Tag 3"], bylines=["Person a"])
    holds(26)
    corrected(new, editor, headline="Ferry lent", tags=["Tag 4"], bylines=["Person b"])
    holds(26)
    assert len(made) == 2
    corrected(old, editor, headline="Trams", body="<p>Trams.</p>")
    holds(25)
    assert len(made) == 4
    withdrawn(new, editor)
    holds(24)
    assert len(made) == 4
    keep_index()
    holds(24)


def corrected(edition, editor, **contents):
    story = Article.objects.get(pk=edition.story_id)
    workflow.save(by=editor, story_id=story.pk, token=story.token, contents=make_contents(**contents))
    story.refresh_from_db()
    workflow.update(by=editor, story_id=story.pk, token=story.token)


def withdrawn(edition, editor):
    story = Article.objects.get(pk=edition.story_id)
    workflow.kill(by=editor, story_id=story.pk, token=story.token, reason="Untrue", notice="Gone.")
