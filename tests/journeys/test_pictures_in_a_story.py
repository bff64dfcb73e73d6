"""Pictures in the story form, with keyboard and mouse in a real browser: typed, moved, captioned."""

import pytest

from media.numbers import as_typed
from tests.journeys.desk_page import ask, journal, noted, ready, saved, until
from tests.journeys.picture_form import (
    FIGURE,
    at_the_end,
    counted,
    drag,
    in_text,
    line,
    placed,
    places,
    story_of,
)
from tests.journeys.test_desk_in_a_browser import copy_of, press

pytestmark = pytest.mark.browser


# What lies on top where the focus is: nothing may cover it.
SEEN = """() => {
    const { left, top } = document.activeElement.getBoundingClientRect()
    return document.elementFromPoint(left + 5, top + 5)?.id
}"""


def test_number_and_enter_among_the_pictures_is_nine_keys_and_no_click(site, form):
    page = form(viewport={"width": 1280, "height": 500})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate("document.querySelector('#id_headline').focus({ preventScroll: true })")
    page.keyboard.press("Alt+p")
    assert page.evaluate(SEEN) == "picture_to_add"
    page.keyboard.type("71000001")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lead-place:has-text('The steelblue boat.'):has-text('Nadia Farouk') img")
    assert counted(page) == (0, 9)
    assert places(page) == [("71000001", "Lead picture")]
    assert page.input_value("#picture_to_add") == ""
    assert "Media ID 71000001 is the lead picture." in line(page, "pictures")
    row = page.inner_text("[data-rows=pictures]")
    for said in ("Rights: clear", "Staff.", "The steelblue boat. printed", "The file says"):
        assert said in " ".join(row.split()), said
    press(page, "Save")
    assert placed(site, page) == [("71000001", None)]
    assert page.complaints == []


def test_number_on_a_line_of_the_text_becomes_its_picture(site, form):
    page = form("<p>First words.</p>")
    at_the_end(page)
    page.evaluate("counted.keys = counted.clicks = 0")
    page.keyboard.type("71000002")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror figure:has-text('The seagreen boat.') img")
    assert counted(page) == (0, 9)
    page.keyboard.type("Then more.")
    assert in_text(page) == ["First words.", "71000002", "Then more."]
    assert places(page) == [("71000002", "In the text")]
    press(page, "Save")
    assert copy_of(site, story_of(page)) == f"<p>First words.</p>{FIGURE.format('71000002')}<p>Then more.</p>"
    assert page.complaints == []


def test_undo_gives_the_typed_number_back_and_takes_its_row_out(form):
    page = form("<p>First words.</p>")
    at_the_end(page)
    page.keyboard.type("71000002")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror figure")
    page.keyboard.press("Control+z")
    assert "71000002" in in_text(page)
    assert page.query_selector(".ProseMirror figure") is None
    assert places(page) == []
    page.keyboard.press("Control+Shift+z")
    assert places(page) == [("71000002", "In the text")]


def test_numbers_that_lead_to_no_picture_stay_text_and_say_why(form):
    page = form("<p>First words.</p>")
    at_the_end(page)
    for typed, why in (
        ("99999999", "No picture has the Media ID 99999999"),
        ("71000009", "was withdrawn"),
    ):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_selector(f".field.body .quiet-line:has-text('{why}')")
    page.keyboard.type("2016")
    page.keyboard.press("Enter")
    assert in_text(page)[:4] == ["First words.", "99999999", "71000009", "2016"]
    assert places(page) == []
    page.keyboard.press("Alt+p")
    page.keyboard.type("71000009")
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel .quiet-line:has-text('cannot be placed')")
    assert page.input_value("#picture_to_add") == "71000009"
    assert places(page) == []


def test_merged_number_leads_to_the_picture_in_force_and_open_rights_are_said(site, form):
    page = form()
    page.keyboard.press("Alt+p")
    page.keyboard.type("https://paper.example/media/71000008/")
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel .quiet-line:has-text('was merged into Media ID 71000001')")
    page.keyboard.type("Media ID 7100 0007")
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel .quiet-line:has-text('ran out on 31 January 2020 (Reuters)')")
    page.keyboard.type("71000006")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-rows=pictures] li:nth-child(3):has-text('Made with AI')")
    for typed in ("71000006", "7100 0002"):  # typed and not confirmed: the save takes it
        page.keyboard.type(typed)
        press(page, "Save")
    taken = ["71000001", "71000007", "71000006", "71000002"]
    until(lambda: placed(site, page) == [(one, None) for one in taken], f"not all of {taken} are kept")
    assert page.input_value("#picture_to_add") == ""


