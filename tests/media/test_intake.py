"""A picture is taken in by what it holds: the original kept byte for byte, readers get clean copies, the rest a sentence."""

import io
import re

import pytest
from PIL import Image

from media import intake
from media.models import Picture, originals, renditions
from tests import builders
from tests.media import drawn, stored

pytestmark = pytest.mark.django_db


def shown(picture, width=None):
    row = picture.renditions.get(width=width) if width else picture.renditions.last()
    return Image.open(io.BytesIO(bytes_of(renditions(), row.file_name())))


def bytes_of(store, name):
    with store.open(name) as file:
        return file.read()


def kept():
    """Every file in either store."""
    return stored.every_file()


def test_original_is_kept_byte_for_byte_under_a_name_of_its_own():
    file = drawn.file(name="../../etc/pass\u202ewd\x00 harbour.JPG")
    picture = intake.take_in(file, by=None, caption="The harbour", credit="Staff")
    assert bytes_of(originals(), picture.original.name) == file.getvalue()
    assert "harbour" not in picture.original.name
    assert picture.original_name == "passwd harbour.JPG"
    assert picture.original.name not in {row.name for row in picture.renditions.all()}
    assert (picture.width, picture.height, picture.caption) == (900, 600, "The harbour")
    assert re.fullmatch(r"[0-9a-f]{64}", picture.digest)
    assert re.fullmatch(r"[0-9]{4,12}", picture.media_id)


def test_readers_get_copies_no_wider_than_the_original_without_metadata():
    exif = Image.Exif()
    exif[0x010E], exif[0x0110] = "said in the file", "A camera"
    picture = intake.take_in(drawn.file(exif=exif, comment=b"<script>"), by=None)
    assert [row.width for row in picture.renditions.all()] == [320, 640, 900]
    for row in picture.renditions.all():
        copy = shown(picture, row.width)
        assert (copy.format, copy.mode, copy.size) == ("JPEG", "RGB", (row.width, row.height))
        assert not copy.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(copy.info)
        assert re.fullmatch(r"[0-9a-f]{16}-[0-9a-f]{32}", row.name)
        assert row.url == f"/images/{row.name}.jpg"


def test_two_copies_of_one_content_have_names_that_cannot_be_told_from_each_other():
    first = intake.take_in(drawn.file(comment=b"one"), by=None)
    second = intake.take_in(drawn.file(comment=b"two"), by=None)
    names = [row.name for row in (*first.renditions.all(), *second.renditions.all())]
    assert len(set(names)) == 6
    assert len({name.split("-")[0] for name in names}) == 3


@pytest.mark.parametrize(
    ("kind", "saved"),
    [("JPEG", {}), ("PNG", {}), ("WEBP", {}), ("TIFF", {}), ("AVIF", {}), ("GIF", {})],
)
def test_each_allowed_format_is_taken_whatever_it_is_called(kind, saved):
    picture = intake.take_in(drawn.file(kind=kind, name="harbour.exe", **saved), by=None)
    red, green, blue = shown(picture).getpixel((30, 30))
    assert red > 200
    assert green < 60
    assert blue < 60


