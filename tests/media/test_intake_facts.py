"""What a file states fills what nobody said; what somebody said stands; each fits its column; captions are kept as versions."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from PIL import Image

from media import facts, intake
from media.models import CaptionVersion, Picture, originals
from tests import builders
from tests.media import drawn
from tests.media.stored import every_file

pytestmark = pytest.mark.django_db

SAID = {
    "headline": "Ferry leaves", "creator": ["Nadia Farouk", "Idris Benamar"], "credit": "Harbour Agency",
    "source": "Harbour Pool", "copyright": "© Harbour Agency", "instructions": "Not for covers",
    "rights_terms": "Thirty days", "taken_at": "2016-11-03T06:10:00+02:00", "city": "Halmira", "country": "Littoral",
    "sublocation": "Old Quay", "keywords": ["ferry", "dawn", "ferry"], "alt": "A ferry", "alt_long": "A white ferry.",
    "digital_source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    "made_by_ai": True, "license_ends_at": "2030-01-31", "copyright_owner": [{"name": "Harbour Agency", "id": "7"}],
}  # fmt: skip


def xmp(kind="JPEG"):
    return drawn.file(kind=kind, xmp=drawn.XMP.encode())


def versions(picture):
    return [(row.layer, row.caption, row.said_by) for row in CaptionVersion.objects.filter(picture=picture)]


def test_each_fact_that_a_file_states_has_its_field():
    found = facts.stated(SAID)
    assert found == {
        "headline": "Ferry leaves", "creator": "Nadia Farouk, Idris Benamar", "credit": "Harbour Agency",
        "source": "Harbour Pool", "copyright": "© Harbour Agency", "instructions": "Not for covers",
        "rights_terms": "Thirty days", "taken_on": date(2016, 11, 3), "place": "Old Quay, Halmira, Littoral",
        "keywords": ["ferry", "dawn"], "alt": "A ferry", "alt_long": "A white ferry.", "is_made_by_ai": True,
        "source_type": SAID["digital_source_type"], "rights_end_on": date(2030, 1, 31),
        "rights_holder": "Harbour Agency",
    }  # fmt: skip
    Picture(**found).clean_fields()


@pytest.mark.parametrize("name", ["headline", "credit", "source", "copyright", "instructions", "alt"])
def test_statement_too_long_for_its_field_is_cut_and_never_an_error(name):
    picture = Picture(**facts.stated({name: "é\x00" * 30_000}))
    picture.clean_fields()
    assert getattr(picture, name).endswith("…")
    assert "\x00" not in getattr(picture, name)


@pytest.mark.parametrize("stated", ["", "2016", "2016-11", "0000-00-00", "soon", None, 7, "2016-02-31"])
def test_statement_that_names_no_day_gives_none(stated):
    assert facts.stated({"taken_at": stated, "license_ends_at": stated}) == {}


def test_file_fills_what_nobody_said_and_changes_nothing_that_somebody_did(picture_desk):
    picture = intake.take_in(xmp(), by=picture_desk, credit="Our own", keywords="quay, rain, quay")
    assert (picture.caption, picture.file_caption, picture.caption_state) == (
        None,
        "The quay after rain",
        "present",
    )
    assert (picture.credit, picture.alt, picture.keywords) == ("Our own", "A wet quay", ["quay", "rain"])
    assert picture.said_in_file["credit"] == "Harbour Agency"
    assert versions(picture) == [("file", "The quay after rain", picture_desk)]
    assert " quay " in picture.search_text
    assert picture.media_id in picture.search_text
    assert picture.copies_due_at <= timezone.now()
    assert (picture.format, picture.size) == ("jpg", originals().size(picture.original.name))
    assert Picture.objects.get(pk=picture.pk).likeness


def test_library_s_caption_and_the_file_s_are_two_versions():
    picture = intake.take_in(xmp(), by=None, caption="")
    assert versions(picture) == [("file", "The quay after rain", None), ("library", "", None)]


def test_what_is_said_of_a_picture_fits_or_is_refused_in_a_sentence_and_keeps_no_file():
    before = every_file()
    for wrong, sentence in (
        ({"credit": "x" * 301}, "Credit: .* at most 300"),
        ({"rights_class": "borrowed"}, "Rights: .*not a valid choice"),
        ({"rights_begin_on": date(2020, 2, 2), "rights_end_on": date(2020, 2, 1)}, "end before they begin"),
        ({"only_story": 2**70}, "In this story only"),
        ({"alt": "x" * 30_000}, "Shorten it"),
    ):
        with pytest.raises(intake.NotTaken, match=sentence):
            intake.take_in(drawn.file(), by=None, **wrong)
        with pytest.raises(intake.NotTaken, match=sentence):
            intake.enter(by=None, media_id="55361435", **wrong)
    with pytest.raises(TypeError, match="no killed_at"):
        intake.take_in(drawn.file(), by=None, killed_at=timezone.now())
    assert not Picture.objects.exists()
    assert every_file() == before
    assert intake.enter(by=None, media_id="55361435", caption="A\x00 b").caption == "A b"


def test_licence_that_ends_before_the_person_s_rights_begin_is_left_out():
    begins = timezone.localdate() + timedelta(days=9)
    picture = Picture(rights_begin_on=begins)
    assert facts.complete(picture, {"rights_end_on": begins - timedelta(days=1), "place": "Quay"}) == [
        "place"
    ]
    assert picture.rights_end_on is None


def test_picture_known_by_number_is_completed_by_its_file_everywhere(picture_desk):
    lost = intake.enter(by=picture_desk, media_id="55361435", caption="Dawn", credit="Staff")
    assert versions(lost) == [("library", "Dawn", picture_desk)]
    assert "dawn" in lost.search_text
    assert (lost.copies_due_at, lost.has_file) == (None, False)
    found = intake.attach(lost, xmp(), by=picture_desk, caption="Never", place="Old Quay")
    assert (found.caption, found.file_caption, found.credit, found.alt, found.place) == (
        "Dawn", "The quay after rain", "Staff", "A wet quay", "Old Quay",
    )  # fmt: skip
    assert versions(found)[1:] == [("file", "The quay after rain", picture_desk)]
    assert found.editions_due_at
    assert found.copies_due_at
    assert "rain" in found.search_text


def test_number_that_is_here_is_entered_no_second_time(picture_desk, reader):
    intake.enter(by=picture_desk, media_id="55361435")
    with pytest.raises(intake.NotTaken, match="Media ID 55361435 is here already"):
        intake.enter(by=picture_desk, media_id="55361435")
    with pytest.raises(intake.NotTaken, match="Your role"):
        intake.enter(by=reader, media_id="55361436")
    assert intake.enter(by=None, media_id=None, caption="Number lost").media_id is None


def test_exact_duplicate_names_the_picture_in_force(picture_desk):
    first = intake.take_in(drawn.file(), by=None)
    with pytest.raises(intake.AlreadyHere) as here:
        intake.take_in(drawn.file(name="other.png"), by=picture_desk)
    assert here.value.picture == first
    kept = builders.make_picture(media_id="55361435")
    Picture.objects.filter(pk=first.pk).update(alias_of=kept)
    with pytest.raises(intake.AlreadyHere, match=r"Media ID 55361435\. Use that one") as here:
        intake.take_in(drawn.file(), by=None)
    assert here.value.picture == kept
    Picture.objects.filter(pk=kept.pk).update(killed_at=timezone.now())
    with pytest.raises(intake.AlreadyHere, match="was withdrawn"):
        intake.take_in(drawn.file(), by=None)


def test_file_of_a_merged_number_goes_to_the_picture_it_stands_for():
    kept = builders.make_picture(media_id="55361435")
    builders.make_picture(media_id="55361436", alias_of=kept)
    assert intake.take_in(drawn.file(), by=None, media_id="55361436") == kept


def test_withdrawn_picture_gets_no_file():
    lost = builders.make_picture(media_id="55361435", killed_at=timezone.now())
    with pytest.raises(intake.NotTaken, match="withdrawn and gets no file"):
        intake.attach(lost, drawn.file(), by=None)


def test_store_that_is_away_is_a_sentence_and_keeps_nothing(monkeypatch, caplog):
    before = every_file()

    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    store = type(originals())
    monkeypatch.setattr(store, "save", full)
    with pytest.raises(intake.NotTaken, match="Wait a minute and try again"):
        intake.take_in(drawn.file(), by=None)
    lost = builders.make_picture()
    with pytest.raises(intake.NotTaken, match="Wait a minute and try again"):
        intake.attach(lost, drawn.file(), by=None)
    monkeypatch.undo()
    assert every_file() == before
    assert not Picture.objects.exclude(original="").exists()


def test_every_format_is_known_by_its_letters_not_its_name():
    assert intake.take_in(drawn.file(Image.new("L", (90, 60)), "PNG", "a.jpg"), by=None).format == "png"
