"""Pictures in the story form, with keyboard and mouse in a real browser: typed, dropped, picked, moved, captioned."""

import itertools
import json
from base64 import b64encode

import pytest
from axe_playwright_python.sync_playwright import Axe

from media.numbers import as_typed
from tests.journeys.test_desk_in_a_browser import copy_of, open_form, press
from tests.media import drawn

pytestmark = pytest.mark.browser
_number = itertools.count(1)
FIGURE = '<figure data-media-id="{}"></figure>'
PICTURES = """
from django.utils import timezone
from tests.builders import *
from tests.media import drawn
from media import intake
from media.models import Picture
from datetime import date
if not Picture.objects.filter(media_id="71000001").exists():
    for number, colour in enumerate(["steelblue", "seagreen", "peru"], 1):
        file = drawn.file(drawn.picture((900, 600), colour), name=f"{colour}.jpg")
        intake.take_in(file, by=None, media_id=f"7100000{number}", caption=f"The {colour} boat.", credit="Nadia Farouk",
                       alt=f"A {colour} boat" if number < 3 else "", rights_class="staff")
    kept = Picture.objects.get(media_id="71000001")
    make_picture(media_id="71000008", alias_of=kept)
    make_picture(media_id="71000009", killed_at=timezone.now())
    make_picture(media_id="71000007", rights_class="agency", rights_end_on=date(2020, 1, 31), rights_holder="Reuters")
    make_picture(media_id="71000006", rights_class="staff", is_made_by_ai=True, caption=None, file_caption="The file's words")
"""


@pytest.fixture
def library(site):
    """Three pictures with files, one merged into the first, one withdrawn, one run out, one made by AI."""
    site.shell(PICTURES)


@pytest.fixture
def form(site, somebody, library):
    """Open the form of a story of Rana's with this body."""

    def opened(body="<p>First words.</p><p>Last words.</p>", name="rana", pictures=(), **settings):
        script = (
            "from tests.builders import *; from django.contrib.auth.models import User; from media.models import Picture\n"
            f"rows = [Picture.objects.get(media_id=one) for one in {list(pictures)!r}]\n"
            f"print(make_article(User.objects.get(username='rana'), body={body!r}, pictures=rows).pk)"
        )
        page = open_form(somebody(name, **settings), int(site.shell(script).split()[-1]))
        page.evaluate(
            "() => { window.counted = { keys: 0, clicks: 0 };"
            " addEventListener('keydown', (one) => { if (!one.altKey && one.key !== 'Alt') counted.keys += 1 }, true);"
            " addEventListener('click', () => { counted.clicks += 1 }, true) }"
        )
        return page

    return opened


def story_of(page):
    return int(page.url.split("?")[0].rstrip("/").split("/")[-2])


def counted(page):
    found = page.evaluate("counted")
    return found["clicks"], found["keys"]


def places(page):
    """Each row of the panel: its Media ID and where the picture stands."""
    rows = page.query_selector_all("[data-rows=pictures] > li")
    return [
        (row.query_selector("input[data-media]").input_value(), row.query_selector(".place").inner_text())
        for row in rows
    ]


def placed(site, page):
    """What was saved: Media IDs in order with the story's own captions."""
    script = (
        "import json; from articles.models import Placement\n"
        f"rows = Placement.objects.filter(article_id={story_of(page)}).select_related('picture')\n"
        "print(json.dumps([[one.picture.media_id, one.caption] for one in rows]))"
    )
    return [tuple(one) for one in json.loads(site.shell(script))]


def in_text(page):
    return page.eval_on_selector_all(
        ".ProseMirror > *", "all => all.map(one => one.dataset.mediaId || one.innerText.trim())"
    )


def line(page, where):
    return page.inner_text(f"{where} .quiet-line")


def at_the_end(page):
    page.click(".ProseMirror p >> nth=-1")
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")


def drag(page, what, x, y):
    held = page.locator(what).bounding_box()
    page.mouse.move(held["x"] + 20, held["y"] + 5)
    page.mouse.down()
    page.mouse.move(held["x"] + 25, held["y"] + 20, steps=4)
    page.mouse.move(x, y, steps=8)
    page.mouse.up()


def test_number_and_enter_among_the_pictures_is_nine_keys_and_no_click(site, form):
    page = form()
    page.focus("#id_headline")
    page.keyboard.press("Alt+p")
    page.keyboard.type("71000001")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lead-place:has-text('The steelblue boat.'):has-text('Nadia Farouk') img")
    assert counted(page) == (0, 9)
    assert places(page) == [("71000001", "Lead picture")]
    assert page.input_value("#picture_to_add") == ""
    assert "Media ID 71000001 is the lead picture." in line(page, ".panel")
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
    page.keyboard.type("71000006")  # typed and not confirmed: the save takes it
    press(page, "Save")
    assert placed(site, page) == [("71000001", None), ("71000007", None), ("71000006", None)]


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
    assert "Media ID 71000003 is the lead picture now." in line(page, ".panel")
    page.click(f"{rows} >> nth=2 >> button:text('Up')")
    assert [one for one, _ in places(page)] == ["71000001", "71000002", "71000003"]
    page.click(f"{rows} >> nth=0 >> button:text('Up')")
    assert "cannot move further up" in line(page, ".panel")
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
    assert page.complaints == []


