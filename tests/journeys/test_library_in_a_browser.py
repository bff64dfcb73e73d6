"""The library in a real browser with the policy on: chosen by keyboard alone, set at once, filled in row by row."""

import pytest
from playwright.sync_api import expect

from tests.axe import LOOKS, wrong_in_each_look, wrong_with

pytestmark = pytest.mark.browser
LIST = "/admin/media/picture/"
PAGES = [
    "?q=lantern",
    "?q=lantern&view=list&rights=clear",
    "?q=nothing-like-it",
    "work/",
    "work/no-caption/",
    "work/no-file/",
    "work/alike/",
    "rights/",
]
# Six pictures, new for each test, of a word that no other journey uses, two of them alike, one that runs out.
SIX = """
from datetime import timedelta
from django.utils import timezone
from media.models import Likeness, Picture
from tests.builders import make_copy, make_picture
from tests.media import drawn
Picture.objects.filter(media_id__startswith="7300000").delete()
rows = [
    make_picture(media_id=str(73000001 + number), caption="A lantern on the mole" if number else None, place="Lantern street",
        alt="" if number else "A lantern", original=f"lantern-{number}.jpg" if number < 4 else "", width=900, height=600,
        reads=10_000 + number, rights_holder="Lantern Agency",
        rights_end_on=timezone.localdate() + timedelta(days=200) if number == 3 else None)
    for number in range(6)
]
for number, row in enumerate(rows[:4]):
    make_copy(row, name=f"0123456789abcdef-{number:032d}", raw=drawn.file().getvalue(), width=320, height=213)
Likeness.objects.create(older=rows[1], newer=rows[2], distance=2)
"""


@pytest.fixture
def desk(site, somebody):
    """Edwin, who is an editor, in front of six pictures of lanterns."""
    site.shell(SIX)
    page = somebody("edwin")
    page.goto(LIST + "?q=lantern")
    return page


def chosen(page):
    return page.eval_on_selector_all(
        "[data-cell][aria-selected=true] b", "found => found.map(one => one.textContent)"
    )


def focused(page):
    return page.evaluate("document.activeElement.querySelector('b')?.textContent")


def test_axe_finds_nothing_and_nothing_runs_over_the_edge(desk):
    for number, path in enumerate(PAGES):
        desk.goto(LIST + path)
        assert wrong_in_each_look(desk, LOOKS if number % 3 == 0 else LOOKS[:2]) == []
    assert desk.complaints == []


def test_pictures_are_chosen_opened_and_sought_by_keyboard_alone(desk):
    desk.wait_for_selector("[role=grid]")
    assert desk.evaluate("document.querySelectorAll('[data-cell][tabindex=\"0\"]').length") == 1
    desk.keyboard.press("/")
    assert desk.evaluate("document.activeElement.id") == "find-q"
    desk.focus("[data-cell]")
    assert focused(desk) == "73000006"
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("Space")
    assert chosen(desk) == ["73000005"]
    desk.keyboard.press("Shift+ArrowRight")
    desk.keyboard.press("Shift+ArrowRight")
    assert chosen(desk) == ["73000005", "73000004", "73000003"]
    assert desk.inner_text("[data-chosen]") == "3 chosen"
    desk.keyboard.press("End")
    desk.keyboard.press("Home")
    assert (focused(desk), len(chosen(desk))) == ("73000006", 3)
    desk.keyboard.press("Control+a")
    assert len(chosen(desk)) == 6
    desk.keyboard.press("Escape")
    assert chosen(desk) == []
    desk.set_viewport_size({"width": 390, "height": 900})
    desk.keyboard.press("ArrowDown")
    assert focused(desk) == "73000004"
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/change/")
    assert "73000004" in desk.title()
    assert desk.complaints == []


def test_several_are_given_one_credit_and_each_result_is_said(desk, site):
    desk.focus("[data-cell]")
    desk.keyboard.press("Space")
    desk.keyboard.press("Shift+ArrowRight")
    desk.click("text=Set credit")
    expect(desk.locator("[name=chosen]:checked")).to_have_count(2)
    assert wrong_with(desk) == []
    desk.fill("#id_credit", "Lantern Agency")
    desk.click("text=Set it for all")
    assert desk.inner_text(".done").splitlines() == [
        "Media ID 73000006 was set.",
        "Media ID 73000005 was set.",
    ]
    said = site.shell(
        "from media.models import *; print(Picture.objects.filter(credit='Lantern Agency').count())"
    )
    assert said.strip() == "2"
    assert desk.complaints == []


def test_row_is_saved_with_ctrl_enter_and_by_leaving_it(desk, site):
    desk.goto(LIST + "work/no-alt/")
    boxes = desk.locator("[data-row] textarea")
    boxes.nth(0).fill("A lantern at night")
    boxes.nth(0).press("Control+Enter")
    desk.wait_for_selector("[data-row]:nth-child(1) .said:text('was saved')")
    boxes.nth(1).fill("A lantern by day")
    desk.click("h1")
    desk.wait_for_selector("[data-row]:nth-child(2) .said:text('was saved')")
    boxes.nth(1).fill("Typed with care")
    site.shell(
        "from media.models import *; from django.db.models import F\n"
        "Picture.objects.filter(alt='A lantern by day').update(version=F('version') + 1, alt='Somebody else')"
    )
    boxes.nth(1).press("Control+Enter")
    desk.wait_for_selector("[data-row]:nth-child(2) .said:text('Somebody else')")
    assert boxes.nth(1).input_value() == "Typed with care"
    boxes.nth(1).press("Control+Enter")
    desk.wait_for_selector("[data-row]:nth-child(2) .said:text('was saved')")
    said = site.shell(
        "from media.models import *; print(*Picture.objects.exclude(alt='').values_list('alt', flat=True))"
    )
    assert "A lantern at night" in said
    assert "Typed with care" in said
    desk.goto(LIST + "work/no-caption/")
    words, choice = desk.locator("[data-row] textarea").first, desk.locator("[data-row] select").first
    for typed, meant in (("A lantern", "present"), ("", "absent")):
        words.fill(typed)
        expect(choice).to_have_value(meant)
    assert desk.complaints == []


def test_everything_works_without_javascript(site, somebody):
    site.shell(SIX)
    page = somebody("edwin", java_script_enabled=False)
    page.goto(LIST + "?q=lantern")
    page.check("[aria-label='Choose 73000001']")
    page.click("text=Copy Media IDs")
    assert page.input_value("#ids") == "73000001"
    page.goto(LIST + "work/no-caption/")
    row = page.locator("[data-row]", has_text="73000001")
    row.locator("textarea").fill("A lantern, unlit")
    row.locator("text=Save this row").click()
    assert "73000001 was saved" in page.inner_text(".messagelist")
    page.goto(LIST + "work/alike/")
    page.click("text=They are different pictures")
    assert "are kept as different pictures" in page.inner_text(".messagelist")
