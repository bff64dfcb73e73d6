"""What a file says of itself is read: IPTC in any character set, XMP, EXIF; absent and empty kept apart."""

import json
import tarfile
from pathlib import Path

import pytest
from PIL import Image

from media import intake
from tests.media import drawn

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "images"


def said(file):
    picture = intake.take_in(file, by=None)
    return picture.file_caption, picture.credit, picture.alt


def with_exif(caption=None, artist=None):
    exif = Image.Exif()
    if caption is not None:
        exif[0x010E] = caption
    if artist is not None:
        exif[0x013B] = artist
    return drawn.file(exif=exif)


@pytest.mark.parametrize(
    ("fields", "caption"),
    [
        ({}, None),
        ({"caption": b""}, ""),
        ({"caption": b" " * 31}, None),
        ({"caption": "Café à l’aube".encode(), "charset": b"\x1b%G"}, "Café à l’aube"),
        ({"caption": "ميناء المدينة عند الفجر".encode()}, "ميناء المدينة عند الفجر"),
        ({"caption": "Café".encode("latin-1")}, "Café"),
        ({"caption": b"\xff\xfe broken", "charset": b"\x1b%G"}, "ÿþ broken"),
        ({"caption": b"Two\x00 words\x07"}, "Two words"),
    ],
)
def test_iptc_caption_is_read_in_its_own_character_set(fields, caption):
    assert said(drawn.iptc(byline=b"N. Farouk", **fields))[:2] == (caption, "N. Farouk")


def test_xmp_gives_caption_credit_and_alternative_text():
    file = drawn.file(xmp=drawn.XMP.encode())
    assert said(file) == ("The quay after rain", "Harbour Agency", "A wet quay")


@pytest.mark.parametrize(
    "packet", ["<x", "<!DOCTYPE a [<!ENTITY b 'c'>]><x:xmpmeta xmlns:x='a'>&b;</x:xmpmeta>", "<a/>"]
)
def test_broken_or_hostile_xmp_says_nothing(packet):
    assert said(drawn.file(xmp=packet.encode())) == (None, "", "")


@pytest.mark.parametrize(
    ("caption", "read"),
    [("The quay", "The quay"), ("", None), ("   ", None), ("OLYMPUS DIGITAL CAMERA         ", None)],
)
def test_camera_s_padding_is_no_caption(caption, read):
    assert said(with_exif(caption))[0] == read


def test_library_s_words_go_before_the_file_s():
    picture = intake.take_in(
        drawn.file(xmp=drawn.XMP.encode()), by=None, caption="Ours", credit="Us", alt="Quay"
    )
    assert (picture.caption_in_force, picture.credit, picture.alt) == ("Ours", "Us", "Quay")
    assert picture.file_caption == "The quay after rain"


def members(name, ending):
    if not REAL.exists():
        pytest.skip(f"NO REAL PICTURES: {REAL} is absent, so only drawn ones were tried.")
    with tarfile.open(REAL / name) as packed:
        for member in packed:
            if member.isfile() and member.name.lower().endswith(ending):
                yield member.name.rsplit("/", 1)[-1], packed.extractfile(member).read()


def test_reference_picture_of_the_iptc_is_read():
    folder = REAL / "iptc-reference"
    if not folder.exists():
        pytest.skip(f"NO REAL PICTURES: {folder} is absent.")
    expected = json.loads((folder / "expected-full.json").read_text())[0]
    file = next(folder.glob("*.jpg"))
    picture = intake.take_in(drawn.named(file.read_bytes(), file.name), by=None)
    assert picture.file_caption == expected["IPTC:Caption-Abstract"]
    assert picture.credit == expected["IPTC:Credit"]
    assert (picture.width, picture.height) == (expected["File:ImageWidth"], expected["File:ImageHeight"])


def test_every_orientation_comes_out_upright():
    for name, raw in members("orientation.tar", ".jpg"):
        picture = intake.take_in(drawn.named(raw, name), by=None)
        assert (picture.width > picture.height) == name.startswith("Landscape"), name


def test_unit_cases_of_metadata_are_taken_or_refused_with_a_sentence():
    outcomes = {}
    for name, raw in members("metadata-extractor-unit.tar", (".jpg", ".png", ".gif", ".bmp", ".eps", ".psd")):
        try:
            outcomes[name] = intake.take_in(drawn.named(raw, name), by=None).media_id
        except intake.NotTaken as refused:
            outcomes[name] = refused.reason
    refused = {name for name, outcome in outcomes.items() if outcome.startswith("This is no picture")}
    assert refused == {name for name in outcomes if name.endswith((".bmp", ".eps", ".psd"))}
    assert sum(outcome.isdigit() for outcome in outcomes.values()) > 20
