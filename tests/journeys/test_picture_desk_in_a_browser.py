"""What the picture desk does, clicked in a real browser with the policy on: a picture comes in, and its caption changes."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.media import drawn

pytestmark = pytest.mark.browser
LIST = "/admin/media/picture/"


@pytest.fixture
def desk(site, somebody):
    """Edwin, who is an editor and may change pictures, on the list of pictures."""
    page = somebody("edwin")
    page.goto(LIST)
    return page


def wrong_with(page):
    return [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_on_the_page_that_takes_in_and_nothing_runs_over_the_edge(desk, width, scheme):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    desk.goto(LIST + "add/")
    assert wrong_with(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    assert desk.complaints == []


def test_picture_is_taken_in_its_caption_changed_and_found_again(desk):
    desk.goto(LIST + "add/")
    sent = {
        "name": "dawn.jpg",
        "mimeType": "image/jpeg",
        "buffer": drawn.file(comment=b"this journey's own").getvalue(),
    }
    desk.set_input_files("#id_file", sent)
    desk.click("#start")
    desk.goto(desk.get_attribute("#taking-in a[href$='/change/']", "href"))
    desk.wait_for_selector(".known img")
    assert desk.evaluate("document.querySelector('.known img').naturalWidth") >= 640
    desk.check("text=Left empty on purpose")
    desk.fill("#id_caption", "")
    desk.click("button:text-is('Save')")
    assert "was saved" in desk.inner_text(".messagelist")
    number = desk.get_attribute("[data-copies]", "data-copies")
    desk.goto(f"{LIST}?q={number}")
    assert desk.url.endswith("/change/")
    assert "caption left empty" in desk.inner_text(".known")
    assert desk.complaints == []
