"""The page of crops, through HTTP: numbers without scripts, each slot drawn, nothing lost when somebody was first."""

import pytest
from django.urls import reverse

from media import geometry
from media.models import Picture
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(db):
    made = builders.make_picture(original="a.jpg", width=1600, height=1000)
    builders.make_copy(made)
    return made


def page_of(picture):
    return reverse("admin:media_picture_crops", args=[picture.pk])


def typed(**overrides):
    sides = {
        f"{slot}_{side}": ""
        for slot in ("lead", "landscape", "square", "portrait")
        for side in ("left", "top", "width", "height")
    }
    return {"version": "1", "focal_x": "", "focal_y": "", **sides} | overrides


SQUARE = {"square_left": "100", "square_top": "200", "square_width": "500", "square_height": "500"}


def test_focal_point_and_a_crop_by_hand_are_saved_and_shown(client, picture_desk, picture):
    client.force_login(picture_desk)
    answer = client.post(page_of(picture), typed(focal_x="25.5", focal_y="70", **SQUARE))
    assert answer.url == reverse("admin:media_picture_change", args=[picture.pk])
    picture.refresh_from_db()
    assert (picture.focal_x, picture.focal_y, picture.version) == (255, 700, 2)
    assert picture.crops.get().slot == "square"
    shapes = {shape.slot: shape for shape in client.get(page_of(picture)).context["shapes"]}
    assert shapes["square"].box == (100, 200, 500, 500)
    assert shapes["square"].is_by_hand
    assert shapes["lead"].box == geometry.box("lead", 1600, 1000, (255, 700))
    page = client.get(page_of(picture)).content.decode()
    assert 'viewBox="100 200 500 500"' in page
    assert 'value="25.5"' in page


def test_emptied_numbers_go_back_to_the_focal_point_and_the_middle(client, picture_desk, picture):
    client.force_login(picture_desk)
    client.post(page_of(picture), typed(focal_x="25", focal_y="70", **SQUARE))
    client.post(page_of(picture), typed(version="2"))
    picture.refresh_from_db()
    assert (picture.focal_x, picture.focal_y, picture.crops.count()) == (None, None, 0)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"focal_x": "25"}, "Give both numbers"),
        ({"focal_x": "101", "focal_y": "1"}, "less than or equal to 100"),
        ({"square_left": "1"}, "Give all four numbers"),
        ({**SQUARE, "square_left": "1400"}, "lies outside the picture"),
        ({**SQUARE, "square_width": "10", "square_height": "10"}, "too small"),
        ({**SQUARE, "square_left": "x"}, "whole number"),
    ],
)
def test_what_cannot_be_is_a_sentence_and_what_was_typed_stays(
    client, picture_desk, picture, wrong, sentence
):
    client.force_login(picture_desk)
    answer = client.post(page_of(picture), typed(**wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert all(answer.context["form"][name].value() == value for name, value in wrong.items())
    assert Picture.objects.get(pk=picture.pk).version == 1


def test_second_who_crops_sees_what_is_saved_and_loses_nothing(client, picture_desk, picture):
    client.force_login(picture_desk)
    client.post(page_of(picture), typed(focal_x="10", focal_y="20"))
    late = client.post(page_of(picture), typed(focal_x="80", focal_y="90"))
    assert late.status_code == 409
    assert "10 % from the left, 20 % from the top" in late.content.decode()
    form = late.context["form"]
    assert form["focal_x"].value() == "80"
    again = client.post(page_of(picture), typed(focal_x="80", focal_y="90", version=form["version"].value()))
    assert again.status_code == 302
    picture.refresh_from_db()
    assert (picture.focal_x, picture.focal_y) == (800, 900)
    assert client.post(page_of(picture), typed(version="")).status_code == 409


def test_roles_and_pictures_that_cannot_be_cropped(
    client, reporter, editor, chief, picture_desk, reader, picture
):
    for person, status in ((picture_desk, 200), (editor, 200), (chief, 200), (reporter, 403), (reader, 302)):
        client.force_login(person)
        assert client.get(page_of(picture)).status_code == status, person
    client.force_login(reporter)
    assert client.post(page_of(picture), typed(focal_x="1", focal_y="1")).status_code == 403
    client.force_login(picture_desk)
    lost = builders.make_picture()
    assert client.get(page_of(lost)).status_code == 302
    assert client.get("/admin/media/picture/999999/crops/").status_code == 404
