"""A note to the editor stands in the copy and its history, and in nothing that leaves the desk."""

import pytest
from django.test import Client

from articles import prose
from articles.authoring.comparing import as_text
from articles.models import Article, Revision
from tests.builders import make_article, make_published

BODY = (
    "<p>The ferry came.</p>"
    '<p class="note" dir="ltr">Zqask the <strong>zqcaptain</strong>.</p>'
    '<blockquote><p class="note">Zqalone</p></blockquote>'
    '<ul><li>Nets</li><li><p class="note">Zqline</p></li></ul>'
)


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (BODY, "<p>The ferry came.</p><ul><li>Nets</li></ul>"),
        ('<p class="note"><button><p>inside</p></button> tail</p><p>After</p>', "<p>After</p>"),
        ('<p class="note">never closed', ""),
        ('<p data-speaker="a &lt;p class=&quot;note&quot;&gt;" class="answer">Said</p>', None),
        ("<p>Nothing to take out</p>", "<p>Nothing to take out</p>"),
    ],
)
def test_what_is_printed_has_no_note_in_it(body, left):
    cleaned = prose.clean(body)
    assert prose.printed(cleaned) == (cleaned if left is None else left)


def test_words_of_notes_are_neither_counted_nor_read(db):
    assert prose.plain(prose.clean(BODY)) == "The ferry came.\nNets"
    assert "zqcaptain" in prose.plain(prose.clean(BODY), notes=True)
    assert "zq" not in prose.render(prose.clean(BODY), {}).lower()


def test_no_page_feed_search_or_edition_holds_a_note(db, chief):
    edition = make_published(chief, headline="Ferry comes", body=BODY)
    assert "zqcaptain" in Article.objects.get(pk=edition.story_id).body
    for name in ("body", "body_html", "body_text", "excerpt"):
        assert "zq" not in getattr(edition, name).lower(), name
    assert edition.word_count == 4
    address = f"/story/{edition.story_id}/{edition.slug}"
    for page in (f"{address}/", f"{address}.json", "/", "/rss.xml", "/atom.xml", "/feed.json"):
        answer = Client().get(page)
        assert answer.status_code == 200, page
        assert b"zq" not in answer.content.lower(), page
    assert b"Ferry comes" not in Client().get("/search/?q=zqcaptain").content


def test_history_shows_notes(db, chief):
    article = make_article(chief, headline="Ferry comes", body=BODY)
    assert "zqcaptain" in as_text(Revision.objects.get(story_id=article.pk).read(), "body")
