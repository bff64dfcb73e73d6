"""The file of a picture is to be had while readers may see it: for a year by its name, led on when it is made anew, gone when it is."""

import pytest
from django.utils import timezone

from media.models import Picture, Rendition, renditions
from media.models.stores import away
from tests.builders import make_archived, make_article, make_copy, make_person, make_picture

pytestmark = pytest.mark.django_db
ALL = ("jpg", "webp", "avif")


def with_copy(picture, name="0123456789abcdef"):
    return make_copy(picture, name).url


def body_of(response):
    return b"".join(response.streaming_content)


def status(client, address):
    """Return the status of an answer that is read to its end, as a browser does."""
    response = client.get(address)
    if response.streaming:
        body_of(response)
    return response.status_code


def test_file_of_a_public_picture_is_kept_for_a_year_by_browsers_and_seconds_by_shared_caches(client):
    picture = make_picture()
    address = with_copy(picture)
    make_archived(pictures=[picture])
    response = client.get(address)
    assert body_of(response) == b"\xff\xd8 a picture"
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        response.headers["Cache-Control"]
        == "public, max-age=31536000, s-maxage=5, stale-while-revalidate=0, immutable"
    )
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert client.get(address, headers={"if-none-match": response.headers["ETag"]}).status_code == 304
    head = client.head(address)
    assert (head.status_code, head.headers["Content-Length"]) == (200, "12")
    assert list(head.streaming_content) == []


def test_file_of_a_hidden_picture_is_for_staff_alone_and_private(client, editor):
    picture = make_picture()
    address = with_copy(picture)
    for where in (address, f"/admin{address}"):
        client.force_login(make_person(f"reader {where[:4]}", "reader"))
        assert client.get(where).status_code == 404
        client.force_login(editor)
        response = client.get(where)
        assert body_of(response) == b"\xff\xd8 a picture"
        assert response.headers["Cache-Control"] == "private, no-store"
        client.logout()
        assert client.get(where).status_code == 404


def test_file_that_is_lost_from_its_store_is_not_found(client):
    picture = make_picture()
    address = with_copy(picture)
    make_archived(pictures=[picture])
    Rendition.objects.get().drop_files()
    assert client.get(address).status_code == 404


def test_each_format_is_sent_as_what_it_is_and_no_other_is_there(client):
    picture = make_picture()
    make_copy(picture, "abc", kinds=("jpg", "avif"))
    make_archived(pictures=[picture])
    for kind, sent in (("jpg", "image/jpeg"), ("avif", "image/avif")):
        answer = client.get(f"/images/abc.{kind}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, sent)
        assert body_of(answer)
    for name in ("abc.webp", "abc.png", "abc", "abc.jpg.jpg", "abc.svg", "abc."):
        assert client.get(f"/images/{name}").status_code == 404


@pytest.fixture
def remade():
    """A public picture whose copies of the square were made anew, and of the whole."""
    picture = make_picture()
    make_copy(picture, "old", kinds=ALL, width=640, superseded_at=timezone.now())
    make_copy(picture, "new-320", kinds=ALL, width=320)
    make_copy(picture, "new-640", kinds=ALL, width=640)
    make_copy(picture, "square", kinds=ALL, slot="square", width=160)
    Rendition.objects.get(name="old").drop_files()
    make_archived(pictures=[picture])
    return picture


@pytest.mark.parametrize("kind", ALL)
def test_copy_made_anew_leads_to_the_one_of_its_shape_format_and_width(client, remade, kind):
    answer = client.get(f"/images/old.{kind}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/images/new-640.{kind}")
    assert (
        answer.headers["Cache-Control"]
        == "public, max-age=31536000, s-maxage=5, stale-while-revalidate=0, immutable"
    )
    assert status(client, answer.headers["Location"]) == 200
    Rendition.objects.filter(name="new-640").update(width=1920)
    assert client.get(f"/images/old.{kind}").headers["Location"] == f"/images/new-320.{kind}"


def test_copy_made_anew_leads_nowhere_when_nothing_is_left(client, remade):
    Rendition.objects.exclude(name="old").filter(slot="whole").delete()
    assert client.get("/images/old.jpg").status_code == 404


def test_killed_picture_is_gone_at_once_in_every_format_old_and_new(client, remade):
    Picture.objects.update(killed_at=timezone.now())
    for name in ("old", "new-320", "square"):
        assert {client.get(f"/images/{name}.{kind}").status_code for kind in ALL} == {410}


def test_copy_of_a_hidden_picture_that_was_made_anew_leads_nobody_anywhere(client, editor):
    picture = make_picture()
    make_copy(picture, "old", superseded_at=timezone.now())
    make_copy(picture, "new")
    make_article(editor, pictures=[picture])
    assert client.get("/images/old.jpg").status_code == 404
    client.force_login(editor)
    led = client.get("/admin/images/old.jpg")
    assert (led.status_code, led.headers["Location"]) == (301, "/admin/images/new.jpg")
    assert led.headers["Cache-Control"] == "private, no-store"


def test_copy_of_a_merged_picture_leads_to_the_one_it_became(client):
    kept, merged = make_picture(), make_picture()
    make_copy(kept, "kept")
    make_copy(merged, "merged")
    make_archived(pictures=[kept])
    Picture.objects.filter(pk=merged.pk).update(alias_of=kept)
    led = client.get("/images/merged.jpg")
    assert (led.status_code, led.headers["Location"]) == (301, "/images/kept.jpg")
    Picture.objects.filter(pk=kept.pk).update(killed_at=timezone.now())
    assert client.get("/images/merged.jpg").status_code == 410


def test_store_that_is_away_is_said_and_the_story_is_still_read(client, monkeypatch):
    picture = make_picture()
    address = with_copy(picture)
    story = make_archived(pictures=[picture])

    def silent(*_given, **_more):
        error = away()[-1]
        raise OSError("no answer") if error is OSError else error({"Error": {}}, "GetObject")

    monkeypatch.setattr(renditions(), "open", silent)
    answer = client.get(address)
    assert answer.status_code == 503
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Try again in a minute" in answer.content.decode()
    assert client.get(story.get_absolute_url()).status_code == 200


def test_file_costs_two_queries_and_one_more_where_it_leads_on(client, remade, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert body_of(client.get("/images/new-640.webp"))
    with django_assert_num_queries(3):
        client.get("/images/old.webp")