def test_half_a_number_is_kept_as_typed_and_stands_in_its_box_again(site, form):
    page = form(pictures=["71000001"])
    page.keyboard.press("Alt+p")
    page.keyboard.type("Media ID 7100")
    noted(page, "Media ID 7100")
    saved(page)
    story = story_of(page)
    script = f"found = Article.objects.get(pk={story}).unfinished"
    until(lambda: ask(site, script).get("pictures_typing"), "half a number is not at the desk")
    assert ask(site, script)["pictures_typing"][0]["typed"] == "Media ID 7100"
    assert places(page) == [("71000001", "Lead picture")], "half a number is no picture yet"
    page.reload()
    ready(page)
    assert page.input_value("#picture_to_add") == "Media ID 7100"
    assert journal(page) == []
    page.focus("#picture_to_add")
    page.keyboard.press("End")
    page.keyboard.type("0002")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-rows=pictures] > li:has-text('The seagreen boat.')")
    press(page, "Save")
    assert placed(site, page) == [("71000001", None), ("71000002", None)]
    assert ask(site, script) == {}
    assert page.complaints == []


SPELLINGS = [
    "55361435", " 5536 1435 ", "Media ID 55361435", "media id: 5536-1435", "/media/55361435/", "MEDIA ID#55361435",
    "https://paper.example/at/20161103000000/media/55361435/?x=1#y", "http://paper.example/media/55361435.json",
    "٥٥٣٦١٤٣٥", "۵۵۳۶ ۱۴۳۵", "５５３６１４３５", "\u200f55361435\u200e", "123", "1234", "1" * 12, "1" * 13, "", "abc",
    "55361435 and more", "ftp://x/media/55361435", "media/55361435", "5536  1435", "/media/55361435x/", "1\u00a02345",
]  # fmt: skip


def test_browser_and_server_read_a_number_alike(form):
    page = form()
    source = page.evaluate(
        "document.querySelector('script[src*=\"desk/story\"]').src.replace(/[^/]*$/, 'media_id.js')"
    )
    read = page.evaluate(
        "async ([source, all]) => { const { idIn } = await import(source); return all.map(idIn) }",
        [source, SPELLINGS],
    )
    assert dict(zip(SPELLINGS, read, strict=True)) == {typed: as_typed(typed) for typed in SPELLINGS}


def test_rows_move_by_button_by_keyboard_and_by_drag_and_the_order_shown_is_saved(site, form):
    page = form(
        f"<p>First.</p>{FIGURE.format('71000002')}<p>Last.</p>", pictures=["71000002", "71000001", "71000003"]
    )
    assert places(page) == [
        ("71000002", "In the text"),
        ("71000001", "Lead picture"),
        ("71000003", "Below the text"),
    ]
    rows = "[data-rows=pictures] > li"
    page.set_viewport_size({"width": 1280, "height": 2600})
    page.focus("#id_pictures-2-caption")
    page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate("document.activeElement.id") == "id_pictures-2-caption"
    assert places(page) == [
        ("71000003", "Lead picture"),
        ("71000002", "In the text"),
        ("71000001", "Below the text"),
    ]
    assert "Media ID 71000003 is the lead picture now." in line(page, "pictures")
    page.click(f"{rows} >> nth=2 >> button:text('Up')")
    assert [one for one, _ in places(page)] == ["71000001", "71000002", "71000003"]
    page.click(f"{rows} >> nth=0 >> button:text('Up')")
    assert "cannot move further up" in line(page, "pictures")
    top = page.locator(f"{rows} >> nth=0").bounding_box()
    drag(page, f"{rows} >> nth=2 >> .place", top["x"] + 20, top["y"] + 4)
    assert [one for one, _ in places(page)] == ["71000003", "71000002", "71000001"]
    page.wait_for_selector(".lead-place:has-text('The peru boat.')")
    page.click(f"{rows} >> nth=1 >> button:text('Make it the lead')")
    assert places(page)[0] == ("71000002", "Lead picture")
    assert page.query_selector(".ProseMirror figure") is None
    page.click(f"{rows} >> nth=2 >> button:text('Put into the text')")
    assert in_text(page)[:2] in (["First.", "71000001"], ["71000001", "First."])
    press(page, "Save")
    assert [one for one, _ in placed(site, page)] == ["71000002", "71000001", "71000003"]
    assert [one for one, _ in places(page)] == ["71000002", "71000001", "71000003"]
    page.reload()
    ready(page)
    assert [one for one, _ in places(page)] == ["71000002", "71000001", "71000003"]
    assert page.complaints == []


