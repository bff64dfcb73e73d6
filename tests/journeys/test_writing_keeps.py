"""The story's page keeps itself: from the first letter, without a button, whatever is typed."""

import time

import pytest

from tests.journeys.test_desk_in_a_browser import copy_of, ready

pytestmark = pytest.mark.browser
ADD = "/admin/articles/article/add/"
JOURNAL = """() => new Promise((resolve) => {
    const asked = indexedDB.open("newsroom-desk", 1)
    asked.onsuccess = () => {
        const all = asked.result.transaction("unsent").objectStore("unsent").getAll()
        all.onsuccess = () => { asked.result.close(); resolve(all.result) }
    }
})"""


def saved(page):
    """Wait until everything typed is at the desk."""
    page.wait_for_function(
        "() => document.querySelector('[data-keeping]').dataset.keeping === 'kept'", timeout=10_000
    )


def emptied(page):
    """Wait until the journal of this browser holds nothing: all of it is at the desk."""
    page.wait_for_function(f"async () => (await ({JOURNAL})()).length === 0", timeout=3000)


def story_in(page):
    return int(page.url.rstrip("/").split("/")[-2])


def test_first_letter_of_a_new_story_is_at_the_desk_within_two_seconds(site, somebody):
    page = somebody("rana")
    page.goto(ADD)
    ready(page)
    assert page.evaluate("document.activeElement.id") == "id_headline"
    assert page.locator("button:text-is('Save'):visible").count() == 0
    begun = time.monotonic()
    page.keyboard.type("F")
    page.wait_for_url("**/change/", timeout=2000)
    assert time.monotonic() - begun < 2.5
    saved(page)
    assert copy_of(site, story_in(page), "headline") == "F"
    assert page.inner_text("[data-keeping]").startswith("draft")
    assert page.evaluate("document.title").startswith("F ")
    page.keyboard.type("erry resumes")
    page.click(".ProseMirror")
    page.keyboard.type("It left at six.")
    page.keyboard.press("Control+s")
    saved(page)
    assert copy_of(site, story_in(page)) == "<p>It left at six.</p>"
    assert copy_of(site, story_in(page), "headline") == "Ferry resumes"
    assert "4 words · 1 min" in page.inner_text("[data-keeping]")
    assert page.get_attribute("text=Preview", "href").endswith(f"/{story_in(page)}/preview/")
    emptied(page)
    assert page.complaints == []
