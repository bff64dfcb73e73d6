"""The story's page keeps itself: from the first letter, without a button, whatever is typed and whatever goes wrong."""

import time

import pytest
from playwright.sync_api import expect

from tests.journeys.desk_page import (
    DOOR,
    at_the_end,
    emptied,
    every_text,
    journal,
    noted,
    open_new,
    open_story,
    saved,
    story_in,
    until,
    waits,
)
from tests.journeys.sabotages import crash
from tests.journeys.test_desk_in_a_browser import copy_of, start

pytestmark = pytest.mark.browser


def test_first_letter_of_a_new_story_is_at_the_desk_within_two_seconds(site, somebody):
    page = open_new(somebody("rana"))
    assert page.evaluate("document.activeElement.id") == "id_headline"
    expect(page.locator("button:text-is('Save'):visible")).to_have_count(0)
    begun = time.monotonic()
    page.keyboard.type("F")
    noted(page, '"headline": "F"')
    page.wait_for_url("**/change/", timeout=2000)
    assert time.monotonic() - begun < 2.5
    saved(page)
    assert copy_of(site, story_in(page), "headline") == "F"
    assert page.inner_text("[data-keeping]").startswith("draft")
    assert page.evaluate("document.title").startswith("F ")
    page.keyboard.type("erry resumes")
    page.click(".ProseMirror")
    page.keyboard.type("It left at six.")
    page.keyboard.press("Control+s")
    saved(page)
    assert copy_of(site, story_in(page)) == "<p>It left at six.</p>"
    assert copy_of(site, story_in(page), "headline") == "Ferry resumes"
    assert "4 words · 1 min" in page.inner_text("[data-keeping]")
    assert page.get_attribute("text=Preview", "href").endswith(f"/{story_in(page)}/preview/")
    emptied(page)
    assert page.complaints == []


def test_what_is_no_fact_yet_is_kept_and_said_quietly(site, somebody):
    page = open_new(somebody("rana"))
    page.keyboard.type("Half typed")
    page.click("button:text-is('Add a name')")
    page.fill("#id_bylines-0-contributor", "Nobody at all")
    page.fill("#id_tags_add", "Harb")
    page.keyboard.press("Alt+p")
    page.focus("#id_headline")
    page.keyboard.press("Control+s")
    saved(page)
    page.wait_for_selector(".unfinished:has-text('Nobody called')")
    open_story(page, story_in(page))
    assert page.input_value("#id_bylines-0-contributor") == "Nobody at all"
    assert page.input_value("#id_headline") == "Half typed"
    assert page.complaints == []


def test_anothers_changes_come_in_quietly_and_the_cursor_stays(site, somebody):
    story = start(site, headline="Ferry resumes", body="<p>One.</p><p>Two.</p><p>Three.</p>")
    edwin, rana = open_story(somebody("edwin"), story), open_story(somebody("rana"), story)
    at_the_end(edwin, 0)
    edwin.keyboard.type(" Edwin was here.")
    edwin.fill("#id_standfirst", "Edwin's standfirst")
    edwin.keyboard.press("Control+s")
    saved(edwin)
    at_the_end(rana, 2)
    rana.keyboard.type(" Rana writes")
    rana.wait_for_selector(".ProseMirror p:has-text('Edwin was here.')")
    rana.keyboard.type(" on.")
    rana.keyboard.press("Control+s")
    saved(rana)
    assert copy_of(site, story) == "<p>One. Edwin was here.</p><p>Two.</p><p>Three. Rana writes on.</p>"
    assert rana.input_value("#id_standfirst") == "Edwin's standfirst"
    assert "Edwin Cole changed the standfirst" in rana.inner_text(".field.standfirst .came-in")
    expect(rana.locator(".clash")).to_have_count(0)
    assert rana.complaints == edwin.complaints == []


