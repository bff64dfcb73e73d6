"""One story from blank to published, another one scheduled, the first opened again: the clicks and the loads are counted."""

import pytest

from tests.journeys.desk_page import ADD, ask, ready, saved, story_in
from tests.journeys.picture_form import let_go, shot

pytestmark = pytest.mark.browser
MOST_CLICKS, MOST_LOADS = 14, 3
OTHER = """
from tests.builders import *; from django.contrib.auth.models import User
edwin = User.objects.get(username="edwin")
found = make_article(edwin, headline="Lighthouse lamp relit at dusk", standfirst="Dark since May.").pk
"""


class Counted:
    """A page on which every click and every load is counted, and every press of a button that saves."""

    def __init__(self, page):
        self.page = page
        self.clicks = self.loads = self.saves = 0
        page.on("framenavigated", self._navigated)
        page.on("request", self._asked)

    def _asked(self, request):
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.loads += 1

    def _navigated(self, frame):
        pass

    def click(self, what):
        self.clicks += 1
        place = self.page.locator(what).first
        self.saves += place.inner_text().strip().lower().startswith("save")
        place.click()

    def drop(self, where, file):
        """A file dragged from the desktop is one gesture of the mouse: it counts as a click."""
        self.clicks += 1
        let_go(self.page, where, file)

    def type(self, *words):
        for one in words:
            if one in ("Enter", "Tab", "ArrowDown", "Alt+p", "Control+k", "Escape"):
                self.page.keyboard.press(one)
            else:
                self.page.keyboard.type(one)

    def wait(self, what):
        self.page.wait_for_selector(what)


def write(desk):
    """Start a story and write it."""
    desk.click("text=Start a story")
    ready(desk.page)
    desk.type("Harbour dredged before the first winter storm", "Tab", "The channel is two metres deeper.")
    desk.click(".ProseMirror")
    desk.type("The dredger left at noon.", "Enter", "Boats of every draught can pass again.")


def illustrate(desk):
    """A picture by its Media ID leads, and one from the desktop stands in the text."""
    desk.type("Alt+p", "70000001", "Enter")
    desk.wait(".lead-place:has-text('Fishermen mend their nets.')")
    desk.drop(".ProseMirror > p:nth-of-type(2)", shot("slategray"))
    desk.wait(".ProseMirror figure img")
    row = desk.page.locator("[data-rows=pictures] > li", has_text="In the text")
    return row.locator("input[data-media]").input_value()


def file_away(desk):
    """Byline, section and two tags: one known, one new."""
    desk.click("#id_bylines-0-contributor")
    desk.type("nad")
    desk.wait("[role=option]:visible")
    desk.type("ArrowDown", "Enter")
    desk.click("label[for=id_section]")
    desk.type("World")
    desk.click("#id_tags_add")
    desk.type("Alep")
    desk.wait("[role=option]:visible")
    desk.type("ArrowDown", "Enter", "Dredging", "Enter")
    desk.wait("[role=option]:has-text('Make a new tag “Dredging”')")
    desk.type("Enter")


def publish(desk):
    """Look at it as readers will, hand it over, publish it."""
    desk.click(".standing a:text-is('Preview')")
    desk.page.frame_locator(".preview-beside iframe").locator("h1:has-text('Harbour dredged')").wait_for()
    desk.click("button:text-is('Hand to desk')")
    desk.wait("[data-done]:has-text('Handed to the desk.')")
    desk.click(".panel button:text-is('Publish now')")
    # What was only dropped says too little of itself: the confirm asks why it may run so.
    reasons = desk.page.locator("dialog [name^=waived]")
    reasons.first.wait_for()
    for number in range(reasons.count()):
        desk.type("Seen by the picture desk", "Tab" if number + 1 < reasons.count() else "Enter")
    desk.wait("[data-done]:has-text('Published: edition 1.')")


def go_to(desk, headline):
    """Find a story by a word of its headline, by keyboard alone."""
    desk.type("Control+k", headline)
    desk.wait(f"[role=option]:has-text('{headline}')")
    with desk.page.expect_navigation():
        desk.type("Enter")
    ready(desk.page)


def schedule_another(desk):
    go_to(desk, "Lighthouse lamp")
    desk.click("button:has-text('Schedule')")
    desk.page.locator("dialog [name$=at]").wait_for()
    desk.type("tomorrow 6", "Enter")
    desk.wait("[data-done]:has-text('Scheduled')")


def test_story_from_blank_to_published_takes_fourteen_clicks_three_loads_and_no_save(site, somebody):
    other = ask(site, OTHER)
    page = somebody("edwin")
    page.goto("/admin/")
    desk = Counted(page)
    write(desk)
    dropped = illustrate(desk)
    site.shell(
        f"from media.models import Picture; Picture.objects.filter(media_id='{dropped}').update(credit='Edwin Cole', rights_class='staff')"
    )
    file_away(desk)
    publish(desk)
    story = story_in(page)
    schedule_another(desk)
    go_to(desk, "Harbour dredged")
    saved(page)
    assert story_in(page) == story
    assert page.input_value("#id_headline") == "Harbour dredged before the first winter storm"
    assert desk.saves == 0
    assert desk.loads <= MOST_LOADS, f"{desk.loads} loads"
    assert desk.clicks <= MOST_CLICKS, f"{desk.clicks} clicks"
    assert page.complaints == []
    assert ADD not in page.url
    as_published(site, story, dropped, other)


def as_published(site, story, dropped, other):
    """What readers see is what was written, and the other one waits for its hour."""
    found = ask(
        site,
        f"one = Edition.objects.at().get(story_id={story})\n"
        f"found = [one.headline, one.standfirst, [p['media_id'] for p in one.pictures], [b['as_printed'] for b in one.bylines],"
        " [t['name'] for t in one.filed_tags], one.section.name,"
        f" Edition.objects.waiting().filter(story_id={other}).count()]",
    )
    assert found == [
        "Harbour dredged before the first winter storm",
        "The channel is two metres deeper.",
        ["70000001", dropped],
        ["Nadia Farouk"],
        ["Aleppo", "Dredging"],
        "World",
        1,
    ]
