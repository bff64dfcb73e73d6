"""History, revisions, editions, preview, archive and imports at the desk: shown to those who may, changed by verbs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition, ImportRun, Provenance, Revision, SourcePage
from tests.authoring.desk_form import LIST, log_in, page_of, save, sentences
from tests.builders import (
    make_archived,
    make_article,
    make_copy,
    make_desk,
    make_person,
    make_picture,
    make_published,
)
from tests.public_pages import assert_private

pytestmark = pytest.mark.django_db


def test_history_lists_who_when_and_why(client, editor, reporter):
    edition = make_published(editor, headline="First words")
    save(
        log_in(client, editor), edition, headline="Second words", act="correct", **{"correct-note": "A name."}
    )
    page = sentences(client.get(f"{LIST}{edition.story_id}/history/"))
    for part in (
        "Edition 1",
        "Edition 2",
        "corrected: A name.",
        "Revision 1",
        "Revision 4",
        "editor corrected the story, edition 2",
    ):
        assert part in page
    assert Edition.objects.last().digest[:12] in page
    stranger = make_person("sports", "editor", make_desk("Sports"))
    for address in ("history/", "revisions/1/", "editions/1/", "preview/"):
        assert log_in(client, editor).get(f"{LIST}{edition.story_id}/{address}").status_code == 200, address
        assert log_in(client, stranger).get(f"{LIST}{edition.story_id}/{address}").status_code == 404, address


def test_revision_shows_what_changed_by_words(client, editor):
    article = make_article(editor, headline="The old quay", body="<p>Same line.</p><p>It left at six.</p>")
    save(
        log_in(client, editor),
        article,
        headline="The new quay",
        body="<p>Same line.</p><p>It left at seven.</p>",
    )
    page = client.get(f"{LIST}{article.pk}/revisions/2/").content.decode()
    for word in ("old", "six"):
        assert f"[deleted: </span>{word}<span" in page
    for word in ("new", "seven"):
        assert f"[inserted: </span>{word}<span" in page
    assert "Same line." in page
    assert client.get(f"{LIST}{article.pk}/revisions/9/").status_code == 404
    assert "the copy as it is now" in sentences(client.get(f"{LIST}{article.pk}/revisions/1/?now"))


def test_restoring_needs_the_token_and_keeps_what_it_replaces(client, editor, reporter):
    article = make_article(reporter, headline="First words")
    save(log_in(client, editor), article, headline="Second words")
    address = f"{LIST}{article.pk}/revisions/1/restore/"
    client.post(address, {"token": "1"})
    client.post(address, {})
    assert Article.objects.get().headline == "Second words"
    client.post(address, {"token": Article.objects.get().token})
    assert Article.objects.get().headline == "First words"
    assert Revision.objects.get(number=2).read().headline == "Second words"


def test_only_a_chief_suppresses_an_edition(client, editor, chief):
    edition = make_published(editor)
    address = f"{LIST}{edition.story_id}/editions/1/"
    assert "Suppress" not in sentences(log_in(client, editor).get(address))
    client.post(f"{address}suppress/", {"reason": "Court order"})
    assert Edition.objects.at().exists()
    log_in(client, chief).post(f"{address}suppress/", {"reason": ""})
    assert Edition.objects.at().exists()
    client.post(f"{address}suppress/", {"reason": "Court order"})
    assert not Edition.objects.at().exists()
    assert "suppressed for a legal reason" in sentences(client.get(address))


def test_preview_is_private_and_says_what_it_is(client, editor, reader):
    article = make_article(editor, headline="Seen before it runs", tags=("ferries",))
    response = log_in(client, editor).get(f"{LIST}{article.pk}/preview/")
    assert_private(response)
    assert "noindex" in response.headers["X-Robots-Tag"]
    said = sentences(response)
    assert "Preview: not published." in said
    assert "Seen before it runs" in said
    assert not Edition.objects.exists()
    assert client.post(f"{LIST}{article.pk}/preview/").status_code == 405
    assert log_in(client, reader).get(f"{LIST}{article.pk}/preview/").status_code == 302


def test_preview_shows_pictures_that_readers_cannot_fetch_yet(client, editor):
    picture = make_picture()
    make_copy(picture, "abc-640")
    body = f'<p>Text</p><figure data-media-id="{picture.media_id}"></figure>'
    article = make_article(editor, body=body, pictures=[picture])
    page = log_in(client, editor).get(f"{LIST}{article.pk}/preview/").content.decode()
    assert "/admin/images/abc-640.jpg" in page
    assert '"/images/abc-640.jpg' not in page


def test_preview_of_a_scheduled_story_is_its_first_edition_at_its_hour(client, editor):
    article = make_article(editor)
    due = timezone.now() + timedelta(days=3)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    edition = log_in(client, editor).get(f"{LIST}{article.pk}/preview/").context["edition"]
    assert (edition.number, edition.live_from, edition.published_at) == (1, due, due)


def test_preview_button_saves_first(client, editor):
    article = make_article(editor)
    response = save(log_in(client, editor), article, headline="Saved to be seen", act="preview")
    assert response.headers["Location"].endswith(f"{article.pk}/preview/")
    assert Article.objects.get().headline == "Saved to be seen"


def test_story_of_the_archive_is_taken_up_by_its_own_desk(client, editor, reporter, chief):
    edition = make_archived(headline="Old harbour story")
    shown = f"/admin/articles/edition/{edition.pk}/change/"
    take_up = f"/admin/articles/edition/take-up/{edition.story_id}/"
    assert "Edit this story" in sentences(log_in(client, editor).get(shown))
    assert client.get(take_up).status_code == 405
    log_in(client, reporter).post(take_up)
    assert not Article.objects.exists()
    response = log_in(client, editor).post(take_up)
    assert response.headers["Location"] == page_of(edition)
    assert client.get(page_of(edition)).status_code == 200
    assert client.get(shown).status_code == 404
    assert Edition.objects.at().get() == edition


def test_archive_is_searched_by_words_and_numbers(client, editor):
    edition = make_archived(headline="Old harbour story")
    make_archived(headline="Something else")
    for query in ("harbour", "old story", str(edition.story_id)):
        page = sentences(log_in(client, editor).get("/admin/articles/edition/", {"q": query}))
        assert "Old harbour story" in page, query
        assert "Something else" not in page, query


def test_source_page_shows_bytes_as_text_beside_the_result(client, chief, editor):
    run = ImportRun.objects.create(by=chief, paths=["old/"], counts={"created": 1, "refused": 1})
    raw = b"<h1>Old & <script>alert(1)</script></h1>\n<p>caf\xe9</p>"
    edition = make_archived(headline="Old harbour story")
    source = SourcePage.objects.create(
        run=run,
        file="old/1.html",
        digest="0" * 64,
        raw=raw,
        outcome="created",
        facts=[{"field": "headline", "value": "Old <b>", "line": 1, "rule": "h1", "stated": True}],
        repairs=[{"line": 2, "rule": "encoding", "was": "caf?", "now": "café"}],
    )
    Provenance.objects.create(
        source=source,
        story=edition.story,
        edition=edition,
        facts=[{"field": "date", "value": "2014", "line": 2, "rule": "neighbours", "stated": False}],
    )
    SourcePage.objects.create(
        run=run, file="bad.bin", digest="1" * 64, outcome="refused", reason="bad.bin is empty."
    )
    page = log_in(client, chief).get(f"/admin/articles/sourcepage/{source.pk}/change/")
    text = page.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text
    assert "(inferred)" in text
    assert "Old harbour story" in text
    run_page = sentences(client.get(f"/admin/articles/importrun/{run.pk}/change/"))
    assert "bad.bin is empty." in run_page
    assert "1 created, 1 refused" in run_page
    for address in (f"importrun/{run.pk}/change/", f"sourcepage/{source.pk}/change/"):
        assert log_in(client, editor).get(f"/admin/articles/{address}").status_code == 404
    assert client.post(f"/admin/articles/importrun/{run.pk}/undo/").status_code == 404
    log_in(client, chief).post(f"/admin/articles/importrun/{run.pk}/undo/")
    run.refresh_from_db()
    assert run.undone_by == chief


def test_copy_is_searched_and_filtered(client, editor):
    picture = make_picture()
    sought = make_article(
        editor, headline="Bread", body="<p>Flour is dear.</p>", pictures=[picture], bylines=["Lena Aziz"]
    )
    filed = make_article(editor, headline="Coal")
    workflow.file(by=editor, story_id=filed.pk, token=filed.token)
    log_in(client, editor)
    for query in (
        "q=bread",
        "q=flour",
        f"q={sought.pk}",
        f"q={picture.media_id}",
        "state__exact=draft",
        "by=lena-aziz",
    ):
        page = sentences(client.get(f"{LIST}?{query}")).split("Filter")[0]
        assert "Bread" in page, query
        assert "Coal" not in page, query
    for query in (
        "q=99999999999999999999999",
        "p=999",
        "o=99",
        "state__exact=nonsense",
        "writer__password=x",
        "e=1",
    ):
        assert client.get(f"{LIST}?{query}").status_code in (200, 302, 400), query


def test_list_takes_the_same_queries_however_long(client, editor, django_assert_max_num_queries):
    log_in(client, editor)
    make_article(editor)
    with django_assert_max_num_queries(16) as one:
        client.get(LIST)
    for _ in range(20):
        make_article(editor)
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(LIST)