def test_figure_moves_among_the_words_by_keyboard_and_by_mouse(site, form):
    figure = FIGURE.format("71000001")
    page = form(f"{figure}<p>One.</p><p>Two.</p><p>Three.</p>", pictures=["71000001"])
    page.set_viewport_size({"width": 1280, "height": 2000})
    page.click(".ProseMirror figure img")
    for down, before in (("Alt+ArrowDown", 1), ("Alt+ArrowDown", 2), ("Alt+ArrowUp", 1)):
        page.keyboard.press(down)
        assert in_text(page).index("71000001") == before
    assert "The picture stands before: Two." in line(page, ".field.body")
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


# Lets files go over a place of the page, or pastes them, as a browser tells it: [name, kind, content in base64].
LET_GO = """([where, kind, files]) => {
    const held = new DataTransfer()
    for (const [name, type, raw] of files) {
        held.items.add(new File([Uint8Array.from(atob(raw), (one) => one.charCodeAt(0))], name, { type }))
    }
    const place = document.querySelector(where)
    const { left, top } = place.getBoundingClientRect()
    const at = { clientX: left + 4, clientY: top + 4, bubbles: true, cancelable: true }
    const event = kind === "drop" ? new DragEvent(kind, { dataTransfer: held, ...at })
        : new ClipboardEvent(kind, { clipboardData: held, bubbles: true, cancelable: true })
    place.dispatchEvent(event)
    return event.defaultPrevented
}"""


def let_go(page, where, *files, kind="drop"):
    packed = [[name, "image/jpeg", b64encode(raw).decode()] for name, raw in files]
    assert page.evaluate(LET_GO, [where, kind, packed]), "the browser would leave the page"


def shot(colour):
    """A picture of its own, as a file: name and bytes."""
    number = next(_number)
    return f"{colour}.jpg", drawn.file(drawn.picture((800 + number, 500), colour)).getvalue()


def count_of_pictures(site):
    return int(site.shell("from media.models import Picture; print(Picture.objects.count())"))


def test_files_dropped_into_the_text_stand_there_in_order_and_undo_works(site, form):
    page = form("<p>One.</p><p>Two.</p>")
    let_go(page, ".ProseMirror p:nth-of-type(2)", shot("navy"), shot("olive"), shot("maroon"))
    page.wait_for_selector(".ProseMirror figure >> nth=2")
    found = in_text(page)
    assert (found[0], found[4]) == ("One.", "Two.")
    assert [one for one, _ in places(page)] == found[1:4]
    assert found[1:4] == sorted(found[1:4])
    assert "was taken in and stands in its place" in line(page, ".field.body")
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
    let_go(page, ".ProseMirror p:nth-of-type(2)", ("words.jpg", b"not a picture at all"))
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
    let_go(page, ".ProseMirror p:nth-of-type(2)", file)
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
    assert "Drop a picture on the text" in line(page, ".field.body")
    press(page, "Save")
    assert [one for one, _ in placed(site, page)][1] == "71000001"


def test_save_waits_for_pictures_on_their_way_and_a_broken_connection_loses_nothing(site, form):
    page = form("<p>One.</p><p>Two.</p>")
    held = []
    page.route("**/take-in/", held.append)
    let_go(page, ".ProseMirror p:nth-of-type(2)", shot("plum"))
    page.wait_for_selector(".arriving progress")
    page.fill("#id_kicker", "Typed meanwhile")
    page.click("button:text-is('Save')")
    page.wait_for_selector(".acts .waits")
    assert "The story is saved as soon as the last is there" in line(page, ".field.body")
    held.pop().abort()
    page.wait_for_selector(".arriving.refused")
    assert "was not saved yet" in line(page, ".field.body")
    assert page.query_selector(".acts .waits") is None
    page.click(".arriving >> button:text('Try again')")
    page.wait_for_selector(".arriving progress")
    page.click("button:text-is('Save')")
    with page.expect_navigation():
        held.pop().continue_()
    page.wait_for_selector("textarea[data-ready]", state="attached")
    assert len(placed(site, page)) == 1
    assert page.input_value("#id_kicker") == "Typed meanwhile"
    assert in_text(page)[0] == "One."
    assert page.complaints == []


def test_library_beside_the_text_is_walked_by_arrows_and_enter_places(site, form):
    page = form("<p>One.</p><p>Two.</p>")
    page.click(".ProseMirror p:nth-of-type(1)")
    page.keyboard.press("Alt+Shift+p")
    page.wait_for_selector(".picker-grid button")
    assert page.evaluate("document.activeElement.id") == "picker-search"
    page.keyboard.type("boat")
    page.wait_for_selector(".picker [role=status]:has-text('3 pictures')")
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
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
