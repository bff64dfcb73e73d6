"""`manage.py bench`: every kind of page is judged by the rows, and a wrong one is found out before anything is measured."""

import contextlib
import io
import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from articles.index import keep_index, reindex
from bench import addresses, checking, loading, many_addresses, results, whole_site
from tests.builders import an_archive
from tests.search.test_query_budget import most as most_queries

# One process makes the archive, and tries it all.
pytestmark = [pytest.mark.django_db, pytest.mark.apart, pytest.mark.xdist_group("bench")]
MANY = 300


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A small archive, indexed, made once for all tests of this module."""
    with django_db_blocker.unblock(), an_archive(MANY):
        assert reindex()
        keep_index()
        yield


@pytest.fixture
def site(made, client, monkeypatch):
    """The archive, answering in this process; what loads it says how long that took."""
    monkeypatch.setattr(loading, "answer", lambda _address, path: asked(client, path))
    monkeypatch.setattr(loading, "load", lambda *_: loading.Load(rate=100.0, p50=5.0, p99=9.0, processor=4.0))
    monkeypatch.setattr(loading, "memory", lambda _port: (120, 2))
    monkeypatch.setattr(whole_site, "served", lambda *_, **__: contextlib.nullcontext())
    monkeypatch.setattr("bench.publishing.TRIED", 1)
    return client


def asked(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    text = response.getvalue().decode()
    return loading.read(text, len(text))


def spoiled(page, answer):
    """Yield how this answer would be wrong."""
    shown, must = answer.shown, [*page.shows, *page.holds]
    yield "a story that is not public", replace(answer, shown=[*shown, max(shown, default=10_000_000) + 1])
    for story in must[:1] + must[-1:]:
        yield "one left out", replace(answer, shown=[one for one in shown if one != story])
    if len(page.shows) > 1:
        yield "another order", replace(answer, shown=shown[::-1])
    if must or page.asks:
        yield "nothing", replace(answer, shown=[])
    if page.says:
        yield "another text", replace(answer, text="Another text.")


def test_right_pages_are_right_and_wrong_ones_are_found_out(site):
    kinds = addresses.kinds()
    names = {kind.name.partition(",")[0] for kind in kinds}
    assert names >= {
        "story", "story .json", "front page", "section", "feed", "tag", "contributor", "day", "month", "sitemap", "search",
        "suggestions", "all stories .json",
    }  # fmt: skip
    for kind in kinds:
        name = kind.name.partition(",")[0]
        for page in kind.pages[:3]:
            answer = asked(site, page.path)
            assert (page.path, checking.wrong(page, answer)) == (page.path, "")
            if name == "suggestions":
                continue
            for how, other in spoiled(page, answer):
                assert checking.wrong(page, other), (kind.name, page.path, how)


def test_story_of_another_day_section_or_question_is_found_out(site):
    every = {kind.name: kind.pages[0] for kind in addresses.kinds()}
    for name, page in every.items():
        answer = asked(site, page.path)
        public = addresses._listed("1 = 1", most=MANY)
        foreign = [story for story in public if story not in (page.only or answer.shown)]
        if page.only and foreign:
            assert "do not belong" in checking.wrong(
                page, replace(answer, shown=[*answer.shown, foreign[0]])
            ), name
    search = every["search, rare word"]
    answer = asked(site, search.path)
    foreign = [story for story in public if story not in answer.shown]
    assert "not what" in checking.wrong(search, replace(answer, shown=[foreign[0], *answer.shown[:5]]))


def test_suggestion_of_what_is_not_there_is_found_out(site):
    page = addresses.Page("/search/suggest.json?q=wat", starts="wat")
    for text, kind in (("Waterless", "tag"), ("watqq", "word"), ("A story nobody wrote", "headline")):
        told = json.dumps({"items": [{"text": text, "kind": kind, "url": "", "stories": 1}]})
        assert "is suggested" in checking.wrong(page, loading.read(told, 1))


def test_page_five_thousand_is_of_the_longest_list_and_says_how_far_it_is(site, monkeypatch):
    monkeypatch.setattr(addresses, "DEEP_PAGE", 10)
    deep = {kind.name for kind in addresses.kinds() if ", page " in kind.name}
    # No section has 200 stories; all together have more.
    assert "all stories .json, page 10" in deep
    assert any(name.startswith("section, page ") and name != "section, page 10" for name in deep)


def test_bench_measures_and_writes_each_kind(site, tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/wrk")
    into = tmp_path / "figures.json"
    call_command("bench", into=str(into), stdout=io.StringIO())
    figures = json.loads(into.read_text())
    assert figures["stories"] == MANY
    assert {one["name"] for one in figures["facets"]} >= {"search, rare word", "search, common word"}
    text = results.written([figures], corpus="Made up.")
    for row in figures["pages"]:
        assert f"| {row['name']} | 100 | 100.0% |" in text
        assert 0 < row["queries"] <= most_queries(), row
    assert "Facets alone, common word" in text
    assert "stories in turn" not in text, "there are not so many"


def test_bench_asks_for_many_stories_in_turn_where_there_are_so_many(site, monkeypatch):
    loaded = []
    monkeypatch.setattr(many_addresses, "MANY", MANY - 10)
    monkeypatch.setattr(many_addresses, "IN_A_SECOND", 50)
    spent, slept = iter((3.0, 7.5, 9.0, 9.05)), []
    monkeypatch.setattr(loading, "processor", lambda port: next(spent))
    monkeypatch.setattr(many_addresses.time, "sleep", slept.append)
    monkeypatch.setattr(
        loading, "load", lambda *told: loaded.append(told) or loading.Load(100.0, 5.0, 9.0, 4.0)
    )
    figures = whole_site.measured(port=8150, seconds=2, only=[], say=lambda _: None)
    first, second = [told[1] for told in loaded if len(told[1]) == 50][:2]
    assert len({*first, *second}) == 100, "none is asked for twice before all were"
    assert all(site.get(path).status_code == 200 for path in first[:3])
    assert [one["name"] for one in figures["many"]] == [
        "as it is, nothing set ahead",
        "without page cache, nothing set ahead",
        "the newest, without page cache, set ahead",
    ]
    assert len(slept) == 3, "it waits until the server that sets pages ahead has nothing to do"
    told = f"{MANY - 10} stories in turn, as it is, nothing set ahead: 100% of the floor's requests"
    assert told in results.written([figures], corpus="")


def test_bench_measures_nothing_when_a_page_is_wrong(site, monkeypatch):
    right = loading.answer
    monkeypatch.setattr(
        loading, "answer", lambda address, path: replace(right(address, path), shown=[10_000_001])
    )
    monkeypatch.setattr(loading, "load", lambda *_: pytest.fail("it was loaded"))
    monkeypatch.setattr("shutil.which", lambda _name: "/usr/bin/wrk")
    with pytest.raises(SystemExit, match=r"is wrong: .* Nothing was measured"):
        call_command("bench", stdout=io.StringIO())


def test_bench_says_that_wrk_is_missing(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(CommandError, match="wrk"):
        call_command("bench")
