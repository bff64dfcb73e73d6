"""The desk's first screen: who sees what on it, and that it costs ten queries however much waits there."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Beginning
from articles.planning import problems
from articles.rules import BY_NAME, Standing
from articles.workflow import beginnings
from articles.workflow.copy import contents_of
from articles.workflow.planning import plan
from tests import builders
from tests.planning.shelves import (
    DESK,
    cost,
    fill,
    hand,
    leave_open,
    logged_in,
    look_at_links,
    publish_with_a_dead_link,
    token,
    whole_scans,
)  # fmt: skip

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


def problem(part, heading):
    """What stands under one problem of the shelf."""
    after = part.split(f">{heading} <", 1)
    return after[1].split("<h3", 1)[0] if len(after) > 1 else ""


# More than any shelf shows, and than is read ahead.
@pytest.mark.parametrize("count", [1, 14])
def test_first_screen_costs_ten_queries_at_most_for_every_role(cast, reporter, editor, count):
    fill(count, reporter=reporter, editor=editor)
    logged_in(editor).get(DESK)  # the quick starts are read once a minute, for everybody
    for person in cast:
        browser = logged_in(person)
        beginnings.changed()  # the dearest of all times: they are read anew
        queries = cost(browser, DESK)
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
    for heading in ("Pictures without a caption", "Pictures without a credit", "Rights that are not clear"):
        assert "Troubled 0" in problem(held["trouble"], heading)
    assert "Held 0" in problem(held["trouble"], "Left open")
    assert "by reporter, who is gone" in held["trouble"]
    assert "Linking 0" in problem(held["trouble"], "Dead links")
    printed = problem(held["trouble"], "Dead links in published stories")
    assert "Linked 0" in printed
    assert "https://gone.example/0" in printed
    assert "Out 0" in held["out"]
    assert "Draft 0" not in held["mine"]


def test_problem_is_counted_and_the_first_of_them_named(reporter, editor):
    bare = builders.make_picture(caption=None)
    for number in range(7):
        article = builders.make_article(reporter, headline=f"Bare {number}", pictures=[bare])
        workflow.file(by=reporter, story_id=article.pk, token=token(article))
    builders.make_article(reporter, headline="Still a draft", pictures=[bare])
    told = problem(shown(logged_in(editor), "trouble"), "Pictures without a caption")
    assert '"count">7<' in told
    assert told.count("Bare ") == 3
    assert "Still a draft" not in told
    (more,) = re.findall(r'href="([^"]+problem=no_caption)"', told)
    listed = logged_in(editor).get(more).content.decode()
    assert all(f"Bare {number}" in listed for number in range(7))
    assert "Still a draft" in listed


def test_published_dead_links_are_counted_however_many_went_out_today(reporter, editor):
    for number in range(15):
        publish_with_a_dead_link(number, by=editor)
    look_at_links()
    page = logged_in(editor)
    told = problem(shown(page, "trouble"), "Dead links in published stories")
    assert '"count">15<' in told
    assert told.count("https://gone.example/") == 3
    assert shown(page, "out").count("<li>") == 12


def test_dead_link_of_another_desks_story_is_the_editors_to_mend(reporter, editor):
    fill(1, reporter=reporter, editor=editor)
    desk = builders.make_desk("Sport")
    assert "Linked 0" not in shown(logged_in(builders.make_person("runner", "reporter", desk)), "trouble")
    assert "Linked 0" in shown(logged_in(builders.make_person("coach", "editor", desk)), "trouble")
    assert "Linked 0" in shown(logged_in(reporter), "trouble")


def test_first_screen_publishing_and_the_list_say_the_same(reporter, editor):
    fill(1, reporter=reporter, editor=editor)
    rows = list(Article.objects.select_related("section"))
    facts = [(row.headline, contents := contents_of(row), Standing.of(row, contents)) for row in rows]
    on_screen = {one.name: one for one in problems.of_copy(editor, timezone.now())}
    browser = logged_in(editor)
    told = set()
    for name in problems.WATCHED:
        judged = {headline for headline, *fact in facts if BY_NAME[name].breaks(*fact)}
        assert in_the_list(browser, name) == judged
        on_its_way = judged - {"Linked 0"}
        assert (
            {line.words for line in on_screen[name].lines} == on_its_way
            if on_its_way
            else name not in on_screen
        )
        told |= {name} if on_its_way else set()
    assert told >= {"rights_open", "uncredited", "no_caption", "dead_link"}
    assert in_the_list(browser, problems.LEFT_OPEN) == {"Held 0"}


def in_the_list(browser, name):
    """The headlines of the copy that the list has under one problem."""
    listed = browser.get(reverse("admin:articles_article_changelist"), {"problem": name})
    return {row.headline for row in listed.context["cl"].result_list}


def test_archive_lists_what_breaks_a_rule(editor):
    bare = builders.make_archived(headline="Bare", pictures=[builders.make_picture(credit="")])
    builders.make_archived(headline="In order")
    archive = reverse("admin:articles_edition_changelist")
    listed = logged_in(editor).get(archive, {"problem": "uncredited"})
    assert [row.pk for row in listed.context["cl"].result_list] == [bare.pk]
    assert logged_in(editor).get(archive, {"problem": "no_such"}).status_code == 200


def test_writer_sees_their_own_copy_and_what_was_handed_to_them(reporter, editor):
    fill(1, reporter=reporter, editor=editor)
    browser = logged_in(reporter)
    assert "Draft 0" in shown(browser, "mine")
    assert "Scheduled 0" in shown(browser, "mine")
    assert "Out 0" not in shown(browser, "mine")
    assert "Sent on 0" in shown(browser, "waiting")
    assert "Filed 0" not in shown(browser, "waiting")


def test_own_copy_stands_with_the_desk_too_and_each_shelf_has_its_order(editor):
    now = timezone.now()
    for number in range(15):
        article = builders.make_article(editor, headline=f"Own {number:02}")
        plan(by=editor, story_id=article.pk, token=token(article), due_at=now + timedelta(days=20 - number))
        if number % 2:
            workflow.file(by=editor, story_id=article.pk, token=token(article))
    browser = logged_in(editor)
    queue, mine = (re.findall(r"Own (\d\d)", shown(browser, part)) for part in ("queue", "mine"))
    assert queue == ["13", "11", "09", "07", "05", "03", "01"]
    assert mine == [f"{number:02}" for number in range(14, 2, -1)]
    assert "All of it" in shown(browser, "mine")


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