@pytest.mark.parametrize(
    ("button", "body", "headline"),
    [
        ("Keep mine", "<p>One, said Rana again.</p><p>Two, by Edwin.</p>", "Rana's headline"),
        ("Take theirs", "<p>One, said Edwin.</p><p>Two, by Edwin.</p>", "Edwin's headline"),
        (
            "Keep both",
            "<p>One, said Rana again.</p><p>One, said Edwin.</p><p>Two, by Edwin.</p>",
            "Rana's headline / Edwin's headline",
        ),
    ],
)
def test_passage_that_both_changed_is_asked_for_and_nothing_is_lost(site, somebody, button, body, headline):
    story = start(site, headline="Ferry", body="<p>One</p><p>Two</p>")
    edwin, rana = open_story(somebody("edwin"), story), open_story(somebody("rana"), story)
    at_the_end(edwin, 0)
    edwin.keyboard.type(", said Edwin.")
    at_the_end(edwin, 1)
    edwin.keyboard.type(", by Edwin.")
    edwin.fill("#id_headline", "Edwin's headline")
    edwin.keyboard.press("Control+s")
    saved(edwin)
    rana.fill("#id_headline", "Rana's headline")
    at_the_end(rana, 0)
    rana.keyboard.type(", said Rana")
    rana.wait_for_selector(".ProseMirror .clash")
    rana.wait_for_selector(".field.headline + .clash")
    assert "Edwin Cole changed" in rana.inner_text(".ProseMirror .clash")
    at_the_end(rana, 0)
    rana.keyboard.type(" again.")
    rana.keyboard.press("Control+s")
    saved(rana)
    assert "said Rana again." in every_text(site, story)
    assert copy_of(site, story) == "<p>One, said Edwin.</p><p>Two, by Edwin.</p>"
    rana.click(f".field.headline + .clash button:text-is('{button}')")
    rana.click(f".ProseMirror .clash button:text-is('{button}')")
    rana.wait_for_function("() => !document.querySelector('.clash')")
    rana.wait_for_selector(".ProseMirror p:has-text('by Edwin')")
    rana.keyboard.press("Control+s")
    saved(rana)
    emptied(rana)
    assert copy_of(site, story) == body
    assert copy_of(site, story, "headline") == headline
    for words in ("said Rana again.", "said Edwin.", "Edwin's headline", "Rana's headline"):
        assert words in every_text(site, story), words
    assert rana.complaints == edwin.complaints == []


def test_login_that_ran_out_is_renewed_beside_the_text(site, somebody):
    story = start(site, headline="Before", body="<p>Words</p>")
    page = open_story(somebody("rana"), story)
    page.context.clear_cookies(name="sessionid")
    at_the_end(page)
    page.keyboard.type(" typed while the session ended")
    page.wait_for_selector(".log-in-here")
    page.keyboard.type(" and typed on")
    noted(page, "typed on")
    assert "Not saved: your time at the desk ran out" in page.inner_text("[data-keeping]")
    page.keyboard.press("Control+s")
    page.keyboard.type("a wrong password")
    page.keyboard.press("Enter")
    page.wait_for_selector(".log-in-here [role=alert]:has-text('correct')")
    page.fill(".log-in-here [type=password]", "a long pass-phrase")
    page.keyboard.press("Enter")
    page.wait_for_selector(".log-in-here", state="detached")
    page.keyboard.type(".")
    saved(page)
    assert copy_of(site, story) == "<p>Words typed while the session ended and typed on.</p>"
    page.fill("#id_kicker", "With the new token")
    page.keyboard.press("Control+s")
    saved(page)
    assert copy_of(site, story, "kicker") == "With the new token"
    assert page.complaints == []


def test_crash_leaves_a_text_that_is_offered_beside_the_desks(site, somebody):
    story = start(site, headline="Ferry", body="<p>What the desk has.</p>")
    page = open_story(somebody("rana"), story)
    page.route(DOOR, lambda route: route.abort())
    at_the_end(page)
    page.keyboard.type(" What the desk never heard.")
    page.fill("#id_headline", "Ferry never heard of")
    noted(page, "Ferry never heard of")
    again = page.context.new_page()
    crash(page)  # a page that is closed sends a last letter
    open_story(again, story)
    again.wait_for_selector(".left-behind ins:has-text('never')")
    assert again.input_value("#id_headline") == "Ferry"
    again.click("button:has-text('Take this field (Headline)')")
    until(lambda: copy_of(site, story, "headline") == "Ferry never heard of", "the field taken is not kept")
    again.click("button:text-is('Take all of mine')")
    again.wait_for_selector(".left-behind h2", state="detached")
    saved(again)
    emptied(again)
    assert copy_of(site, story) == "<p>What the desk has. What the desk never heard.</p>"


def test_text_of_a_crash_is_merged_by_paragraphs_and_what_is_not_wanted_is_in_the_history(site, somebody):
    story = start(site, headline="Ferry", body="<p>One</p><p>Two</p><p>Three</p>")
    page, left = open_story(somebody("rana"), story), []
    for number, words in ((0, ", said Rana"), (2, ", not wanted")):
        page.route(DOOR, lambda route: route.abort())
        at_the_end(page, number)
        page.keyboard.type(words)
        noted(page, words)
        left.append(page)
        page = open_story(page.context.new_page(), story)
    edwin = open_story(somebody("edwin"), story)
    at_the_end(edwin, 0)
    edwin.keyboard.type(" of three")
    at_the_end(edwin, 1)
    edwin.keyboard.type(", said Edwin")
    edwin.select_option("#id_genre", "opinion")
    edwin.keyboard.press("Control+s")
    saved(edwin)
    for one in left:
        crash(one)  # closed, it would send a last letter
    open_story(page, story)
    expect(page.locator(".left-behind")).to_have_count(2)
    page.click(".left-behind:has-text('wanted') >> button:text-is('Keep the desk’s')")
    page.click(".left-behind:has-text('Rana') >> button:text-is('Take all of mine')")
    page.wait_for_selector(".ProseMirror .clash")  # of the one paragraph that both changed
    assert copy_of(site, story) == "<p>One of three</p><p>Two, said Edwin</p><p>Three</p>"
    page.click(".ProseMirror .clash button:text-is('Keep both')")
    page.wait_for_selector(".ProseMirror .clash", state="detached")
    page.keyboard.press("Control+s")
    saved(page)
    emptied(page)
    assert copy_of(site, story) == (
        "<p>One, said Rana</p><p>One of three</p><p>Two, said Edwin</p><p>Three</p>"
    )
    assert journal(page, "aside") == []
    assert "Three, not wanted" in every_text(site, story)
    assert edwin.complaints == []


