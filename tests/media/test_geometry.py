"""Every slot shows the largest part of its shape, around the focal point, and is copied at fixed widths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import geometry
from media.models import Slot

sides = st.integers(1, 12_000)
points = st.none() | st.tuples(st.integers(0, 1000), st.integers(0, 1000))
shaped = st.sampled_from([slot for slot, shape in geometry.SLOTS.items() if shape.ratio])


def test_every_slot_has_a_shape():
    assert set(geometry.SLOTS) == set(Slot.values)


@given(slot=shaped, width=sides, height=sides, focal=points)
def test_box_lies_inside_has_the_shape_and_touches_two_sides(slot, width, height, focal):
    left, top, across, down = geometry.box(slot, width, height, focal)
    assert left >= 0
    assert top >= 0
    assert left + across <= width
    assert top + down <= height
    assert across == width or down == height
    wide, high = geometry.SLOTS[slot].ratio
    assert abs(across * high - down * wide) <= max(wide, high)


@pytest.mark.parametrize(
    ("focal", "left"),
    [(None, 1000), ((500, 500), 1000), ((0, 500), 0), ((1000, 0), 2000), ((400, 900), 600)],
)
def test_focal_point_is_as_near_the_middle_as_fits(focal, left):
    assert geometry.box("square", 4000, 2000, focal) == (left, 0, 2000, 2000)


@pytest.mark.parametrize(
    ("slot", "width", "height", "expected"),
    [
        # A head on shoulders: its eyes at a third of the height, in the middle of what a wide slot shows.
        ("lead", 720, 900, (0, 97, 720, 405)), ("landscape", 720, 900, (0, 60, 720, 480)), ("square", 720, 900, (0, 0, 720, 720)),
        ("lead", 1080, 1920, (0, 335, 1080, 608)), ("lead", 1000, 1000, (0, 52, 1000, 562)),
        # Wider than high, and nobody said: the middle, as before.
        ("lead", 1001, 1000, (0, 218, 1001, 563)), ("square", 900, 600, (150, 0, 600, 600)),
    ],
)  # fmt: skip
def test_upright_picture_without_a_focal_point_keeps_its_upper_third(slot, width, height, expected):
    assert geometry.box(slot, width, height, None) == expected


def test_focal_point_says_more_than_the_shape():
    assert geometry.box("lead", 720, 900, (500, 500)) == (0, 248, 720, 405)
    assert geometry.box("lead", 720, 900, (500, 900)) == (0, 495, 720, 405)


def test_whole_is_the_whole_picture():
    assert geometry.box("whole", 4000, 2000, (0, 0)) == (0, 0, 4000, 2000)


@given(slot=shaped, left=sides, top=sides, width=sides, height=sides)
def test_box_drawn_by_hand_is_cut_to_the_shape_and_never_grows(slot, left, top, width, height):
    found = geometry.fitted(slot, (left, top, width, height))
    assert found[0] >= left
    assert found[1] >= top
    assert found[0] + found[2] <= left + width
    assert found[1] + found[3] <= top + height
    assert geometry.fitted(slot, found)[2:] == pytest.approx(found[2:], abs=2)


def test_box_of_the_right_shape_stays_as_it_was_drawn():
    for slot in ("lead", "landscape", "square", "portrait"):
        drawn = geometry.box(slot, 6000, 4000, (123, 456))
        assert geometry.fitted(slot, drawn) == drawn


@pytest.mark.parametrize(
    ("slot", "shown", "expected"),
    [
        ("whole", (6000, 4000), [(320, 213), (640, 427), (960, 640), (1280, 853), (1920, 1280)]),
        ("whole", (1920, 1080), [(320, 180), (640, 360), (960, 540), (1280, 720), (1920, 1080)]),
        ("whole", (900, 600), [(320, 213), (640, 427), (900, 600)]),
        ("whole", (10, 30_000), [(10, 30_000)]),
        ("whole", (30_000, 10), [(320, 1), (640, 1), (960, 1), (1280, 1), (1920, 1)]),
        ("lead", (6000, 3375), [(640, 360), (1280, 720), (1920, 1080)]),
        ("square", (90, 90), [(90, 90)]),
    ],
)
def test_copies_have_fixed_widths_and_are_never_larger_than_what_they_show(slot, shown, expected):
    assert geometry.sizes(slot, (7, 7, *shown)) == expected
