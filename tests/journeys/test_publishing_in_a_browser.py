"""Publishing on the story page: one press and one confirm, only what is wrong in it, and the page tells in place what happened."""

import re

import pytest
from playwright.sync_api import expect

from tests.axe import wrong_in_each_look
from tests.journeys.desk_page import open_new, open_story, saved

STORY = """
from tests.builders import *
from django.contrib.auth.models import User
who = User.objects.get(username="{name}")
facts = dict(standfirst="The boats are back.") | {facts!r}
pictures = [make_picture(**one) for one in facts.pop("pictures", [])]
article = make_article(who, pictures=pictures, **facts)
{then}
print(article.pk)
"""
STATE = "from articles.models import *; print(Article.objects.get(pk={story}).state, Edition.objects.at().filter(story_id={story}).count())"


@pytest.fixture
def story(site):
    def made(name="edwin", then="", **facts):
        return int(site.shell(STORY.format(name=name, facts=facts, then=then)).split()[-1])

    return made


def state(site, number):
    word, count = site.shell(STATE.format(story=number)).split()
    return word, int(count)


def stays(page):
    """Mark the page, so that one that was loaded again is seen to be another."""
    page.evaluate("window.isStill = true")
    return lambda: page.evaluate("window.isStill === true")


def done(page, words):
    page.wait_for_function(
        "said => document.querySelector('[data-done]')?.textContent.includes(said)", arg=words
    )


def test_one_press_and_one_confirm_publish_and_the_page_stays(site, somebody, story):
    number = story(headline="Ferry back in service")
    page = open_story(somebody("edwin"), number)
    is_still = stays(page)
    page.get_by_label("Headline").fill("Ferry back in service at last")
    page.get_by_role("button", name="Publish now").click()
    dialog = page.get_by_role("dialog", name="Publish now?")
    expect(dialog.locator(".warnings, .stops")).to_have_count(0)
    dialog.get_by_role("button", name="Publish now").click()
    done(page, "Published: edition 1.")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.inner_text("[data-state-word]") == "published"
    expect(page.get_by_role("link", name="As readers see it (edition 1)")).to_have_count(1)
    assert state(site, number) == ("published", 1)
    page.get_by_label("Headline").fill("Ferry back in service, and full")
    saved(page)
    page.get_by_role("button", name="Publish the update").click()
    page.get_by_label("What is new, for readers").fill("The first crossing was sold out.")
    page.get_by_role("dialog").get_by_role("button", name="Publish the update").click()
    done(page, "readers now see edition 2")
    assert is_still()
    assert not page.complaints


def test_hand_over_asks_nothing_when_nothing_is_wrong(site, somebody, story):
    number = story("rana", headline="Nets mended")
    page = open_story(somebody("rana"), number)
    is_still = stays(page)
    page.get_by_role("button", name="Hand to desk").click()
    done(page, "Handed to the desk.")
    assert page.inner_text("[data-state-word]") == "filed"
    assert is_still()
    empty = story("rana", headline="", body="")
    page = open_story(page, empty)
    page.get_by_role("button", name="Hand to desk").click()
    assert "no headline" in page.get_by_role("dialog").inner_text()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")
    assert state(site, empty)[0] == "draft"


def test_only_what_is_wrong_is_listed_and_each_warning_wants_its_reason(site, somebody, story):
    number = story(headline="Photographs of the day", standfirst="", pictures=[{"alt": ""}, {"caption": ""}])
    page = open_story(somebody("edwin"), number)
    page.get_by_role("button", name="Publish now").click()
    dialog = page.get_by_role("dialog")
    boxes = dialog.get_by_label("Or say why it may run so")
    boxes.first.wait_for()
    expect(boxes).to_have_count(3)
    assert page.evaluate("document.activeElement.name") == "waived-no_standfirst"
    page.keyboard.press("Enter")
    dialog.get_by_text("Still to be answered").wait_for()
    assert state(site, number) == ("draft", 0)
    for at in range(3):
        boxes.nth(at).fill(f"Reason {at}")
    dialog.get_by_role("button", name="Publish now").click()
    done(page, "Published")
    kept = site.shell(
        f"from articles.models import Event; print(Event.objects.get(story_id={number}, verb='publish').details['waived'])"
    )
    assert all(f"Reason {at}" in kept for at in range(3))


