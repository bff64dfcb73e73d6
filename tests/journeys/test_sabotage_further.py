"""Further sessions in which something goes wrong while somebody writes: two things at once, the browser's own ways, a merge undone."""

import time

import pytest

from tests.journeys.desk_page import DOOR, at_the_end, open_story, ready, saved, until
from tests.journeys.sabotages import Session
from tests.journeys.test_sabotage import a_story, latest

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.weekly]
PASTE = """html => {
    const body = document.querySelector(".ProseMirror"), held = new DataTransfer()
    held.setData("text/html", html)
    body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }))
}"""


@pytest.fixture
def session(site, somebody):
    return Session(site, somebody, a_story(site), "body")


def test_line_that_was_dead_and_a_login_that_ran_out_meanwhile(session):
    page = session.page
    page.context.set_offline(True)
    session.type(" without a line,")
    page.wait_for_selector("[data-keeping=away]")
    page.context.clear_cookies(name="sessionid")
    session.type(" nor a login,")
    page.context.set_offline(False)
    page.wait_for_selector(".log-in-here", timeout=40_000)
    page.fill(".log-in-here [type=password]", "a long pass-phrase")
    page.press(".log-in-here [type=password]", "Enter")
    page.wait_for_selector(".log-in-here", state="detached")
    page.keyboard.type(" written on.")
    session.typed.append("written on.")
    session.all_reaches_the_desk()


def test_back_and_forward_while_a_letter_is_on_its_way(session):
    page = session.page
    page.goto("/admin/")
    open_story(page, session.story)
    session.type(" before the way back,")
    page.go_back()
    page.go_forward()
    ready(page)
    page.wait_for_selector(".ProseMirror p:has-text('before the way back,')")
    session.type(" after it,")
    session.all_reaches_the_desk()
    assert latest(session.site, session.story).count("before the way back") == 1


def test_box_that_the_browser_filled_without_a_key(session):
    page = session.page
    page.evaluate("() => { document.querySelector('#id_kicker').value = 'filled by the browser' }")
    session.typed.append("filled by the browser")
    session.type(" and a letter,")
    session.all_reaches_the_desk()


def test_undo_takes_back_ones_own_words_and_none_that_a_merge_brought(session):
    other = open_story(session.somebody("edwin"), session.story)
    at_the_end(other)
    other.keyboard.type(" By Edwin.")
    saved(other)
    session.type(" By Rana.")
    session.page.wait_for_selector(".ProseMirror p:has-text('By Edwin.')")
    for _ in range(4):
        session.page.keyboard.press("Control+z")
    until(
        lambda: "By Rana." not in latest(session.site, session.story),
        "the undone words are at the desk still",
    )
    assert "By Edwin." in latest(session.site, session.story)
    assert session.is_kept("By Rana.")


def test_paste_while_a_letter_is_on_its_way(session):
    page, held = session.page, []

    def late(letter):
        held.append(letter)
        time.sleep(0.8)
        letter.continue_()

    page.route(DOOR, late)
    session.type(" before the paste,")
    until(lambda: page.wait_for_timeout(20) or held, "no letter was sent")
    page.evaluate(PASTE, "<p>pasted first,</p><p>pasted last,</p>")
    page.keyboard.type(" and typed on,")
    session.typed += ["pasted first,", "pasted last, and typed on,"]
    saved(page, timeout=30_000)  # the letters pass only while the browser is waited for
    session.all_reaches_the_desk()
    assert latest(session.site, session.story).count("pasted first,") == 1


def test_story_is_taken_over_in_the_middle_of_a_word(session):
    session.type(" begun,")
    saved(session.page)
    other = open_story(session.somebody("edwin"), session.story)
    other.wait_for_selector("[data-take-over]:visible")
    session.page.keyboard.type(" mid", delay=20)
    other.click("[data-take-over]")
    session.page.keyboard.type("word and on.", delay=20)
    at_the_end(other)
    other.keyboard.type(" Edwin goes on.")
    session.typed += ["midword and on.", "Edwin goes on."]
    session.all_reaches_the_desk()
    assert all(
        words in latest(session.site, session.story) for words in ("midword and on.", "Edwin goes on.")
    )


def test_letter_is_composed_while_a_merge_comes_in(session):
    page = session.page
    keys = page.context.new_cdp_session(page)
    at_the_end(page, 0)
    keys.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    other = open_story(session.somebody("edwin"), session.story)
    at_the_end(other)
    other.keyboard.type(" By Edwin.")
    saved(other)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    keys.send("Input.imeSetComposition", {"text": "日本", "selectionStart": 2, "selectionEnd": 2})
    keys.send("Input.insertText", {"text": "日本"})
    page.keyboard.type("語")
    session.typed += ["日本語", "By Edwin."]
    session.all_reaches_the_desk()
    assert "日本語" in latest(session.site, session.story)
