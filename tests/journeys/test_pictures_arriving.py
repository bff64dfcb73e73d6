"""Pictures that come into the story form in a real browser: dropped, pasted, picked from the library."""

import pytest

from tests.axe import wrong_with
from tests.journeys.conftest import PASSWORD
from tests.journeys.desk_page import ready, until
from tests.journeys.picture_form import (
    FIGURE,
    LINES,
    count_of_pictures,
    in_text,
    let_go,
    line,
    placed,
    places,
    shot,
    story_of,
)
from tests.journeys.test_desk_in_a_browser import copy_of, press

pytestmark = pytest.mark.browser


def test_files_dropped_into_the_text_stand_there_in_order_and_undo_works(site, form):
    page = form("<p>One.</p><p>Two.</p>")
    let_go(page, ".ProseMirror > p:nth-of-type(2)", shot("navy"), shot("olive"), shot("maroon"))
    page.wait_for_selector(".ProseMirror figure >> nth=2")
    found = in_text(page)
    assert (found[0], found[4]) == ("One.", "Two.")
    assert [one for one, _ in places(page)] == found[1:4]
    script = f"from media.models import Picture; print([Picture.objects.get(media_id=one).original_name for one in {found[1:4]}])"
    assert site.shell(script).strip() == "['navy.jpg', 'olive.jpg', 'maroon.jpg']"
    assert "was taken in and stands in its place" in line(page, "text")
    page.click(".ProseMirror > p:text-is('One.')")
    page.keyboard.press("Control+z")
    assert in_text(page)[:4] == ["One.", *found[1:3], "Two."]
    assert len(places(page)) == 2
    press(page, "Save")
    assert [one for one, _ in placed(site, page)] == found[1:3]
    assert page.complaints == []


def test_refused_file_says_why_beside_the_text_and_the_text_is_untouched(site, form):
    page = form("<p>One.</p><p>Two.</p>")
    before = page.input_value("#id_body")
    let_go(page, ".ProseMirror > p:nth-of-type(2)", ("words.jpg", b"not a picture at all"))
    page.wait_for_selector(".ProseMirror .arriving.refused")
    assert page.input_value("#id_body") == before
    assert page.is_visible(".arriving >> button:text('Try again')")
    page.click(".arriving >> button:text-is('Close')")
    assert page.query_selector(".arriving") is None
    assert in_text(page)[:2] == ["One.", "Two."]
    assert page.complaints == []


def test_exact_duplicate_offers_the_one_that_is_there_and_one_key_takes_it(site, form):
    page = form("<p>One.</p><p>Two.</p>")
    file = shot("teal")
    let_go(page, ".ProseMirror > p:nth-of-type(2)", file)
    page.wait_for_selector(".ProseMirror figure")
    mine = places(page)[0][0]
    other = form("<p>Three.</p>")
    pictures = count_of_pictures(site)
    let_go(other, ".ProseMirror p", file)
    other.wait_for_selector(f".arriving >> button:text('Use Media ID {mine}')")
    other.keyboard.press("Enter")
    other.wait_for_selector(f".ProseMirror figure[data-media-id='{mine}'] img")
    assert other.query_selector(".arriving") is None
    assert count_of_pictures(site) == pictures
    press(other, "Save")
    assert [one for one, _ in placed(site, other)] == [mine]


def test_pasted_image_is_taken_in_and_words_with_an_image_stay_words(form):
    page = form("<p>One.</p>")
    page.click(".ProseMirror p")
    page.keyboard.press("End")
    let_go(page, ".ProseMirror", shot("coral"), kind="paste")
    page.wait_for_selector(".ProseMirror figure img")
    assert in_text(page)[0] == "One."
    assert places(page)[0][1] == "In the text"


def test_file_dropped_on_the_leads_place_leads_and_elsewhere_the_page_stays(site, form):
    page = form("<p>One.</p>", pictures=["71000001"])
    let_go(page, ".lead-place", shot("indigo"))
    page.wait_for_selector("[data-rows=pictures] > li >> nth=1")
    assert [place for _, place in places(page)] == ["Lead picture", "Below the text"]
    assert places(page)[1][0] == "71000001"
    let_go(page, "#id_slug", shot("gold"))
    assert "Drop a picture on the text" in line(page, "text")
    press(page, "Save")
    assert [one for one, _ in placed(site, page)][1] == "71000001"