def test_desk_and_dates_that_two_people_changed_are_asked(site, somebody):
    story = start(site, headline="Ferry", body="<p>Words</p>")
    edwin, chidi = open_story(somebody("edwin"), story), open_story(somebody("chidi"), story)
    edwin.fill("#id_due_at", "2030-11-03 06:00")
    edwin.fill("#id_planned_words", "600")
    edwin.keyboard.press("Control+s")
    saved(edwin)
    chidi.fill("#id_planned_words", "900")
    chidi.wait_for_selector(".field.planned_words + .clash:has-text('Edwin Cole changed the planned length')")
    assert "600" in chidi.inner_text(".field.planned_words + .clash")
    assert chidi.input_value("#id_due_at") == "2030-11-03 06:00"  # nobody changed it here: shown
    chidi.click(".field.planned_words + .clash button:text-is('Keep mine')")
    chidi.keyboard.press("Control+s")
    saved(chidi)
    emptied(chidi)
    assert copy_of(site, story, "planned_words") == 900
    assert chidi.complaints == edwin.complaints == []


def test_text_laid_aside_after_a_crash_stays_in_the_browser(site, somebody):
    page = open_new(somebody("rana"))
    page.route(DOOR, lambda route: route.abort())
    page.keyboard.type("A story begun twice")
    noted(page, "A story begun twice")
    again = page.context.new_page()
    page.close()
    open_new(again)
    again.click("button:text-is('Lay it aside')")
    again.wait_for_selector("summary:has-text('Laid aside')", state="detached")
    emptied(again)
    assert journal(again, "aside")[-1]["headline"] == "A story begun twice"
    again.reload()
    again.click("summary:has-text('Laid aside in this browser')")
    again.click("button:has-text('Look at it again') >> nth=0")
    again.click("button:text-is('Go on with this text')")
    again.wait_for_url("**/change/")
    saved(again)
    assert copy_of(site, story_in(again), "headline") == "A story begun twice"


def test_dead_line_is_said_and_everything_goes_when_it_is_back(site, somebody):
    story = start(site, headline="Ferry", body="<p>Words</p>")
    page = open_story(somebody("rana"), story)
    page.context.set_offline(True)
    at_the_end(page)
    page.keyboard.type(" without a line")
    waits(page, "away")
    assert "Not saved: no connection, kept in this browser" in page.inner_text("[data-keeping]")
    page.keyboard.type(" and more")
    noted(page, "and more")
    page.context.set_offline(False)
    saved(page)
    emptied(page)
    assert copy_of(site, story) == "<p>Words without a line and more</p>"


def test_second_tab_shows_what_the_first_one_kept(site, somebody):
    story = start(site, headline="Ferry", body="<p>One.</p><p>Two.</p>")
    first = open_story(somebody("rana"), story)
    second = open_story(first.context.new_page(), story)
    first.bring_to_front()
    at_the_end(first, 0)
    first.keyboard.type(" From the first.")
    second.wait_for_selector(".ProseMirror p:has-text('From the first.')", timeout=5000)
    second.bring_to_front()
    at_the_end(second, 1)
    second.keyboard.type(" From the second.")
    saved(second)
    assert copy_of(site, story) == "<p>One. From the first.</p><p>Two. From the second.</p>"


def test_body_too_large_for_a_story_stays_in_the_browser_and_the_rest_is_kept(site, somebody):
    story = start(site, headline="Ferry", body="<p>Words</p>")
    page = open_story(somebody("rana"), story)
    page.evaluate(
        """() => { const area = document.querySelector("#id_body"); area.value = `<p>${"far too long ".repeat(800000)}</p>`
        area.dispatchEvent(new Event("input", { bubbles: true })) }"""
    )
    page.wait_for_selector(".field.body .unfinished:has-text('ten million')", timeout=20_000)
    page.fill("#id_headline", "Kept all the same")
    page.wait_for_function("() => !document.title.startsWith('Ferry')")
    assert copy_of(site, story, "headline") == "Kept all the same"
    assert "ten million" in page.inner_text("[data-keeping]")
