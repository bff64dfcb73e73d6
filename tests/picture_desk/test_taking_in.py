"""Pictures come in at the desk, one or hundreds: each with its number or a sentence, nothing typed lost, nobody let in who may not."""

import io
import json

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.picture_desk import taking_in, uploading
from media import intake
from media.models import Picture
from tests import builders
from tests.media import drawn
from tests.media.stored import every_file
from tests.media.test_alike import scene

pytestmark = pytest.mark.django_db
ADD = reverse("admin:media_picture_add")
TAKE_IN = reverse("admin:media_picture_take_in")
GOOD = drawn.file().getvalue()


def send(client, file=None, **typed):
    return client.post(TAKE_IN, {**typed, **({"file": file} if file is not None else {})})


def page_of(picture):
    return reverse("admin:media_picture_change", args=[picture.pk])


def body(size):
    """A form with one file of `size` bytes, made as it is read: (its stream, its length, its type)."""
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'

    class Stream(io.RawIOBase):
        left, largest = size, 0

        def readable(self):
            return True

        def read(self, count=-1):
            taken = min(count if count > 0 else 65_536, self.left)
            self.largest = max(self.largest, taken)
            self.left -= taken
            return (head if taken and self.left + taken == size else b"") + bytes(taken)

    return Stream(), size + len(head), "multipart/form-data; boundary=b"


def test_picture_that_comes_in_is_told_as_it_is_now(client, reporter):
    client.force_login(reporter)
    answer = send(
        client, drawn.file(scene(1)), caption=" The quay ", credit="Staff", alt="A quay", keywords="a, b"
    )
    assert answer.status_code == 201
    told, picture = answer.json(), Picture.objects.get()
    assert told == {
        "media_id": picture.media_id, "row": picture.pk, "src": told["src"], "page": page_of(picture),
        "caption": "The quay", "caption_layer": "library", "credit": "Staff", "alt": "A quay",
        "width": 960, "height": 640, "is_made_by_ai": False, "near": [],
    }  # fmt: skip
    assert picture.keywords == ["a", "b"]
    assert picture.made_by == reporter
    assert b"".join(client.get(told["src"]).streaming_content).startswith(b"\xff\xd8")
    assert "no-store" in answer.headers["Cache-Control"]
    near = send(client, drawn.file(scene(1), quality=40)).json()["near"]
    assert near == [
        {
            "media_id": picture.media_id,
            "row": picture.pk,
            "src": told["src"],
            "page": page_of(picture),
            "distance": 0,
            "is_withdrawn": False,
        }
    ]


def test_copy_of_a_withdrawn_picture_says_so_when_it_comes_in(client, picture_desk):
    client.force_login(picture_desk)
    send(client, drawn.file(scene(1)))
    Picture.objects.update(killed_at=timezone.now())
    withdrawn = Picture.objects.get()
    (near,) = send(client, drawn.file(scene(1), quality=40)).json()["near"]
    assert (near["media_id"], near["is_withdrawn"]) == (withdrawn.media_id, True)
    copy = Picture.objects.exclude(pk=withdrawn.pk).get()
    for one in (copy, withdrawn):
        page = client.get(page_of(one)).content.decode()
        assert "Looks like" in page
        assert "Compare and merge" not in page
    assert (
        ", withdrawn</a>"
        in client.post(ADD, {"file": [drawn.file(scene(1), quality=60)] * 2}).content.decode()
    )


@pytest.mark.parametrize(
    ("typed", "caption", "layer"),
    [
        ({}, "The quay", "file"),
        ({"caption_is": "absent"}, "The quay", "file"),
        ({"caption_is": "empty"}, "", "library"),
        ({"caption": "Ours"}, "Ours", "library"),
    ],
)
def test_caption_of_the_file_the_library_or_none(client, reporter, typed, caption, layer):
    client.force_login(reporter)
    told = send(client, drawn.iptc(caption=b"The quay"), **typed).json()
    assert (told["caption"], told["caption_layer"]) == (caption, layer)


def test_very_picture_that_is_here_is_offered(client, reporter):
    client.force_login(reporter)
    there = intake.take_in(drawn.file(), by=None, caption="Dawn", credit="Staff")
    answer = send(client, drawn.file(name="other.jpg"))
    assert answer.status_code == 409
    assert (
        answer.json()["refused"]
        == f"This very picture is here already: Media ID {there.media_id}. Use that one."
    )
    same = answer.json()["same"]
    assert (same["media_id"], same["caption"], same["credit"]) == (there.media_id, "Dawn", "Staff")
    assert same["page"] == page_of(there)
    assert b"".join(client.get(same["src"]).streaming_content).startswith(b"\xff\xd8")


def test_very_picture_that_was_withdrawn_is_not_offered(client, reporter):
    client.force_login(reporter)
    there = intake.take_in(drawn.file(), by=None)
    Picture.objects.filter(pk=there.pk).update(killed_at=timezone.now())
    answer = send(client, drawn.file())
    assert answer.status_code == 422
    assert answer.json() == {
        "refused": f"This very picture is here and was withdrawn: Media ID {there.media_id}. It may not be shown again."
    }


