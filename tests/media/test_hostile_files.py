"""Damaged, hostile and far too large files each get a sentence, in little memory and time, and leave nothing behind."""

import io
import random
import struct
import zlib
from functools import cache

import pytest
from PIL import Image, PngImagePlugin

from media import intake
from media.models import Picture
from tests.media import drawn, metadata
from tests.media.sent import taken
from tests.media.stored import every_file

NO_PICTURE = "This is no picture that can be taken in"
DAMAGED = "damaged or cut short"
BEHIND = "Behind the picture"


def jpeg(**how):
    return drawn.file(**how).getvalue()


def png(**how):
    return drawn.file(kind="PNG", **how).getvalue()


def head_of_webp(width, height):
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


def with_scans(count):
    """A progressive JPEG whose last scan comes again and again."""
    raw = jpeg(drawn=drawn.picture((64, 64)), progressive=True)
    last = raw.rindex(b"\xff\xda")
    return raw[:last] + raw[last:-2] * count + raw[-2:]


def looped_tiff():
    raw = bytearray(drawn.file(drawn.picture((60, 40)), "TIFF").getvalue())
    at = struct.unpack("<I", raw[4:8])[0]
    count = struct.unpack("<H", raw[at : at + 2])[0]
    raw[at + 2 + 12 * count : at + 6 + 12 * count] = struct.pack("<I", at)
    return bytes(raw)


def pages(kind, count, **how):
    held = io.BytesIO()
    frames = [Image.new("L", (8, 8), shade % 256) for shade in range(count)]
    frames[0].save(held, kind, save_all=True, append_images=frames[1:], **how)
    return held.getvalue()


def moving_gif(count):
    one = drawn.file(Image.new("P", (8, 8)), "GIF").getvalue()
    at = 13 + 3 * 2 ** ((one[10] & 7) + 1)
    return one[:at] + one[at:-1] * count + b";"


def text_png(name, size):
    info = PngImagePlugin.PngInfo()
    info.add_text(name, "x" * size, zip=True)
    return png(pnginfo=info)


def profile_png(size):
    body = b"profile\0\0" + zlib.compress(b"x" * size)
    raw = png()
    return raw[:33] + metadata.chunk(b"iCCP", body) + raw[33:]


