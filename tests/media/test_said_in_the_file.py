"""What a file says of itself is read: IPTC in any character set, XMP, EXIF; absent and empty kept apart."""

import datetime
import json
import tarfile

import pytest
from PIL import Image

from media import intake
from media.decoding.said import said_in
from tests.media import drawn, metadata
from tests.media.sent import real, taken

UTF_8 = b"\x1b%G"
DAWN = "ميناء المدينة عند الفجر"


@pytest.fixture
def read(tmp_path):
    def read(raw):
        file = tmp_path / "original"
        file.write_bytes(raw)
        with Image.open(file) as picture:
            picture.load()
            return said_in(picture, file)

    return read


def wire(caption, charset=b"", **more):
    return metadata.jpeg(
        metadata.app13(metadata.iim((120, caption), (80, b"N. Farouk"), charset=charset), **more)
    )


def with_exif(caption=None, artist=None):
    exif = Image.Exif()
    if caption is not None:
        exif[0x010E] = caption
    if artist is not None:
        exif[0x013B] = artist
    return drawn.file(exif=exif).getvalue()


@pytest.mark.parametrize(
    ("caption", "charset", "wanted"),
    [
        (b"", b"", ""),
        (b" " * 31, b"", None),
        ("Café à l’aube".encode(), UTF_8, "Café à l’aube"),
        (DAWN.encode(), b"", DAWN),
        (DAWN.encode("windows-1256"), b"", DAWN),
        (DAWN.encode("iso8859-6"), b"", DAWN),
        (DAWN.encode("iso8859-6"), b"\x1b-G", DAWN),
        ("الوزير في دمشق (Reuters)".encode("windows-1256"), b"", "الوزير في دمشق (Reuters)"),
        ("Café".encode("latin-1"), b"", "Café"),
        ("Größe, naïveté, São Paulo".encode("latin-1"), b"\x1b.A", "Größe, naïveté, São Paulo"),
        ("ÉCOLE ÉLÉMENTAIRE".encode("latin-1"), b"", "ÉCOLE ÉLÉMENTAIRE"),
        ("“Noël” – 25 °C".encode("cp1252"), b"", "“Noël” – 25 °C"),
        ("L’été à Orléans".encode("mac_roman"), b"", "L’été à Orléans"),
        (b"\xff\xfe broken", UTF_8, "ÿþ broken"),
        (b"Two\x00 words\x07", b"", "Two words"),
        ("يوم\u202e مقلوب 10\u00a0km".encode(), UTF_8, "يوم مقلوب 10 km"),
    ],
)
def test_caption_is_read_in_the_character_set_it_was_written_in(read, caption, charset, wanted):
    found = read(wire(caption, charset))
    assert found["caption"] == wanted
    assert found["said"]["creator"] == ["N. Farouk"]


def test_text_cut_inside_a_letter_loses_that_letter_alone(read):
    found = read(
        metadata.jpeg(metadata.app13(metadata.iim((110, "Agence Été".encode()[:-1]), charset=UTF_8)))
    )
    assert found["credit"] == "Agence Ét"


CARRIERS = {
    "JPEG": lambda block: metadata.jpeg(metadata.app13(block)),
    "JPEG, two segments": lambda block: metadata.jpeg(metadata.app13(block, cut=30)),
    "TIFF": metadata.tiff,
    "TIFF, numbers": lambda block: metadata.tiff(block, as_longs=True),
    "TIFF, packed": lambda block: metadata.tiff(block, compression="tiff_lzw"),
    "PNG": lambda block: metadata.png(text=("iptc", block)),
    "PNG, packed": lambda block: metadata.png(text=("iptc", block), compressed=True),
    "PNG, Photoshop's": lambda block: metadata.png(text=("8bim", metadata.resources(block))),
}


def test_iptc_is_found_in_every_container():
    block = metadata.iim((120, DAWN.encode()), (105, b"Dawn"), (25, b"harbour"), (25, b"dawn"), charset=UTF_8)
    for how, found in zip(CARRIERS, taken(*(carry(block) for carry in CARRIERS.values())), strict=True):
        said = found["said"]
        assert (said["caption"], said["headline"], said["keywords"]) == (DAWN, "Dawn", ["harbour", "dawn"]), (
            how
        )


