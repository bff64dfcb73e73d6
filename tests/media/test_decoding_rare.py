"""What Pillow reads but does not write comes in whole: tiled and 48-bit TIFF, interlaced and deep PNG, HEIC in tiles."""

import importlib.util
import io
import re

import pytest
from PIL import Image, ImageChops, ImageStat

from media.decoding import limits, refusing
from tests.media import drawn, large, metadata
from tests.media.sent import taken
from tests.media.test_decoding_memory import check, grain

HEIC = pytest.mark.skipif(
    not importlib.util.find_spec("pillow_heif"), reason="NO HEIC: pillow-heif is not installed."
)
KINDS = {
    "TIFF in tiles": large.tiled_tiff,
    "TIFF of 48 bits": large.deep_tiff,
    "interlaced PNG": lambda picture: large.png(picture, is_interlaced=True),
    "PNG of 48 bits": lambda picture: large.png(picture, is_deep=True),
    "grey TIFF of 16 bits": lambda picture: drawn.file(picture, "TIFF", compression="tiff_lzw").getvalue(),
    "grey PNG of 16 bits": lambda picture: drawn.file(picture, "PNG", compress_level=1).getvalue(),
}
# As large as is taken of each, but for a little.
LARGEST = {
    "TIFF in tiles": (6000, 4000),
    "TIFF of 48 bits": (6000, 4000),
    "interlaced PNG": (5900, 3933),
    "PNG of 48 bits": (5900, 3933),
    "grey TIFF of 16 bits": (6000, 4000),
    "grey PNG of 16 bits": (6000, 4000),
}


def of_kind(which, size):
    """A picture with a shade and marks in three corners, as it is drawn and as a file of that kind."""
    if which.startswith("grey"):
        shade = Image.linear_gradient("L").resize(size)
        deep = Image.frombytes("I;16", size, bytes(byte for one in shade.tobytes() for byte in (0, one)))
        return shade.convert("RGB"), KINDS[which](deep)
    picture = grain(size)
    for corner, colour in (((0, 0), "red"), ((size[0] - 200, 0), "blue"), ((0, size[1] - 200), "yellow")):
        picture.paste(colour, (*corner, corner[0] + 200, corner[1] + 200))
    return picture, KINDS[which](picture)


def is_like(copy, picture):
    """Say whether a copy shows the picture: no sample in any part of it is far off on the average."""
    difference = ImageChops.difference(
        copy.convert("RGB"), picture.resize(copy.size, Image.Resampling.LANCZOS)
    )
    worst = max(high for _, high in difference.reduce(16).getextrema())
    return max(ImageStat.Stat(difference).mean) < 4 and worst < 40


def test_each_comes_in_with_the_colours_it_has_across_every_seam():
    pictures, raws = zip(*(of_kind(which, (1_610, 1_430)) for which in KINDS), strict=True)
    for which, picture, found in zip(KINDS, pictures, taken(*raws, seconds=20), strict=True):
        assert (found.get("width"), found.get("height")) == picture.size, (which, found)
        assert is_like(found.copy, picture), which


def in_tiles(across, down, side, size):
    """A HEIC in tiles, each in one of four colours in turn."""
    colours = ["red", "lime", "blue", "white"]
    tiles = []
    for number, colour in enumerate(colours):
        held = io.BytesIO()
        tile = Image.effect_noise((side, side), 20 + number).convert("RGB")
        Image.blend(tile, Image.new("RGB", tile.size, colour), 0.9).save(held, "HEIF", quality=60)
        tiles.append(held.getvalue())
    return large.heic_in_tiles([tiles[number % 4] for number in range(across * down)], across, size)


@HEIC
def test_heic_in_tiles_has_each_where_it_belongs_and_its_edge_cut():
    register()
    raw = in_tiles(3, 4, 256, (700, 1_000))
    (found,) = taken(raw)
    assert (found["format"], found["width"], found["height"]) == ("HEIF", 700, 1_000)
    scale, wanted = found.copy.width / 700, [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]
    for number in range(12):
        x, y = (number % 3) * 256 + 90, number // 3 * 256 + 90
        seen = found.copy.getpixel((int(x * scale), int(y * scale)))
        assert all(abs(a - b) < 50 for a, b in zip(seen, wanted[number % 4], strict=True)), (number, seen)


@HEIC
@pytest.mark.long
@pytest.mark.weekly
def test_heic_of_48_megapixels_in_tiles_is_taken_and_copied_within_the_memory():
    register()
    check(in_tiles(16, 12, 512, (8_064, 6_048)), (8_064, 6_048))


@pytest.mark.long
@pytest.mark.weekly
@pytest.mark.parametrize("which", LARGEST)
def test_largest_of_each_is_taken_and_copied_within_the_memory(which):
    check(of_kind(which, LARGEST[which])[1], LARGEST[which])


def register():
    importlib.import_module("pillow_heif").register_heif_opener()


def progressive(size, subsampling):
    """A small progressive JPEG that says it is of this size."""
    raw = bytearray(drawn.file(progressive=True, subsampling=subsampling).getvalue())
    at = raw.index(b"\xff\xc2") + 5
    raw[at : at + 4] = size[1].to_bytes(2, "big") + size[0].to_bytes(2, "big")
    return bytes(raw)


CLAIMED = {
    "PNG of 48 bits": lambda size: metadata.head_of_png(*size, 16, 2),
    "progressive 4:2:0": lambda size: progressive(size, 2),
    "progressive 4:4:4": lambda size: progressive(size, 0),
}


@pytest.mark.parametrize("shape", [3 / 2, 2 / 3])
@pytest.mark.parametrize("which", CLAIMED)
def test_size_that_a_refusal_names_is_not_refused_in_its_turn_and_one_above_is(
    which, shape, tmp_path, monkeypatch
):
    """What is drawn at a half or a quarter makes leaps in what a picture takes: a rule of three named too many."""
    file = tmp_path / "original"
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)

    def why_not(million):
        height = (million * 1_000_000 / shape) ** 0.5
        file.write_bytes(CLAIMED[which]((round(height * shape), round(height))))
        try:
            with Image.open(file) as picture:
                limits.check(picture, file)
        except refusing.Refused as refused:
            return str(refused)
        return ""

    named = int(re.search(r"(\d+) million pixels are the most", why_not(59))[1])
    assert 20 < named < 59
    assert why_not(named) == ""
    assert f"{named} million pixels are the most" in why_not(named + 1)
