"""The front page at the desk in a real browser: a story dragged to a place, moved on, and taken back by keyboard."""

import pytest

pytestmark = pytest.mark.browser
MADE = """
from django.contrib.auth.models import User
from tests.builders import make_published
edwin = User.objects.get(username="edwin")
for number in range(3):
    make_published(edwin, headline=f"Dragged {number}")
"""


def lead_of(page):
    return page.locator("[data-place=lead] .name").inner_text()


def test_story_is_dragged_to_the_lead_moved_and_taken_back(site, somebody):
    site.shell(MADE)
    page = somebody("edwin")
    page.goto("/admin/desk/front/")
    page.locator(".offer", has_text="Dragged 0").drag_to(page.locator("[data-place=lead]"))
    page.get_by_text("Put a story on the front page").first.wait_for()
    assert lead_of(page) == "Dragged 0"
    page.locator("[data-place=lead]").get_by_role("button", name="Down").press("Enter")
    page.get_by_text("Moved a story on the front page").first.wait_for()
    assert page.locator("[data-place=second-1] .name").inner_text() == "Dragged 0"
    page.get_by_role("button", name="Take the last act back").press("Enter")
    page.get_by_text("Taken back").wait_for()
    assert lead_of(page) == "Dragged 0"
    page.locator("[data-place=lead]").get_by_role("button", name="Release").press("Enter")
    page.get_by_text("Released a story").first.wait_for()
    assert lead_of(page) != "Dragged 0"
    assert page.complaints == []