def test_xmp_is_found_in_every_container():
    words = metadata.packet(metadata.languages("dc:description", x_default="The quay"), photoshop_City="Aden")
    picture = drawn.picture((60, 40))
    files = [
        metadata.jpeg(xmp=words),
        metadata.png(xmp=words),
        metadata.png(text=("xmp", words.encode())),
        *(drawn.file(picture, kind, xmp=words.encode()).getvalue() for kind in ("WEBP", "AVIF")),
        drawn.file(picture, "TIFF", tiffinfo={700: words.encode()}).getvalue(),
    ]
    files.append(metadata.gif(words))
    for number, found in enumerate(taken(*files)):
        assert (found.get("caption"), found.get("said", {}).get("city")) == ("The quay", "Aden"), number


def test_packet_that_goes_on_in_further_segments_is_read_to_its_end(read):
    raw = metadata.extended(
        metadata.packet(photoshop_City="Aden", xmpNote_HasExtendedXMP="GUID"),
        metadata.packet(metadata.listed("dc:subject", *(f"word {n}" for n in range(90)))),
    )
    said = read(raw)["said"]
    assert (said["city"], len(said["keywords"])) == ("Aden", 90)
    stray = metadata.extended(
        metadata.packet(photoshop_City="Aden"), metadata.packet(photoshop_State="Of another picture")
    )
    assert "state" not in read(stray)["said"]


def test_languages_are_kept_beside_the_one_for_all(read):
    words = metadata.languages(
        "dc:description", ar=DAWN, x_default="The harbour at dawn", fr="Le port à l’aube"
    )
    said = read(metadata.jpeg(xmp=metadata.packet(words)))["said"]
    assert said["caption"] == "The harbour at dawn"
    assert said["caption_in"] == {"ar": DAWN, "fr": "Le port à l’aube"}


def test_long_and_short_alternative_text_and_ai_are_read(read):
    words = metadata.packet(
        metadata.languages("Iptc4xmpCore:AltTextAccessibility", x_default="A wet quay")
        + metadata.languages("Iptc4xmpCore:ExtDescrAccessibility", x_default="Two men on a wet quay"),
        Iptc4xmpExt_DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
        Iptc4xmpExt_AISystemUsed="A painter of machines",
    )
    found = read(metadata.jpeg(xmp=words))
    assert (found["alt"], found["said"]["alt_long"]) == ("A wet quay", "Two men on a wet quay")
    assert (found["said"]["made_by_ai"], found["said"]["ai_system"]) == (True, "A painter of machines")
    camera = words.replace("compositeWithTrainedAlgorithmicMedia", "digitalCapture")
    assert read(metadata.jpeg(xmp=camera))["said"]["made_by_ai"] is False


SAME = {
    "cut at 32 bytes": (
        (110, b"The Harbour and Dockland Agency o"[:32]),
        "photoshop_Credit",
        "The Harbour and Dockland Agency of Aden",
    ),
    "blanks and lines": ((105, b"Dawn  at\rthe quay "), "photoshop_Headline", "Dawn at the&#10;quay"),
    "the same": ((90, "Orléans".encode("latin-1")), "photoshop_City", "Orléans"),
    "a date without its time": ((55, b"20161103"), "photoshop_DateCreated", "2016-11-03T10:15:00+03:00"),
}


@pytest.mark.parametrize("how", SAME)
def test_values_that_only_look_different_are_no_disagreement(read, how):
    dataset, name, value = SAME[how]
    found = read(metadata.jpeg(metadata.app13(metadata.iim(dataset)), xmp=metadata.packet(**{name: value})))
    assert found["disagreements"] == []


def test_of_two_values_the_longer_and_more_exact_is_kept(read):
    dataset, name, value = SAME["cut at 32 bytes"]
    stale = metadata.app13(metadata.iim(dataset, (55, b"20161103")), digest=b"0" * 16)
    words = metadata.packet(**{name: value, "photoshop_DateCreated": "2016-11-03T10:15:00+03:00"})
    said = read(metadata.jpeg(stale, xmp=words))["said"]
    assert (said["credit"], said["taken_at"]) == (value, "2016-11-03T10:15:00+03:00")