def test_of_a_moving_picture_the_first_frame_is_taken():
    frames = [drawn.picture(colour="white"), drawn.picture(colour="black")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    assert shown(intake.take_in(file, by=None)).getpixel((800, 500)) > (200, 200, 200)


def test_picture_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = intake.take_in(drawn.file(exif=exif), by=None)
    assert (picture.width, picture.height) == (600, 900)
    assert shown(picture).getpixel((580, 20))[0] > 200
    assert shown(picture).getpixel((20, 20))[0] < 120


def test_transparency_stands_on_white_and_print_colours_become_screen_colours():
    clear = intake.take_in(drawn.file(Image.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG"), by=None)
    assert min(shown(clear).getpixel((9, 9))) > 250
    print_red = Image.new("CMYK", (400, 300), (0, 255, 255, 0))
    assert shown(intake.take_in(drawn.file(print_red), by=None)).getpixel((9, 9))[0] > 200
    deep = Image.new("I;16", (400, 300), 32_768)
    assert 120 < shown(intake.take_in(drawn.file(deep, "TIFF"), by=None)).getpixel((9, 9))[0] < 136


HOSTILE = {
    "empty": (b"", "The file is empty"),
    "half a JPEG": (drawn.file().getvalue()[:4000], "damaged or cut short"),
    "half a PNG": (drawn.file(kind="PNG").getvalue()[:1500], "damaged or cut short"),
    "169 megapixels": (drawn.huge_png(), "13000 × 13000 pixels; 60 million"),
    "a thread": (drawn.file(Image.new("L", (40_000, 1)), "PNG").getvalue(), "no side may be longer"),
    "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n", "no picture that can be taken"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "no picture that can be"),
    "HTML": (b"<!doctype html><html><body>Hello</body></html>", "no picture that can be taken in"),
    "zip": (drawn.archive(), "no picture that can be taken in"),
    "HTML behind": (drawn.file().getvalue() + b"<html><script>alert(1)</script>", "Behind the picture"),
    "zip behind": (drawn.file(kind="PNG").getvalue() + drawn.archive(), "Behind the picture"),
    "noise": (bytes(range(256)) * 400, "no picture that can be taken in"),
    "BMP": (drawn.file(kind="BMP").getvalue(), "Save it as JPEG, PNG, WebP, GIF, TIFF or AVIF"),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_hostile_file_gets_a_sentence_and_leaves_nothing(which):
    raw, sentence = HOSTILE[which]
    before = kept()
    with pytest.raises(intake.NotTaken) as refused:
        intake.take_in(drawn.named(raw, "harbour.jpg"), by=None)
    assert sentence in refused.value.reason
    assert refused.value.reason.endswith(".")
    assert not Picture.objects.exists()
    assert kept() == before


def test_too_large_a_file_is_refused_before_it_is_read_whole(monkeypatch):
    monkeypatch.setattr("media.renditions.LARGEST_FILE", 2000)
    with pytest.raises(intake.NotTaken, match="larger than 40 MB"):
        intake.take_in(drawn.file(), by=None)


def test_page_hidden_in_a_picture_never_reaches_readers():
    page = b"<html><script>alert(document.domain)</script></html>"
    picture = intake.take_in(drawn.file(comment=page), by=None)
    assert page in bytes_of(originals(), picture.original.name)
    assert all(b"<script" not in bytes_of(renditions(), row.file_name()) for row in picture.renditions.all())


def test_decoding_that_dies_or_takes_too_long_is_a_sentence(monkeypatch, caplog):
    monkeypatch.setattr("media.decoding.START", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(intake.NotTaken, match="more memory or time"):
        intake.take_in(drawn.file(), by=None)
    assert "ended with -9" in caplog.text
    monkeypatch.setattr("media.decoding.START", "import time; time.sleep(30)")
    monkeypatch.setattr("media.bounded.SECONDS", 0.5)
    with pytest.raises(intake.NotTaken, match="busy, and had no time"):
        intake.take_in(drawn.file(), by=None)


def test_the_same_file_again_is_told_its_media_id():
    first = intake.take_in(drawn.file(), by=None, media_id="55361435")
    before = kept()
    with pytest.raises(intake.NotTaken, match="here already: Media ID 55361435"):
        intake.take_in(drawn.file(), by=None)
    assert kept() == before
    assert first.media_id == "55361435"


def test_media_id_is_kept_when_given_and_minted_when_not(settings):
    settings.MEDIA_ID_START = 70_000_001
    with pytest.raises(intake.NotTaken, match="is no Media ID"):
        intake.take_in(drawn.file(), by=None, media_id="55-61")
    assert intake.take_in(drawn.file(), by=None).media_id == "70000001"


def test_lost_file_that_turns_up_is_attached_once_and_says_no_more_than_it_may():
    lost = builders.make_picture(media_id="55361435", caption="", credit="", alt="")
    found = intake.take_in(
        drawn.iptc(caption=b"The quay", credit=b"Harbour Agency"), by=None, media_id="55361435"
    )
    assert found.pk == lost.pk
    assert (found.caption, found.file_caption, found.caption_state) == ("", "The quay", "empty")
    assert (found.credit, found.version) == ("Harbour Agency", 2)
    assert found.renditions.count() == 3
    with pytest.raises(intake.NotTaken, match="has its file already"):
        intake.attach(found, drawn.file(), by=None)


def test_reporter_may_add_a_picture_but_not_give_another_its_file(reporter, picture_desk, reader):
    lost = builders.make_picture()
    assert intake.take_in(drawn.file(comment=b"r"), by=reporter).made_by == reporter
    with pytest.raises(intake.NotTaken, match="Your role does not allow this"):
        intake.take_in(drawn.file(), by=reader)
    with pytest.raises(intake.NotTaken, match="Your role does not allow this"):
        intake.attach(lost, drawn.file(), by=reporter)
    assert intake.attach(lost, drawn.file(), by=picture_desk).has_file
