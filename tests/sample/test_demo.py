"""`manage.py demo`: what it says, what it refuses, how it stops; and stories made for measurements."""

import io
import signal
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles.models import Edition, Event, Story
from articles.sample import bulk, loading, logins
from articles.workflow import verifying
from media.models import Picture
from newsroom import progress
from tests import builders

SMALL = 0.12


def demo(*arguments):
    said = io.StringIO()
    call_command("demo", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_newspaper_with_stories_of_its_own_is_left_alone():
    builders.make_archived()
    with pytest.raises(CommandError, match="--add"):
        demo()
    assert demo("--if-empty") == ""
    with pytest.raises(CommandError, match="is not loaded here"):
        demo("--logins")
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_interrupted_loading_leaves_whole_stories_and_goes_on():
    with progress.bar("sample", stream=io.StringIO()) as bar:
        bar.step = lambda count=1: (
            setattr(bar, "is_stopped", bar.done > 2) or setattr(bar, "done", bar.done + 1)
        )
        loading.load(bar, scale=SMALL)
    assert not loading.is_loaded()
    assert Picture.objects.count() == 4
    with progress.bar("sample", stream=io.StringIO()) as bar:
        bar.step = lambda count=1: (
            setattr(bar, "is_stopped", bar.done > 6) or setattr(bar, "done", bar.done + 1)
        )
        loading.load(bar, scale=SMALL)
    assert Picture.objects.count() == 8
    logins.file().unlink()


@pytest.mark.parametrize("hour", [0, 3, 12, 23])
def test_at_whatever_hour_it_is_loaded_today_s_stories_are_past_and_in_order(hour):
    calendar = loading.Calendar(datetime(2026, 3, 1, hour, 20, tzinfo=UTC))
    moments = [
        calendar.moment(when)
        for when in ("yesterday 22:10", "today 06:00", "today 07:30", "today 07:40", "today 09:10")
    ]
    assert all(moment < calendar.now for moment in moments)
    assert moments[1:] == sorted(moments[1:])
    assert calendar.moment("2 days ahead 06:00") > calendar.now


def test_on_a_leap_day_earlier_years_have_a_day():
    calendar = loading.Calendar(datetime(2028, 2, 29, 12, tzinfo=UTC))
    assert calendar.moment("3 years ago 07:15").date().isoformat() == "2025-02-28"
    assert settings.TIME_ZONE == "UTC"


def made(seed):
    """What the stories of a seed say, in their order."""
    marks = Event.objects.filter(verb=bulk.MARK, details__seed=seed)
    assert marks.exists()
    return list(Edition.objects.order_by("pk").values_list("headline", "body", "published_at", "byline"))


@pytest.mark.django_db
def test_stories_for_measurements_are_plausible_and_on_record(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 40)
    assert "100 stories were made with seed 7" in demo("--stories", "100", "--seed", "7")
    rows = Edition.objects.at()
    assert rows.count() == Story.objects.count() == 100
    assert rows.values("headline").distinct().count() > 95
    assert rows.values("section").distinct().count() == 8
    assert {row.published_on.year for row in rows} >= set(range(2006, 2024))
    lengths = sorted(rows.values_list("word_count", flat=True))
    assert lengths[0] >= 140
    assert lengths[-1] <= 470
    assert rows.filter(tag_rows__isnull=False).exists()
    assert rows.filter(picture_rows__picture__original="").exists()
    assert list(verifying.problems()) == []
    assert "nothing was changed" in demo("--stories", "100", "--seed", "7")


@pytest.mark.django_db
def test_stopped_making_goes_on_where_it_stopped_and_makes_the_same(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 10)
    with progress.bar("made", stream=io.StringIO()) as bar:
        once = bar.step
        bar.step = lambda count=1: once(count) or signal.raise_signal(signal.SIGINT)
        bulk.make(30, seed=3, bar=bar)
    assert bulk.made_with(3) == Story.objects.count() == 10
    assert "30 stories were made" in demo("--stories", "30", "--seed", "3")
    in_parts = made(3)
    assert len(in_parts) == 30
    assert bulk.Press.ready(3).arrival(17).contents.headline == in_parts[17][0]
    demo("--stories", "30", "--seed", "4")
    assert made(4)[30:] != in_parts
    assert len({headline for headline, *_ in made(4)}) == 60


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "-5"])
def test_no_stories_is_no_number_of_stories(number):
    with pytest.raises(CommandError, match="1 or more"):
        demo("--stories", number)