def test_xmp_is_in_force_until_iptc_is_changed_without_it(read):
    block = metadata.iim((120, b"As the wire had it"), (90, b"Aden"), (25, b"quay"))
    words = metadata.packet(
        metadata.languages("dc:description", x_default="As the desk has it")
        + metadata.listed("dc:subject", "port"),
        photoshop_City="Sanaa",
    )
    fitting, stale = metadata.digest_of(block), metadata.digest_of(b"as it was before")
    for digest, block_in_force, caption in (
        (None, "xmp", "As the desk has it"),
        (fitting, "xmp", "As the desk has it"),
        (stale, "iptc", "As the wire had it"),
    ):
        found = read(metadata.jpeg(metadata.app13(block, digest), xmp=words))
        assert found["caption"] == caption
        by_field = {one["field"]: one for one in found["disagreements"]}
        assert set(by_field) == {"caption", "city", "keywords"}
        assert by_field["city"] == {
            "field": "city", "iptc": "Aden", "xmp": "Sanaa", "exif": None, "in_force": block_in_force,
        }  # fmt: skip


def test_exif_that_could_not_hold_the_letters_is_no_disagreement(read):
    exif = Image.Exif()
    exif[0x010E], exif[0x013B] = "The caf? at noon", "Somebody Else"
    words = metadata.packet(
        metadata.languages("dc:description", x_default="The café at noon")
        + metadata.listed("dc:creator", "N. Farouk", kind="Seq")
    )
    found = read(metadata.jpeg(xmp=words, exif=exif))
    assert [one["field"] for one in found["disagreements"]] == ["creator"]
    assert found["said"]["creator"] == ["N. Farouk"]


def test_moment_camera_and_place_are_read_from_exif(read):
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x8298] = "Maker", "Model 7", "© N. Farouk".encode()
    camera = exif.get_ifd(0x8769)
    camera[0x9003], camera[0x9011], camera[0xA434] = "2016:11:03 10:15:42", "+03:00", "A lens of 35 mm"
    camera[0xA431] = "serial 12345"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "S", (12.0, 46.0, 30.0), "E", (45.0, 2.0, 0.0)
    said = read(drawn.file(exif=exif).getvalue())["said"]
    assert said.pop("gps") == {"latitude": -12.775, "longitude": 45.033333}
    assert said == {
        "copyright": "© N. Farouk", "taken_at": "2016-11-03T10:15:42+03:00", "lens": "A lens of 35 mm",
        "camera_make": "Maker", "camera_model": "Model 7",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [
        ("2016-11-03T10:15Z", "2016-11-03T10:15:00+00:00"),
        ("2016-11-03T10:15:42.50-0500", "2016-11-03T10:15:42-05:00"),
        ("2016-11", "2016-11"),
        ("2016-00-00", "2016"),
        ("2016-02-30", None),
        ("2016-11-03T99:00", "2016-11-03"),
        ("yesterday", None),
        ("0000:00:00 00:00:00", None),
    ],
)
def test_dates_say_no_more_and_no_less_than_was_stated(read, stated, wanted):
    found = read(metadata.jpeg(xmp=metadata.packet(photoshop_DateCreated=stated)))
    assert found["said"].get("taken_at") == wanted


@pytest.mark.parametrize(
    "packet",
    [
        "<x",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><x:xmpmeta xmlns:x='a'>&b;</x:xmpmeta>",
        "<a/>",
        metadata.packet("<photoshop:City>" * 30_000),
        metadata.packet(
            "".join(f"<dc:subject>{'<rdf:Bag><rdf:li>' * 400}{'</rdf:li></rdf:Bag>' * 400}</dc:subject>")
        ),
    ],
    ids=["cut", "entities", "no packet", "unclosed", "deep"],
)
def test_broken_or_hostile_xmp_says_nothing(packet):
    segments = metadata.png(xmp=packet)
    (found,) = taken(segments)
    assert (found.get("caption"), found.get("credit"), found.get("alt")) == (None, "", "")


