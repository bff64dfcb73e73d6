"""A Word file in a real browser: chosen on the first screen it is a story, dropped on a text it stands at the cursor."""

import pytest
from playwright.sync_api import expect

from tests.authoring import word_made as made
from tests.axe import wrong_in_each_look
from tests.journeys.desk_page import LIST, open_new, ready, saved
from tests.journeys.picture_form import let_go
from tests.media import drawn

pytest.importorskip("mammoth")
pytestmark = pytest.mark.browser
OPENED = "**/admin/articles/article/*/change/"


def log_of_the_quay(headline, *lines):
    picture = drawn.file(drawn.picture((320, 200), "teal"), "PNG").getvalue()
    return made.word(
        made.p(headline, style="Title"),
        *map(made.p, lines),
        made.p(made.image("i1", alt="Two men")),
        made.p("The quay at six.", style="Caption"),
        pictures={"i1": picture},
    )


def test_word_file_starts_a_story_and_another_goes_where_the_cursor_stands(site, somebody):
    page = somebody("rana")
    page.goto("/admin/")
    file = {"name": "log.docx", "mimeType": "", "buffer": log_of_the_quay("Quay log opened", "First entry.")}
    page.get_by_label("Start from a Word file").set_input_files(file)
    page.wait_for_url(OPENED)
    ready(page)
    assert page.input_value("#id_headline") == "Quay log opened"
    expect(page.locator(".messagelist")).to_contain_text("Taken from log.docx")
    expect(page.locator(".ProseMirror figure[data-media-id]")).to_have_count(1)
    expect(page.locator("[data-rows=pictures] > li.known")).to_have_count(1)

    page.click(".ProseMirror p")
    page.wait_for_selector(".ProseMirror-focused")
    second = log_of_the_quay("A second log", "Second entry.")
    let_go(page, ".ProseMirror p", ("second.docx", second))
    expect(page.locator(".ProseMirror h2")).to_have_text("A second log")
    expect(page.locator(".quiet-line", has_text="Taken from second.docx")).to_have_count(1)
    saved(page)
    story = page.get_attribute("form#story", "data-story")
    body = site.shell(f"from articles.models import Article; print(Article.objects.get(pk={story}).body)")
    assert "First entry." in body
    assert "<h2>A second log</h2>" in body
    assert "Second entry." in body

    let_go(page, ".ProseMirror p", ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 of old"))
    expect(page.locator(".word-file [role=status]")).to_contain_text("the old kind (.doc)")
    assert page.complaints == []


def test_word_file_is_dropped_on_the_list_and_on_a_new_story_and_a_bad_one_is_told(site, somebody):
    page = somebody("rana")
    page.goto(LIST)
    expect(page.locator(".word-file")).to_be_visible()
    before = stories(site)
    let_go(page, "#result_list, #changelist", ("notes.docx", b"only words"))
    expect(page.locator(".word-file [role=status]")).to_contain_text("This is no Word file")
    assert wrong_in_each_look(page, context=".word-file") == []
    let_go(page, "#result_list, #changelist", ("log.docx", log_of_the_quay("Dropped on the list", "Entry.")))
    page.wait_for_url(OPENED)
    ready(page)
    open_new(page)
    page.goto(LIST)
    open_new(page)
    let_go(page, ".paper", ("log.docx", log_of_the_quay("Dropped on a new story", "Entry.")))
    page.wait_for_url(OPENED)
    ready(page)
    assert page.input_value("#id_headline") == "Dropped on a new story"
    assert stories(site) == before + 2, "a new story that is left as it came starts none"
    assert page.complaints == []


def stories(site):
    return int(site.shell("from articles.models import Article; print(Article.objects.count())"))
