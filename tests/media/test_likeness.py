"""Near duplicates are found and different pictures are not, in drawn pictures and in real ones."""

import io
import random
import tarfile
from itertools import combinations, product
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from articles.sample.pictures import PICTURES
from media.likeness import distance, is_near, is_whole, likeness

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "images"
# These files of the unit cases show one picture.
TWINS = [{"withIptcExifGps.jpg", "withExifAndIptc.jpg"}, {"withIptcPhotoshop6.jpg", "withIptc.jpg"}]
# Two prints of one woodcut.
PRINTS = {"harbour", "harbour-again"}


def scene(seed, size=(600, 400)):
    """A picture of soft coloured shapes, another for each seed."""
    chance = random.Random(seed)
    drawn = Image.new("RGB", size, tuple(chance.randrange(256) for _ in range(3)))
    pen = ImageDraw.Draw(drawn)
    for _ in range(chance.randrange(12, 40)):
        left, top = chance.randrange(-size[0] // 4, size[0]), chance.randrange(-size[1] // 4, size[1])
        box = (left, top, left + chance.randrange(20, size[0] // 2), top + chance.randrange(20, size[1] // 2))
        shape = pen.rectangle if chance.random() < 0.5 else pen.ellipse
        shape(box, fill=tuple(chance.randrange(256) for _ in range(3)))
    return drawn.filter(ImageFilter.GaussianBlur(3))


def real_pictures():
    if not REAL.exists():
        pytest.skip(f"NO REAL PICTURES: {REAL} is absent, so only drawn ones were compared.")
    for name, wanted in (("orientation.tar", "_1.jpg"), ("metadata-extractor-unit.tar", ".jpg")):
        with tarfile.open(REAL / name) as packed:
            for member in packed:
                if member.isfile() and member.name.endswith(wanted):
                    picture = Image.open(io.BytesIO(packed.extractfile(member).read()))
                    if min(picture.size) > 60:
                        yield member.name, picture.convert("RGB")


def saved(picture, quality):
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=quality)
    return Image.open(held)


def cropped(picture, left, top, right, bottom):
    width, height = picture.size
    return picture.crop((left * width, top * height, width - right * width, height - bottom * height))


def copies(picture, seed):
    """What agencies, editors and phones make of one picture."""
    chance = random.Random(seed)
    half = (max(40, picture.width // 2), max(40, picture.height // 2))
    yield "smaller", picture.resize(half)
    yield "recompressed", saved(picture, 30)
    yield "brighter", ImageEnhance.Brightness(picture).enhance(1.12)
    yield "paler", ImageEnhance.Color(picture).enhance(0.7)
    yield "without colour", picture.convert("L")
    yield "cropped all round", cropped(picture, 0.08, 0.08, 0.08, 0.08)
    yield "cropped in a corner", cropped(picture, 0.05, 0.05, 0, 0)
    for _ in range(4):
        part = cropped(picture, *(chance.uniform(0, 0.08) for _ in range(4)))
        yield "cropped, smaller, recompressed", saved(part.resize(half), 50)


def test_copies_of_drawn_pictures_are_near_and_strangers_are_not():
    scenes = [scene(seed) for seed in range(24)]
    known = [likeness(one) for one in scenes]
    for number, one in enumerate(scenes):
        for how, copy in copies(one, number):
            assert is_near(known[number], likeness(copy)), how
    assert not any(is_near(a, b) for a, b in combinations(known, 2))


def test_copies_of_real_pictures_are_near_and_strangers_are_not():
    pictures = list(real_pictures())
    known = {name: likeness(picture) for name, picture in pictures}
    assert len(known) >= 20
    for number, (name, picture) in enumerate(pictures):
        for how, copy in copies(picture, number):
            assert is_near(known[name], likeness(copy)), (name, how)
    for a, b in combinations(known, 2):
        assert is_near(known[a], known[b]) == ({a, b} in TWINS), (a, b)


def test_woodcuts_of_one_manner_are_told_apart_by_their_colours_and_their_copies_are_found():
    woodcuts = {one.name: one.scene(0.4).convert("RGB") for one in PICTURES if one.scene}
    known = {name: likeness(picture) for name, picture in woodcuts.items()}
    assert len(known) >= 28
    for a, b in combinations(known, 2):
        assert is_near(known[a], known[b]) == ({a, b} == PRINTS), (a, b)
    # Tiles that repeat, and a field of stripes: a crop of them shows other ones at the same place.
    missed = [
        (name, how)
        for number, (name, picture) in enumerate(woodcuts.items())
        for how, copy in copies(picture, number)
        if not is_near(known[name], likeness(copy))
    ]
    assert {name for name, _ in missed} <= {"pattern", "pitch"}, missed
    assert all(how.startswith("cropped") for _, how in missed), missed


def test_same_shapes_in_other_colours_are_not_suggested():
    head = Image.new("RGB", (480, 600), "#f4efe0")
    pen = ImageDraw.Draw(head)
    pen.rectangle((20, 20, 460, 580), fill="#c79a45")
    pen.ellipse((150, 120, 330, 350), fill="#141d25")
    pen.polygon([(60, 580), (150, 420), (330, 420), (420, 580)], fill="#141d25")
    other = head.copy()
    ImageDraw.floodfill(other, (30, 30), (0x5E, 0x8F, 0x9C))
    assert distance(likeness(head), likeness(other)) <= 24
    assert not is_near(likeness(head), likeness(other))
    assert is_near(likeness(head), likeness(saved(head.resize((240, 300)), 30)))
    assert is_near(likeness(head), likeness(head.convert("L")))
    # One from before colours were kept is compared by its shapes.
    assert is_near(likeness(head)[:288], likeness(other))
    assert not is_whole(likeness(head)[:288])


def test_crops_of_eight_parts_in_a_hundred_on_any_sides_are_found():
    for seed in range(8):
        known = likeness(scene(seed))
        for sides in product((0, 0.08), repeat=4):
            assert is_near(known, likeness(saved(cropped(scene(seed), *sides), 50))), (seed, sides)


def test_likeness_is_of_one_length_in_every_mode_and_the_same_from_either_side():
    picture = scene(1)
    for mode in ("L", "RGB", "RGBA", "CMYK", "P", "LA", "1"):
        assert len(likeness(picture.convert(mode))) == 396, mode
        assert is_whole(likeness(picture.convert(mode))), mode
    assert is_near(likeness(picture), likeness(picture.convert("L")))
    assert is_near(likeness(picture), likeness(picture.convert("P")))
    a, b = likeness(scene(2)), likeness(scene(3))
    assert distance(a, b) == distance(b, a)
    assert distance(a, a) == 0
    assert is_near(likeness(Image.new("RGB", (1, 1))), likeness(Image.new("RGB", (1, 1)))) is False


def test_plain_pictures_are_near_to_none():
    white, black = (Image.new("RGB", (300, 200), colour) for colour in ("white", "black"))
    shade = Image.linear_gradient("L").resize((300, 200))
    for a, b in combinations((white, black, shade, shade.transpose(Image.Transpose.ROTATE_90), white), 2):
        assert not is_near(likeness(a), likeness(b))
    assert not is_near("", likeness(scene(1)))
    assert not is_near("", "")


def test_clear_picture_is_seen_on_white():
    cut_out = scene(5).convert("RGBA")
    hole = Image.new("L", cut_out.size, 255)
    ImageDraw.Draw(hole).ellipse((100, 100, 400, 300), fill=0)
    cut_out.putalpha(hole)
    on_white = Image.new("RGB", cut_out.size, "white")
    on_white.paste(cut_out, mask=hole)
    assert is_near(likeness(cut_out), likeness(on_white))
