"""The largest pictures of each format are taken and copied in the memory that is promised, and without the libraries too."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from media import decoding, geometry
from media.decoding import png
from tests.media import drawn, metadata
from tests.media.sent import taken

MOST = 150
ALL = ["jpg", "webp", "avif"]
# Started by a small process: what it counts is the child alone, and the encoder that takes the child's place.
COUNTED = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss // 1024)
"""
# As where a wheel hides its library.
HIDDEN = decoding.START.replace(
    "import child;", "import avif, child, heic, webp; avif._LIBRARY = heic._LIBRARY = webp._LIBRARY = None;"
)


def done(mode, raw, order=None, start=decoding.START):
    """Return what a process of its own found, its memory in MB, and the names of the files it made."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "original"
        file.write_bytes(raw)
        command = [
            sys.executable,
            "-I",
            "-c",
            start,
            str(decoding.ROOT),
            mode,
            str(file),
            folder,
            json.dumps(order or {}),
        ]
        counted = subprocess.run(
            [sys.executable, "-I", "-S", "-c", COUNTED, *command],
            check=True, capture_output=True, text=True, timeout=120, env=decoding.ENVIRONMENT,
        )  # fmt: skip
        code, memory = map(int, counted.stdout.split())
        assert code == 0, counted.stderr[-800:]
        result = json.loads((Path(folder) / "result.json").read_text())
        return result, memory, {one.name for one in Path(folder).iterdir()}


def ordered(size, **boxes):
    shown = {slot: geometry.box(slot, *size, None) for slot in geometry.SLOTS} | boxes
    return {"size": size, "boxes": shown, "formats": ALL, "creator": "A. Nur", "credit": "", "copyright": ""}


def check(raw, size):
    facts, memory, _ = done("take", raw)
    assert (facts.get("width"), facts.get("height")) == size, facts
    assert memory < MOST
    for boxes in ({}, {"lead": (101, 101, 1600, 900)}):
        copies, memory, files = done("copies", raw, ordered(size, **boxes))
        assert memory < MOST
        assert {f"{one['slot']}-{one['width']}.{kind}" for one in copies["copies"] for kind in ALL} <= files
        assert all(one["formats"] == ALL for one in copies["copies"])


def grain(size, mode="RGB"):
    soft = Image.effect_noise((size[0] // 16, size[1] // 16), 80).resize(size)
    return Image.merge("RGB", [soft, Image.linear_gradient("L").resize(size), soft]).convert(mode)


@pytest.mark.long
def test_upright_picture_of_a_camera_is_copied_in_every_format_within_the_memory():
    raw = drawn.file(grain((3648, 5472)), "JPEG", quality=85).getvalue()
    check(raw, (3648, 5472))


LARGE = {
    "an upright PNG": ((4000, 6000), "PNG", "RGB", {"compress_level": 1}),
    "a clear PNG": ((6000, 4000), "PNG", "RGBA", {"compress_level": 1}),
    "an upright clear WebP": ((3024, 4032), "WEBP", "RGBA", {"method": 0}),
    "an upright WebP": ((3648, 5472), "WEBP", "RGB", {"method": 0}),
    "a lossless WebP": ((4320, 3240), "WEBP", "RGB", {"method": 0, "lossless": True}),
    "an AVIF": ((6000, 4000), "AVIF", "RGB", {"speed": 10}),
    "a TIFF in strips": ((3648, 5472), "TIFF", "RGB", {"compression": "tiff_lzw"}),
    "a JPEG": ((12_000, 8_300), "JPEG", "RGB", {}),
    "a progressive JPEG": ((6000, 4000), "JPEG", "RGB", {"progressive": True, "subsampling": 0}),
    "a CMYK JPEG": ((6000, 4000), "JPEG", "CMYK", {}),
    "a GIF": ((6000, 4000), "GIF", "P", {}),
}


# In the long series; the rest by `make test-weekly`.
USUAL = ("an upright PNG", "a JPEG")


@pytest.mark.parametrize(
    "which", [which if which in USUAL else pytest.param(which, marks=pytest.mark.weekly) for which in LARGE]
)
def test_largest_of_each_format_is_taken_and_copied_within_the_memory(which, long_series):
    if not long_series:
        pytest.skip(
            "Large pictures of every format are in the long series; test_hostile_files always tries some."
        )
    size, kind, mode, how = LARGE[which]
    check(drawn.file(grain(size, mode), kind, **how).getvalue(), size)


@pytest.mark.long
@pytest.mark.weekly
@pytest.mark.parametrize(
    ("kind", "mode"), [("WEBP", "RGB"), ("WEBP", "RGBA"), ("AVIF", "RGB"), ("AVIF", "RGBA")]
)
def test_where_a_library_is_hidden_pillow_reads_alone_and_refuses_sooner(kind, mode):
    small = drawn.file(grain((2000, 3000), mode), kind).getvalue()
    facts, memory, _ = done("take", small, start=HIDDEN)
    assert (facts.get("width"), facts.get("height")) == (2000, 3000), facts
    assert memory < MOST
    large = drawn.file(Image.new(mode, (5000, 4000), "teal"), kind).getvalue()
    facts, memory, _ = done("take", large, start=HIDDEN)
    assert "million pixels are the most" in facts["refused"]
    assert memory < MOST


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_read_by_its_rows_has_the_pixels_that_pillow_reads(mode, tmp_path):
    size = (1_003, 2_101)
    noise = Image.effect_noise(size, 90)
    if mode == "I;16":
        picture = Image.frombytes("I;16", size, noise.tobytes() * 2)
    else:
        picture = (
            noise.quantize(90)
            if mode == "P"
            else Image.merge("RGB", [noise, noise.rotate(180), noise]).convert(mode)
        )
    file = tmp_path / "noise.png"
    picture.save(file)
    held, top = png.rows(file), 0
    assert held.size == size
    for band in png.bands(file, held):
        assert band.mode == mode
        assert band.tobytes() == picture.crop((0, top, size[0], top + band.height)).tobytes()
        top += band.height
    assert top == size[1]


def test_words_behind_the_pixels_of_a_png_are_read_and_damage_is_refused():
    packet = metadata.packet(metadata.languages("dc:description", x_default="The quay"))
    words = metadata.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet.encode())
    raw = drawn.file(kind="PNG").getvalue()
    behind = raw[:-12] + words + raw[-12:]
    cut = raw[: len(raw) // 2]
    found, refused = taken(behind, cut)
    assert found["caption"] == "The quay", found
    assert "damaged" in refused["refused"]
