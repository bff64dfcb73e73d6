"""What the picture desk does, clicked in a real browser with the policy on: a picture comes in, and its caption changes."""

import pytest

from tests.axe import wrong_in_each_look
from tests.media import drawn

pytestmark = pytest.mark.browser
LIST = "/admin/media/picture/"


@pytest.fixture
def desk(site, somebody):
    """Edwin, who is an editor and may change pictures, on the list of pictures."""
    page = somebody("edwin")
    page.goto(LIST)
    return page


def test_axe_finds_nothing_on_the_page_that_takes_in_and_nothing_runs_over_the_edge(desk):
    desk.goto(LIST + "add/")
    assert wrong_in_each_look(desk) == []
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
