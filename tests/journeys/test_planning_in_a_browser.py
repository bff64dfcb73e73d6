"""The planning room in a real browser with the policy on: by keyboard alone, by pointer, and looked at by axe."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.axe import wrong_in_each_look, wrong_with
from tests.journeys.desk_page import journal, saved, until

pytestmark = pytest.mark.browser
PAGES = [
    "",
    "desk/month/2088/3/",
    "desk/budget/?sort=slug",
    "desk/log/",
    "desk/versions/?q=planned",
    "articles/article/?q=planned",
]
# Three drafts of Rana's, new for each test, due on days of one month that no other journey uses.
THREE = """
from datetime import datetime, UTC
from django.contrib.auth.models import User
from articles.models import Article, HandOver
from articles.workflow.moves import spike
from articles.workflow.planning import plan
from tests.builders import make_article, make_section
rana, edwin = (User.objects.get(username=name) for name in ("rana", "edwin"))
for old in Article.objects.filter(slug__startswith="planned-", state__in=["draft", "filed"]):
    spike(by=edwin, story_id=old.pk, token=old.token, note="Of an earlier journey.")
for number in range(3):
    article = make_article(rana, headline=f"Planned {number}", slug=f"planned-{number}", standfirst="So it is.")
    plan(by=rana, story_id=article.pk, token=article.token, due_at=datetime(2088, 3, 9 + number, 17, 30, tzinfo=UTC))
    HandOver.objects.create(story_id=article.pk, to_person=edwin, by=rana, note="Please read.", revision=1)