REFUSED = {
    "nothing": (None, {}, "No picture came with it"),
    "empty": (b"", {}, "empty"),
    "SVG": (b"<svg/>", {}, "no picture that can be taken in"),
    "long credit": (GOOD, {"credit": "x" * 301}, "Credit: "),
    "unknown rights": (GOOD, {"rights_class": "borrowed"}, "Rights: "),
    "no day": (GOOD, {"taken_on": "soon"}, "Taken on: "),
    "no number": (GOOD, {"media_id": "quay 55"}, "is no Media ID"),
    "no caption": (GOOD, {"caption_is": "written"}, "Write the caption"),
    "no story": (GOOD, {"only_story": "eight"}, "A story ID is 8 digits"),
    "rights": (GOOD, {"rights_begin_on": "2020-02-02", "rights_end_on": "2020-02-01"}, "end before"),
    "name": (GOOD, {"ids_from_names": "on"}, "Its name is no Media ID"),
}


@pytest.mark.parametrize("which", REFUSED)
def test_what_is_refused_says_why_and_keeps_nothing(client, picture_desk, which):
    raw, typed, sentence = REFUSED[which]
    client.force_login(picture_desk)
    before = every_file()
    answer = send(client, drawn.named(raw, "quay.jpg") if raw is not None else None, **typed)
    assert answer.status_code == 422
    assert sentence in answer.json()["refused"]
    assert not Picture.objects.exists()
    assert every_file() == before


def test_lost_picture_gets_its_file_by_number_or_by_name(client, picture_desk, reporter):
    lost = builders.make_picture(media_id="55361435", caption="Dawn")
    client.force_login(reporter)
    refused = send(client, drawn.file(), media_id="55361435")
    assert "Ask the picture desk" in refused.json()["refused"]
    client.force_login(picture_desk)
    assert send(client, drawn.file(), media_id="Media ID 5536 1435").json()["row"] == lost.pk
    named = drawn.file(drawn.picture((99, 66)), name="55361436.jpg")
    assert send(client, named, ids_from_names="on").json()["media_id"] == "55361436"


def test_each_who_may_not_add_is_told_in_a_sentence(client, reader, reporter):
    ended = send(client, drawn.file())
    assert (ended.status_code, ended.json()["refused"]) == (403, taking_in.ENDED)
    client.force_login(reader)
    assert send(client, drawn.file()).json() == {"refused": taking_in.ENDED}
    nobody = builders.make_person("nobody", "reader", is_superuser=False)
    nobody.is_staff = True
    nobody.save()
    client.force_login(nobody)
    assert send(client, drawn.file()).json() == {"refused": intake.NO_ROLE}
    assert client.get(ADD).status_code == 403
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(reporter)
    forged = send(forger, drawn.file())
    assert (forged.status_code, forged.json()["refused"]) == (403, taking_in.FORGED)
    assert "open since before you logged in" in forger.post(ADD, {"file": drawn.file()}).content.decode()
    assert client.get(TAKE_IN).status_code == 405
    assert not Picture.objects.exists()


def test_token_of_the_page_lets_its_pictures_in(reporter):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(reporter)
    token = str(browser.get(ADD).context["csrf_token"])
    answer = browser.post(TAKE_IN, {"file": drawn.file()}, headers={"X-CSRFToken": token})
    assert answer.status_code == 201
    typed = {"file": drawn.file(comment=b"2"), "csrfmiddlewaretoken": token}
    assert browser.post(ADD, typed).status_code == 302


@pytest.mark.parametrize("where", [ADD, TAKE_IN])
def test_gigabyte_is_refused_without_being_kept_anywhere(client, reporter, monkeypatch, where):
    made = []
    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", lambda *given, **named: made.append(given))
    client.force_login(reporter)
    stream, length, kind = body(1024**3)
    answer = client.generic("POST", where, b"", kind, CONTENT_LENGTH=str(length), **{"wsgi.input": stream})
    assert answer.status_code == 413
    said = json.loads(answer.content)["refused"] if where == TAKE_IN else answer.content.decode()
    assert "larger than" in said
    assert made == []
    assert stream.left == 0
    assert stream.largest < 2**20


def test_one_file_over_the_cap_is_dropped_on_the_way_and_the_others_come_in(client, reporter, monkeypatch):
    monkeypatch.setattr("media.renditions.LARGEST_FILE", 300_000)
    client.force_login(reporter)
    big = drawn.named(drawn.file().getvalue() + bytes(400_000), "big.jpg")
    said = client.post(ADD, {"file": [big, drawn.file()], "caption": "Typed with care"}).content.decode()
    assert "larger than 40 MB" in said
    assert "big.jpg" in said
    assert Picture.objects.get().caption == "Typed with care"
    alone = drawn.named(drawn.file().getvalue() + bytes(400_000), "big.jpg")
    assert send(client, alone).status_code == 413