def test_figure_moves_among_the_words_by_keyboard_and_by_mouse(site, form):
    figure = FIGURE.format("71000001")
    page = form(f"{figure}<p>One.</p><p>Two.</p><p>Three.</p>", pictures=["71000001"])
    page.set_viewport_size({"width": 1280, "height": 2000})
    page.click(".ProseMirror figure img")
    for down, before in (("Alt+ArrowDown", 1), ("Alt+ArrowDown", 2), ("Alt+ArrowUp", 1)):
        page.keyboard.press(down)
        assert in_text(page).index("71000001") == before
    assert "The picture stands before: Two." in line(page, "text")
    last = page.locator(".ProseMirror > p:text-is('Three.')").bounding_box()
    drag(page, ".ProseMirror figure img", last["x"] + 2, last["y"] + 6)
    assert in_text(page)[:4] == ["One.", "Two.", "71000001", "Three."]
    assert places(page) == [("71000001", "In the text")]
    press(page, "Save")
    assert copy_of(site, story_of(page)) == f"<p>One.</p><p>Two.</p>{figure}<p>Three.</p>"
    assert page.complaints == []


def test_picture_taken_out_can_be_put_back_with_what_was_written_about_it(site, form):
    page = form(f"<p>One.</p>{FIGURE.format('71000001')}<p>Two.</p>", pictures=["71000001", "71000002"])
    page.fill("#id_pictures-0-caption", "Our own words.")
    page.click("[data-rows=pictures] > li >> nth=0 >> button:text('Take out')")
    assert [one for one, _ in places(page)] == ["71000002"] or places(page)[0][0] == "71000002"
    assert in_text(page)[:2] == ["One.", "Two."]
    assert page.evaluate("document.activeElement.textContent") == "Put it back"
    page.keyboard.press("Enter")
    assert in_text(page)[:3] == ["One.", "71000001", "Two."]
    page.click(".ProseMirror figure img")
    page.keyboard.press("Delete")
    assert [one for one, _ in places(page)] == ["71000002"]
    page.keyboard.press("Control+z")
    page.wait_for_selector(".ProseMirror figure:has-text('Our own words.')")
    press(page, "Save")
    assert sorted(placed(site, page)) == [("71000001", "Our own words."), ("71000002", None)]


def test_storys_own_caption_stands_beside_the_librarys_and_shows_in_the_text_at_once(site, form):
    page = form(f"<p>One.</p>{FIGURE.format('71000001')}<p>Two.</p>", pictures=["71000001"])
    page.click(".ProseMirror figure img")
    page.keyboard.press("Alt+Enter")
    assert page.evaluate("document.activeElement.id") == "id_pictures-0-caption"
    assert page.get_attribute("#id_pictures-0-caption", "placeholder") == "The steelblue boat."
    page.keyboard.type("قارب أزرق")
    page.wait_for_selector(".ProseMirror figure .caption:text-is('قارب أزرق')")
    assert "Printed: this story’s caption." in page.inner_text("[data-rows=pictures]")
    assert "The steelblue boat." in page.inner_text("[data-layer=library_says]")
    page.check("#id_pictures-0-no_caption")
    page.wait_for_selector(".ProseMirror figure:has-text('no caption is printed')")
    press(page, "Save")
    assert placed(site, page) == [("71000001", "")]
    page.click("button:text-is('Use the library’s again')")
    page.wait_for_selector(".ProseMirror figure .caption:text-is('The steelblue boat.')")
    press(page, "Save")
    assert placed(site, page) == [("71000001", None)]
    assert page.complaints == []


def test_opening_the_form_and_saving_it_changes_nothing(site, form):
    page = form(f"<p>One.</p>{FIGURE.format('71000002')}", pictures=["71000002", "71000001", "71000003"])
    before = placed(site, page)
    script = (
        f"story = Article.objects.get(pk={story_of(page)})\n"
        "found = [story.version, story.body, Revision.objects.filter(story_id=story.pk).count(), str(story.changed_at)]"
    )
    stood = ask(site, script)
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/keep/") else None)
    press(page, "Save")
    page.evaluate("document.querySelector('form#story').dispatchEvent(new Event('input', { bubbles: true }))")
    press(page, "Save")
    assert sent == []
    assert ask(site, script) == stood
    assert placed(site, page) == before
    assert page.complaints == []


def test_mistake_elsewhere_keeps_the_pictures_as_they_were_arranged(site, form):
    page = form("<p>One.</p>", name="edwin", pictures=["71000001", "71000002", "71000003"])
    page.focus("#id_pictures-2-caption")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    page.click("[data-rows=pictures] > li >> nth=1 >> button:text('Take out')")
    page.keyboard.press("Alt+p")
    page.keyboard.type("71000006")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-rows=pictures] > li:has-text('71000006')")
    arranged = places(page)
    page.fill("#id_bylines-0-contributor", "Nobody at all")
    page.focus("#id_headline")
    press(page, "Save")
    page.wait_for_selector("form#story .unfinished:has-text('Nobody called')")
    page.reload()
    ready(page)
    assert page.input_value("#id_bylines-0-contributor") == "Nobody at all"
    assert places(page) == arranged
    page.fill("#id_bylines-0-contributor", "Nadia Farouk")
    press(page, "Save")
    assert [one for one, _ in placed(site, page)] == ["71000003", "71000002", "71000006"]
