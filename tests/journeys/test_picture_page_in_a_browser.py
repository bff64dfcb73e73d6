"""One picture at the desk, in a real browser with the policy on: by keyboard alone, by pointer, and looked at by axe."""

import itertools

import pytest
from playwright.sync_api import expect

from media import geometry
from tests.axe import wrong_in_each_look, wrong_with

pytestmark = pytest.mark.browser
MADE = """
from tests import builders
from tests.media import drawn
from articles.models import Article
from django.contrib.auth.models import User
from media import intake, changing
from media.models import Likeness, Picture
edwin = User.objects.get(username="edwin")
one = intake.take_in(drawn.file(drawn.picture((1200, {height}))), by=None, caption="The quay at dawn", credit="Nadia Farouk", alt="A quay", rights_class="staff")
one = changing.change(by=edwin, picture_id=one.pk, token=one.token, facts={{"caption": "شرح الصورة {name}"}})
Picture.objects.filter(pk=one.pk).update(disagreements=[
    {{"field": "headline", "iptc": "From IPTC", "xmp": "From XMP", "exif": None, "in_force": "xmp"}}],
    said_in_file={{"headline": "From XMP", "keywords": ["quay"]}})
two = builders.make_picture(caption="Another")
Likeness.objects.create(older=min(one, two, key=lambda p: p.pk), newer=max(one, two, key=lambda p: p.pk), distance=4)
first = builders.make_published(edwin, pictures=[one], headline="{name} follows")
second = builders.make_published(edwin, pictures=[one], headline="{name} stays")
print(one.pk, one.media_id, two.media_id, first.story_id, second.story_id)
"""


# No two of these pictures are the same file.
heights = itertools.count(701)


def make(site, name):
    said = site.shell(MADE.format(name=name, height=next(heights)))
    return dict(zip(("pk", "media_id", "other", "follows", "stays"), said.split(), strict=True))


@pytest.fixture
def made(site, request):
    """A picture with its file, printed by two live stories and like another one, made for one test alone."""
    return make(site, request.node.originalname[:40])


@pytest.fixture(scope="module")
def looked_at(site):
    """The same, for the tests that only look."""
    return make(site, "looked at")


@pytest.fixture
def desk(somebody):
    return somebody("edwin")


def path(made, name="change"):
    return f"/admin/media/picture/{made['pk']}/{name}/"


