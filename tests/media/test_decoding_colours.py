"""Every kind of pixel becomes the right colour on a screen, upright, whatever the format."""

import importlib.util
import io
from itertools import pairwise

import pytest
from PIL import Image, ImageCms

from tests.media import drawn, metadata
from tests.media.sent import taken

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def plain(mode, colour, size=(90, 60)):
    return Image.new(mode, size, colour)


def is_about(found, wanted, off=10):
    return all(abs(a - b) <= off for a, b in zip(found, wanted, strict=True))


def shown(raw, at=(45, 30)):
    (found,) = taken(raw)
    assert "refused" not in found, found
    return found.copy.getpixel(at)


def saved(picture, kind="PNG", **how):
    return drawn.file(picture, kind, **how).getvalue()


def deep_png(size=(16, 8), pixel=(0xC000, 0x8000, 0x4000)):
    """A PNG of 48 bits a pixel, which Pillow reads but does not write."""
    row = b"\0" + b"".join(value.to_bytes(2, "big") for value in pixel) * size[0]
    head = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big") + b"\x10\x02\0\0\0"
    body = metadata.chunk(b"IHDR", head) + metadata.chunk(b"IDAT", metadata.zlib.compress(row * size[1]))
    return b"\x89PNG\r\n\x1a\n" + body + metadata.chunk(b"IEND", b"")


def half_clear(mode):
    picture = Image.new("RGBA", (90, 60), (*RED, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 45, 60))
    return picture if mode == "RGBA" else picture.convert("LA") if mode == "LA" else picture.quantize(4)


def test_every_depth_and_mode_keeps_its_colour():
    cases = [
        (saved(plain("1", 1)), WHITE),
        (saved(plain("L", 200)), (200,) * 3),
        (saved(plain("I;16", 0x8000)), (128,) * 3),
        (saved(plain("I;16", 0x8000), "TIFF"), (128,) * 3),
        (saved(plain("I", 0x8000), "TIFF"), (128,) * 3),
        (saved(plain("F", 0.5), "TIFF"), (128,) * 3),
        (deep_png(), (192, 128, 64)),
        (saved(plain("RGB", GREEN).quantize(8)), GREEN),
        (saved(plain("RGB", BLUE).quantize(8), "GIF"), BLUE),
        (saved(plain("CMYK", (0, 255, 255, 0)), "JPEG"), RED),
        (saved(plain("CMYK", (255, 0, 255, 0)), "TIFF"), GREEN),
        (saved(plain("YCbCr", (76, 85, 255)), "TIFF", compression="jpeg"), (254, 0, 0)),
        (saved(plain("RGB", RED), "TIFF", compression="jpeg"), RED),
        (saved(plain("RGB", RED), "WEBP", lossless=True), RED),
        (saved(plain("RGB", RED), "AVIF", quality=95), RED),
        (saved(plain("LAB", (255, 128, 128)), "TIFF"), WHITE),
    ]
    for number, (found, (_, wanted)) in enumerate(zip(taken(*(raw for raw, _ in cases)), cases, strict=True)):
        assert "refused" not in found, (number, found)
        size = found.copy.size
        assert is_about(found.copy.getpixel((size[0] // 2, size[1] // 2)), wanted), number


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *((kind, "RGBA") for kind in ("PNG", "WEBP", "GIF", "TIFF", "AVIF")),
        *((kind, "P") for kind in ("PNG", "WEBP", "AVIF")),
        *((kind, "LA") for kind in ("PNG", "TIFF")),
    ],
)
def test_transparency_stands_on_white(kind, mode):
    (found,) = taken(saved(half_clear(mode), kind))
    assert is_about(found.copy.getpixel((15, 30)), WHITE)
    drawn_side = found.copy.getpixel((75, 30))
    assert is_about(drawn_side, (76,) * 3 if mode == "LA" else RED, off=25)


def test_colours_of_a_wide_profile_are_those_of_the_screen():
    """A profile of swapped primaries says of its full red what sRGB calls green: it must come out green."""
    wide = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, green = wide.index(b"rXYZ"), wide.index(b"gXYZ")
    swapped = bytearray(wide)
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    for kind in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF"):
        assert is_about(shown(saved(plain("RGB", RED), kind, icc_profile=bytes(swapped))), GREEN, off=30), (
            kind
        )
        assert is_about(shown(saved(plain("RGB", RED), kind, icc_profile=b"broken" * 40)), RED, off=14), kind


def test_large_picture_is_shrunk_without_a_seam():
    """5,000 pixels wide: read in bands; a shade that runs over it runs over its copies."""
    flat = Image.linear_gradient("L").resize((5000, 1800)).convert("RGBA")
    for raw in (
        saved(flat, compress_level=1),
        saved(flat, "WEBP", lossless=True, method=0),
        saved(flat.convert("RGB"), "JPEG"),
    ):
        (found,) = taken(raw)
        assert (found["width"], found["height"], found.copy.width) == (5000, 1800, 1920)
        column = [found.copy.getpixel((960, row))[0] for row in range(0, found.copy.height, 7)]
        assert all(-2 <= after - before <= 6 for before, after in pairwise(column))
        assert (column[0] < 8, column[-1] > 245) == (True, True)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("turn", [1, 3, 6, 8])
def test_every_format_is_turned_upright(kind, turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    (found,) = taken(saved(drawn.picture((900, 600)), kind, exif=exif))
    assert (found["width"], found["height"]) == ((600, 900) if turn > 4 else (900, 600))
    corner = {1: (20, 20), 3: (-20, -20), 6: (-20, 20), 8: (20, -20)}[turn]
    at = tuple(edge % side for edge, side in zip(corner, found.copy.size, strict=True))
    assert is_about(found.copy.getpixel(at), RED, off=30)


def test_first_frame_of_a_moving_picture_is_taken():
    frames = [plain("RGB", WHITE), plain("RGB", RED), plain("RGB", BLUE)]
    for kind in ("GIF", "WEBP", "AVIF", "PNG", "TIFF"):
        held = io.BytesIO()
        frames[0].save(held, kind, save_all=True, append_images=frames[1:])
        assert is_about(shown(held.getvalue()), WHITE), kind


@pytest.mark.skipif(
    not importlib.util.find_spec("pillow_heif"), reason="NO HEIC: pillow-heif is not installed."
)
def test_heic_is_taken_where_the_extra_is_installed():
    pillow_heif = importlib.import_module("pillow_heif")
    picture = drawn.picture((900, 600))
    exif = Image.Exif()
    exif[0x010E] = "The quay at noon"
    held = io.BytesIO()
    pillow_heif.from_pillow(picture).save(held, quality=90, exif=exif.tobytes())
    (found,) = taken(held.getvalue())
    assert (found["format"], found["extension"], found["width"], found["caption"]) == (
        "HEIF",
        "heic",
        900,
        "The quay at noon",
    )
    assert is_about(found.copy.getpixel((20, 20)), RED, off=30)
