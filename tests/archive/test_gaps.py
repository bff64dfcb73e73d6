"""What is missing: counted once a day of what readers see, with a trend that is thinned as it grows old."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition, GapCount
from articles.workflow.counting_gaps import count_gaps
from tests.archive.test_editions import change, text
from tests.builders import make_archived, make_article, make_copy, make_picture, make_published, make_tag

pytestmark = pytest.mark.django_db


def counts(client):
    facts = client.get("/gaps.json").json()
    return {row["gap"]: row["count"] for row in facts["items"]} | {
        "stories": facts["stories"],
        "pictures": facts["pictures"],
    }


@pytest.fixture
def whole(editor):
    """A story that lacks nothing."""
    make_tag("ferries")
    picture = make_picture()
    make_copy(picture, "whole-0123456789")
    return make_published(editor, tags=("ferries",), pictures=[picture])


def test_paper_without_a_count_says_what_will_stand_here(client):
    assert "counted once a day" in text(client, "/gaps/")
    assert client.get("/gaps.json").json()["items"] == []


def test_each_gap_is_counted_of_what_readers_see(client, editor, whole):
    make_tag("harbour")
    now = timezone.now() - timedelta(days=3)
    make_archived(None, live_from=now, tags=("harbour",), headline="Undated")
    make_archived(bylines=[], section="", completeness="cut", tags=("harbour",))
    make_archived(completeness="teaser")
    absent, empty = make_picture(caption=None, alt=""), make_picture(caption="", credit="")
    make_archived(tags=("harbour",), pictures=[absent, empty, *whole_pictures(whole)])
    workflow.keep_record()
    assert counts(client) == {
        "stories": 5, "pictures": 4, "no_date": 1, "no_byline": 1, "no_section": 1, "no_tags": 1, "cut": 1, "teaser": 1,
        "caption_absent": 1, "caption_empty": 1, "no_credit": 1, "no_alt": 1, "no_file": 2,
    }  # fmt: skip
    told = text(client, "/gaps/")
    assert "Of 5 stories and the 4 pictures that stand in them" in told
    assert "Pictures whose caption was left empty" in told
    assert ">20 %<" in told
    assert ">50 %<" in told


def whole_pictures(edition):
    return [row.picture for row in edition.picture_rows.select_related("picture")]


def test_hidden_and_withdrawn_stories_are_counted_in_nothing(client, editor, chief, whole):
    workflow.keep_record()
    before = counts(client)
    bare = {"bylines": [], "pictures": [make_picture(caption=None)]}
    make_article(editor, **bare)
    waiting = make_article(editor)
    due = timezone.now() + timedelta(days=1)
    workflow.publish(by=editor, story_id=waiting.pk, token=waiting.token, at=due)
    killed = make_published(editor, pictures=[make_picture(caption=None)])
    token = Article.objects.get(pk=killed.story_id).token
    workflow.kill(by=editor, story_id=killed.story_id, token=token, reason="x")
    gone = make_published(editor)
    workflow.suppress(by=chief, story_id=gone.story_id, number=1, reason="x")
    workflow.keep_record(is_anew=True)
    assert counts(client) == before


def test_withdrawn_picture_is_no_gap(client, editor):
    picture = make_picture(caption=None, credit="", alt="")
    make_archived(pictures=[picture])
    workflow.kill_picture(by=editor, picture_id=picture.pk, token=picture.token, reason="x")
    workflow.keep_record()
    assert counts(client)["pictures"] == counts(client)["caption_absent"] == counts(client)["no_file"] == 0


def test_trend_goes_back_to_the_first_count_and_is_drawn_with_its_table(client, editor, whole, time_machine):
    bare = make_published(editor, tags=())
    workflow.keep_record()
    assert "from tomorrow on" in text(client, "/gaps/")
    make_tag("harbour")
    change(editor, bare.story_id, tags=("harbour",), body="<p>Filed.</p>")
    time_machine.move_to(timezone.now() + timedelta(days=1))
    workflow.keep_record()
    assert workflow.keep_record().is_counted is False
    told = text(client, "/gaps/")
    assert told.count("<polyline") == 11
    assert "1 of 2 on" in told
    assert "The counts of the last days, as a table" in told
    trend = next(row["trend"] for row in client.get("/gaps.json").json()["items"] if row["gap"] == "no_tags")
    assert [(one["count"], one["whole"]) for one in trend] == [(1, 2), (0, 2)]


def test_counts_older_than_a_year_are_thinned_to_months(client, whole, time_machine):
    today = timezone.localdate()
    for days in range(340, 460):
        GapCount.objects.create(
            on=today - timedelta(days=days),
            counted_at=timezone.now() - timedelta(days=days),
            stories=1,
            pictures=1,
        )
    count_gaps()
    kept = set(GapCount.objects.values_list("on", flat=True))
    young = {today - timedelta(days=days) for days in range(340, 367)}
    assert young <= kept
    old = sorted(kept - young - {today})
    assert 3 <= len(old) <= 5
    assert len({(day.year, day.month) for day in old}) == len(old)
    assert all(day + timedelta(days=1) not in old for day in old)
    assert isinstance(old[0], date)


def test_page_counts_nothing(client, whole, django_assert_max_num_queries):
    workflow.keep_record()
    Edition.objects.at()
    with django_assert_max_num_queries(2):
        client.get("/gaps/")
