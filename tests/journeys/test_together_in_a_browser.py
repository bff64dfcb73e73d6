"""Two people on one story, in two browsers: who is here, who holds it, handing over, and what they note to each other."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.axe import wrong_in_each_look

pytestmark = pytest.mark.browser
TEXT = "<p>The ferry left the old quay at six.</p><p>Nobody waved. The ferry left without a sound.</p>"


def start(site, who="rana", **contents):
    facts = {"headline": "Ferry resumes", "body": TEXT} | contents
    script = (
        "import json; from tests.builders import *; from django.contrib.auth.models import User\n"
        f"facts = json.loads({json.dumps(json.dumps(facts))})\n"
        f"print(make_article(User.objects.get(username='{who}'), **facts).pk)"
    )
    return int(site.shell(script).split()[-1])


def open_form(page, story):
    page.goto(f"/admin/articles/article/{story}/change/")
    page.wait_for_selector("textarea[data-ready]", state="attached")
    page.wait_for_selector("[data-handing]:not([hidden])")
    return page


def copy_of(site, story, field="body"):
    script = f"import json; from articles.models import Article; print(json.dumps(Article.objects.get(pk={story}).{field}))"
    return json.loads(site.shell(script))


def knock(page):
    """What happens by itself every fifteen seconds, now."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def saved(page):
    page.wait_for_selector("[data-keeping=kept]")


def select(page, words):
    """Select words in the text, by keyboard as far as a browser is concerned."""
    page.evaluate(
        """(words) => {
            const editor = document.querySelector("textarea[data-markup]").proseEditor
            let found = null
            editor.state.doc.descendants((node, at) => {
                const start = node.isText ? node.text.lastIndexOf(words) : -1
                if (start >= 0) found = { from: at + start, to: at + start + words.length }
            })
            editor.chain().focus().setTextSelection(found).run()
        }""",
        words,
    )
    page.wait_for_selector(".ProseMirror-focused")  # the editor takes the focus with its next frame


def quiet(page):
    assert page.complaints == []


def test_two_people_see_each_other_and_one_takes_over(site, somebody):
    story = start(site)
    rana, edwin = open_form(somebody("rana"), story), open_form(somebody("edwin"), story)
    edwin.wait_for_selector("text=Rana Haddad reads along.")
    rana.fill("#id_headline", "Ferry resumes at last")
    saved(rana)
    knock(edwin)
    edwin.wait_for_selector("text=/Rana Haddad is writing here since [0-9]{2}:[0-9]{2}\\./")
    assert not rana.is_visible("[data-take-over]"), "nobody takes over from themselves"

    rana.click("#id_kicker")
    rana.keyboard.type("Harbour")
    edwin.click("[data-take-over]")
    edwin.wait_for_selector("[data-take-over]", state="hidden")
    knock(rana)
    rana.wait_for_selector(
        "text=/Edwin Cole took over “ferry-resumes.*” at [0-9]{2}:[0-9]{2}; your text is saved/"
    )
    assert copy_of(site, story, "kicker") == "Harbour"
    knock(rana)
    rana.wait_for_selector("text=Edwin Cole is writing here since")
    rana.click("[data-taken] button")
    rana.wait_for_selector("[data-taken]", state="hidden")

    edwin.fill("#id_standfirst", "After three weeks.")
    saved(edwin)
    rana.fill("#id_dateline", "ALEPPO")
    saved(rana)
    facts = [copy_of(site, story, name) for name in ("headline", "kicker", "standfirst", "dateline")]
    assert facts == ["Ferry resumes at last", "Harbour", "After three weeks.", "ALEPPO"]
    edwin.goto("/admin/")
    knock(rana)
    rana.wait_for_selector("[data-presence]", state="hidden")
    quiet(rana), quiet(edwin)


