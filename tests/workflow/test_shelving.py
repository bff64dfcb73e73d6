"""The counts of the shelves: after any run of verbs they are what one would count by hand, never early, and fall with a kill."""

import random
from collections import Counter
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from articles import workflow
from articles.models import Article, BulkAct, Contributor, Dating, Edition, Tag
from articles.models.shelf_count import ShelfCount, ShelfKind, ShelfPair, ShelvedStory, day_of, month_of
from articles.workflow.copy import contents_of
from articles.workflow.merging_names import merge_contributors, unmerge_contributors
from tests.builders import make_archived, make_article, make_published, make_section, make_tag

pytestmark = pytest.mark.django_db


def token(story_id):
    return Article.objects.get(pk=story_id).token


def by_hand():
    """Every count and every pair, from nothing but the editions that are public."""
    counts, pairs = Counter(), Counter()
    for edition in Edition.objects.at():
        tags = {row.tag_id for row in edition.tag_rows.all()}
        people = {row.contributor_id for row in edition.byline_rows.all()}
        section = [("s", edition.section_id)] if edition.section_id else []
        own = section + [("t", tag) for tag in tags] + [("p", person) for person in people]
        on = edition.published_on
        for shelf in [("a", 0), *own]:
            counts[(*shelf, 0)] += 1
            for period in (on.year, month_of(on)) if on else (1,):
                counts[(*shelf, period)] += 1
        if on:
            counts["a", 0, day_of(on)] += 1
        for shelf in own:
            pairs.update((*shelf, "t", tag) for tag in tags if shelf != ("t", tag))
            if shelf[0] == "p":
                pairs.update((*shelf, *one) for one in section)
    return counts, pairs


def kept():
    counts = ShelfCount.objects.filter(stories__gt=0).values_list("kind", "shelf", "period", "stories")
    pairs = ShelfPair.objects.filter(stories__gt=0).values_list(
        "kind", "shelf", "other_kind", "other", "stories"
    )
    return Counter({row[:3]: row[3] for row in counts}), Counter({row[:4]: row[4] for row in pairs})


TAGS, PEOPLE, SECTIONS = ("ferries", "harbour", "salt"), ("Nadia Farouk", "Leila Haddad"), ("World", "City")


def filed(chance):
    return {
        "tags": tuple(chance.sample(TAGS, chance.randint(0, 3))),
        "bylines": chance.sample(PEOPLE, chance.randint(1, 2)),
        "section": chance.choice(SECTIONS),
    }


def some_day(chance):
    return date(2016, 1, 1) + timedelta(days=chance.randint(0, 400))


def act(chance, editor, chief):
    """One verb on something that is there, whichever chance draws."""
    live = list(Edition.objects.at().values_list("story_id", flat=True))
    desk = list(Article.objects.filter(state="published", pk__in=live).values_list("pk", flat=True))
    drawn = chance.choice(
        (
            "publish",
            "schedule",
            "archive",
            "redate",
            "refile",
            "update",
            "kill",
            "suppress",
            "merge",
            "unmerge",
        )
    )
    if drawn == "publish":
        make_published(editor, **filed(chance))
    elif drawn == "schedule":
        article = make_article(editor, **filed(chance))
        at = timezone.now() + timedelta(hours=chance.randint(1, 9))
        workflow.publish(by=editor, story_id=article.pk, token=article.token, at=at)
    elif drawn == "archive":
        make_archived(some_day(chance) if chance.random() < 0.7 else None, **filed(chance))
    elif drawn == "redate" and live:
        dating = Dating.stated_on(some_day(chance)) if chance.random() < 0.6 else Dating()
        workflow.redate(story_id=chance.choice(live), dating=dating)
    elif drawn in ("refile", "update") and desk:
        story_id = chance.choice(desk)
        changed = contents_of(Article.objects.get(pk=story_id)).changed(tags=filed(chance)["tags"])
        if drawn == "update":
            changed = changed.changed(
                headline=f"Anew {chance.random()}", section=chance.choice(("world", "city"))
            )
        workflow.save(by=editor, story_id=story_id, token=token(story_id), contents=changed)
        if drawn == "update" and not Edition.objects.waiting().filter(story_id=story_id).exists():
            workflow.update(by=editor, story_id=story_id, token=token(story_id))
    elif drawn == "kill" and desk:
        story_id = chance.choice(desk)
        workflow.kill(by=editor, story_id=story_id, token=token(story_id), reason="x")
    elif drawn == "suppress" and live and chance.random() < 0.5:
        edition = Edition.objects.at().get(story_id=chance.choice(live))
        workflow.suppress(by=chief, story_id=edition.story_id, number=edition.number, reason="A court.")
    elif drawn in ("merge", "unmerge"):
        merge(drawn, editor)


