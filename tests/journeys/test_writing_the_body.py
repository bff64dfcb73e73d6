"""The body is written by keyboard: quotes set as print does, words found and replaced, stories linked, blocks turned."""

import pytest

from tests.journeys.test_desk_in_a_browser import open_form, start

pytestmark = pytest.mark.browser


@pytest.fixture
def text(site, somebody):
    """Open a story and stand at the end of its last paragraph."""

    def opened(body="<p>Start </p>"):
        page = open_form(somebody("edwin"), start(site, headline="Ferry resumes", body=body))
        page.click(".ProseMirror > * >> nth=-1")
        page.keyboard.press("Control+End")
        return page

    return opened


def body_of(page):
    return page.input_value("#id_body")


def test_quotes_dashes_and_dots_are_set_as_print_does_and_given_back(text):
    page = text()
    page.keyboard.type('"Now," she said, "it\'s \'late\' -- or---later..."')
    assert body_of(page) == "<p>Start “Now,” she said, “it’s ‘late’ – or—later…”</p>"
    page.keyboard.type(' "')
    page.keyboard.press("Backspace")
    assert body_of(page).endswith('later…” "</p>')
    page.keyboard.press("Enter")
    page.keyboard.type("--")
    page.keyboard.press("Control+z")
    assert body_of(page).endswith("<p>--</p>")
    page.click("button:text-is('Smart quotes')")
    assert page.get_attribute("button:text-is('Smart quotes')", "aria-pressed") == "false"
    page.keyboard.type('"')
    assert body_of(page).endswith('<p>--"</p>')
    page.click("button:text-is('Smart quotes')")
    assert page.complaints == []


def test_arabic_paragraph_turns_itself_and_has_its_own_quotes(text):
    page = text("<p>An English line.</p>")
    page.keyboard.press("Enter")
    page.keyboard.type('قال "نعم"')
    assert body_of(page) == '<p>An English line.</p><p dir="rtl">قال «نعم»</p>'
    page.keyboard.press("Control+Shift+x")
    assert body_of(page) == "<p>An English line.</p><p>قال «نعم»</p>"


def test_words_are_found_and_replaced_in_one_step_of_undo(text):
    before = "<p>The boat, a <strong>Bo</strong>at and boats.</p><ul><li>boat</li></ul>"
    page = text(before)
    page.keyboard.press("Control+h")
    page.keyboard.type("boat")
    assert page.inner_text(".finding .count") == "4 found"
    page.check("#find-whole")
    assert page.inner_text(".finding .count") == "3 found"
    page.check("#find-exact")
    assert page.inner_text(".finding .count") == "2 found"
    page.focus("#find-words")
    page.keyboard.press("Enter")
    assert page.inner_text(".finding .count") == "1 of 2 found"
    page.uncheck("#find-exact")
    page.fill("#find-instead", "ship")
    page.click(".finding button:text-is('Replace all')")
    assert body_of(page) == "<p>The ship, a <strong>ship</strong> and boats.</p><ul><li>ship</li></ul>"
    assert "3 replaced" in page.inner_text(".finding .count")
    page.focus("#find-words")
    page.keyboard.press("Escape")
    assert not page.is_visible(".finding")
    page.keyboard.press("Control+z")
    assert body_of(page) == before
    assert page.complaints == []


def test_story_is_linked_by_words_and_by_id(site, text):
    other = start(site, headline="Harbour reopens after the storm")
    page = text("<p>See this</p>")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+Shift+k")
    page.keyboard.type("harbour reopens")
    page.wait_for_selector(".link-stories button:has-text('Harbour reopens after the storm')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert f'href="/story/{other}/' in body_of(page)
    page.keyboard.press("Control+Shift+k")
    page.fill("#link-to", str(other))
    page.keyboard.press("Enter")
    assert f'href="/story/{other}/"' in body_of(page)
    page.keyboard.press("Control+Shift+k")
    page.fill("#link-to", "no address")
    page.keyboard.press("Enter")
    assert "This is no address" in page.inner_text(".linking")
    page.click("button:text-is('Take the link out')")
    assert body_of(page) == "<p>See this</p>"
    assert page.complaints == []


def test_notes_turns_and_tables_are_made_by_keyboard(site, text):
    page = text("<p>Ask him</p>")
    page.keyboard.press("Control+Alt+8")
    assert body_of(page) == '<p class="note">Ask him</p>'
    page.keyboard.press("Control+Alt+6")
    page.keyboard.type("The paper")
    page.keyboard.press("Enter")
    assert body_of(page) == '<p class="question" data-speaker="The paper">Ask him</p>'
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Alt+0")
    page.keyboard.press("Control+Alt+t")
    page.keyboard.type("Port")
    page.keyboard.press("Tab")
    page.keyboard.type("Boats")
    page.keyboard.press("Control+Alt+ArrowDown")
    page.keyboard.press("Control+Alt+ArrowRight")
    assert body_of(page).count("<tr>") == 4
    assert body_of(page).count("<th>") == 3
    assert "<th>Port</th>" in body_of(page)
    page.keyboard.press("Control+Alt+Backspace")
    assert body_of(page).count("<tr>") == 3
    page.keyboard.press("Control+/")
    assert "Find and replace" in page.inner_text("dialog.keys")
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+F10")
    assert page.evaluate("document.activeElement.textContent") == "Text"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.ProseMirror')")
    assert page.complaints == []


def test_turn_is_left_and_a_line_is_quoted_by_keyboard(text):
    page = text("<p>Ask him</p>")
    page.keyboard.press("Control+Alt+7")
    page.keyboard.type("Mayor")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Alt+0")
    page.keyboard.type("Told plainly")
    assert body_of(page) == '<p class="answer" data-speaker="Mayor">Ask him</p><p>Told plainly</p>'
    page.keyboard.press("Control+Shift+B")
    assert body_of(page).endswith("<blockquote>Told plainly</blockquote>")


def test_key_acts_where_the_cursor_is_though_the_page_was_not_told_yet(text):
    page = text("<p>End, then Enter</p>")
    page.keyboard.press("Home")
    page.wait_for_function("() => document.querySelector('#id_body').proseEditor.state.selection.from === 1")
    page.evaluate(
        """() => { const body = document.querySelector(".ProseMirror"), line = body.querySelector("p")
        getSelection().collapse(line, line.childNodes.length)
        body.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, cancelable: true })) }"""
    )
    page.keyboard.type("Next")
    assert body_of(page) == "<p>End, then Enter</p><p>Next</p>"


def test_keys_that_come_before_the_next_frame_find_the_text_and_the_answer_taken(text):
    page = text("<p>Ask him</p>")
    page.evaluate("() => { requestAnimationFrame = () => 0 }")
    page.keyboard.press("Control+h")
    page.keyboard.press("Escape")
    page.keyboard.type("!")
    assert body_of(page) == "<p>Ask him!</p>"
    page.keyboard.press("Control+Alt+7")
    page.evaluate(
        """() => { const dialog = document.querySelector("dialog"), text = document.querySelector(".ProseMirror")
        dialog.querySelector("input").value = "Mayor"
        dialog.querySelector("form").requestSubmit()
        queueMicrotask(() => text.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 13, bubbles: true, cancelable: true }))) }"""
    )
    assert body_of(page) == '<p class="answer" data-speaker="Mayor">Ask him!</p><p class="answer"></p>'
