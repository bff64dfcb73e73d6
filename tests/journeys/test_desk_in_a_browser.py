"""What a journalist does at the desk, clicked and typed in a real browser, with the policy on."""

import json

import pytest

from articles import prose
from tests.journeys.desk_page import saved

pytestmark = pytest.mark.browser
LIST = "/admin/articles/article/"


def open_form(page, story):
    page.goto(f"{LIST}{story}/change/")
    ready(page)
    return page


def ready(page):
    page.wait_for_selector("textarea[data-ready]", state="attached")


def press(page, label):
    """Press a button; a page that keeps itself has none to save with, and Control S says that it is saved."""
    if label == "Save" and page.locator("form.keeps-itself").count():
        page.keyboard.press("Control+s")
        return saved(page)
    page.click(f"button:text-is('{label}')")
    return page.wait_for_load_state()


def start(site, **contents):
    """A story of Rana's, through the verb, in the site's own shell."""
    script = (
        "import json; from tests.builders import *; from django.contrib.auth.models import User\n"
        f"facts = json.loads({json.dumps(json.dumps(contents))})\n"
        "print(make_article(User.objects.get(username='rana'), **facts).pk)"
    )
    return int(site.shell(script).split()[-1])


def copy_of(site, story, field="body"):
    return json.loads(
        site.shell(
            f"import json; from articles.models import Article; print(json.dumps(Article.objects.get(pk={story}).{field}))"
        )
    )


def approved_and_published(edwin, story):
    """An editor takes the story from the first screen to readers."""
    edwin.click(f"a[href*='/article/{story}/']")
    ready(edwin)
    edwin.click("button:text-is('Approve')")
    edwin.wait_for_selector("[data-done]:has-text('Approved')")
    edwin.click(".acts button:text-is('Publish now')")
    edwin.fill("dialog [name=waived-no_standfirst]", "A short one")
    edwin.click("dialog button:text-is('Publish now')")
    edwin.wait_for_selector("[data-done]:has-text('Published: edition 1.')")


def test_story_is_written_filed_published_and_corrected(site, somebody):
    rana = somebody("rana")
    rana.goto("/admin/")
    rana.click("text=Start a story")
    ready(rana)
    rana.fill("#id_headline", "Ferry resumes after repairs")
    rana.click(".ProseMirror")
    rana.keyboard.type("The ferry left  at six.")
    rana.keyboard.press("Enter")
    rana.keyboard.press("Control+b")
    rana.keyboard.type("Nobody")
    rana.keyboard.press("Control+b")
    rana.keyboard.type(" waved.")
    rana.select_option("#id_section", "world")
    rana.fill("#id_bylines-0-contributor", "nad")
    rana.wait_for_selector("[role=option]")
    rana.keyboard.press("ArrowDown")
    rana.keyboard.press("Enter")
    rana.fill("#id_tags_add", "Harbours")
    rana.click("text=Add tag")
    rana.click("[role=option]:has-text('place')")
    rana.keyboard.press("Alt+p")
    rana.keyboard.type("70000001")
    rana.keyboard.press("Enter")
    rana.wait_for_selector("text=Fishermen mend their nets.")
    rana.click("button:text-is('Hand to desk')")
    rana.wait_for_selector("[data-done]:has-text('Handed to the desk.')")
    story = int(rana.url.rstrip("/").split("/")[-2])
    assert copy_of(site, story) == "<p>The ferry left  at six.</p><p><strong>Nobody</strong> waved.</p>"

    edwin = somebody("edwin")
    edwin.goto("/admin/")
    approved_and_published(edwin, story)
    assert copy_of(site, story, "bylines.get().contributor.name") == "Nadia Farouk"
    assert copy_of(site, story, "tags.get().kind") == "place"

    edwin.fill("#id_headline", "Ferry resumes after long repairs")
    edwin.click("button:has-text('Publish the correction')")
    edwin.fill("dialog [name$=note]", "An earlier version gave no length of the repairs.")
    edwin.fill("dialog [name=waived-no_standfirst]", "A short one")
    edwin.click("dialog button:text-is('Publish the correction')")
    edwin.wait_for_selector("[data-done]:has-text('Corrected: edition 2')")
    edwin.click("text=History")
    edwin.click("text=Edition 2")
    assert "inserted: long" in " ".join(edwin.inner_text(".redline").split()) or edwin.is_visible(
        "ins:has-text('long')"
    )
    assert rana.complaints == edwin.complaints == []


