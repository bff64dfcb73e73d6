"""The order of the names over a story, changed by hand: held and dragged, and by keyboard from wherever one is in a row."""

import pytest

from tests.journeys.desk_page import ask, open_story, saved

pytestmark = pytest.mark.browser
MADE = (
    "from tests.builders import *; from django.contrib.auth.models import User\n"
    "rana = User.objects.get(username='rana')\n"
    "found = make_article(rana, bylines=['First Dragged', 'Second Dragged', 'Third Dragged']).pk"
)
ROW = "[data-rows=bylines] > li:nth-child({})"


def names(page):
    return page.eval_on_selector_all(
        "[data-rows=bylines] > li",
        "all => all.map(row => row.querySelector('[name$=-contributor]').value[0])",
    )


def test_names_are_dragged_and_moved_by_keyboard(site, somebody):
    story = ask(site, MADE)
    page = open_story(somebody("rana", viewport={"width": 1280, "height": 1800}), story)
    held, goal = (page.locator(ROW.format(number)).bounding_box() for number in (3, 1))
    grip = page.locator(f"{ROW.format(3)} .grip").bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 10, held["y"] - 20, steps=3)
    page.mouse.move(grip["x"] + 10, goal["y"] + 4, steps=4)
    page.mouse.up()
    assert names(page) == ["T", "F", "S"]
    page.focus(f"{ROW.format(3)} [name$=-contributor]")
    page.keyboard.press("Alt+ArrowUp")
    assert names(page) == ["T", "S", "F"]
    assert page.evaluate("document.activeElement.value") == "Second Dragged"
    page.keyboard.press("Control+s")
    saved(page)
    rows = f"found = [one.contributor.name[0] for one in Byline.objects.filter(article_id={story}).order_by('order')]"
    assert ask(site, rows) == ["T", "S", "F"]
    assert page.complaints == []