def test_what_is_pressed_waits_for_pictures_on_their_way_and_a_broken_connection_loses_nothing(site, form):
    page = form("<p>One.</p><p>Two.</p>")
    held = []
    page.route("**/take-in/", lambda route: held.append(route))  # noqa: PLW0108 (playwright writes on what it is given)
    let_go(page, ".ProseMirror > p:nth-of-type(2)", shot("plum"))
    page.wait_for_selector(".arriving progress")
    page.fill("#id_kicker", "Typed meanwhile")
    press(page, "Save")
    assert copy_of(site, story_of(page), "kicker") == "Typed meanwhile", "what is typed waits for no picture"
    page.wait_for_selector(
        f"{LINES['text']}:has-text('A picture is still on the way, and kept as soon as it has come')"
    )
    page.click("button:text-is('Hand to desk')")
    page.wait_for_selector(".acts .waits")
    assert "What you pressed is done as soon as the last is there" in line(page, "text")
    held.pop().abort()
    page.wait_for_selector(".arriving.refused")
    page.wait_for_selector(f"{LINES['text']}:has-text('was not done yet')")
    assert page.query_selector(".acts .waits") is None
    assert copy_of(site, story_of(page), "state") == "draft"
    page.click(".arriving >> button:text('Try again')")
    page.wait_for_selector(".arriving progress")
    page.click("button:text-is('Hand to desk')")
    page.wait_for_selector(".acts .waits")
    until(lambda: held, "the picture is not sent again")
    held.pop().continue_()
    page.wait_for_selector("[data-done]:has-text('Handed to the desk.')")
    assert len(placed(site, page)) == 1, "it was handed over with its picture"
    page.reload()
    ready(page)
    assert [one for one, _ in places(page)] == [one for one, _ in placed(site, page)]
    assert page.input_value("#id_kicker") == "Typed meanwhile"
    assert in_text(page)[0] == "One."
    assert page.complaints == []


def test_leaving_while_a_picture_is_on_its_way_is_asked_about_and_going_on_without_it_is_possible(site, form):
    page = form("<p>One.</p><p>Two.</p>")
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    held = []
    page.route("**/take-in/", lambda route: held.append(route))  # noqa: PLW0108 (playwright writes on what it is given)
    let_go(page, ".ProseMirror > p:nth-of-type(2)", shot("salmon"))
    page.wait_for_selector(".arriving progress")
    page.click("button:text-is('Hand to desk')")
    page.click(f"{LINES['text']} >> button:text-is('Go on without waiting')")
    page.wait_for_selector("[data-done]:has-text('Handed to the desk.')")
    assert placed(site, page) == []
    page.reload()
    assert asked == ["beforeunload"]
    held.pop().abort()
    ready(page)
    page.reload()
    assert asked == ["beforeunload"], "nothing is on its way any more"
    assert page.complaints == []


def test_picture_comes_in_after_a_second_login_in_another_tab(form):
    page = form("<p>One.</p>")
    page.context.clear_cookies()
    let_go(page, ".ProseMirror > p", shot("linen"))
    page.wait_for_selector(".arriving.refused:has-text('session has ended')")
    tab = page.context.new_page()
    tab.goto("/admin/login/")
    tab.fill("#id_username", "rana")
    tab.fill("#id_password", PASSWORD)
    tab.click("input[type=submit]")
    tab.wait_for_url("**/admin/")
    page.click(".arriving >> button:text('Try again')")
    page.wait_for_selector(".ProseMirror figure img")


def test_library_beside_the_text_is_walked_by_arrows_and_enter_places(site, form):
    page = form("<p>One.</p><p>Two.</p>")
    page.click(".ProseMirror > p:nth-of-type(1)")
    page.keyboard.press("Alt+Shift+p")
    page.wait_for_selector(".picker-grid button")
    assert page.evaluate("document.activeElement.id") == "picker-search"
    page.keyboard.type("boat nadia")
    page.wait_for_selector(".picker [role=status]:text-matches('^3 pictures')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert "The steelblue boat." in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror figure[data-media-id='71000001']")
    assert page.evaluate("document.activeElement.className").startswith("tiptap")
    assert in_text(page)[:3] == ["One.", "71000001", "Two."]
    page.click("button:text-is('Choose from the library')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Choose from the library"
    assert not page.is_visible(".picker")
    page.keyboard.press("Enter")
    page.fill("#picker-search", "seagreen")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lead-place:has-text('The seagreen boat.')")
    assert page.complaints == []


@pytest.mark.parametrize(("width", "scheme", "language"), [(1280, "light", "en"), (390, "dark", "ar")])
def test_axe_finds_nothing_wrong_with_pictures_in_the_form(form, width, scheme, language):
    body = f"<p>One.</p>{FIGURE.format('71000003')}<p>Two.</p>"
    page = form(body, pictures=["71000001", "71000003", "71000007", "71000006"], color_scheme=scheme)
    page.select_option("#id_language", language)
    press(page, "Save")
    page.set_viewport_size({"width": width, "height": 900})
    page.wait_for_selector("textarea[data-ready]", state="attached")
    let_go(page, ".ProseMirror p", ("words.jpg", b"not a picture at all"))
    page.wait_for_selector(".arriving.refused")
    page.click(".ProseMirror figure .shown-words")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.complaints == []
    for picker in (False, True):
        if picker:
            page.keyboard.press("Alt+Shift+p")
            page.wait_for_selector(".picker-grid button")
        assert wrong_with(page) == []