def test_what_one_file_says_is_bounded(read):
    many = "".join(
        metadata.listed(name, *(f"{name} {n} {'x' * 300}" for n in range(4_000))) for name in ("dc:subject",)
    )
    things = "<rdf:li rdf:parseType='Resource'><plus:LicensorName>{}</plus:LicensorName></rdf:li>".format(
        "y" * 5_000
    )
    many += f"<plus:Licensor><rdf:Bag>{things * 500}</rdf:Bag></plus:Licensor>"
    found = read(
        metadata.png(xmp=metadata.packet(many, photoshop_Headline="z" * 90_000, photoshop_City="Aden"))
    )
    assert len(found["said"]["headline"]) == 1_000
    assert found["said"]["city"] == "Aden"
    assert len(json.dumps(found)) < 300_000


@pytest.mark.parametrize(
    ("caption", "wanted"),
    [
        ("The quay", "The quay"),
        ("", None),
        ("   ", None),
        ("OLYMPUS DIGITAL CAMERA         ", None),
        ("000042", None),
    ],
)
def test_camera_s_padding_is_no_caption(read, caption, wanted):
    assert read(with_exif(caption, artist="unknown")) | {"said": None} == {
        "caption": wanted, "credit": "", "alt": "", "said": None, "disagreements": [],
    }  # fmt: skip


@pytest.mark.django_db
def test_library_s_words_go_before_the_file_s():
    picture = intake.take_in(
        drawn.file(xmp=drawn.XMP.encode()), by=None, caption="Ours", credit="Us", alt="Quay"
    )
    assert (picture.caption_in_force, picture.credit, picture.alt) == ("Ours", "Us", "Quay")
    assert picture.file_caption == "The quay after rain"


# Our names for what exiftool read from the IPTC's reference photograph, and the groups it names them in.
PLAIN = {
    "caption": "XMP-dc:Description", "headline": "IPTC:Headline", "name": "XMP-dc:Title", "creator": "XMP-dc:Creator",
    "creator_job": "IPTC:By-lineTitle", "credit": "IPTC:Credit", "source": "IPTC:Source", "copyright": "XMP-dc:Rights",
    "rights_terms": "XMP-xmpRights:UsageTerms", "web_statement": "XMP-xmpRights:WebStatement",
    "instructions": "IPTC:SpecialInstructions", "sublocation": "XMP-iptcCore:Location", "city": "IPTC:City",
    "state": "XMP-photoshop:State", "country": "XMP-photoshop:Country", "country_code": "XMP-iptcCore:CountryCode",
    "digital_source_type": "XMP-iptcExt:DigitalSourceType", "keywords": "IPTC:Keywords",
    "subject_codes": "XMP-iptcCore:SubjectCode", "scene_codes": "XMP-iptcCore:Scene",
    "genre": "IPTC:ObjectAttributeReference", "event": "XMP-iptcExt:Event", "persons": "XMP-iptcExt:PersonInImage",
    "organisations": "XMP-iptcExt:OrganisationInImageName",
    "organisation_codes": "XMP-iptcExt:OrganisationInImageCode", "job_id": "IPTC:OriginalTransmissionReference",
    "caption_writer": "IPTC:Writer-Editor", "model_release": "XMP-plus:ModelReleaseStatus",
    "model_release_ids": "XMP-plus:ModelReleaseID", "minor_model_age": "XMP-plus:MinorModelAgeDisclosure",
    "model_ages": "XMP-iptcExt:ModelAge", "model_notes": "XMP-iptcExt:AdditionalModelInformation",
    "property_release": "XMP-plus:PropertyReleaseStatus", "property_release_ids": "XMP-plus:PropertyReleaseID",
    "guid": "XMP-iptcExt:DigitalImageGUID", "supplier_image_id": "XMP-plus:ImageSupplierImageID",
    "creator_image_id": "XMP-plus:ImageCreatorImageID", "most_width": "XMP-iptcExt:MaxAvailWidth",
    "most_height": "XMP-iptcExt:MaxAvailHeight",
}  # fmt: skip
THINGS = {
    "location_created": "XMP-iptcExt:LocationCreated", "location_shown": "XMP-iptcExt:LocationShown",
    "creator_contact": "XMP-iptcCore:CreatorContactInfo", "licensor": "XMP-plus:Licensor",
    "copyright_owner": "XMP-plus:CopyrightOwner", "image_creator": "XMP-plus:ImageCreator",
    "image_supplier": "XMP-plus:ImageSupplier", "genres": "XMP-iptcExt:Genre", "about": "XMP-iptcExt:AboutCvTerm",
    "persons_described": "XMP-iptcExt:PersonInImageWDetails", "products": "XMP-iptcExt:ProductInImage",
    "artworks": "XMP-iptcExt:ArtworkOrObject", "registry": "XMP-iptcExt:RegistryID",
    "linked_rights": "XMP-iptcExt:LinkedEncRightsExpr", "encoded_rights": "XMP-iptcExt:EmbdEncRightsExpr",
}  # fmt: skip


