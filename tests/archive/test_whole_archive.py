"""The archive as one drawing, a day's paper with weight, the same day in all years, and the way to any date."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article
from tests.builders import make_archived, make_article, make_picture, make_published, make_section

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_archive_draws_every_year_by_month_and_says_the_same_in_a_table(client):
    for day in (date(2014, 8, 28), date(2014, 8, 30), date(2012, 11, 3)):
        make_archived(day)
    text = page(client, "/archive/")
    assert "<strong>3 stories</strong>" in text
    assert text.count("<title>August 2014: 2 stories</title>") == 1
    assert re.findall(r'<th scope="row"><a href="/(\d+)/">', text) == ["2014", "2013", "2012"]
    assert 'href="/2012/11/" aria-label="November 2012: 1"' in text
    assert 'href="/archive/"' in page(client, "/")


def test_empty_archive_says_what_will_be_here(client):
    assert "Nothing has been published yet" in page(client, "/archive/")
    assert "No story is known to have run on this day in any year." in page(client, "/on-this-day/")


@pytest.mark.parametrize(
    ("asked", "leads"),
    [("year=2014&month=8&day=28", "/2014/08/28/"), ("year=2014&month=08", "/2014/08/"), ("year=%202014", "/2014/"), ("year=2012&month=2&day=29&x=1", "/2012/02/29/")],
)  # fmt: skip
def test_any_date_is_reached_from_the_form(client, asked, leads):
    response = client.get(f"/archive/go/?{asked}")
    assert (response.status_code, response.headers["Location"]) == (302, leads)
    assert client.get(leads).status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("year=&month=&day=", "Write the year"), ("year=99", "Write the year"), ("year=²⁰¹⁴", "Write the year"), ("year=" + "9" * 400, "Write the year"),
        ("year=2014&month=13", "from 1 to 12"), ("year=2014&day=3", "from 1 to 12"), ("year=2014&month=2&day=30", "no such day"),
        ("year=2014&month=2&day=x", "no such day"), ("year=2999", "has not come yet"), ("year=٢٠١٤&month=99", "from 1 to 12"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_answered_with_a_sentence_and_kept(client, asked, said):
    text = page(client, f"/archive/go/?{asked}", 400)
    assert said in text
    assert "Go to a date" in text


def test_day_is_laid_out_its_lead_pictured_and_opinion_last(client):
    make_section("World")
    make_section("City")
    make_section("Opinion", is_opinion=True, order=1)
    day = date(2014, 8, 28)
    make_archived(day, headline="Of the city", section="City")
    make_archived(day, headline="An argument", section="Opinion", pictures=[make_picture()])
    make_archived(day, headline="Pictured", pictures=[make_picture()])
    make_archived(day, headline="Known by its teaser", completeness="teaser", pictures=[make_picture()])
    text = page(client, "/2014/08/28/")
    order = ["Pictured", "Of the city", "Known by its teaser", "An argument"]
    places = [text.index(f">{headline}<") for headline in order]
    assert places == sorted(places)
    assert 'href="/on-this-day/08/28/"' in text
    assert "led" in page(client, "/2014/08/").split('href="/2014/08/28/"')[1][:300]


def test_month_shows_the_lead_of_each_day_and_pages_its_list(client):
    for n in range(45):
        make_archived(
            date(2014, 8, 1 + n % 15), headline=f"Story {n:02}.", pictures=[make_picture()] if n < 15 else []
        )
    first = page(client, "/2014/08/")
    assert re.findall(r'class="led"[^>]*>Story (\d\d)\.<', first) == [f"{n:02}" for n in range(15)]
    seen, address = [], "/2014/08/"
    while address:
        text = page(client, address)
        seen += re.findall(r"<h2><a href=[^>]+>(Story \d\d\.)</a></h2>", text)
        found = re.search(r'href="(/2014/08/\?after=[\w-]+)"', text)
        address = found[1] if found else ""
    assert (len(seen), len(set(seen))) == (45, 45)


def test_same_day_of_every_year_is_there_and_says_how_many_more(client):
    for n in range(6):
        make_archived(date(2014, 8, 28), headline=f"In 2014: {n}")
    make_archived(date(1979, 8, 28), headline="In 1979")
    make_archived(date(2014, 8, 29), headline="The day after")
    text = page(client, "/on-this-day/08/28/")
    assert re.findall(r'<h2 id="in-(\d+)"', text) == ["2014", "1979"]
    assert "and 2 more" in re.sub(r"\s+", " ", text)
    assert "The day after" not in text
    assert 'href="/on-this-day/08/27/"' in text
    assert 'href="/on-this-day/08/29/"' in text
    make_archived(date(2016, 2, 29), headline="On a leap day")
    assert "On a leap day" in page(client, "/on-this-day/02/29/")
    assert 'href="/on-this-day/12/31/"' in page(client, "/on-this-day/01/01/")
    for nothing in (
        "/on-this-day/02/30/",
        "/on-this-day/13/01/",
        "/on-this-day/00/00/",
        "/on-this-day/8/28/",
    ):
        assert client.get(nothing).status_code == 404


def test_this_day_is_today(client):
    today = timezone.localdate()
    if (today.month, today.day) == (2, 29):
        pytest.skip("on a leap day other years have no such day")
    make_archived(today.replace(year=2009), headline="Years ago today")
    assert "Years ago today" in page(client, "/on-this-day/")


def test_year_strip_and_counts_fall_with_a_kill_and_know_no_draft(client, editor):
    edition = make_published(editor)
    on = edition.published_on
    make_article(editor)
    addresses = (f"/{on:%Y}/", f"/{on:%Y/%m}/", "/archive/")
    for address in addresses:
        assert "1 story" in page(client, address), address
    token = Article.objects.get(pk=edition.story_id).token
    workflow.kill(by=editor, story_id=edition.story_id, token=token, reason="x")
    for address in addresses:
        assert "1 story" not in page(client, address), address


def test_story_whose_embargo_ended_by_itself_has_its_day_before_it_is_counted(client, editor, time_machine):
    article = make_article(editor, headline="Out by itself")
    due = timezone.now() + timedelta(hours=2)
    workflow.publish(by=editor, story_id=article.pk, token=article.token, at=due)
    time_machine.move_to(due, tick=False)
    on = timezone.localdate(due)
    for address in (f"/{on:%Y/%m/%d}/", f"/{on:%Y/%m}/", f"/on-this-day/{on:%m/%d}/"):
        assert "Out by itself" in page(client, address)
