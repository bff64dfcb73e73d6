"""Pictures that look alike are suggested to people, open until somebody decides; nothing is ever merged by itself."""

import random

import pytest
from django.db.models.functions import Substr
from PIL import Image

from media import alike, background, intake
from media.likeness import is_whole
from media.models import Likeness, Picture
from tests import builders
from tests.media import drawn

pytestmark = pytest.mark.django_db


def scene(seed, size=(960, 640)):
    """A picture with as much in it as a photograph has, another for each seed."""
    coarse = Image.frombytes("RGB", (16, 11), random.Random(seed).randbytes(16 * 11 * 3))
    return coarse.resize(size, Image.Resampling.BICUBIC)


def pairs():
    return {(row.older_id, row.newer_id) for row in Likeness.objects.filter(settled_at=None)}


def test_resized_recompressed_and_slightly_cropped_ones_are_suggested_and_others_are_not(picture_desk):
    whole = scene(1)
    first = intake.take_in(drawn.file(whole), by=None)
    other = intake.take_in(drawn.file(scene(2)), by=None)
    assert pairs() == set()
    found = [
        intake.take_in(drawn.file(whole.resize((480, 320))), by=picture_desk),
        intake.take_in(drawn.file(whole, quality=35), by=picture_desk),
        intake.take_in(drawn.file(whole.crop((50, 30, 910, 610))), by=picture_desk),
        intake.take_in(drawn.file(whole, "PNG"), by=picture_desk),
    ]
    assert {(first.pk, one.pk) for one in found} <= pairs()
    assert not any(other.pk in pair for pair in pairs())
    assert not Picture.objects.filter(alias_of__isnull=False).exists()
    assert Picture.objects.looking_alike().count() == 5


def test_file_that_is_attached_is_compared_as_well():
    first = intake.take_in(drawn.file(scene(3)), by=None)
    lost = builders.make_picture()
    found = intake.attach(lost, drawn.file(scene(3).resize((600, 400))), by=None)
    assert pairs() == {(first.pk, found.pk)}


def test_what_was_settled_is_not_asked_again_and_merged_ones_are_not_suggested(picture_desk, reporter):
    first = intake.take_in(drawn.file(scene(4)), by=None)
    second = intake.take_in(drawn.file(scene(4), quality=40), by=None)
    pair = Likeness.objects.get()
    with pytest.raises(alike.NotSettled, match="Ask the picture desk"):
        alike.settle(by=reporter, likeness_id=pair.pk)
    settled = alike.settle(by=picture_desk, likeness_id=pair.pk)
    assert settled.settled_by == picture_desk
    again = alike.settle(by=picture_desk, likeness_id=pair.pk)
    assert again.settled_at == settled.settled_at
    assert alike.look_for(second) == []
    with pytest.raises(alike.NotSettled, match="no such pair"):
        alike.settle(by=picture_desk, likeness_id=pair.pk + 1)
    Picture.objects.filter(pk=first.pk).update(alias_of=second)
    third = intake.take_in(drawn.file(scene(4), quality=60), by=None)
    assert pairs() == {(second.pk, third.pk)}


def test_of_many_alike_the_nearest_are_suggested():
    whole = drawn.file(scene(5))
    likeness = intake.take_in(whole, by=None).likeness
    Picture.objects.bulk_create(
        Picture(media_id=str(55_000_000 + number), likeness=likeness) for number in range(30)
    )
    intake.take_in(drawn.file(scene(5), quality=40), by=None)
    assert len(pairs()) == alike.MOST


def test_of_many_in_one_manner_only_the_nearest_are_compared_by_colour_and_none_is_suggested():
    grey, colours = (
        intake.take_in(drawn.file(scene(6)), by=None).likeness[:288],
        "f" * 36 + "0" * 36 + "f" * 36,
    )
    Picture.objects.bulk_create(
        Picture(media_id=str(55_000_000 + number), likeness=grey + colours) for number in range(300)
    )
    intake.take_in(drawn.file(scene(6), quality=40), by=None)
    assert len(pairs()) == 1


def test_likeness_from_before_colours_were_kept_is_completed_and_takes_back_what_it_refutes(picture_desk):
    first = intake.take_in(drawn.file(scene(7)), by=None)
    copy = intake.take_in(drawn.file(scene(7), quality=40), by=None)
    # As both stood before: shapes alone, and by these a picture in other colours was suggested.
    Picture.objects.update(likeness=Substr("likeness", 1, 288))
    strangers = [
        Picture.objects.create(
            media_id=number, likeness=first.likeness[:288] + "f" * 36 + "0" * 36 + "f" * 36
        )
        for number in ("55000001", "55000002")
    ]
    for stranger in strangers:
        alike.look_for(stranger)
    settled = Likeness.objects.get(older=first, newer=strangers[1])
    alike.settle(by=picture_desk, likeness_id=settled.pk)
    background.make_due(processes=2)
    first.refresh_from_db()
    assert is_whole(first.likeness)
    assert (first.pk, copy.pk) in pairs()
    assert not {(first.pk, one.pk) for one in strangers} & pairs()
    assert not {(copy.pk, one.pk) for one in strangers} & pairs()
    assert Likeness.objects.filter(pk=settled.pk).exists()


def test_one_look_through_the_library_is_one_query_however_large(django_assert_max_num_queries):
    Picture.objects.bulk_create(
        Picture(
            media_id=str(55_000_000 + number), likeness=f"{random.Random(number).getrandbits(1584):0396x}"
        )
        for number in range(300)
    )
    picture = Picture.objects.last()
    with django_assert_max_num_queries(5):
        assert alike.look_for(picture) == []
