"""Readers' pages speak Arabic whole: each sentence is in the catalogue, translated, with its parts, and compiled."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.template.base import DebugLexer, TokenType
from django.utils import translation

from articles import workflow
from articles.models import Article
from tests import catalogue
from tests.builders import make_archived, make_person, make_published

PLACES = re.compile(r"%\((\w+)\)[sd]")
READERS = ("base.html", "archive/", "story/", "errors/")
# What is called the same in every language, and the text of programs.
NAMES = {
    "RSS", "Atom", "JSON", "Feed", "BibTeX", "RIS", "CSL", "SHA", "URL", "CSV", "SVG", "RFC", "UTC",
}  # fmt: skip
SAID_TO_PEOPLE = {"aria-label", "title", "alt", "placeholder", "summary"}


def strings(message):
    return message.string if isinstance(message.string, (list, tuple)) else [message.string]


def test_catalogue_holds_every_sentence_and_no_other():
    as_kept = catalogue.PO.read_bytes()
    assert as_kept == catalogue.as_po(catalogue.refreshed()), (
        "Run `python -m tests.catalogue`, then translate what is new."
    )


def test_every_sentence_is_translated_with_the_same_parts():
    for message in catalogue.kept():
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        parts = {part for one in ids for part in PLACES.findall(one)}
        assert all(strings(message)), f"without a translation: {message.id}"
        said = {part for one in strings(message) for part in PLACES.findall(one)}
        assert said == parts, f"other parts: {message.id}"


def test_compiled_catalogue_is_the_written_one():
    assert catalogue.MO.read_bytes() == catalogue.compiled(catalogue.kept())


class Words(HTMLParser):
    """Collects what a page says to people: its text, and the attributes that are read out."""

    def __init__(self):
        super().__init__()
        self.said, self.inside = [], []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style", "code", "pre"):
            self.inside.append(tag)
        self.said += [value for name, value in attrs if name in SAID_TO_PEOPLE and value]

    def handle_endtag(self, tag):
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, text):
        if not self.inside:
            self.said.append(text)


def bare(source):
    """The words in a template that no translation reaches: what stands outside its tags."""
    kept, is_inside = [], ""
    for token in DebugLexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            if name in ("blocktranslate", "comment"):
                is_inside = f"end{name}"
            elif name == is_inside:
                is_inside = ""
        elif token.token_type == TokenType.TEXT and not is_inside:
            kept.append(token.contents)
    page = Words()
    page.feed("".join(kept))
    words = re.findall(r"[A-Za-z]{2,}", " ".join(page.said))
    return [word for word in words if word not in NAMES]


def templates():
    folder = catalogue.ROOT / "templates"
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*.html")]
    return sorted(name for name in names if name.startswith(READERS))


@pytest.mark.parametrize("name", templates())
def test_template_of_readers_says_nothing_that_is_not_translated(name):
    assert bare((catalogue.ROOT / "templates" / name).read_text()) == []


def test_words_outside_the_tags_are_found():
    said = '<p aria-label="More">{% translate "Fine" %} Older {% blocktranslate %}Fine{% endblocktranslate %} RSS</p>'
    assert bare(said) == ["More", "Older"]


@pytest.mark.django_db
def test_paper_in_arabic_is_arabic_from_right_to_left_and_its_desk_is_english(client, settings):
    edition = make_archived(headline="العبّارة تعود", language="ar", section="")
    settings.LANGUAGE_CODE = "ar"
    with translation.override("ar"):
        for path in ("/", edition.get_absolute_url(), "/undated/", "/corrections/", "/nowhere/"):
            said = client.get(path).content.decode()
            assert '<html lang="ar" dir="rtl">' in said, path
            assert "انتقل إلى النص" in said, path
        make_person("chief", "chief")
        assert "Log in" in client.get("/admin/login/").content.decode()
    with translation.override("en"):
        assert '<html lang="en" dir="ltr">' in client.get("/").content.decode()


@pytest.mark.django_db
def test_what_is_not_there_and_what_machines_read_speaks_the_papers_language(client, settings, editor):
    settings.LANGUAGE_CODE = "ar"
    story = make_published(editor)
    workflow.kill(
        by=editor,
        story_id=story.story_id,
        token=Article.objects.get(pk=story.story_id).token,
        reason="x",
        notice="سُحبت.",
    )
    with translation.override("ar"):
        assert f"المادة {story.story_id}" in client.get(story.get_absolute_url()).content.decode()
        assert "لا تمتد هذه القائمة من هنا" in client.get("/corrections/?after=x").content.decode()
        assert "<title>تصحيحات" in client.get("/corrections/rss.xml").content.decode()
        make_archived(date(2014, 8, 1))
        make_archived(date(2014, 9, 1))
        between = client.get("/at/20140815120000/").content.decode()
        assert re.search(r"2014، \d\d:\d\d UTC", between.partition('class="turns"')[2])
        assert not re.search(r"2014, \d\d:\d\d UTC", between)
        assert "<title>بلا تاريخ" in client.get("/undated/rss.xml").content.decode()