def test_two_writers_without_scripts_lose_nothing(site, somebody):
    story = start(site, headline="Ferry resumes", body="<p>The first text.</p>")
    first, second = (somebody(name, java_script_enabled=False) for name in ("edwin", "rana"))
    for page in (first, second):
        page.goto(f"{LIST}{story}/change/")
    first.fill("#id_headline", "Ferry resumes on Monday")
    press(first, "Save")
    second.fill("#id_body", "<p>The first text. And a second line.</p>")
    press(second, "Save")
    assert "edwin saved this story while you were writing" in second.inner_text(".trouble")
    assert "Monday" in second.inner_text(".conflict")
    assert "And a second line." in second.input_value("#id_body")
    assert copy_of(site, story, "headline") == "Ferry resumes on Monday"
    second.fill("#id_headline", "Ferry resumes on Monday")
    press(second, "Save")
    assert copy_of(site, story) == "<p>The first text. And a second line.</p>"
    assert copy_of(site, story, "headline") == "Ferry resumes on Monday"


# One of everything that may stand in a body.
EVERYTHING = [
    "<p>Plain, <strong>bold</strong>, <em>italic</em>, <s>struck</s>, H<sub>2</sub>O, m<sup>2</sup>, two  spaces.</p>",
    "<p>One line<br>and another, <strong><em>both</em></strong> &amp; &lt;SB&gt;.</p>",
    '<p class="question" data-speaker="The paper">Was it ready?</p>',
    '<p class="answer" data-speaker="Captain &quot;I&quot; &amp; Sons">It was.</p>',
    '<p class="answer">It went on being ready.</p>',
    '<p class="verse">The sea gives back<br>what the harbour keeps.</p>',
    '<p dir="rtl" lang="ar">غادرت العبّارة الرصيف القديم.</p>',
    '<p class="question" data-speaker="سمير" dir="rtl" lang="ar">متى؟</p>',
    '<h2 dir="rtl" lang="ar">عنوان</h2>',
    "<h2>A heading</h2>",
    '<h3 lang="fr">Un sous-titre</h3>',
    "<blockquote><p>A quotation.</p><p>In two parts.</p></blockquote>",
    "<blockquote>A bare quotation.</blockquote>",
    '<blockquote class="pull" dir="rtl" lang="ar"><p>اقتباس</p></blockquote>',
    '<blockquote class="pull">A bare pull quote.</blockquote>',
    "<ul><li>One</li><li>Two<ul><li>Below</li></ul></li></ul>",
    '<ol dir="rtl"><li><p>First</p></li><li><p>Second</p><p>goes on</p></li></ol>',
    '<ul dir="rtl"><li>واحد</li></ul>',
    '<ol start="4"><li>Fourth</li></ol>',
    '<p class="note">Ask the <strong>captain</strong>.</p>',
    '<p class="note" dir="rtl" lang="ar">اسأل القبطان</p>',
    (
        '<p>A <a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">link</a>, '
        '<a href="/story/12345678/" rel="noopener noreferrer">one of ours</a> and '
        '<a href="mailto:desk@example.org" rel="noopener noreferrer">a letter</a>.</p>'
    ),
    '<figure data-media-id="70000001"></figure>',
    '<figure data-media-id="99999999"></figure>',
    "<hr>",
    "<table><thead><tr><th>Port</th><th>Boats</th></tr></thead><tbody><tr><td>Old</td><td>2</td></tr></tbody></table>",
    (
        '<table><tbody><tr><th colspan="2">Wide</th></tr><tr><td rowspan="2"><p>Tall</p><p>cell</p></td><td>1</td></tr>'
        "<tr><td><strong>2</strong></td></tr></tbody></table>"
    ),
]


@pytest.mark.parametrize("glue", ["", "\n"])
def test_whatever_a_body_may_hold_survives_opening_and_saving(site, somebody, glue):
    body = glue.join(EVERYTHING)
    assert prose.clean(body) == body, "the sample itself is not clean"
    named = {tag for tag in prose.MARKUP if f"<{tag}" in body}
    assert named == set(prose.MARKUP), f"the sample lacks {set(prose.MARKUP) - named}"
    story = start(site, body=body)
    page = open_form(somebody("rana"), story)
    page.fill("#id_kicker", "Untouched text")
    press(page, "Save")
    assert copy_of(site, story) == body
    ready(page)
    # The same when the editor has printed its document anew: a letter typed and taken back.
    page.click(".ProseMirror p >> nth=0")
    page.keyboard.press("End")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    page.fill("#id_kicker", "Touched text")
    press(page, "Save")
    assert copy_of(site, story) == body
    assert page.complaints == []