@cache
def refused():
    """Each file that is refused, with words of the sentence: made when they are asked for."""
    return {
        "half a JPEG": (jpeg()[:4000], DAMAGED),
        "a JPEG's first bytes": (jpeg()[:300], DAMAGED),
        "half a PNG": (png()[:1500], DAMAGED),
        "a PNG's first bytes": (png()[:20], DAMAGED),
        "half a WebP": (drawn.file(kind="WEBP").getvalue()[:900], DAMAGED),
        "half an AVIF": (drawn.file(kind="AVIF").getvalue()[:-200], DAMAGED),
        "half a TIFF": (drawn.file(kind="TIFF").getvalue()[:9000], DAMAGED),
        "169 megapixels": (drawn.huge_png(), "13000 × 13000 pixels; 60 million"),
        "88 megapixels of 16 bits": (metadata.head_of_png(11_000, 8_000, 16, 2), "11000 × 8000 pixels; 60 million"),
        "50 megapixels of 16 bits": (metadata.head_of_png(10_000, 5_000, 16, 2), "as PNG, 24 million pixels are the most"),
        "268 megapixels of WebP": (head_of_webp(16_384, 16_384), "16384 × 16384 pixels; 60 million"),
        "a long thread": (png(drawn=Image.new("L", (40_000, 1))), "no side may be longer"),
        "EPS": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n", NO_PICTURE),
        "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', NO_PICTURE),
        "HTML": (b"<!doctype html><html><body>Hello</body></html>", NO_PICTURE),
        "PSD": (b"8BPS\0\1" + b"\0" * 400, NO_PICTURE),
        "PDF": (b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF", NO_PICTURE),
        "text": ("A note about the quay.\n" * 90, NO_PICTURE),
        "noise": (bytes(range(256)) * 400, NO_PICTURE),
        "a zip": (drawn.archive(), NO_PICTURE),
        "HTML behind": (jpeg() + b"<html><script>alert(1)</script>", BEHIND),
        "HTML behind, and an end behind that": (jpeg() + b"<html><body>hello</body></html>\xff\xd9", BEHIND),
        "PHP behind": (png() + b"<?php system('id');", BEHIND),
        "a zip behind": (png() + drawn.archive(), BEHIND),
        "a zip behind a TIFF": (drawn.file(kind="TIFF").getvalue() + drawn.archive(), BEHIND),
        "a PDF behind": (drawn.file(kind="WEBP").getvalue() + b"%PDF-1.7\n", BEHIND),
        "a script behind": (drawn.file(kind="GIF").getvalue() + b"/**/;document.cookie", BEHIND),
        "a shell behind": (drawn.file(kind="AVIF").getvalue() + b"#!/bin/sh\nid\n", BEHIND),
        "1,000 scans": (with_scans(1_000), "so many scans"),
        "10,000 segments": (metadata.jpeg(metadata.segment(0xE5, b"x" * 40) * 10_000), "carries more than a picture"),
        "20 MB beside the picture": (metadata.jpeg(metadata.segment(0xE5, b"x" * 65_000) * 310), "carries more than"),
        "a profile of 40 MB": (profile_png(40_000_000), DAMAGED),
        "a text of 90 MB": (text_png("Comment", 90_000_000), DAMAGED),
    }  # fmt: skip


def test_each_hostile_file_gets_its_sentence_in_little_memory():
    memory = []
    raws = [raw if isinstance(raw, bytes) else raw.encode() for raw, _ in refused().values()]
    for which, found in zip(refused(), taken(*raws, seconds=30, memory=memory), strict=True):
        assert refused()[which][1] in found.get("refused", "taken"), (which, found)
        assert found["refused"].endswith("."), which
    assert memory[0] < 150


@cache
def odd():
    """Each file that is odd, and whole."""
    return {
        "a TIFF that loops": looped_tiff(),
        "a TIFF of 1,000 pages": pages("TIFF", 1_000),
        "a GIF of 10,000 frames": moving_gif(10_000),
        "a moving WebP": pages("WEBP", 50),
        "500 segments": metadata.jpeg(metadata.segment(0xE5, b"x" * 4_000) * 500),
        "a phone's film behind": jpeg() + b"\0\0\0\x18ftypmp42" + random.Random(7).randbytes(900_000),
        "a second picture behind": jpeg() + jpeg(),
        "a page in a comment": jpeg(comment=b"<html><script>alert(document.domain)</script></html>"),
    }


def test_odd_but_whole_pictures_are_taken_in_little_memory():
    memory = []
    for which, found in zip(odd(), taken(*odd().values(), seconds=30, memory=memory), strict=True):
        assert "copies" in found, (which, found)
    assert memory[0] < 150


@pytest.mark.parametrize("kind", ["BMP", "DDS", "ICNS", "ICO", "JPEG2000", "MSP", "PCX", "PPM", "SGI", "TGA", "XBM", "PDF", "EPS", "QOI"])  # fmt: skip
def test_no_other_plugin_is_talked_into_reading(kind):
    picture = drawn.picture((64, 64)).convert("1" if kind in {"MSP", "XBM"} else "RGB")
    (found,) = taken(drawn.file(picture, kind).getvalue())
    assert NO_PICTURE in found["refused"]


@pytest.mark.django_db
def test_refused_file_leaves_nothing_and_one_that_takes_too_long_is_a_sentence(monkeypatch):
    before = every_file()
    for which in ("half a JPEG", "a zip behind", "50 megapixels of 16 bits"):
        raw, sentence = refused()[which]
        with pytest.raises(intake.NotTaken, match=sentence):
            intake.take_in(drawn.named(raw, "harbour.jpg"), by=None)
    # A loop that never ends stands for a file that does that to a decoder.
    spinning = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass"
    monkeypatch.setattr("media.decoding.START", spinning)
    with pytest.raises(intake.NotTaken, match="more memory or time"):
        intake.take_in(drawn.file(), by=None)
    # What waits and does nothing takes no processor time: somebody waits too, and no longer than so many seconds.
    monkeypatch.setattr("media.decoding.START", "import time; time.sleep(600)")
    monkeypatch.setattr("media.bounded.SECONDS", 0.5)
    with pytest.raises(intake.NotTaken, match="wait a minute and try again"):
        intake.take_in(drawn.file(), by=None)
    assert every_file() == before
    assert not Picture.objects.exists()


def test_largest_pictures_that_are_taken_stay_within_the_memory_that_is_promised():
    """Flat pictures at the limits: the memory of a decoded picture does not depend on what it shows."""
    sizes = {
        "JPEG": (12_000, 8_300),
        "PNG": (6_000, 4_000),
        "TIFF": (8_000, 6_000),
        "WEBP": (6_000, 4_000),
        "AVIF": (5_400, 3_600),
    }
    saved = {
        "PNG": {"compress_level": 1},
        "TIFF": {"compression": "tiff_lzw"},
        "WEBP": {"method": 0},
        "AVIF": {"speed": 10},
    }
    held = {}
    for kind, size in sizes.items():
        picture = Image.new("RGB", size, "teal")
        memory = []
        (found,) = taken(
            drawn.file(picture, kind, **saved.get(kind, {})).getvalue(), seconds=30, memory=memory
        )
        assert (found.get("width"), found.get("height")) == size, found
        held[kind] = memory[0]
    assert max(held.values()) < 150, held


def test_large_progressive_picture_is_read_one_colour_at_a_time():
    """4:4:4, as picture programs save it: whole, its coefficients alone take 108 MB."""
    shade = Image.linear_gradient("L").resize((5_200, 3_500))
    picture = Image.merge(
        "RGB", [shade, shade.transpose(Image.Transpose.ROTATE_180), Image.new("L", shade.size, 90)]
    )
    raw = drawn.file(picture, "JPEG", progressive=True, subsampling=0, quality=90).getvalue()
    memory = []
    (found,) = taken(raw, seconds=30, memory=memory)
    assert memory[0] < 150
    assert (found["width"], found["height"]) == (5_200, 3_500)
    wanted = picture.resize(found.copy.size)
    for place in ((40, 60), (900, 700), (1_800, 1_200)):
        ours, theirs = found.copy.getpixel(place), wanted.getpixel(place)
        assert max(abs(one - other) for one, other in zip(ours, theirs, strict=True)) < 8, (
            place,
            ours,
            theirs,
        )


def mutated(raw, chance):
    """One way or other of damaging a file."""
    raw = bytearray(raw)
    for _ in range(chance.choice((1, 3, 12, 60))):
        at = chance.randrange(len(raw))
        how = chance.randrange(6)
        if how == 0:
            raw[at] = chance.randrange(256)
        elif how == 1:
            raw[at : at + 4] = struct.pack(">I", chance.choice((0, 1, 2**31, 2**32 - 1, 65_535)))
        elif how == 2:
            del raw[at : at + chance.randrange(1, 200)]
        elif how == 3:
            raw[at:at] = chance.randbytes(chance.randrange(1, 60))
        elif how == 4:
            raw[at:at] = raw[at : at + chance.randrange(1, 900)]
        else:
            raw[at] ^= 1 << chance.randrange(8)
        if len(raw) < 8:
            break
    return bytes(raw[: chance.randrange(len(raw))] if chance.random() < 0.1 else raw) or b"\0"


def whole_files():
    words = metadata.packet(metadata.languages("dc:description", x_default="The quay"), photoshop_City="Aden")
    block = metadata.iim((120, b"The quay"), (25, b"harbour"), charset=b"\x1b%G")
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "The quay", 6
    exif.get_ifd(0x8825)[2] = (12.0, 46.0, 30.0)
    picture = drawn.picture((120, 80))
    kinds = [
        drawn.file(picture, kind, exif=exif).getvalue() for kind in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")
    ]
    return [
        *kinds,
        drawn.file(picture, "JPEG", progressive=True, exif=exif).getvalue(),
        metadata.jpeg(metadata.app13(block, metadata.digest_of(block)), xmp=words),
        metadata.png(text=("iptc", block), xmp=words),
        metadata.tiff(block, compression="tiff_lzw"),
        metadata.gif(words),
        moving_gif(6),
        pages("WEBP", 4),
        drawn.file(Image.new("CMYK", (60, 40), (9, 99, 200, 3)), "JPEG").getvalue(),
        drawn.file(Image.new("I;16", (60, 40), 9_999), "PNG").getvalue(),
    ]


def test_no_mutated_file_ends_in_anything_but_a_picture_or_a_sentence(long_series):
    chance, whole = random.Random(20_261_122), whole_files()
    wanted = 500 if long_series else 42
    files = [mutated(whole[number % len(whole)], chance) for number in range(wanted)]
    outcomes = taken(*files, seconds=2 * wanted)
    assert len(outcomes) == wanted
    for number, found in enumerate(outcomes):
        if "refused" in found:
            assert found["refused"].endswith("."), number
        else:
            assert {"width", "height", "said", "likeness", "copies"} <= set(found), number
            assert found.copy is not None, number
    assert {"refused" in found for found in outcomes} == {True, False}
