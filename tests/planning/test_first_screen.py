"""The desk's first screen: who sees what on it, and that it costs ten queries however much waits there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import workflow
from articles.models import Beginning
from articles.workflow.planning import plan
from tests import builders
from tests.planning.shelves import DESK, cost, fill, hand, leave_open, logged_in, token, whole_scans

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


@pytest.fixture
def cast(reporter, editor, chief, picture_desk):
    owner = builders.make_person("owner", "chief", is_superuser=True)
    nobody = builders.make_person("nobody", "reader")
    nobody.is_staff = True
    nobody.groups.clear()
    nobody.save()
    return [reporter, editor, chief, picture_desk, owner, nobody]


def shown(browser, part=""):
    page = browser.get(DESK).content.decode()
    if not part:
        return page
    after = page.split(f'id="shelf-{part}"', 1)
    return after[1].split("</section>", 1)[0] if len(after) > 1 else ""


@pytest.mark.parametrize("count", [1, 40])
def test_first_screen_costs_ten_queries_at_most_for_every_role(cast, reporter, editor, count):
    fill(count, reporter=reporter, editor=editor)
    logged_in(editor).get(DESK)  # the quick starts are read once a minute, for everybody
    for person in cast:
        queries = cost(logged_in(person), DESK)
        assert len(queries) <= MOST_QUERIES, (person.username, len(queries), [sql[:150] for sql in queries])


@pytest.mark.skipif("sqlite" not in connection.vendor, reason="SQLite's own way to say how it reads")
def test_first_screen_reads_along_indexes(cast, reporter, editor):
    fill(2, reporter=reporter, editor=editor)
    for person in cast:
        assert whole_scans(cost(logged_in(person), DESK)) == []


def test_shelves_hold_what_belongs_there(reporter, editor):
    fill(1, reporter=reporter, editor=editor)
    browser = logged_in(editor)
    held = {
        part: shown(browser, part)
        for part in ("waiting", "queue", "mine", "coming", "embargoed", "trouble", "out")
    }
    assert "Filed 0" in held["waiting"]
    assert "Please read." in held["waiting"]
    assert "Sent on 0" not in held["waiting"]
    assert "Filed 0" in held["queue"]
    assert "Draft 0" not in held["queue"]
    assert "Draft 0" in held["coming"]
    assert "Scheduled 0" in held["coming"]
    assert "Embargoed 0" in held["embargoed"]
    assert "a picture without a caption" in held["trouble"]
    assert "a picture without a credit" in held["trouble"]
    assert "a picture whose rights are not clear" in held["trouble"]
    assert "held by reporter, who left it open" in held["trouble"]
    assert "Out 0" in held["out"]
    assert "Draft 0" not in held["mine"]


def test_writer_sees_their_own_copy_and_what_was_handed_to_them(reporter, editor):
    fill(1, reporter=reporter, editor=editor)
    browser = logged_in(reporter)
    assert "Draft 0" in shown(browser, "mine")
    assert "Scheduled 0" in shown(browser, "mine")
    assert "Out 0" not in shown(browser, "mine")
    assert "Sent on 0" in shown(browser, "waiting")
    assert "Filed 0" not in shown(browser, "waiting")


def test_story_handed_on_waits_for_the_next_one_alone(reporter, editor):
    article = builders.make_article(reporter, headline="Passed on twice")
    hand(article, to_person=editor, by=reporter)
    assert "Passed on twice" in shown(logged_in(editor), "waiting")
    hand(article, to_person=reporter, by=editor)
    assert "Passed on twice" not in shown(logged_in(editor), "waiting")
    assert "Passed on twice" in shown(logged_in(reporter), "waiting")
    hand(article, to_desk=builders.make_desk(), by=reporter)
    assert "Passed on twice" in shown(logged_in(editor), "waiting")


def test_published_story_handed_over_waits_until_its_next_edition(reporter, editor):
    edition = builders.make_published(editor, headline="Out and wrong")
    hand(edition.story.article, to_person=editor, by=reporter, note="The sum is wrong.")
    browser = logged_in(editor)
    assert "Out and wrong" in shown(browser, "waiting")
    article = workflow.save(
        by=editor,
        story_id=edition.story_id,
        token=token(edition.story.article),
        contents=builders.make_contents(headline="Out and right"),
    )
    workflow.update(by=editor, story_id=article.pk, token=article.token)
    assert "Out and" not in shown(browser, "waiting")


def test_overdue_story_is_called_so_for_two_weeks(reporter, editor):
    for headline, days in (("Late by a day", 1), ("Late by a month", 30)):
        article = builders.make_article(reporter, headline=headline)
        due = timezone.now() - timedelta(days=days)
        plan(by=reporter, story_id=article.pk, token=article.token, due_at=due)
    coming = shown(logged_in(editor), "coming")
    assert "overdue" in coming
    assert "Late by a day" in coming
    assert "Late by a month" not in coming


def test_nobody_sees_another_desks_copy(reporter, editor):
    fill(1, reporter=reporter, editor=editor)
    sport = builders.make_person("sport", "editor", builders.make_desk("Sport"))
    page = shown(logged_in(sport))
    for word in ("Draft", "Filed", "Sent on", "Scheduled", "Embargoed", "Troubled", "Held"):
        assert f"{word} 0" not in page
    assert "Out 0" in page


def test_embargoed_story_is_its_slug_to_a_colleague_and_no_more(reporter, editor):
    embargo = timezone.now() + timedelta(days=1)
    article = builders.make_article(
        reporter, headline="Merger told", slug="quiet-deal", embargo_until=embargo
    )
    plan(by=reporter, story_id=article.pk, token=article.token, due_at=timezone.now() + timedelta(hours=1))
    leave_open(article, by=reporter)
    colleague = builders.make_person("colleague", "reporter", builders.make_desk())
    page = shown(logged_in(colleague))
    assert "quiet-deal" in page
    assert "Merger told" not in page
    assert str(article.pk) not in page
    for person in (reporter, editor):
        assert "Merger told" in shown(logged_in(person))


def test_account_without_a_role_is_told_whom_to_ask(cast):
    assert "Ask a" in shown(logged_in(cast[-1]))


def test_first_screen_offers_each_kind_of_story(reporter, chief):
    page = shown(logged_in(reporter))
    for name in ("News", "Interview", "Opinion", "Obituary", "Feature"):
        assert f"?start={Beginning.objects.get(name=name).pk}" in page
    assert "Change these" not in page
    assert "Change these" in shown(logged_in(chief))