def tab_to(page, selector, most=90):
    """Press Tab until the element that `selector` names has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The keyboard never reaches {selector}.")


def asked(site, expression):
    return site.shell(
        f"from media.models import *; from articles.models import *; print({expression})"
    ).strip()


@pytest.mark.parametrize("name", ["change", "crops", "withdraw", "merge", "uses"])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(desk, looked_at, name):
    desk.goto(
        path(looked_at, name) + {"merge": f"?into={looked_at['other']}", "uses": "?kind=live"}.get(name, "")
    )
    desk.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert wrong_in_each_look(desk) == []
    assert desk.complaints == []


def test_focal_point_moves_by_keys_each_slot_follows_and_the_save_keeps_it(site, desk, made):
    desk.goto(path(made, "crops"))
    height = int(desk.get_attribute("#crops", "data-height"))
    tab_to(desk, "#stage")
    for key in ("ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowLeft", "Shift+ArrowUp", "ArrowDown"):
        desk.keyboard.press(key)
    assert [desk.input_value(f"#id_focal_{axis}") for axis in "xy"] == ["39", "46"]
    assert "39 % from the left, 46 % from the top" in desk.inner_text("[data-said]")
    for slot in ("lead", "landscape", "square", "portrait"):
        drawn = desk.get_attribute(f"[data-slot={slot}] svg", "viewBox")
        assert drawn == " ".join(map(str, geometry.box(slot, 1200, height, (390, 460)))), slot
    tab_to(desk, "#crops button.primary")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/change/")
    assert (
        asked(site, f"Picture.objects.values_list('focal_x', 'focal_y').get(pk={made['pk']})") == "(390, 460)"
    )
    assert desk.complaints == []


def test_crop_is_moved_and_resized_by_keys_and_goes_back_to_the_focal_point(site, desk, made):
    desk.goto(path(made, "crops"))
    tab_to(desk, "input[name=mode]")
    for _ in range(3):
        desk.keyboard.press("ArrowRight")
    assert desk.is_checked("input[name=mode][value=square]")
    tab_to(desk, "#stage")
    for key in ("PageDown", "PageDown", "Shift+ArrowLeft", "ArrowDown", "-"):
        desk.keyboard.press(key)
    sides = [int(desk.input_value(f"#id_square_{side}")) for side in ("left", "top", "width", "height")]
    assert sides[2] == sides[3] < 800
    assert desk.get_attribute("[data-slot=square] svg", "viewBox") == " ".join(map(str, sides))
    assert "cropped by hand" in desk.inner_text("[data-slot=square] [data-state]")
    desk.keyboard.press("Enter")
    tab_to(desk, "#crops button.primary")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/change/")
    columns = "'slot', 'left', 'top', 'width', 'height'"
    kept = f"list(Crop.objects.filter(picture={made['pk']}).values_list({columns}))"
    assert asked(site, kept) == str([("square", *sides)])
    desk.goto(path(made, "crops"))
    tab_to(desk, "[data-slot=square] [data-back]")
    desk.keyboard.press("Enter")
    assert desk.input_value("#id_square_left") == ""
    assert desk.evaluate("document.activeElement.value") == "square"
    tab_to(desk, "#stage")
    tab_to(desk, "#crops button.primary")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/change/")
    assert asked(site, kept) == "[]"


def test_pointer_sets_the_point_and_draws_moves_and_resizes_a_crop(desk, made):
    desk.goto(path(made, "crops"))
    seen = desk.locator("#stage").bounding_box()

    def at(x, y):
        return seen["x"] + seen["width"] * x, seen["y"] + seen["height"] * y

    def drag(start, end):
        desk.mouse.move(*at(*start))
        desk.mouse.down()
        desk.mouse.move(*at(*end), steps=4)
        desk.mouse.up()

    def sides():
        return [int(desk.input_value(f"#id_portrait_{side}")) for side in ("left", "top", "width", "height")]

    desk.mouse.click(*at(0.25, 0.75))
    assert [round(float(desk.input_value(f"#id_focal_{axis}"))) for axis in "xy"] == [25, 75]
    desk.check("input[name=mode][value=portrait]")
    drag((0.5, 0.1), (0.8, 0.6))
    left, top, width, height = sides()
    assert abs(left - 600) <= 3
    assert abs(width * 5 - height * 4) <= 5
    drag((0.6, 0.3), (0.5, 0.3))
    assert abs(sides()[0] - (left - 120)) <= 3
    assert sides()[2:] == [width, height]
    left, top, width, height = sides()
    whole = int(desk.get_attribute("#crops", "data-height"))
    drag(
        ((left + width) / 1200, (top + height) / whole),
        ((left + width / 2) / 1200, (top + height / 2) / whole),
    )
    assert abs(sides()[2] - width / 2) <= 6
    assert sides()[:2] == [left, top]
    assert desk.complaints == []


def test_browser_and_server_cut_the_same_box_to_the_pixel(desk, looked_at):
    desk.goto(path(looked_at, "crops"))
    lengths = (1, 2, 3, 101, 640, 799, 1067, 3001, 4000, 5333)
    points = (None, (0, 0), (500, 500), (1000, 1000), (333, 667), (125, 875), (1, 999), (505, 495))
    slots = [slot for slot, shape in geometry.SLOTS.items() if shape.ratio]
    values = list(itertools.product(slots, lengths, lengths, points))
    sums = [[*geometry.SLOTS[slot].ratio, width, height, focal] for slot, width, height, focal in values]
    ours = desk.evaluate(
        """async (sums) => {
            const loaded = performance.getEntriesByType("resource").map((one) => one.name)
            const { box } = await import(loaded.find((name) => /geometry(\\.\\w+)?\\.js$/.test(name)))
            return sums.map((one) => box(...one))
        }""",
        sums,
    )
    differing = [
        (value, ours[place], geometry.box(*value))
        for place, value in enumerate(values)
        if tuple(ours[place]) != geometry.box(*value)
    ]
    assert len(values) == 3200
    assert differing == []


def test_new_caption_asks_about_the_stories_and_a_ticked_one_keeps_its_own(site, desk, made):
    desk.goto(path(made))
    # Words that are typed are meant: the choice above them follows.
    desk.check("[name=caption_is][value=absent]")
    tab_to(desk, "#id_caption")
    desk.keyboard.press("Control+A")
    desk.keyboard.type("New words")
    tab_to(desk, "#picture button.primary")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".followers")
    assert wrong_with(desk) == []
    tab_to(desk, f"input[name=keep][value='{made['stays']}']")
    desk.keyboard.press("Space")
    tab_to(desk, "button[name=confirmed]")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".messagelist")
    assert "1 story says the new words. 1 story keeps the old ones." in desk.inner_text(".messagelist")
    for story, number in (("follows", 2), ("stays", 1)):
        assert asked(site, f"Edition.objects.filter(story={made[story]}).count()") == str(number)
    assert desk.complaints == []


def test_picture_is_withdrawn_by_keyboard_and_its_page_says_who_and_why(site, desk, made):
    desk.goto(path(made))
    tab_to(desk, "a.grave")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#id_reason")
    expect(desk.locator(".drawn li")).to_have_count(2)
    tab_to(desk, "#id_reason")
    desk.keyboard.type("The agency took it back")
    tab_to(desk, "button.grave")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".withdrawn")
    said = desk.inner_text(".withdrawn")
    assert "by edwin" in said
    assert "The agency took it back" in said
    expect(desk.locator(".withdrawn a")).to_have_count(2)
    assert wrong_with(desk) == []
    assert asked(site, f"Picture.objects.get(pk={made['pk']}).killed_at is not None") == "True"
    assert desk.complaints == []


def test_number_is_copied_and_the_file_s_other_value_goes_into_the_form(desk, made):
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto(path(made))
    tab_to(desk, "[data-copies]")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".copied:has-text('Copied')")
    assert desk.evaluate("navigator.clipboard.readText()") == made["media_id"]
    tab_to(desk, "button[name=take][value='0:iptc']")
    desk.keyboard.press("Enter")
    assert desk.input_value("#id_headline") == "From IPTC"
    assert desk.evaluate("document.activeElement.id") == "id_headline"
    assert "Save to keep it" in desk.inner_text(".disagreements")
    assert desk.evaluate("getComputedStyle(document.getElementById('id_caption')).direction") == "rtl"
    assert desk.complaints == []


def test_story_s_headline_stands_beside_its_number_as_it_is_typed(desk, looked_at):
    desk.goto(path(looked_at))
    desk.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    desk.fill("#id_only_story", looked_at["follows"])
    desk.wait_for_selector("[data-headline]:has-text('looked at follows')")
    desk.fill("#id_only_story", "99999999")
    desk.wait_for_selector("[data-headline]:has-text('No story with this ID')")
    assert desk.complaints == []