def merge(drawn, editor):
    one, into = Tag.objects.get(name="salt"), Tag.objects.get(name="harbour")
    person, other = (Contributor.objects.get(name=name) for name in PEOPLE)
    if drawn == "merge" and one.alias_of_id is None:
        workflow.merge_tags(by=editor, tag=one, into=into)
        merge_contributors(by=editor, contributor=person, into=other)
    elif drawn == "unmerge" and one.alias_of_id:
        tags, people = (
            BulkAct.objects.filter(verb=verb, undone_at=None).first()
            for verb in ("merge_tags", "merge_contributors")
        )
        workflow.unmerge_tags(by=editor, act=tags)
        unmerge_contributors(by=editor, act=people)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.deep
def test_counts_are_those_by_hand_after_any_run_of_verbs(seed, editor, chief, time_machine, long_series):
    chance = random.Random(seed)
    for name in TAGS:
        make_tag(name)
    for name in SECTIONS:
        make_section(name)
    make_archived(bylines=PEOPLE, tags=TAGS)
    time_machine.move_to(timezone.now(), tick=True)
    for step in range(200 if long_series else 22):
        act(chance, editor, chief)
        if step % 7 == 6:
            time_machine.shift(timedelta(hours=3))
            workflow.release_due()
        counts, pairs = kept()
        assert (counts, pairs) == by_hand(), f"after step {step}"
    found = kept()
    workflow.recount_all()
    assert kept() == found


def total(kind=ShelfKind.SITE, shelf=0):
    return dict(ShelfCount.objects.totals(kind).filter(shelf=shelf).values_list("shelf", "stories")).get(
        shelf, 0
    )


def test_kill_takes_a_story_off_every_count_at_once(editor):
    tag = make_tag("ferries")
    edition = make_published(editor, tags=("ferries",))
    assert (total(), total(ShelfKind.TAG, tag.pk)) == (1, 1)
    workflow.kill(by=editor, story_id=edition.story_id, token=token(edition.story_id), reason="x")
    assert (total(), total(ShelfKind.TAG, tag.pk)) == (0, 0)


def test_embargo_is_counted_late_and_never_early(editor, time_machine):
    article = make_article(editor)
    due = timezone.now() + timedelta(hours=2)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    workflow.release_due()
    assert total() == 0
    time_machine.move_to(due, tick=False)
    assert total() == 0
    workflow.release_due()
    workflow.release_due()
    assert total() == 1


def test_what_was_there_before_shelves_were_counted_is_counted_by_the_migration(editor):
    for name in TAGS:
        make_tag(name)
    make_archived(tags=TAGS, bylines=PEOPLE)
    make_archived(None, tags=TAGS[:2], live_from=timezone.now() - timedelta(days=1))
    article = make_article(editor)
    due = timezone.now() + timedelta(hours=2)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    held, waiting = kept(), list(ShelvedStory.objects.filter(due_at=due).values_list("pk", flat=True))
    migration = import_module("articles.migrations.0020_what_was_on_the_shelves")
    migration.empty(apps, None)
    assert kept() == (Counter(), Counter())
    migration.fill(apps, None)
    assert (kept(), list(ShelvedStory.objects.filter(due_at=due).values_list("pk", flat=True))) == (
        held,
        waiting,
    )
    bounds = Dating(earliest=date(2016, 10, 1), latest=date(2017, 3, 31), reason="x")
    edition = make_archived(dating=bounds, live_from=timezone.now() - timedelta(days=1), tags=TAGS)
    migration.list_by_the_first(apps, None)
    edition.refresh_from_db()
    assert edition.listed_at.microsecond == 0
    migration.list_by_both_bounds(apps, None)
    edition.refresh_from_db()
    assert {edition.listed_at, *edition.tag_rows.values_list("listed_at", flat=True)} == {bounds.listed_at}


def test_years_of_what_was_counted_by_month_are_counted_by_the_migration():
    for day in (date(2015, 3, 2), date(2015, 11, 30), date(2016, 1, 1)):
        make_archived(day, tags=TAGS[:2], bylines=PEOPLE)
    make_archived(dating=Dating(), live_from=timezone.now() - timedelta(days=1))
    held = kept()
    migration = import_module("articles.migrations.0031_years_counted")
    with connection.cursor() as cursor:
        cursor.execute(migration.FORGET)
        assert kept() != held
        for statement in (migration.FORGET, migration.COUNT):
            cursor.execute(statement)
    assert kept() == held


def test_story_taken_off_the_schedule_is_never_counted(editor, time_machine):
    article = make_article(editor)
    due = timezone.now() + timedelta(hours=2)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    workflow.unschedule(by=editor, story_id=article.pk, token=token(article.pk))
    time_machine.move_to(due + timedelta(hours=1), tick=False)
    workflow.release_due()
    assert (total(), kept()) == (0, (Counter(), Counter()))