def leaves(value):
    """Every text in a thing, sorted; exiftool writes dates with colons."""
    if isinstance(value, dict | list):
        return sorted(
            leaf for one in (value.values() if isinstance(value, dict) else value) for leaf in leaves(one)
        )
    return [str(value).replace("1916:10:26 ", "1916-10-26T")]


def test_every_field_kept_of_the_reference_photograph_has_the_right_value():
    folder = real("iptc-reference")
    expected = json.loads((folder / "expected-full.json").read_text())[0]
    (found,) = taken(next(folder.glob("*.jpg")).read_bytes())
    said = found["said"]
    assert {name: said.get(name) for name in PLAIN} == {
        name: expected[theirs] for name, theirs in PLAIN.items()
    }
    assert {name: leaves(said[name]) for name in THINGS} == {
        name: leaves(expected[theirs]) for name, theirs in THINGS.items()
    }
    assert datetime.datetime.fromisoformat(said["taken_at"]) == datetime.datetime.strptime(
        expected["XMP-photoshop:DateCreated"], "%Y:%m:%d %H:%M:%S%z"
    )
    assert float(said["rating"]) == expected["XMP-xmp:Rating"]
    assert set(said) == {*PLAIN, *THINGS, "taken_at", "rating", "made_by_ai"}
    assert said["made_by_ai"] is False
    # IPTC and EXIF name one of the two creators; the state that was cut at 32 bytes is no disagreement.
    assert [one["field"] for one in found["disagreements"]] == ["creator"]


def members(name, ending):
    with tarfile.open(real(name)) as packed:
        for member in packed:
            if member.isfile() and member.name.lower().endswith(ending):
                yield member.name.rsplit("/", 1)[-1], packed.extractfile(member).read()


def test_every_orientation_comes_out_as_the_first():
    files = dict(members("orientation.tar", ".jpg"))
    found = dict(zip(files, taken(*files.values(), seconds=60), strict=True))
    for name, one in found.items():
        upright = found[f"{name.split('_')[0]}_1.jpg"]
        assert (one["width"], one["height"]) == (upright["width"], upright["height"]), name
        if not name.endswith("_0.jpg"):
            mine, theirs = (copy.copy.resize((30, 20)).convert("L").tobytes() for copy in (one, upright))
            # The number of the orientation is painted on each.
            assert sum(abs(a - b) for a, b in zip(mine, theirs, strict=True)) / len(mine) < 6, name


def test_picture_made_by_a_machine_is_told_from_the_others():
    files = dict(members("iptc-userguide.tar", ".jpg"))
    made = [
        name
        for name, found in zip(files, taken(*files.values()), strict=True)
        if found["said"].get("made_by_ai")
    ]
    assert made == ["generative-ai-example.jpg"]


def test_unit_cases_of_metadata_are_taken_or_refused_with_a_sentence():
    files = dict(members("metadata-extractor-unit.tar", (".jpg", ".png", ".gif", ".bmp", ".eps", ".psd")))
    found = dict(zip(files, taken(*files.values(), seconds=60), strict=True))
    refused = {name for name, one in found.items() if one.get("refused", "").startswith("This is no picture")}
    assert refused == {name for name in files if name.endswith((".bmp", ".eps", ".psd"))}
    assert sum("copies" in one for one in found.values()) == len(files) - len(refused)
    for way in ("itxt", "text", "ztxt"):
        assert found[f"png-with-iptc-in-{way}-chunk.png"]["said"]["keywords"] == ["keyword1", "keyword2"]
    assert found["withIptc.jpg"]["said"]["taken_at"] == "2000-01-01"
    assert found["windowsXpFields.jpg"]["said"]["creator"] == ["Testing artist"]
    gps = found["withPanasonicFaces.jpg"]["said"]["gps"]
    assert (round(gps["latitude"], 3), round(gps["longitude"], 3)) == (53.147, 8.179)
