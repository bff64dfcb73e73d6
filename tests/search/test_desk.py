"""The desk's lists understand the language of the search for what is published, and show no more copy by it."""

from datetime import date

import pytest

from tests.builders import make_archived, make_article, make_person, make_published

pytestmark = pytest.mark.django_db
COPY, ARCHIVE = "/admin/articles/article/", "/admin/articles/edition/"


def listed(client, user, path, q):
    client.force_login(user)
    return client.get(path, {"q": q}).content.decode()


def test_list_of_copy_finds_what_is_published_by_the_language_and_copy_by_its_words(client, editor):
    make_published(editor, headline="Ferry resumes", body="<p>Moussa waved from the old quay.</p>")
    make_article(editor, headline="Ferry strike", body="<p>Nothing moves.</p>")
    for words in ('headline:ferry "old quay"', "musa", "ferr* -strike", "byline:farouk quays"):
        text = listed(client, editor, COPY, words)
        assert "Ferry resumes" in text, words
        assert "Ferry strike" not in text, words
    assert "Ferry strike" in listed(client, editor, COPY, "strike")


def test_archive_at_the_desk_is_searched_as_readers_do(client, editor):
    make_archived(date(2014, 8, 28), headline="Ferry returns", body="<p>It left the quay.</p>")
    make_archived(date(2016, 8, 28), headline="Musa speaks", body="<p>They met Musa there.</p>")
    assert "Ferry returns" in listed(client, editor, ARCHIVE, "quays from:2014 to:2015")
    assert "Musa speaks" in listed(client, editor, ARCHIVE, "moussa -ferry")
    assert "Ferry returns" not in listed(client, editor, ARCHIVE, "moussa -ferry")


def test_nobody_finds_copy_of_another_desk_by_the_language(client, editor):
    make_published(editor, headline="Ferry resumes")
    outsider = make_person("outsider", "reporter")
    assert "Ferry resumes" not in listed(client, outsider, COPY, "headline:ferry")


@pytest.mark.parametrize("q", ["(" * 500, '"', "from:", "a*", "\u202e", "x" * 3_000, "' OR 1=1"])
def test_hostile_words_are_answered_at_the_desk(client, editor, q):
    client.force_login(editor)
    for path in (COPY, ARCHIVE):
        assert client.get(path, {"q": q}).status_code == 200, path


def test_first_screen_leads_to_the_search(client, editor):
    client.force_login(editor)
    assert '<a href="/search/">Search the archive</a>' in client.get("/admin/").content.decode()
