"""What others do with a story comes into a page in which nothing is typed, and what comes too late is kept aside whole."""

import pytest
from playwright.sync_api import expect

from tests.journeys.desk_page import (
    DOOR,
    ask,
    at_the_end,
    every_text,
    journal,
    noted,
    open_new,
    open_story,
    saved,
    until,
)
from tests.journeys.sabotages import crash
from tests.journeys.test_desk_in_a_browser import copy_of, start

pytestmark = pytest.mark.browser
LOOK_UP = "document.dispatchEvent(new Event('visibilitychange'))"


def act(site, story, verb):
    site.shell(
        "from articles import workflow; from articles.models import Article; from django.contrib.auth.models import User\n"
        f"workflow.{verb}(by=User.objects.get(username='edwin'), story_id={story}, token=Article.objects.get(pk={story}).token, note='See to it')"
    )


def test_page_that_is_only_read_shows_what_others_write_and_makes_no_version(site, somebody):
    story = start(site, headline="Ferry resumes", body="<p>One.</p><p>Two.</p>")
    edwin, rana = open_story(somebody("edwin"), story), open_story(somebody("rana"), story)
    at_the_end(rana)
    rana.keyboard.type(" Rana writes.")
    saved(rana)
    edwin.evaluate(LOOK_UP)
    edwin.wait_for_selector(".ProseMirror p:has-text('Rana writes.')")
    rana.evaluate(LOOK_UP)
    expect(rana.locator("[data-sentence]")).to_have_text("Edwin Cole reads along.")
    made = f"found = list(Revision.objects.filter(story_id={story}, made_by__username='edwin').values_list('kind', flat=True))"
    assert "autosave" not in ask(site, made)
    assert edwin.complaints == rana.complaints == []


def test_page_follows_where_the_story_stands_and_closes_with_it(site, somebody):
    story = start(site, headline="Ferry resumes", body="<p>One.</p>")
    rana = open_story(somebody("rana"), story)
    expect(rana.locator("[data-acts] button:text-is('Hand to desk')")).to_be_visible()
    with rana.expect_response("**/here/"):
        rana.evaluate(LOOK_UP)
    act(site, story, "file")
    act(site, story, "approve")
    rana.evaluate(LOOK_UP)
    expect(rana.locator("[data-state-word]")).to_have_text("approved")
    expect(rana.locator(".ProseMirror")).to_have_attribute("contenteditable", "false")
    expect(rana.locator("[data-acts] button:text-is('Hand to desk')")).to_have_count(0)
    act(site, story, "send_back")
    rana.evaluate(LOOK_UP)
    expect(rana.locator(".ProseMirror")).to_have_attribute("contenteditable", "true")
    at_the_end(rana)
    rana.keyboard.type(" On again.")
    saved(rana)
    assert copy_of(site, story) == "<p>One. On again.</p>"
    assert rana.complaints == []


def test_all_that_was_typed_too_late_is_kept_as_a_version(site, somebody):
    story = start(site, headline="Ferry resumes", body="<p>One.</p>")
    rana = open_story(somebody("rana"), story)
    act(site, story, "file")
    act(site, story, "approve")
    at_the_end(rana)
    held = []
    rana.route(DOOR, lambda letter: held.append(letter))  # noqa: PLW0108 playwright marks what it is given
    rana.keyboard.type(" Too")
    until(lambda: rana.wait_for_timeout(20) or held, "no letter was sent")
    rana.keyboard.type(" late for the desk.")
    noted(rana, "late for the desk.")
    held[0].continue_()
    rana.unroute(DOOR)
    until(lambda: "Too late for the desk." in every_text(site, story), "what was typed last is kept nowhere")
    expect(rana.locator("[data-saved]")).to_contain_text("and as revision")
    assert copy_of(site, story) == "<p>One.</p>"


def test_new_story_is_not_told_that_another_page_chose_its_desk(site, somebody):
    page = open_new(somebody("rana"))
    page.keyboard.type("A first letter")
    page.wait_for_url("**/change/")
    saved(page)
    assert page.input_value("#id_desk")
    expect(page.locator(".came-in")).to_have_count(0)


def test_what_arrived_after_all_is_offered_no_longer(site, somebody):
    story = start(site, headline="Ferry resumes", body="<p>One.</p>")
    page = open_story(somebody("rana"), story)
    page.route(DOOR, lambda route: route.abort())
    at_the_end(page)
    page.keyboard.type(" Left behind.")
    noted(page, "Left behind.")
    context = page.context
    crash(page)
    page = open_story(context.new_page(), story)
    page.wait_for_selector(".left-behind")
    site.shell(
        "from articles.models import *; from django.contrib.auth.models import User\n"
        "from articles import workflow; from articles.workflow.copy import contents_of\n"
        f"one = Article.objects.get(pk={story})\n"
        "workflow.save(by=User.objects.get(username='rana'), story_id=one.pk, token=one.token, contents=contents_of(one).changed(body='<p>One. Left behind.</p>'))"
    )
    page.evaluate(LOOK_UP)
    expect(page.locator(".left-behind")).to_have_count(0, timeout=20_000)
    until(lambda: not journal(page), "the journal still holds it")


def test_more_tags_than_a_story_holds_stay_in_the_form_and_the_rest_is_kept(site, somebody):
    story = start(site, headline="Ferry", body="<p>Words</p>")
    page = open_story(somebody("rana"), story)
    page.evaluate(
        """() => { const area = document.querySelector("#id_tags")
        area.value = Array.from({ length: 600 }, (_, at) => `Tag ${at}`).join("\\n")
        area.dispatchEvent(new Event("input", { bubbles: true })) }"""
    )
    page.fill("#id_headline", "Kept all the same")
    page.wait_for_selector(".field.tags .unfinished:has-text('500 tags at most')")
    until(lambda: copy_of(site, story, "headline") == "Kept all the same", "the headline is not kept")
    assert page.input_value("#id_tags").count("\n") == 599
