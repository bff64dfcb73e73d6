"""The picture desk's pages, through HTTP: add, look, change, nothing lost, nobody let in who may not."""

import pytest
from django.urls import reverse

from media.models import Picture
from tests import builders
from tests.media import drawn

pytestmark = pytest.mark.django_db
ADD = reverse("admin:media_picture_add")
LIST = reverse("admin:media_picture_changelist")


def typed(**overrides):
    facts = {
        "version": "1", "caption_is": "written", "caption": "The quay at noon", "credit": "Staff", "alt": "A quay",
        "rights_class": "staff", "rights_holder": "", "rights_terms": "", "rights_end_on": "", "taken_on": "2016-11-03",
        "uses": "anywhere",
    }  # fmt: skip
    return facts | overrides


def page_of(picture):
    return reverse("admin:media_picture_change", args=[picture.pk])


def test_picture_is_added_listed_and_shown(client, picture_desk):
    client.force_login(picture_desk)
    answer = client.post(ADD, typed(file=drawn.file(), media_id="55361435"))
    picture = Picture.objects.get(media_id="55361435")
    assert answer.url == page_of(picture)
    assert (picture.caption, picture.made_by, str(picture.taken_on)) == (
        "The quay at noon",
        picture_desk,
        "2016-11-03",
    )
    listed = client.get(LIST).content.decode()
    assert f'src="{picture.copies()[0].desk_url}"' in listed
    shown = client.get(page_of(picture)).content.decode()
    assert "/admin/images/" in shown
    image = client.get(picture.copies()[0].desk_url)
    assert b"".join(image.streaming_content).startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b"<svg/>", "no picture that can be taken in"),
        (drawn.file().getvalue()[:3000], "cut short"),
    ],
)
def test_bad_file_is_a_sentence_and_what_was_typed_stays(client, picture_desk, raw, sentence):
    client.force_login(picture_desk)
    answer = client.post(ADD, typed(file=drawn.named(raw, "quay.jpg"), caption="Typed with care"))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert "Typed with care" in answer.content.decode()
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("caption_is", "caption", "kept"),
    [("written", " Noon ", "Noon"), ("empty", "", ""), ("absent", "", None)],
)
def test_absent_empty_and_written_captions_are_three_things(client, picture_desk, caption_is, caption, kept):
    picture = builders.make_picture(caption="Before")
    client.force_login(picture_desk)
    client.post(page_of(picture), typed(caption_is=caption_is, caption=caption))
    picture.refresh_from_db()
    assert (picture.caption, picture.version) == (kept, 2)
    assert client.get(page_of(picture)).context["form"].initial["caption_is"] == caption_is


@pytest.mark.parametrize(
    ("caption_is", "caption"), [("written", "  "), ("empty", "Noon"), ("absent", "Noon")]
)
def test_caption_that_contradicts_itself_is_asked_about(client, picture_desk, caption_is, caption):
    picture = builders.make_picture(caption="Before")
    client.force_login(picture_desk)
    answer = client.post(page_of(picture), typed(caption_is=caption_is, caption=caption))
    assert answer.context["form"].errors
    picture.refresh_from_db()
    assert picture.caption == "Before"


def test_second_writer_is_refused_with_both_texts_and_loses_nothing(client, picture_desk):
    picture = builders.make_picture(caption="Before")
    client.force_login(picture_desk)
    client.post(page_of(picture), typed(caption="The first writer's"))
    late = client.post(page_of(picture), typed(caption="The second writer's"))
    said = late.content.decode()
    assert late.status_code == 409
    assert "The first writer&#x27;s" in said
    assert "The second writer&#x27;s" in said
    client.post(
        page_of(picture),
        typed(caption="The second writer's", version=late.context["form"]["version"].value()),
    )
    picture.refresh_from_db()
    assert picture.caption == "The second writer's"
    missing = client.post(page_of(picture), typed(version="", caption="No token"))
    assert "which version" in missing.content.decode()


def test_lost_file_is_uploaded_beside_new_words_or_nothing_is(client, picture_desk):
    picture = builders.make_picture(caption="Before")
    client.force_login(picture_desk)
    refused = client.post(page_of(picture), typed(file=drawn.named(b"no picture", "a.jpg")))
    assert "no picture that can be taken in" in refused.content.decode()
    picture.refresh_from_db()
    assert (picture.caption, picture.version) == ("Before", 1)
    client.post(page_of(picture), typed(file=drawn.file()))
    picture.refresh_from_db()
    assert (picture.caption, picture.has_file, picture.version) == ("The quay at noon", True, 3)
    assert 'type="file"' not in client.get(page_of(picture)).content.decode()


def test_each_role_does_what_it_may(client, reporter, editor, chief, picture_desk, reader):
    picture = builders.make_picture(caption="Before")
    version = 1
    for person in (picture_desk, editor, chief):
        client.force_login(person)
        assert client.get(LIST).status_code == client.get(ADD).status_code == 200
        client.post(page_of(picture), typed(caption=person.username, version=str(version)))
        version += 1
        assert Picture.objects.get(pk=picture.pk).caption == person.username
    client.force_login(reporter)
    assert client.get(LIST).status_code == client.get(ADD).status_code == 200
    assert "ask the picture desk" in client.get(page_of(picture)).content.decode()
    assert client.post(page_of(picture), typed(version=str(version))).status_code == 403
    client.force_login(reader)
    assert {client.get(path).status_code for path in (LIST, ADD, page_of(picture))} == {302}


def test_addresses_that_are_no_picture_s_are_not_found(client, picture_desk):
    client.force_login(picture_desk)
    for path in ("999999999999999999/change/", "9" * 30 + "/change/", "1/delete/", "1/history/", "0/change/"):
        assert client.get(f"/admin/media/picture/{path}").status_code in {302, 404}
    assert client.get("/admin/media/picture/1/delete/", follow=True).status_code in {200, 404}