make_section("City")
"""


# A page of Edwin's that is gone, of which the desk heard a second letter.
HEARD = """
from django.contrib.auth.models import User
from articles.models import Sitting
edwin = User.objects.get(username="edwin")
Sitting.objects.create(page="{page}", story_id={story}, by=edwin, serial=2, version=1, revision=1)
"""
# What such a page leaves in the browser's journal.
LEFT = """(row) => new Promise((resolve) => {
    const asked = indexedDB.open("newsroom-desk", 1)
    asked.onupgradeneeded = () => {
        asked.result.createObjectStore("unsent", { keyPath: "page" })
        asked.result.createObjectStore("aside", { keyPath: "number", autoIncrement: true })
    }
    asked.onsuccess = () => {
        const going = asked.result.transaction("unsent", "readwrite")
        going.objectStore("unsent").put({ ...row, at: Date.now() })
        going.oncomplete = () => { asked.result.close(); resolve() }
    }
})"""


@pytest.fixture
def desk(site, somebody):
    """Edwin, who is an editor, with three stories that are due."""
    site.shell(THREE)
    page = somebody("edwin")
    page.goto("/admin/")
    return page


def day_of(page, slug):
    """The day on which a story stands in the month, and what is said of it there."""
    entry = page.locator(f'.entry:has-text("{slug}")')
    return entry.evaluate("one => one.closest('td').dataset.day"), entry.inner_text()


def due(site, slug):
    script = f"from articles.models import Article; print(Article.objects.exclude(state='spiked').get(slug='{slug}').due_at)"
    return site.shell(script).strip()


def test_axe_finds_nothing_and_nothing_runs_over_the_edge(desk):
    for path in PAGES:
        desk.goto(f"/admin/{path}")
        assert wrong_in_each_look(desk) == []
    assert [said for said in desk.complaints if "axe" not in said and "style" not in said] == []
    desk.keyboard.press("Control+k")
    desk.keyboard.type("planned")
    desk.wait_for_selector("[role=option][aria-selected=true]")
    assert wrong_in_each_look(desk) == []


def test_anything_is_found_and_opened_from_one_line(desk):
    desk.keyboard.press("Control+k")
    desk.wait_for_selector("dialog.palette [role=option]")
    box = desk.locator("dialog.palette input")
    assert box.get_attribute("role") == "combobox"
    desk.keyboard.type("planned 1")
    desk.wait_for_selector("dialog.palette [aria-selected=true]:has-text('Planned 1')")
    marked = box.get_attribute("aria-activedescendant")
    assert "Planned 1" in desk.locator(f"#{marked}").inner_text()
    desk.keyboard.press("Enter")
    desk.wait_for_url(re.compile(r"/admin/articles/article/\d+/change/"))
    desk.goto("/admin/desk/log/")
    desk.keyboard.press("Control+k")
    desk.keyboard.type("new obituary")
    desk.wait_for_selector("dialog.palette [aria-selected=true]:has-text('New obituary')")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Escape")
    assert not desk.locator("dialog.palette").is_visible()
    assert desk.complaints == []


def number_of(site, slug):
    script = f"from articles.models import Article; print(Article.objects.exclude(state='spiked').get(slug='{slug}').pk)"
    return int(site.shell(script))


def test_unsent_words_of_a_page_that_died_are_offered_on_the_first_screen(desk, site):
    story = number_of(site, "planned-0")
    died, arrived = str(uuid4()), str(uuid4())
    site.shell(HEARD.format(page=arrived, story=story))
    for page, of, words in (
        (died, story, "Words nobody heard"),
        (arrived, story, "Words that came with the last letter"),
        (str(uuid4()), None, "A story nobody heard of"),
    ):
        row = {"page": page, "person": "edwin", "story": of, "token": None, "revision": 1, "serial": 1}
        desk.evaluate(LEFT, row | {"changed": {"headline": words}, "headline": words})
    desk.goto("/admin/")
    lines = desk.locator(".unsent li")
    expect(lines).to_have_count(2)
    expect(lines.nth(0)).to_contain_text("A story nobody heard of, which the desk does not know of: Open")
    expect(lines.nth(1)).to_contain_text(re.compile(r"Unsent words of \d\d:\d\d on Words nobody heard: Open"))
    assert wrong_in_each_look(desk) == []
    lines.nth(1).get_by_role("link").click()
    desk.wait_for_selector(".left-behind ins:has-text('nobody')")
    assert f"/{story}/change/" in desk.url
    desk.locator(".left-behind:has-text('nobody') button:text-is('Take all of mine')").click()
    desk.wait_for_selector(".left-behind:has-text('nobody')", state="detached")
    saved(desk)
    until(
        lambda: died not in [row["page"] for row in journal(desk)],
        "what is at the desk is still said to be unsent",
    )
    desk.goto("/admin/")
    expect(lines).to_have_count(1)
    lines.get_by_role("link").click()
    aside = desk.locator(".left-behind button:text-is('Lay it aside')")
    aside.click()
    expect(aside).to_have_count(0)
    desk.goto("/admin/")
    expect(desk.locator(".unsent")).to_be_hidden()
    assert [said for said in desk.complaints if "axe" not in said and "style" not in said] == []


def test_what_is_pasted_is_found_and_names_come_on_top(desk, site):
    story = number_of(site, "planned-2")
    site.shell("from tests.builders import make_tag; make_tag('Outer Planetarium', 'place')")
    desk.goto("/admin/desk/log/")
    desk.keyboard.press("Control+k")
    desk.keyboard.insert_text(f"https://paper.example/admin/articles/article/{story}/change/")
    desk.wait_for_selector("dialog.palette [aria-selected=true]:has-text('Planned 2')")
    desk.locator("dialog.palette input").fill("plan")
    desk.wait_for_selector("dialog.palette [role=option]:has-text('Outer Planetarium')")
    assert desk.locator("dialog.palette [aria-selected=true]").count() == 1
    assert desk.complaints == []


def test_due_date_is_moved_by_keyboard_alone(desk, site):
    desk.goto("/admin/desk/month/2088/3/")
    desk.locator('[data-day="2088-03-09"]').focus()
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.textContent") == "planned-0"
    desk.keyboard.press("m")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        desk.keyboard.press(key)
    assert desk.locator("td.goal").get_attribute("data-day") == "2088-03-18"
    desk.keyboard.press("Enter")
    desk.wait_for_selector("p.quiet-line:has-text('is due')")
    assert due(site, "planned-0") == "2088-03-18 17:30:00+00:00"
    assert day_of(desk, "planned-0")[0] == "2088-03-18"
    desk.keyboard.press("m")
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Escape")
    assert due(site, "planned-0") == "2088-03-18 17:30:00+00:00"
    desk.keyboard.press("d")
    desk.wait_for_selector("dialog.asking")
    desk.locator("dialog.asking input").fill("2088-03-20T08:15")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("p.quiet-line:has-text('08:15')")
    assert due(site, "planned-0") == "2088-03-20 08:15:00+00:00"
    desk.keyboard.press("Escape")
    assert desk.evaluate("document.activeElement.dataset.day") == "2088-03-20"
    desk.keyboard.press("ArrowUp")
    assert desk.evaluate("document.activeElement.dataset.day") == "2088-03-13"
    assert desk.complaints == []


def test_due_date_is_dragged_to_another_day(desk, site):
    desk.goto("/admin/desk/month/2088/3/")
    desk.locator('.entry:has-text("planned-1")').drag_to(desk.locator('[data-day="2088-03-25"]'))
    desk.wait_for_selector("p.quiet-line:has-text('is due')")
    assert due(site, "planned-1") == "2088-03-25 17:30:00+00:00"
    assert desk.complaints == []


def test_budget_is_edited_in_place_and_a_refusal_puts_back_what_stands(desk, site):
    desk.goto("/admin/desk/budget/?sort=slug")
    row = desk.locator('tr:has-text("planned-2")')
    row.locator("[name=planned_words]").fill("850")
    desk.keyboard.press("Tab")
    desk.wait_for_selector(".quiet-line:has-text('Saved')")
    row.locator("[name=planned_words]").fill("lots")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".quiet-line.refused")
    assert "number of words" in row.locator(".quiet-line").inner_text()
    assert row.locator("[name=planned_words]").input_value() == "850"
    row.locator("[name=due_at]").fill("2088-03-30T06:00")
    desk.keyboard.press("Tab")
    desk.wait_for_selector(".quiet-line:not(.refused):has-text('Saved')")
    assert due(site, "planned-2") == "2088-03-30 06:00:00+00:00"
    assert desk.complaints == []


def test_many_stories_move_and_come_back_in_a_few_clicks(desk, site):
    desk.goto("/admin/articles/article/?q=planned&state__exact=draft")
    for box in desk.locator(".action-select").all():
        box.check()
    desk.select_option("select[name=action]", "move")
    desk.click(".actions button[type=submit]")
    desk.select_option("select[name=section]", "city")
    desk.click("text=Show what it does")
    expect(desk.locator("td:has-text('from World to City')")).to_have_count(3)
    assert wrong_with(desk) == []
    desk.click("text=Move 3 stories")
    assert wrong_with(desk) == []
    desk.click("text=Undo it")
    desk.wait_for_selector("text=3 taken back")
    script = "from articles.models import Article; print({row.section.slug for row in Article.objects.filter(slug__startswith='planned-', state='draft')})"
    assert site.shell(script).strip() == "{'world'}"
