"""Pictures: the page of a Media ID and the files behind it, seen by whom and for how long."""

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article
from media.models import Picture
from tests.builders import make_archived, make_article, make_copy, make_picture, make_published

pytestmark = pytest.mark.django_db


def with_copy(picture, name="0123456789abcdef"):
    return make_copy(picture, name).url


def text_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def status(client, address):
    response = client.get(address)
    if response.streaming:
        # Read to its end, as a browser does: closing it halfway would close the test's own connection on PostgreSQL.
        list(response.streaming_content)
    return response.status_code


def test_page_tells_all_about_a_picture_and_every_story_that_shows_it(client, editor):
    picture = make_picture(
        media_id="55361435",
        caption="The quay <at> dawn",
        credit="Reuters",
        rights_class="agency",
        rights_holder="R.",
    )
    make_archived(headline="First use", pictures=[picture])
    make_archived(headline="Second use", pictures=[picture])
    make_article(editor, headline="Secret use", pictures=[picture])
    text = text_of(client, "/media/55361435/")
    for shown in (
        "The quay &lt;at&gt; dawn",
        "Reuters",
        "Agency",
        "First use",
        "Second use",
        "The file is lost",
    ):
        assert shown in text, shown
    assert "Secret use" not in text


def test_uses_page_by_key_to_the_last(client):
    picture = make_picture()
    wanted = {make_archived(pictures=[picture]).headline for _ in range(23)}
    address = f"/media/{picture.media_id}/"
    first = text_of(client, address)
    start = first.index(f'href="{address}?after=') + 6
    second = text_of(client, first[start : first.index('"', start)])
    assert (first.count("<h3>"), second.count("<h3>")) == (20, 3)
    assert all((f">{name}<" in first) != (f">{name}<" in second) for name in wanted)


def test_absent_and_empty_captions_are_told_apart(client):
    absent, empty = make_picture(caption=None), make_picture(caption="")
    make_archived(pictures=[absent, empty])
    assert "Nobody is known to have written one" in text_of(client, f"/media/{absent.media_id}/")
    assert "The caption was left empty" in text_of(client, f"/media/{empty.media_id}/")


def test_picture_of_hidden_stories_answers_as_one_that_never_was(client, editor):
    hidden = make_picture(caption="Secret")
    address = with_copy(hidden)
    make_article(editor, pictures=[hidden])
    never = client.get("/media/11111111/")
    mine = client.get(f"/media/{hidden.media_id}/")
    assert (mine.status_code, mine.content) == (404, never.content)
    file, no_file = client.get(address), client.get("/images/never.jpg")
    assert (file.status_code, file.content) == (404, no_file.content)


def test_picture_released_by_itself_has_a_page_and_no_story(client):
    picture = make_picture(released_at=timezone.now())
    assert "No story in this archive shows it" in text_of(client, f"/media/{picture.media_id}/")


def test_picture_of_an_earlier_version_stays_with_that_version(client, editor):
    picture = make_picture()
    address = with_copy(picture)
    first = make_published(editor, pictures=[picture], slug="quay")
    article = Article.objects.get(pk=first.story_id)
    article.placements.all().delete()
    workflow.update(by=editor, story_id=first.story_id, token=article.token)
    assert status(client, address) == 200
    assert "in edition 1, not since" in text_of(client, f"/media/{picture.media_id}/")


def test_picture_of_a_killed_story_is_gone_with_it(client, editor):
    picture = make_picture(caption="What it showed")
    address = with_copy(picture)
    edition = make_published(editor, pictures=[picture])
    assert status(client, address) == 200
    token = Article.objects.get(pk=edition.story_id).token
    workflow.kill(by=editor, story_id=edition.story_id, token=token, reason="made up")
    assert client.get(address).status_code == 410
    assert "What it showed" not in text_of(client, f"/media/{picture.media_id}/", 410)


def test_killed_picture_is_gone_where_it_was_public_and_unknown_where_not(client):
    shown, never_shown = make_picture(caption="Seen"), make_picture(caption="Unseen")
    seen, unseen = with_copy(shown, "a"), with_copy(never_shown, "b")
    make_archived(pictures=[shown])
    Picture.objects.update(killed_at=timezone.now())
    assert client.get(seen).status_code == 410
    assert "Seen" not in text_of(client, f"/media/{shown.media_id}/", 410)
    assert client.get(unseen).status_code == 404
    assert client.get(f"/media/{never_shown.media_id}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/media/1/",
        "/media/123/",
        "/media/1234567890123/",
        "/media/abcd/",
        "/images/..%2f..%2fetc%2fpasswd",
        "/images/",
    ],
)
def test_number_that_is_no_media_id_is_not_found(client, address):
    assert client.get(address).status_code == 404
