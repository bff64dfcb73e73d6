"""Pictures come in through a real browser with the policy on: by drop, by paste, by choice, with a keyboard, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.axe import wrong_in_each_look
from tests.media import drawn
from tests.media.test_alike import scene

pytestmark = pytest.mark.browser
ADD = "/admin/media/picture/add/"
# Gives files to the page as a drop or a paste would: the event's own transfer, filled in the page.
GIVE = """async ([kind, files]) => {
    const transfer = new DataTransfer()
    for (const [name, type, bytes] of files) transfer.items.add(new File([new Uint8Array(bytes)], name, { type }))
    const event = kind === "paste"
        ? new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true })
        : new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true })
    document.querySelector("h1").dispatchEvent(event)
}"""


@pytest.fixture
def page(site, somebody):
    """Rana, a reporter, at the page that takes pictures in; what she is asked before leaving is noted."""
    page = somebody("rana")
    page.goto(ADD)
    return page


def picture(mark, **saved):
    return drawn.file(scene(mark, (600, 400)), comment=str(mark).encode(), **saved).getvalue()


def sent(name, raw):
    return {"name": name, "mimeType": "image/jpeg", "buffer": raw}


def give(page, kind, *files):
    page.evaluate(GIVE, [kind, [[name, "image/jpeg", list(raw)] for name, raw in files]])


def line(page, name):
    return page.locator("li.arrival", has=page.locator(f".name:text-is('{name}')"))


def done(page, said):
    page.wait_for_function(
        "said => document.getElementById('progress').textContent.includes(said) && document.getElementById('stop').hidden",
        arg=said,
    )


def is_asked_before_leaving(page):
    return page.evaluate("!window.dispatchEvent(new Event('beforeunload', { cancelable: true }))")


def test_axe_finds_nothing_and_nothing_runs_over_the_edge(page):
    page.set_input_files("#id_file", [sent("a.jpg", picture(20)), sent("b.jpg", b"no picture")])
    page.click("#start")
    done(page, "1 refused")
    assert wrong_in_each_look(page) == []
    assert page.complaints == []


def test_dropped_pasted_and_chosen_ones_come_in_with_what_is_true_of_all(page):
    page.fill("#id_caption", "The quay on Saturday")
    page.fill("#id_credit", "Rana Haddad")
    give(page, "drop", ("dropped.jpg", picture(1)), ("again.jpg", picture(1)), ("drawing.jpg", b"<svg/>"))
    give(page, "paste", ("image.png", picture(2)))
    page.set_input_files("#id_file", [sent("chosen.jpg", picture(3)), sent("chosen too.jpg", picture(4))])
    assert page.inner_text("#progress") == "0 of 6 taken in, 6 waiting."
    assert is_asked_before_leaving(page)
    page.click("#start")
    done(page, "4 of 6 taken in, 2 refused")
    taken = page.locator(".arrival.taken")
    expect(taken).to_have_count(4)
    for number in range(4):
        assert "The quay on Saturday (Rana Haddad)" in taken.nth(number).inner_text()
        assert re.search(r"Media ID 6\d{7}", taken.nth(number).inner_text())
        page.wait_for_function(
            "n => document.querySelectorAll('.arrival.taken img')[n].naturalWidth > 0", arg=number
        )
    assert "no picture that can be taken in" in line(page, "drawing.jpg").inner_text()
    same = page.locator(".arrival.refused", has_text="here already")
    expect(same.locator("a.use, a", has_text="Use Media ID")).to_have_count(1)
    expect(same.locator("img")).to_have_count(1)
    assert page.input_value("#id_caption") == "The quay on Saturday"
    assert not is_asked_before_leaving(page)
    assert page.complaints == []


def test_picture_that_looks_like_another_shows_it_beside(page):
    page.set_input_files("#id_file", sent("first.jpg", picture(30)))
    page.click("#start")
    done(page, "1 of 1 taken in")
    page.set_input_files("#id_file", sent("second.jpg", picture(30, quality=40)))
    page.click("#start")
    done(page, "2 of 2 taken in")
    near = line(page, "second.jpg").locator(".near")
    number = line(page, "first.jpg").locator(".media-id").inner_text()
    assert "It looks like:" in near.inner_text()
    expect(near.locator("a", has_text=number)).to_have_count(1)
    assert near.locator("img").first.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0


def test_with_a_keyboard_alone(page):
    page.set_input_files("#id_file", sent("keys.jpg", picture(5)))
    page.focus("#id_credit")
    page.keyboard.type("Rana")
    page.keyboard.press("Enter")
    done(page, "1 of 1 taken in")
    assert "(Rana)" in line(page, "keys.jpg").inner_text()
    assert page.get_attribute("#progress", "role") == "status"
    assert page.evaluate("document.activeElement.id") in ("id_credit", "start")


def test_stopped_and_failed_ones_are_tried_again_and_nothing_is_lost(page):
    page.route("**/take-in/", lambda route: route.abort())
    page.set_input_files("#id_file", [sent(f"{number}.jpg", picture(40 + number)) for number in range(3)])
    page.fill("#id_credit", "Rana")
    page.click("#start")
    done(page, "3 refused")
    assert "The line broke off" in line(page, "1.jpg").inner_text()
    page.unroute("**/take-in/")
    # Never let through later either: a file that was stopped on its way does not arrive after all.
    held, is_open = [], []
    page.route("**/take-in/", lambda route: route.continue_() if is_open else held.append(route))
    page.click("#again")
    page.wait_for_function("() => document.querySelectorAll('.arrival.sending').length === 2")
    assert is_asked_before_leaving(page)
    page.click("#stop")
    done(page, "3 stopped")
    is_open.append(True)
    page.click("#again")
    done(page, "3 of 3 taken in")
    assert page.input_value("#id_credit") == "Rana"
    assert page.locator("#again").is_hidden()


def test_session_that_ended_is_a_sentence_and_after_the_login_it_goes_on(site, somebody):
    page = somebody("rana")
    page.goto(ADD)
    kept = page.context.cookies()
    page.set_input_files("#id_file", sent("late.jpg", picture(50)))
    page.context.clear_cookies()
    page.click("#start")
    done(page, "1 refused")
    assert "Your session has ended" in line(page, "late.jpg").inner_text()
    page.context.add_cookies(kept)
    page.click("#again")
    done(page, "1 of 1 taken in")


def test_what_is_too_large_is_refused_before_it_is_sent_and_may_be_left_out(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("document.getElementById('taking-in').dataset.largest = '1000'")
    page.set_input_files("#id_file", sent("large.jpg", picture(60)))
    assert "larger than 40 MB" in line(page, "large.jpg").inner_text()
    page.click("li.arrival button.leave-out")
    expect(page.locator("li.arrival")).to_have_count(0)
    page.click("#start")
    assert page.inner_text("#progress") == "Choose, drop or paste a picture first."
    assert not [url for url in asked if "take-in" in url]


def test_folder_is_walked_in_the_order_of_its_names_and_its_hidden_files_are_left_out(page, tmp_path):
    (tmp_path / "roll" / "deep").mkdir(parents=True)
    for name in ("10.jpg", "2.jpg"):
        (tmp_path / "roll" / "deep" / name).write_bytes(picture(70))
    (tmp_path / "roll" / ".DS_Store").write_bytes(b"x")
    page.set_input_files("#id_folder", str(tmp_path / "roll"))
    names = page.locator(".arrival .name")
    expect(names).to_have_text(["roll/deep/2.jpg", "roll/deep/10.jpg"])
    page.locator("li.arrival button.leave-out").last.click()
    page.click("#start")
    done(page, "1 of 1 taken in")
    page.set_input_files("#id_file", sent(".htaccess", b"No picture"))
    expect(names).to_have_text(["roll/deep/2.jpg", ".htaccess"])


def test_without_scripts_several_come_in_from_one_form(somebody):
    page = somebody("edwin", java_script_enabled=False)
    page.goto(ADD)
    assert page.is_visible("#id_file")
    assert not page.is_visible("#id_folder")
    page.fill("#id_caption", "Typed with care")
    page.set_input_files("#id_file", [sent("one.jpg", picture(80)), sent("bad.jpg", b"no picture")])
    page.click("#start")
    expect(page.locator(".arrival.taken a")).to_have_count(1)
    assert "no picture that can be taken in" in page.inner_text(".arrival.refused")
    assert page.input_value("#id_caption") == "Typed with care"