def test_paste_from_a_word_processor_is_bold_where_it_was_bold(site, somebody):
    story = start(site, body="<p>Start</p>")
    page = open_form(somebody("rana"), story)
    page.click(".ProseMirror p")
    page.keyboard.press("Control+a")
    pasted = (
        '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38">'
        '<span style="font-size:11pt;font-weight:400">Plain, </span><span style="font-weight:700">bold</span>'
        '<span style="font-style:italic">, slanted</span></p></b>'
    )
    page.evaluate(
        """html => {
            const held = new DataTransfer()
            held.setData("text/html", html)
            document.querySelector(".ProseMirror").dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }))
        }""",
        pasted,
    )
    press(page, "Save")
    assert copy_of(site, story) == "<p>Plain, <strong>bold</strong><em>, slanted</em></p>"
    assert page.complaints == []


def test_every_button_of_the_editor_is_reached_by_keyboard(site, somebody):
    story = start(site, body="<p>Words</p>")
    page = open_form(somebody("rana"), story)
    page.focus(".toolbar button >> nth=0")
    reached = []
    for _ in range(page.locator(".toolbar button:visible").count()):
        reached.append(page.evaluate("document.activeElement.textContent"))
        page.keyboard.press("ArrowRight")
    assert reached[:3] == ["Text", "Heading", "Subheading"]
    assert {"Question", "Answer", "Pull quote", "Picture", "Redo", "Note", "Keys"} <= set(reached)
    page.click(".ProseMirror p")
    page.focus("button:text-is('Question')")
    page.keyboard.press("Enter")
    page.keyboard.type("The paper")
    page.keyboard.press("Enter")
    press(page, "Save")
    assert copy_of(site, story) == '<p class="question" data-speaker="The paper">Words</p>'


def test_picture_put_into_the_text_is_placed_in_the_story(site, somebody):
    story = start(site, body="<p>Words</p>")
    page = open_form(somebody("rana"), story)
    page.click(".ProseMirror p")
    page.click("button:text-is('Picture')")
    page.keyboard.type("70000001")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ProseMirror figure:has-text('Fishermen mend their nets.')")
    rows = page.locator("[data-rows=pictures] input[data-media]")
    assert "70000001" in rows.evaluate_all("found => found.map(one => one.value)")
    press(page, "Save")
    assert '<figure data-media-id="70000001"></figure>' in copy_of(site, story)
    assert copy_of(site, story, "placements.get().picture.media_id") == "70000001"
    assert page.complaints == []


def test_story_can_be_written_without_javascript(site, somebody):
    story = start(site, body="<p>Words</p>")
    page = somebody("rana", java_script_enabled=False)
    page.goto(f"{LIST}{story}/change/")
    page.fill("#id_body", "<p>Typed as <em>markup</em>.</p><script>alert(1)</script>")
    page.fill("#id_tags", "place: Idlib")
    press(page, "Save")
    assert copy_of(site, story) == "<p>Typed as <em>markup</em>.</p>"
    assert copy_of(site, story, "tags.get().kind") == "place"


def test_text_survives_the_end_of_the_session_without_scripts(site, somebody):
    story = start(site, headline="Before", body="<p>Words</p>")
    page = somebody("rana", java_script_enabled=False)
    page.goto(f"{LIST}{story}/change/")
    page.fill("#id_headline", "Typed while the session ended")
    page.context.clear_cookies(name="sessionid")
    press(page, "Save")
    assert "Log in to keep what you wrote" in page.inner_text("h1")
    page.fill("#id_username", "rana")
    page.fill("#id_password", "a long pass-phrase")
    press(page, "Log in and save")
    assert copy_of(site, story, "headline") == "Typed while the session ended"


def test_preview_is_the_readers_page_and_keeps_the_policy(site, somebody):
    story = start(site, headline="Seen before it runs", body="".join(EVERYTHING[:20]), pictures=[])
    page = open_form(somebody("edwin"), story)
    page.fill("#id_headline", "Seen just before it runs")
    press(page, "Save")
    page.goto(f"{LIST}{story}/preview/")
    assert "Seen just before it runs" in page.inner_text("h1")
    assert "Preview: not published" in page.inner_text("body")
    assert page.complaints == []