def test_stop_is_told_and_nothing_to_press_but_back(site, somebody, story):
    number = story(headline="No shelf yet", section="", pictures=[{"credit": ""}])
    page = open_story(somebody("edwin"), number)
    page.get_by_role("button", name="Publish now").click()
    dialog = page.get_by_role("dialog")
    said = dialog.inner_text()
    assert "The story is in no section." in said
    assert "has no credit" in said
    assert [one.inner_text() for one in dialog.get_by_role("button").all()] == ["Back to the story"]
    dialog.get_by_role("button").click()
    page.get_by_label("Section").select_option("world")
    saved(page)
    page.get_by_role("button", name="Publish now").click()
    assert "no section" not in page.get_by_role("dialog").inner_text()


def test_schedule_says_back_what_it_understood_and_names_it_on_the_button(site, somebody, story):
    number = story(headline="For the morning")
    page = open_story(somebody("edwin"), number)
    page.get_by_role("button", name="Schedule …").click()
    box = page.get_by_label("Day and hour")
    box.fill("soonish")
    page.get_by_text("“soonish” is not understood").wait_for()
    box.fill("tomorrow 6")
    page.get_by_text(re.compile(r"day, \d+ \w+ \d{4}, 06:00 \(")).wait_for()
    button = page.get_by_role("dialog").get_by_role("button", name=re.compile(r"^Publish \w+day 06:00$"))
    button.wait_for()
    button.click()
    done(page, "Scheduled: readers see it from")
    assert page.inner_text("[data-state-word]") == "scheduled"
    assert state(site, number) == ("published", 0)
    page.get_by_role("button", name="Take off the schedule").click()
    done(page, "Taken off the schedule.")
    assert page.inner_text("[data-state-word]") == "approved"


def test_kill_lists_where_the_story_shows_and_is_done_at_once(site, somebody, story):
    number = story(
        headline="Named the wrong man",
        then="workflow.publish(by=who, story_id=article.pk, token=article.token)",
    )
    page = open_story(somebody("edwin"), number)
    page.get_by_role("button", name="Kill …").click()
    dialog = page.get_by_role("dialog", name="Kill?")
    assert "the section World and its feeds" in dialog.inner_text()
    assert "the front page and its feeds" in dialog.inner_text()
    dialog.get_by_role("button", name="Kill").click()
    dialog.get_by_text("Choose why the story is killed.").wait_for()
    dialog.get_by_label("Why is it killed?").select_option("wrong")
    dialog.get_by_label("A line for readers").fill("The story named the wrong man.")
    dialog.get_by_role("button", name="Kill").click()
    done(page, "Killed.")
    assert page.inner_text("[data-state-word]") == "killed"
    assert page.request.get(f"/story/{number}/").status == 410


def test_who_lost_the_line_keeps_the_reasons_typed(site, somebody, story):
    number = story(headline="On the train", standfirst="")
    page = open_story(somebody("edwin"), number)
    page.get_by_role("button", name="Publish now").click()
    reason = page.get_by_label("Or say why it may run so")
    reason.fill("One line says it all.")
    page.context.set_offline(True)
    page.get_by_role("dialog").get_by_role("button", name="Publish now").click()
    page.get_by_role("alert").get_by_text("nothing was done").wait_for()
    assert reason.input_value() == "One line says it all."
    page.context.set_offline(False)
    page.get_by_role("dialog").get_by_role("button", name="Publish now").click()
    done(page, "Published")
    assert state(site, number) == ("published", 1)


def test_new_story_gets_its_buttons_with_its_first_words(site, somebody):
    page = open_new(somebody("edwin"))
    is_still = stays(page)
    page.keyboard.type("Begun a moment ago")
    page.get_by_role("button", name="Publish now").wait_for()
    assert is_still()
    page.get_by_role("button", name="Hand to desk").click()
    assert "no text" in page.get_by_role("dialog").inner_text()


def test_without_scripts_the_reasons_are_asked_in_the_page(site, somebody, story):
    number = story(headline="Plain form", standfirst="")
    page = somebody("edwin", java_script_enabled=False)
    page.goto(f"/admin/articles/article/{number}/change/")
    page.get_by_role("button", name="Publish now").click()
    page.get_by_label("Or say why it may run so").fill("One line says it all.")
    with page.expect_navigation():
        page.get_by_role("button", name="Publish now").click()
    assert state(site, number) == ("published", 1)


def test_dialogs_are_accessible(site, somebody, story):
    wrong = story(headline="Looked at by everybody", standfirst="", pictures=[{"alt": ""}])
    page = open_story(somebody("edwin"), wrong)
    for button in ("Publish now", "Schedule …", "Spike …"):
        page.get_by_role("button", name=button).click()
        page.get_by_role("dialog").wait_for()
        assert wrong_in_each_look(page, context="dialog") == []
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.value") in {"publish", "schedule", "spike"}
