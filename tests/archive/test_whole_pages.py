"""One page of every kind: its HTML is valid, its links and places are there, its style sheets are those it needs."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.archive.test_in_a_browser import addresses  # noqa: F401 - a fixture
from tests.crawling import Crawl
from tests.markup import Page, wrong_with

pytestmark = pytest.mark.django_db

READERS_SHEETS = ("tokens", "paper", "furniture", "front", "story", "lists", "print")
FAULTY = {
    "<p><div>x</div></p>": "does not parse",
    "<p id=a>x</p><p id=a>y</p>": "twice",
    "<p aria-labelledby=b>x</p>": "not there",
    "<h3>x</h3>": "from <h1> to <h3>",
    '<p><img src="/x.png"></p>': "without alt",
    '<p><a href="/"><button>x</button></a></p>': "inside <a>",
    '<p><time datetime="3 May">x</time></p>': "datetime",
    "<p><font>x</font></p>": "another time",
    "<p>&nosuch;</p>": "does not parse",
    "<h1>again</h1>": "2 of <h1>",
}


def whole(inside):
    return f'<!doctype html><html lang="en"><head><title>t</title></head><body><main><h1>h</h1>{inside}</main></body></html>'


def test_fault_planted_on_purpose_is_found():
    assert wrong_with(whole("<p>x</p>")) == []
    for inside, said in FAULTY.items():
        assert any(said in fault for fault in wrong_with(whole(inside))), inside


@pytest.mark.once
def test_page_of_every_kind_is_valid_html(client, addresses):
    wrong = [
        f"{path}: {fault}" for path in addresses for fault in wrong_with(client.get(path).content.decode())
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.once
def test_every_link_on_a_page_of_every_kind_leads_to_something(client, addresses):
    there = [path for path in addresses if client.get(path).status_code == 200]
    crawl = Crawl(client, there, is_short=True)
    # Whatever a refusal offers is there as well.
    for path in (*addresses, "/section/wrold/", "/2016/13/45/"):
        if path not in crawl.pages:
            crawl.follow_from(path, client.get(path).content.decode())
    assert not crawl.faults, "\n".join(crawl.faults)
    assert len(crawl.pages) > 40


def test_link_broken_on_purpose_is_found(client, addresses, monkeypatch):
    crawl = Crawl(client, ["/undated/"], most=3)
    crawl._note("/undated/", "/no/such/page/")
    crawl._note("/undated/", "/undated/#nowhere")
    crawl._open("/no/such/page/", "/undated/")
    crawl._judge_fragments()
    assert any("/no/such/page/: 404" in fault for fault in crawl.faults)
    assert any("#nowhere" in fault for fault in crawl.faults)


def classes_in(sheet):
    text = Path(finders.find(f"css/{sheet}.css")).read_text()
    return set(re.findall(r"\.(-?[_a-z][\w-]*)", re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", text, flags=re.S), re.I))


def test_page_loads_every_sheet_that_says_how_something_on_it_looks(client, addresses):
    known = {sheet: classes_in(sheet) for sheet in READERS_SHEETS}
    assert "story" in known["story"]
    missed = []
    for path in addresses:
        page = Page(client.get(path).content.decode())
        loaded = {Path(sheet).name.split(".")[0] for sheet in page.sheets}
        for name in page.classes:
            says = {sheet for sheet, classes in known.items() if name in classes}
            if says and not says & loaded:
                missed.append(f"{path}: .{name} is in {', '.join(says)}")
    assert not missed, "\n".join(missed)


def test_front_page_and_story_load_no_sheet_of_the_others(client, addresses):
    sheets = {
        path: [Path(one).stem for one in Page(client.get(path).content.decode()).sheets]
        for path in addresses[:2]
    }
    always = {"tokens", "paper", "furniture", "print"}
    assert [set(found) - always for found in sheets.values()] == [{"front"}, {"story"}]
