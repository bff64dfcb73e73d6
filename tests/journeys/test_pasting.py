"""What is pasted from other programs keeps its words and what they are, and says what it could not bring."""

import re
import tarfile
from pathlib import Path

import lxml.html
import pytest

from articles import prose
from tests.journeys import clipboards
from tests.journeys.desk_page import DOOR, JOURNAL, noted, saved, story_in, waits
from tests.journeys.test_desk_in_a_browser import copy_of, open_form, start

pytestmark = pytest.mark.browser
PLATE = Path(__file__).resolve().parents[3] / "shared" / "real" / "html" / "plate-docx-paste.tar.gz"
PASTE = """html => {
    const body = document.querySelector(".ProseMirror")
    const { editor } = body
    const held = new DataTransfer()
    held.setData("text/html", html)
    document.querySelector("#id_body").proseEditor.chain().focus().clearContent(true).run()
    body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }))
    return document.querySelector("#id_body").value
}"""


@pytest.fixture
def paste(site, somebody):
    """Paste into an empty body: `paste(html)` gives what the form then holds."""
    page = open_form(somebody("rana"), start(site, body="<p>Start</p>"))

    def pasted(html):
        return page.evaluate(PASTE, html)

    pasted.page, pasted.site = page, site
    yield pasted
    assert page.complaints == []


def test_clipboards_of_each_program_become_the_body_one_saw(paste):
    for program, (clipboard, body) in clipboards.EVERY.items():
        found = paste(clipboard)
        assert prose.clean(found) == body, program


def test_pictures_left_behind_are_counted_and_said(paste):
    paste('<p>Before</p><p><img src="cid:1" alt=""><img src="https://example.org/b/quay.jpg?x=1"></p>')
    paste.page.wait_for_selector("text=2 pictures were left behind")
    assert "quay.jpg" in paste.page.input_value("#id_body")
    paste("<p>Words alone</p>")
    paste.page.wait_for_selector("text=2 pictures were left behind", state="detached")


def words_of(text):
    return re.sub(r"[\s\u00a0]+", " ", text).strip().split(" ")


def words_pasted(body):
    apart = re.sub(r"(?i)</(p|h2|h3|li|td|th|blockquote)>|<(p|ul|ol|br|hr|table)\b[^>]*>", r" \g<0>", body)
    without = re.sub(r'<p class="note">Picture not pasted.*?</p>', "", apart)
    return words_of(lxml.html.fromstring(f"<div>{without}</div>").text_content())


def source_of(clipboard):
    """The clipboard as it is seen: no sheets, no signs of lists (but for headings), nothing of the program's own."""
    page = lxml.html.fromstring(clipboard)
    for gone in page.xpath("//comment()|//style|//title|//xml|//script"):
        gone.drop_tree()
    for sign in page.xpath("//*[contains(translate(@style,'I \n','i'),'mso-list:ignore')]"):
        if not sign.xpath("ancestor::h1|ancestor::h2|ancestor::h3"):
            sign.drop_tree()
    for line in page.xpath("//p|//br|//li|//td|//h1|//h2|//h3|//h4|//h5|//h6|//div"):
        line.tail = f" {line.tail or ''}"
    return page


def real_clipboards():
    if not PLATE.exists():
        return []
    with tarfile.open(PLATE) as held:
        names = [one for one in held.getnames() if one.endswith(".html") and "/output/" not in one]
        return [(one, held.extractfile(one).read().decode()) for one in names]


@pytest.mark.skipif(not PLATE.exists(), reason="../shared/real is not here: Word's own clipboards not tried")
def test_word_clipboards_of_others_keep_every_word_heading_and_link(paste):
    tried = 0
    for name, clipboard in real_clipboards():
        body, page = paste(clipboard), source_of(clipboard)
        found = lxml.html.fromstring(f"<div>{body}</div>")
        assert words_pasted(body) == words_of(page.text_content()), (name, body[:300])
        filled = [
            one for one in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6") if words_of(one.text_content()) != [""]
        ]
        assert len(found.xpath("//h2|//h3")) == len(filled), name
        tried += 1
        for tags, sign in (("b|strong", "strong"), ("i|em", "em"), ("sup", "sup"), ("s|strike|del", "s")):
            assert tagged(page, tags) <= tagged(found, sign), (name, sign)
        links = {
            one for one in page.xpath("//a[normalize-space(.)]/@href") if one.startswith(("http", "mailto"))
        }
        assert links == set(found.xpath("//a/@href")), name
        lines = [
            one
            for one in page.xpath("//p[contains(@style,'mso-list')]")
            if "level" in one.get("style") and words_of(one.text_content()) != [""]
        ]
        assert len(found.xpath("//li")) == len(lines) + len(page.xpath("//li[normalize-space(.)]")), name
    assert tried >= 29


def tagged(page, tags):
    """The words that stand in these tags, where no style in them takes it back."""
    return {
        word
        for tag in tags.split("|")
        for one in page.iter(tag)
        if not any(
            "normal" in re.sub(r"mso-[a-z-]+:\s*normal", "", part.get("style") or "") for part in one.iter()
        )
        for word in re.findall(r"\w+", one.text_content())
    }


def test_three_megabytes_are_pasted_and_of_a_letter_more_only_the_letter_is_written_down_and_sent(paste):
    page, letters = paste.page, []
    one = (
        "<p class=MsoNormal>"
        + "The boats came back <b>late</b> and the nets were dry. " * 6
        + "<o:p></o:p></p>"
    )
    body = paste(one * 9000)
    assert body.count("<p>") == 9000
    assert body.count("<strong>late</strong>") == 54000
    saved(page, timeout=40_000)
    page.on("request", lambda sent: letters.append(sent.post_data) if sent.url.endswith("/keep/") else None)
    page.route(DOOR, lambda route: route.abort())
    page.click(".ProseMirror > p >> nth=1")
    page.keyboard.press("End")
    page.keyboard.type(" A letter more")
    waits(page, "away")
    page.keyboard.type(" 🎈 and the last.")
    noted(page, "A letter more 🎈 and the last.")
    rows = page.evaluate(JOURNAL, "unsent")
    row = next(row for row in rows if "changed" in row)
    assert len(str(row)) < 2000
    page.unroute(DOOR)
    saved(page, timeout=40_000)
    assert max(map(len, letters)) < 2000
    kept = copy_of(paste.site, story_in(page))
    assert kept.count("<p>") == 9000
    assert "A letter more 🎈 and the last." in kept
