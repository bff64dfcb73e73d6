"""A picture's focal point and crops are changed as one state, on the version they were drawn on, by those who may."""

import pytest

from media import cropping
from media.changing import NotChanged
from media.models import Picture
from tests.builders import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def quay():
    return make_picture(original="aa/quay.jpg", width=3000, height=2000)


def crop(by, picture, focal=None, token=None, **crops):
    token = picture.token if token is None else token
    return cropping.crop(by=by, picture_id=picture.pk, token=token, focal=focal, crops=crops)


def test_crop_is_kept_and_new_copies_are_due(quay, picture_desk):
    changed = crop(picture_desk, quay, (250, 700), square=(0, 100, 900, 900))
    fresh = Picture.objects.get()
    assert (fresh.focal_x, fresh.focal_y, fresh.version) == (250, 700, 2)
    assert [(one.slot, one.left, one.top, one.width, one.height) for one in fresh.crops.all()] == [
        ("square", 0, 100, 900, 900)
    ]
    assert fresh.copies_due_at is not None
    assert changed.token == "2"


def test_what_is_not_given_follows_the_focal_point_again(quay, picture_desk):
    changed = crop(picture_desk, quay, (250, 700), square=(0, 100, 900, 900))
    crop(picture_desk, changed)
    fresh = Picture.objects.get()
    assert (fresh.focal_x, fresh.focal_y, fresh.crops.count()) == (None, None, 0)


def test_same_state_again_changes_nothing(quay, picture_desk):
    changed = crop(picture_desk, quay, (250, 700), lead=(0, 0, 1600, 900))
    Picture.objects.update(copies_due_at=None)
    assert crop(picture_desk, changed, (250, 700), lead=(0, 0, 1600, 900)).version == 2
    assert Picture.objects.get().copies_due_at is None


def test_box_of_another_shape_is_cut_to_the_slots(quay, picture_desk):
    crop(picture_desk, quay, square=(100, 100, 900, 500))
    one = Picture.objects.get().crops.get()
    assert (one.left, one.top, one.width, one.height) == (300, 100, 500, 500)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"focal": (1001, 0)}, "The focal point lies outside"),
        ({"focal": (0, -1)}, "The focal point lies outside"),
        ({"square": (-1, 0, 500, 500)}, "crop for square lies outside"),
        ({"square": (2600, 0, 500, 500)}, "crop for square lies outside"),
        ({"lead": (0, 0, 90, 50)}, "crop for lead is too small"),
        ({"lead": (0, 0, 0, 50)}, "crop for lead is too small"),
        ({"whole": (0, 0, 300, 200)}, "is no slot"),
        ({"circle": (0, 0, 300, 200)}, "is no slot"),
        ({"token": "7"}, "Somebody changed this picture"),
        ({"token": ""}, "does not say which version"),
    ],
)
def test_crop_that_cannot_be_is_refused_with_a_sentence(quay, picture_desk, asked, said):
    with pytest.raises(NotChanged, match=said):
        crop(picture_desk, quay, **asked)
    assert Picture.objects.get().version == 1


def test_only_who_may_change_pictures_crops_them(quay, reporter, reader, editor, chief):
    for somebody in (reporter, reader):
        with pytest.raises(NotChanged, match="role does not allow"):
            crop(somebody, quay, (1, 1))
    crop(editor, quay, (1, 1))
    crop(chief, Picture.objects.get(), (2, 2))
    assert Picture.objects.get().focal_x == 2


def test_picture_without_a_file_has_nothing_to_crop(picture_desk):
    with pytest.raises(NotChanged, match="Attach the file first"):
        crop(picture_desk, make_picture(), (1, 1))
