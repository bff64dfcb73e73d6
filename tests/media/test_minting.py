"""A Media ID is given once and for ever: in sequence, past what was imported or merged, and never outside eight digits."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from media import intake, minting
from media.models import MediaIDCounter
from newsroom import checks
from tests import builders
from tests.media import drawn

pytestmark = pytest.mark.django_db


def test_numbers_rise_from_the_start_past_imported_and_merged_ones(settings):
    settings.MEDIA_ID_START = 70_000_001
    builders.make_picture(media_id="70000002")
    builders.make_picture(media_id="70000003", alias_of=builders.make_picture(media_id="55361435"))
    assert [minting.mint() for _ in range(3)] == ["70000001", "70000004", "70000005"]


def test_long_imported_range_is_stepped_over_whole(settings, django_assert_max_num_queries):
    settings.MEDIA_ID_START = 50_000_000
    for number in range(50_000_000, 50_000_000 + 1_200):
        builders.make_picture(media_id=str(number))
    with django_assert_max_num_queries(10):
        assert minting.mint() == "50001200"


def test_start_that_is_raised_is_followed_and_one_that_is_lowered_is_not(settings):
    settings.MEDIA_ID_START = 60_000_001
    assert minting.mint() == "60000001"
    settings.MEDIA_ID_START = 65_000_000
    assert minting.mint() == "65000000"
    settings.MEDIA_ID_START = 60_000_001
    assert minting.mint() == "65000001"
    assert MediaIDCounter.objects.get().last == 65_000_001


def test_when_every_number_is_given_out_a_picture_is_refused_in_a_sentence(settings):
    settings.MEDIA_ID_START = 99_999_999
    assert intake.take_in(drawn.file(), by=None).media_id == "99999999"
    with pytest.raises(intake.NotTaken, match="Set MEDIA_ID_START"):
        intake.take_in(drawn.file(comment=b"next"), by=None)


@pytest.mark.parametrize("start", [0, -5, 9_999_999, 100_000_000, 4_711])
def test_start_that_is_not_eight_digits_stops_the_site(settings, start):
    settings.DEBUG = True
    settings.MEDIA_ID_START = start
    assert [message.id for message in checks.unsafe_settings()] == ["newsroom.E006"]
    with pytest.raises(ImproperlyConfigured, match=f"MEDIA_ID_START is {start}, but .* eight digits"):
        checks.refuse_unsafe()
