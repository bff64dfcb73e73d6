"""Related stories are worked out from the record, in bounded work, and never show what readers may not see."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import workflow
from articles.index import keep_related, nearness, relate_anew
from articles.models import Article, Edition, Related, RelatedDue
from articles.workflow import announcing
from tests.builders import make_archived, make_article, make_contents, make_published, make_tag

pytestmark = pytest.mark.django_db


def token_of(edition):
    return Article.objects.get(pk=edition.story_id).token


def related(edition):
    rows = Related.objects.filter(story=edition.story_id).order_by("rank")
    return list(rows.values_list("other", flat=True))


def shown(client, edition):
    return [
        int(one["story_id"])
        for one in client.get(f"/story/{edition.story_id}.json", follow=True).json()["related"]
    ]


def test_rare_tag_counts_more_than_a_common_one_and_time_decides_between_equals(client):
    for n in range(12):
        make_archived(date(2001, 1, 1 + n), headline=f"Budget {n} debated", tags=("politics",))
    rare = make_archived(date(2003, 1, 1), headline="Quay rebuilt", tags=("politics", "old quay"))
    near = make_archived(date(2014, 8, 20), headline="Ferry fares", tags=("politics",), bylines=["Ann Lee"])
    story = make_archived(date(2014, 8, 28), headline="Harbour opens", tags=("politics", "old quay"))
    keep_related()
    assert related(story)[:2] == [rare.story_id, near.story_id]
    assert shown(client, story)[:2] == [rare.story_id, near.story_id]
    assert story.story_id in related(rare)


def test_words_of_headlines_relate_stories_without_tags_and_common_words_do_not():
    first = make_archived(date(2014, 8, 1), headline="Lighthouse keeper retires", bylines=["A B"])
    second = make_archived(date(2014, 8, 2), headline="Lighthouse sold", bylines=["C D"])
    other = make_archived(date(2014, 8, 3), headline="Rain in the hills", bylines=["E F"])
    keep_related()
    assert related(first) == [second.story_id]
    assert related(other) == []


def test_killed_story_vanishes_at_once_and_its_place_is_taken(client, editor):
    make_tag("quay")
    stories = [make_published(editor, tags=("quay",)) for _ in range(8)]
    keep_related()
    first, *_ = stories
    before = shown(client, first)
    assert len(before) == 5
    gone = Edition.objects.get(story=before[0], number=1)
    workflow.kill(by=editor, story_id=gone.story_id, token=token_of(gone), reason="made up")
    assert gone.story_id not in shown(client, first)
    assert len(shown(client, first)) == 5
    keep_related()
    assert not Related.objects.filter(other=gone.story_id).exists()
    assert related(gone) == []


def test_hidden_stories_take_no_place_and_a_scheduled_one_enters_when_it_begins(client, editor, time_machine):
    make_tag("quay")
    story = make_published(editor, tags=("quay",))
    make_article(editor, tags=("quay",))
    due = make_article(editor, tags=("quay",))
    at = timezone.now() + timedelta(hours=1)
    workflow.publish(by=editor, story_id=due.pk, token=due.token, at=at)
    keep_related()
    assert related(story) == []
    assert not Related.objects.filter(story=due.pk).exists()
    time_machine.move_to(at + timedelta(seconds=1), tick=False)
    keep_related()
    assert related(story) == [due.pk]
    assert shown(client, story) == [due.pk]


def test_refiling_moves_a_story_between_the_lists_of_others(editor):
    for name in ("quay", "salt"):
        make_tag(name)
    first, second = (
        make_published(editor, tags=("quay",)),
        make_published(editor, tags=("salt",), bylines=["Ann Lee"]),
    )
    moved = make_published(editor, tags=("quay",), bylines=["Bo Li"], headline="Unlike any")
    keep_related()
    assert moved.story_id in related(first)
    assert moved.story_id not in related(second)
    article = Article.objects.get(pk=moved.story_id)
    contents = make_contents(headline="Unlike any", tags=("salt",), bylines=["Bo Li"])
    workflow.save(by=editor, story_id=article.pk, token=article.token, contents=contents)
    keep_related()
    assert moved.story_id in related(second)
    assert moved.story_id not in related(first)


def test_translation_is_no_related_story(chief):
    english = make_archived(headline="Ferry resumes", tags=("quay",))
    arabic = make_archived(headline="العبارة", language="ar", tags=("quay",))
    workflow.link_translation(
        by=chief, story_id=arabic.story_id, original=english.story_id, token=str(arabic.story_id)
    )
    keep_related()
    assert related(english) == related(arabic) == []


def test_work_for_one_story_does_not_grow_with_the_archive(django_assert_max_num_queries):
    for n in range(60):
        make_archived(date(2014, 1, 1 + n % 28), headline=f"Ferry story {n}", tags=("quay", "ferry"))
    edition = Edition.objects.at().first()
    with django_assert_max_num_queries(40):
        assert len(nearness.nearest(edition)) == 12


def test_what_is_left_is_done_later_and_twice_does_it_once():
    stories = [make_archived(headline=f"Ferry {n}", tags=("quay",)) for n in range(3)]
    assert keep_related(most=0) == 0
    assert RelatedDue.objects.count() == 3
    assert keep_related() == 3
    assert keep_related() == 0
    before = [related(one) for one in stories]
    Related.objects.all().delete()
    assert relate_anew() == 3
    call_command("relate_stories")
    assert [related(one) for one in stories] == before


def test_pages_whose_related_stories_changed_are_announced_and_no_others(django_capture_on_commit_callbacks):
    def announced():
        heard = set()

        def hear(keys, **_):
            heard.update(keys)

        announcing.pages_changed.connect(hear)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("relate_stories", stdout=StringIO())
        announcing.pages_changed.disconnect(hear)
        return heard

    first = make_archived(date(2014, 8, 1), headline="Quay rebuilt", tags=("old quay",))
    make_archived(date(2014, 8, 2), headline="Budget debated", tags=("budget",), bylines=["Ann Lee"])
    assert announced() == set()
    second = make_archived(date(2014, 8, 3), headline="Harbour opens", tags=("old quay",))
    relate_anew()
    assert announced() == {f"story-{one.story_id}" for one in (first, second)}
    relate_anew()
    assert announced() == set()