def test_several_without_scripts_each_get_their_line_and_what_was_typed_stays(client, reporter):
    client.force_login(reporter)
    there = intake.take_in(drawn.file(comment=b"there"), by=None)
    files = [
        drawn.file(scene(1)),
        drawn.named(b"<svg/>", "drawing.svg"),
        drawn.file(comment=b"there", name="x.jpg"),
    ]
    answer = client.post(ADD, {"file": files, "caption": "Typed with care", "credit": "Staff"})
    said = answer.content.decode()
    assert answer.status_code == 200
    new = Picture.objects.get(caption="Typed with care")
    assert page_of(new) in said
    assert "drawing.svg" in said
    assert "no picture that can be taken in" in said
    assert f'href="{page_of(there)}">Use Media ID {there.media_id}' in said
    assert "Typed with care</textarea>" in said
    assert answer.context["form"]["credit"].value() == "Staff"


def test_one_without_scripts_leads_to_its_page(client, reporter):
    client.force_login(reporter)
    answer = client.post(ADD, {"file": drawn.file(), "media_id": "55361435"}, follow=True)
    assert answer.redirect_chain[0][0] == page_of(Picture.objects.get(media_id="55361435"))
    assert "Media ID 55361435 was taken in." in answer.content.decode()


def test_without_a_file_or_with_a_mistake_nothing_is_taken_in_and_nothing_typed_is_lost(client, reporter):
    client.force_login(reporter)
    for typed in (
        {},
        {"file": drawn.file(), "taken_on": "soon"},
        {"file": drawn.file(), "credit": "x" * 301},
    ):
        answer = client.post(ADD, {"caption": "Typed with care", **typed})
        assert "Typed with care</textarea>" in answer.content.decode()
    two = client.post(ADD, {"file": [drawn.file(), drawn.file(comment=b"2")], "media_id": "55361435"})
    assert "Send them one by one" in two.content.decode()
    assert not Picture.objects.exists()


def test_files_for_which_no_time_is_left_are_named(client, reporter, monkeypatch):
    monkeypatch.setattr(taking_in, "SECONDS", -1)
    client.force_login(reporter)
    said = client.post(
        ADD, {"file": [drawn.file(), drawn.file(comment=b"2", name="late.jpg")]}
    ).content.decode()
    assert "late.jpg" in said
    assert taking_in.NOT_REACHED in said
    assert Picture.objects.count() == 1


def test_too_many_files_or_a_broken_form_are_sentences(client, reporter, settings):
    client.force_login(reporter)
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    files = [drawn.file(comment=str(number).encode()) for number in range(3)]
    assert "Choose at most 50 at once" in client.post(ADD, {"file": files}).content.decode()
    broken = client.generic("POST", TAKE_IN, b"--b\r\nnothing", "multipart/form-data")
    assert broken.status_code == 400
    assert broken.json()["refused"] == taking_in.UNREADABLE


def test_who_is_not_logged_in_is_led_to_the_login(client):
    for answer in (client.get(ADD), client.post(ADD, {"file": drawn.file()})):
        assert answer.url.startswith(reverse("admin:login"))
    assert uploading.LARGEST_FORM > 0


def test_number_whose_file_is_lost_is_entered_by_hand_and_takes_its_file_later(client, editor, picture_desk):
    client.force_login(picture_desk)
    library = reverse("admin:media_picture_changelist")
    nothing = client.get(library, {"q": "Media ID 5536 1435"}).content.decode()
    assert f'{ADD}?media_id=55361435">Enter it without its file' in nothing
    assert 'value="55361435"' in client.get(ADD, {"media_id": "55361435"}).content.decode()
    typed = {"without_file": "1", "media_id": "٥٥٣٦ ١٤٣٥", "caption": "The quay", "credit": "Staff"}
    typed["rights_class"] = "staff"
    said = client.post(ADD, typed, follow=True)
    lost = Picture.objects.get(media_id="55361435")
    assert said.redirect_chain[0][0] == page_of(lost)
    assert "entered without its file" in said.content.decode()
    assert (lost.caption, lost.has_file, lost.made_by) == ("The quay", False, picture_desk)
    edition = builders.make_published(editor, pictures=[lost])
    assert "The picture itself is lost" in client.get(edition.get_absolute_url()).content.decode()
    assert send(client, drawn.file(), media_id="55361435").json()["row"] == lost.pk
    assert client.get(f"{library}?q=55361435").url == page_of(lost)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Give the Media ID under which"),
        ({"media_id": "quay"}, "is no Media ID"),
        ({"media_id": "55361435"}, "is here already"),
        ({"media_id": "55361436", "taken_on": "soon"}, "Something typed below needs another look"),
        ({"media_id": "55361436", "file": GOOD}, "A file was chosen as well"),
    ],
)
def test_number_that_cannot_be_entered_says_why_and_keeps_what_was_typed(
    client, picture_desk, typed, sentence
):
    builders.make_picture(media_id="55361435")
    client.force_login(picture_desk)
    if "file" in typed:
        typed = typed | {"file": drawn.named(typed["file"], "quay.jpg")}
    said = client.post(ADD, {"without_file": "1", "caption": "Typed with care", **typed}).content.decode()
    assert sentence in said
    assert "Typed with care</textarea>" in said
    assert Picture.objects.count() == 1
