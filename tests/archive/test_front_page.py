"""The front page: no story twice, nothing hidden, this day in other years, and what an empty newsroom sees."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles.models import Dating
from tests.builders import make_archived, make_article, make_published, make_section, moment
from tests.public_pages import assert_public

pytestmark = pytest.mark.django_db


def front(client):
    """What readers see of the front page: its head names the stories once more, to machines."""
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode().partition("</head>")[2]


def test_empty_newsroom_says_what_will_be_here_and_points_to_the_desk(client):
    text = front(client)
    assert "Nothing has been published yet" in text
    assert 'href="/admin/"' in text


def test_newest_story_leads_and_no_story_stands_twice(client, editor):
    for name in ("World", "City", "Sport"):
        make_section(name)
        for n in range(12):
            make_archived(date(2020, 1, 1 + n), headline=f"{name} story {n:02}", section=name)
    make_published(editor, headline="The very newest")
    text = front(client)
    assert text.index("The very newest") < text.index(" story ")
    assert all(
        text.count(f"{name} story {n:02}") <= 1 for name in ("World", "City", "Sport") for n in range(12)
    )
    assert text.count("<h1") == 1


def test_opinion_stands_with_its_bylines_first(client):
    make_section("Opinion", is_opinion=True)
    make_archived(headline="News itself")
    make_archived(headline="An argument", section="Opinion", bylines=["Ingrid Halvorsen"])
    text = front(client)
    assert text.index("Ingrid Halvorsen") < text.index("An argument")
    assert text.index("News itself") < text.index("An argument")


def test_quiet_section_keeps_its_place_however_busy_another_is(client):
    make_section("Culture")
    make_archived(date(2010, 1, 1), headline="Long ago in culture", section="Culture")
    for n in range(30):
        make_archived(date(2020, 1, 1) + timedelta(days=n))
    assert "Long ago in culture" in front(client)


def test_this_day_in_other_years_is_remembered(client):
    today = timezone.localdate()
    if (today.month, today.day) == (2, 29):
        pytest.skip("on a leap day other years have no such day")
    for n in range(20):
        make_archived(today - timedelta(days=3 + n))
    make_archived(today.replace(year=today.year - 9), headline="Nine years ago")
    assert "Nine years ago" in front(client)


def test_last_story_of_each_of_four_years_is_remembered_however_many_ran_on_the_day(client, time_machine):
    time_machine.move_to(moment(2020, 8, 28, 12), tick=False)
    for year in (2019, 2018, 2016, 2011, 2010):
        for hour in range(8, 8 + (30 if year == 2019 else 2)):
            at = moment(year, 8, 28) + timedelta(minutes=20 * hour)
            make_archived(headline=f"{year}, {hour}", dating=Dating.stated_at(at))
    section = front(client).partition('id="on-this-day"')[2].partition("</section>")[0]
    assert re.findall(r">(\d{4}, \d+)</a>", section) == ["2019, 37", "2018, 9", "2016, 9", "2011, 9"]


def test_draft_is_not_on_the_front_page(client, editor):
    make_article(editor, headline="Secret draft")
    assert "Secret draft" not in front(client)


def test_public_pages_carry_no_cookie_even_to_the_desk(client, editor):
    edition = make_published(editor)
    client.force_login(editor)
    for address in (
        "/",
        edition.get_absolute_url(),
        "/section/world/",
        "/2014/",
        "/undated/",
        "/corrections/",
    ):
        assert_public(client.get(address))
