"""What stands over a list and leads through the archive: counts, drawings, related tags, names A to Z, a line of time."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from articles import workflow
from articles.models import Article, Contributor, Dating, PrintedByline, Tag
from tests.builders import (
    make_archived,
    make_article,
    make_contents,
    make_contributor,
    make_published,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db
LONG_AGO = {"live_from": datetime(2020, 1, 1, tzinfo=UTC)}


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def token(edition):
    return Article.objects.get(pk=edition.story_id).token


def test_list_says_how_many_stories_from_when_to_when_and_where_to_follow(client):
    make_tag("ferries")
    for day in (date(2009, 3, 4), date(2014, 8, 28), date(2014, 9, 1)):
        make_archived(day, tags=("ferries",))
    make_archived(dating=Dating(), tags=("ferries",), **LONG_AGO)
    for address in ("/tag/ferries/", "/section/world/", "/by/nadia-farouk/"):
        text = page(client, address)
        assert "4 stories , March 2009–September 2014, 1 of them without a date" in words(text), address
        for form in ("rss.xml", "atom.xml", "feed.json"):
            assert f'<a href="{address}{form}">' in text


def test_each_year_of_the_drawing_leads_to_its_stories(client):
    for n in range(25):
        make_archived(date(2016, 1, 1) + timedelta(days=n), headline=f"Later {n:02}")
    make_archived(date(2012, 12, 31), headline="Of the last day of 2012")
    make_archived(date(2013, 1, 1), headline="Of the first day of 2013")
    text = page(client, "/section/world/")
    years = dict(re.findall(r'<th scope="row"><a href="([^"]+)">(\d{4})</a>', text))
    assert set(years.values()) == {"2012", "2013", "2016"}
    assert text.count("<rect x=") == 3
    there = next(path for path, year in years.items() if year == "2012")
    assert "Of the last day of 2012" in page(client, there)
    assert "Of the first day of 2013" not in page(client, there)


def test_related_tags_are_those_of_most_stories_in_common(client, editor):
    for name in ("ferries", "harbour", "salt", "secret"):
        make_tag(name)
    for tags in (("ferries", "harbour"), ("ferries", "harbour"), ("ferries", "salt"), ("harbour", "salt")):
        make_archived(tags=tags)
    killed = make_published(editor, tags=("ferries", "secret"))
    related = page(client, "/tag/ferries/").split("Often with")[1].split("</p>")[0]
    assert re.findall(r"<bdi>(\w+)</bdi>", related) == ["harbour", "salt", "secret"]
    workflow.kill(by=editor, story_id=killed.story_id, token=token(killed), reason="x")
    make_article(editor, tags=("ferries", "secret"))
    text = page(client, "/tag/ferries/")
    assert "secret" not in text
    assert "<strong>3 stories</strong>" in text


def test_merged_names_and_other_spellings_are_told(client, editor):
    tag, other = make_tag("Aleppo", "place"), make_tag("Halab", "place")
    make_archived(tags=("Halab",))
    workflow.merge_tags(by=editor, tag=other, into=tag)
    assert "Also filed as Halab" in words(page(client, "/tag/aleppo/"))
    person = make_contributor("Nadia Farouk")
    line = (PrintedByline(person.slug, "writer", "N. Farouk"),)
    contents = make_contents(bylines=[]).changed(bylines=line)
    workflow.admit(arrival=workflow.Arrival(contents, Dating.stated_on(date(2015, 1, 2)), "whole"))
    text = words(page(client, "/by/nadia-farouk/"))
    assert "Also printed as N. Farouk" in text
    assert "Writes for World" in text


def test_time_line_of_a_tag_begins_with_the_first_story_and_goes_on(client):
    make_tag("ferries")
    for n in range(45):
        make_archived(
            date(2010, 1, 1) + timedelta(days=60 * n), headline=f"Number {n:02}.", tags=("ferries",)
        )
    text = page(client, "/tag/ferries/timeline/").partition("<main")[2]
    found = re.findall(r"Number \d\d\.", text)
    assert found == [f"Number {n:02}." for n in range(40)]
    assert re.findall(r'<h2 id="in-(\d+)"', text) == [str(year) for year in range(2010, 2017)]
    following = re.search(r'href="(/tag/ferries/timeline/\?after=[\w-]+)"', text)[1]
    rest = page(client, following).partition("<main")[2]
    assert re.findall(r"Number \d\d\.", rest) == [f"Number {n:02}." for n in range(40, 45)]
    assert client.get("/tag/ferries/timeline/?after=damaged").status_code == 404
    assert client.get("/tag/never/timeline/").status_code == 404
    Tag.objects.create(name="boats", alias_of=Tag.objects.get(name="ferries"))
    assert client.get("/tag/boats/timeline/").headers["Location"] == "/tag/ferries/timeline/"


def test_names_stand_by_letter_with_their_counts_arabic_ones_in_their_own_order(client, editor):
    for name in ("Zinc", "aleppo", "Émigrés", "يافا", "بيروت", "1978", "hidden"):
        make_tag(name)
    for name in ("Zinc", "aleppo", "Émigrés", "يافا", "بيروت", "1978", "Zinc"):
        make_archived(tags=(name,))
    make_article(editor, tags=("hidden",))
    text = page(client, "/tags/")
    shown = re.findall(r"<li><a href=[^>]+><bdi>([^<]+)</bdi></a> <span class=\"count\">(\d+)", text)
    assert shown == [
        ("1978", "1"),
        ("aleppo", "1"),
        ("Émigrés", "1"),
        ("Zinc", "2"),
        ("بيروت", "1"),
        ("يافا", "1"),
    ]
    letters = re.search(r'<nav class="letters".*?</nav>', text, re.DOTALL)[0]
    assert re.findall(r">([^<\s]+)</a>", letters) == ["0-9", "A", "E", "Z", "ب", "ي"]
    assert "Zinc" in page(client, "/tags/z/")
    assert "aleppo" not in page(client, "/tags/z/")
    assert "بيروت" in page(client, "/tags/ب/")
    for nothing in (
        "/tags/h/",
        "/tags/zz/",
        "/tags/Z/",
        "/tags/%00/",
        "/tags/?after=x",
        "/tags/?after=ييي.1",
    ):
        assert client.get(nothing).status_code in (400, 404), nothing


def test_people_are_listed_a_stretch_at_a_time(client, monkeypatch):
    monkeypatch.setattr("articles.models.name_index.A_STRETCH", 3)
    names = [f"Person {letter}" for letter in "edcba"]
    for name in names:
        make_archived(bylines=[name])
    Contributor.objects.create(name="Person aa", slug="person-aa")
    text = page(client, "/by/")
    assert re.findall(r"<bdi>(Person \w+)</bdi>", text) == ["Person a", "Person b", "Person c"]
    following = re.search(r'href="(/by/\?after=[^"]+)"', text)[1]
    assert re.findall(r"<bdi>(Person \w+)</bdi>", page(client, following)) == ["Person d", "Person e"]


def test_sections_are_listed_with_their_line_and_their_stories(client):
    make_section("World", line="Beyond the bay.")
    make_section("Attic", is_in_masthead=False)
    assert "Beyond the bay." in page(client, "/sections/")
    make_archived(date(2012, 1, 1))
    make_archived(date(2014, 1, 1))
    text = words(page(client, "/sections/"))
    assert "2 stories, January 2012–January 2014" in text
    assert "Attic" not in text


def test_undated_stories_stand_under_headings_in_the_order_of_their_bounds(client):
    bounds = [
        (date(2016, 10, 1), date(2017, 3, 31)), (date(2016, 10, 1), date(2016, 12, 31)), (None, None),
        (date(2010, 1, 1), None), (date(2016, 10, 1), date(2017, 3, 31)), (date(2016, 10, 1), date(2016, 12, 31)),
    ]  # fmt: skip
    for earliest, latest in bounds:
        make_archived(dating=Dating(earliest=earliest, latest=latest, reason="x"), **LONG_AGO)
    text = page(client, "/undated/")
    assert re.findall(r'<h2 id="bounds-\d+">([^<]+)</h2>', text) == [
        "between October 2016 and March 2017 (inferred)", "between October 2016 and December 2016 (inferred)",
        "January 2010 or later (inferred)", "date not known",
    ]  # fmt: skip
    items = client.get("/undated.json").json()["items"]
    assert [one["dated"]["latest"] for one in items[:4]] == ["2017-03-31"] * 2 + ["2016-12-31"] * 2
    assert client.get("/undated/rss.xml").status_code == 200


def test_page_of_another_moment_says_nothing_of_now(client):
    make_section("World", is_in_masthead=False)
    for name in ("early", "late"):
        make_tag(name)
    make_archived(date(2014, 1, 1), headline="Then already", tags=("early",))
    make_archived(date(2016, 1, 1), headline="Only later", tags=("late",))
    moment = datetime(2015, 1, 1, tzinfo=UTC)
    paths = [
        "/section/world/", "/tag/early/", "/tag/early/timeline/", "/by/nadia-farouk/", "/tags/", "/by/", "/sections/", "/archive/",
        "/on-this-day/01/01/", "/2014/", "/2014/01/", "/2014/01/01/", "/",
    ]  # fmt: skip
    for path in paths:
        response = client.get(f"/at/{moment:%Y%m%d%H%M%S}{path}")
        text = response.content.decode()
        assert response.status_code == 200, path
        told = [one for one in ("Only later", "/tag/late/", "/2016/", "2 stories") if one in text]
        assert told == [], path
