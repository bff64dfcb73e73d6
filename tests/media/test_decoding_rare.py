"""What Pillow reads but does not write comes in whole: tiled and 48-bit TIFF, interlaced and deep PNG, HEIC in tiles."""

import importlib.util
import io

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.media import drawn, large
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
    "interlaced PNG": (5400, 3600),
    "PNG of 48 bits": (5400, 3600),
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
def test_heic_of_48_megapixels_in_tiles_is_taken_and_copied_within_the_memory():
    register()
    check(in_tiles(16, 12, 512, (8_064, 6_048)), (8_064, 6_048))


@pytest.mark.long
@pytest.mark.parametrize("which", LARGEST)
def test_largest_of_each_is_taken_and_copied_within_the_memory(which):
    check(of_kind(which, LARGEST[which])[1], LARGEST[which])


def register():
    importlib.import_module("pillow_heif").register_heif_opener()
