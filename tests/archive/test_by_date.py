"""The archive by date: months with counts, a calendar, a day's paper, the nearest to an empty one."""

import random
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Dating
from tests.builders import make_archived, make_article, make_picture, make_published, make_section, moment

pytestmark = pytest.mark.django_db


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def archive(db):
    for day in (date(2014, 8, 28), date(2014, 8, 28), date(2014, 8, 30), date(2016, 11, 3)):
        make_archived(day, headline=f"Of {day.isoformat()}")


def test_year_counts_its_months(client, archive):
    text = page(client, "/2014/")
    assert 'href="/2014/08/"' in text
    assert "3 stories" in text
    assert 'href="/2014/09/"' not in text
    assert 'rel="next" href="/2016/"' in text


def test_month_is_a_calendar_with_counts_and_its_stories(client, archive):
    text = page(client, "/2014/08/")
    assert "<table" in text
    assert 'href="/2014/08/28/"' in text
    assert "2 stories" in text
    assert 'href="/2014/08/29/"' not in text
    assert "Of 2014-08-30" in text
    assert "Of 2016-11-03" not in text


def test_day_shows_its_paper(client, archive):
    text = page(client, "/2014/08/28/")
    assert "Thursday, 28 August 2014" in text
    assert text.partition("<main")[2].count("Of 2014-08-28") == 2
    assert 'href="/2014/08/30/"' in text


def test_empty_day_says_so_and_offers_the_nearest(client, archive):
    text = page(client, "/2015/05/05/")
    assert "No story is known to have run on this day." in text
    assert 'href="/2014/08/30/"' in text
    assert 'href="/2016/11/03/"' in text
    assert "noindex" in text
    assert "No story is known to have run in this month." in page(client, "/2015/05/")
    assert "No story is known to have run in 2015." in page(client, "/2015/")


def test_drafts_are_neither_counted_nor_offered(client, archive, editor):
    before = [client.get(address).content for address in ("/2014/", "/2014/08/", "/2015/05/05/")]
    make_article(editor)
    assert [client.get(address).content for address in ("/2014/", "/2014/08/", "/2015/05/05/")] == before


@pytest.mark.parametrize(
    "address",
    ["/0000/", "/0999/", "/3000/", "/99999999999999999999/", "/2014/00/", "/2014/13/", "/2014/8/", "/2014/02/30/", "/2014/08/32/", "/2014/08/00/"],
)  # fmt: skip
def test_date_that_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_future_has_no_pages(client):
    tomorrow = timezone.localdate() + timedelta(days=1)
    for address in (f"/{tomorrow:%Y/%m/%d}/", "/2999/", "/2999/12/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/1000/", "/1000/01/", "/1000/01/01/"])
def test_earliest_year_has_a_page(client, address):
    assert client.get(address).status_code == 200


def leads(client):
    """What stands in each square of a calendar as the day's lead."""
    squares = re.findall(
        r'<td class="full"><a href="/([0-9/]+)/">(.*?)</a></td>', page(client, "/2014/08/"), re.S
    )
    return {day: re.search(r'<span class="led"[^>]*>(.*?)</span>', said).group(1) for day, said in squares}


@pytest.mark.parametrize("seed", range(6))
def test_lead_of_each_day_is_the_weightiest_of_it(client, seed):
    """News before opinion, whole before a teaser, pictured before not, then the newest: by the rule itself, told by hand."""
    make_section("Opinion", is_opinion=True)
    picture, chance = make_picture(), random.Random(seed)
    made = {}
    for number in range(40):
        on = date(2014, 8, chance.choice([3, 4, 5, 28]))
        # One day with nothing but opinion, one with nothing but teasers.
        section = "Opinion" if on.day == 3 else chance.choice(["World", "Opinion", ""])
        completeness = "teaser" if on.day == 4 else chance.choice(["whole", "cut", "teaser"])
        edition = make_archived(
            on,
            headline=f"Story {number}",
            section=section,
            completeness=completeness,
            pictures=[picture] if chance.random() < 0.3 else [],
            dating=Dating.stated_at(moment(2014, 8, on.day, chance.choice([8, 9]))),
        )
        made.setdefault(f"{on:%Y/%m/%d}", []).append(edition)
    expected = {
        day: max(
            editions,
            key=lambda one: (
                one.section is None or not one.section.is_opinion,
                one.completeness != "teaser",
                len(one.pictures),
                one.listed_at,
                one.story_id,
            ),
        ).headline
        for day, editions in made.items()
    }
    assert leads(client) == expected


def test_story_under_embargo_leads_its_day_from_its_second_on(client, editor, time_machine):
    opens = moment(2014, 8, 28, 12)
    time_machine.move_to(moment(2014, 8, 28, 9), tick=False)
    make_published(editor, headline="Since the morning")
    later = make_article(editor, headline="Under embargo", pictures=[make_picture()])
    workflow.publish(by=editor, story_id=later.pk, token=later.token, at=opens)
    for ago, led in ((timedelta(seconds=1), "Since the morning"), (timedelta(), "Under embargo")):
        time_machine.move_to(opens - ago, tick=False)
        assert leads(client) == {"2014/08/28": led}