def test_story_is_handed_over_in_one_click_and_comes_back_changed(site, somebody):
    story = start(site)
    rana = open_form(somebody("rana"), story)
    assert rana.inner_text("[data-hand-over]") == "Hand over to the desk Foreign"
    rana.fill("#hand-over-note", "The quotes are checked.")
    rana.click("[data-hand-over]")
    rana.wait_for_selector("text=Handed over to the desk Foreign, and filed.")
    assert copy_of(site, story, "state") == "filed"

    edwin = somebody("edwin")
    edwin.goto("/admin/")
    assert int(edwin.inner_text("[data-unseen] b")) >= 1
    edwin.click(".notices-count")
    line = edwin.locator(".notices li", has_text=f"story {story}")
    assert "over to the desk Foreign: The quotes are checked." in line.inner_text()
    line.get_by_role("button", name="Seen").click()
    expect(line.get_by_role("button")).to_have_count(0)
    line.get_by_role("link").click()
    edwin.wait_for_selector("textarea[data-ready]", state="attached")
    edwin.wait_for_selector("text=The quotes are checked.")
    edwin.fill("#id_headline", "Ferry resumes after repairs")
    saved(edwin)
    edwin.wait_for_selector("text='Hand over to Rana Haddad'")
    edwin.click("[data-hand-over]")
    edwin.wait_for_selector("text=Handed over to Rana Haddad.")

    open_form(rana, story)
    rana.wait_for_selector(
        "text=/Since you last had it \\([0-9]{2}:[0-9]{2}\\): 1 field changed \\(headline\\)\\./"
    )
    address = rana.get_attribute("[data-since] a", "href")
    assert re.fullmatch(rf"/admin/articles/article/{story}/compare/[0-9]+/[0-9]+/", address)
    quiet(rana), quiet(edwin)


def test_words_are_noted_answered_and_settled_by_keyboard(site, somebody):
    story = start(site)
    edwin = open_form(somebody("edwin"), story)
    select(edwin, "The ferry left")
    edwin.keyboard.press("Control+Alt+m")
    edwin.wait_for_selector("[data-passage]:not([hidden])")
    edwin.keyboard.type("Twice the same words? @ra")
    edwin.wait_for_selector("[role=option]:has-text('Rana Haddad')")
    edwin.keyboard.press("Enter")
    edwin.keyboard.press("Tab")
    edwin.keyboard.press("Enter")
    edwin.wait_for_selector("text=Noted. Rana Haddad will be told.")
    assert edwin.eval_on_selector_all("mark.noted", "all => all.map(one => one.textContent)") == [
        "The ferry left"
    ]
    assert edwin.evaluate("document.querySelector('mark.noted').parentElement.textContent").startswith(
        "Nobody waved."
    )
    assert copy_of(site, story) == TEXT, "a note is no part of the text"

    rana = open_form(somebody("rana"), story)
    rana.wait_for_selector("mark.noted")
    line = rana.locator("li.note")
    line.get_by_role("button", name="Answer").focus()
    rana.keyboard.press("Enter")
    rana.keyboard.type("I will change it.")
    rana.keyboard.press("Tab")
    rana.keyboard.press("Enter")
    rana.wait_for_selector("text=Answered.")
    line.get_by_role("button", name=re.compile("^Go to the words")).click()
    rana.wait_for_selector(".ProseMirror-focused")
    rana.keyboard.type("She went")
    rana.wait_for_selector("text=About words no longer there:")
    expect(rana.locator("mark.noted")).to_have_count(0)
    saved(rana)
    assert copy_of(site, story) == TEXT.replace("waved. The ferry left", "waved. She went")

    knock(edwin)
    edwin.wait_for_selector("li.note >> text=I will change it.")
    edwin.locator("li.note").get_by_role("button", name="Settle").click()
    edwin.wait_for_selector("text=Settled. It is kept")
    edwin.click("[data-settled] summary")
    edwin.locator("li.note").get_by_role("button", name="Open again").click()
    edwin.wait_for_selector("text=Opened again.")
    assert "mentioned you in a note" in site.shell(
        "from articles.models import Notice; print([n.text for n in Notice.objects.all()])"
    )
    quiet(rana), quiet(edwin)


def test_note_needs_no_story_that_is_known_yet(site, somebody):
    rana = somebody("rana")
    rana.goto("/admin/articles/article/add/")
    rana.wait_for_selector("textarea[data-ready]", state="attached")
    assert not rana.is_visible("[data-handing]")
    rana.fill("#id_headline", "A beginning")
    saved(rana)
    rana.wait_for_selector("[data-handing]:not([hidden])")
    rana.fill("#note-text", "To be gone on with.")
    rana.click("[data-keep-note]")
    rana.wait_for_selector("text='Noted.'")
    quiet(rana)


def test_pages_of_the_room_keep_to_the_rules_of_access(site, somebody):
    story = start(site)
    edwin = open_form(somebody("edwin"), story)
    edwin.fill("#note-text", "Who says so? @Rana Haddad")
    edwin.click("[data-keep-note]")
    edwin.wait_for_selector("text=Rana Haddad will be told.")
    edwin.locator("li.note").get_by_role("button", name="Answer").click()
    assert wrong_in_each_look(edwin, [(390, "dark")]) == []
    rana = somebody("rana")
    rana.goto("/admin/desk/notices/")
    assert wrong_in_each_look(rana, [(390, "light")]) == []
    quiet(rana), quiet(edwin)
