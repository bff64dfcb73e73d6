"""Nothing hidden shows in what is found, counted, drawn, offered or guessed; nor does a byte of it change by being there."""

import pytest

from tests.leaks.planting import NEVER_PUBLIC, ONCE_PUBLIC, plant, revise
from tests.leaks.walking import Watch, browser, everything_in, walk
from tests.test_leaks import cast, public  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
QUESTIONS = ["zq*", "ferry", "ferry OR zq*", "-ferry", "zqdraftheadlin", "ferr", "from:2000"]
ADDRESSES = [
    f"{path}?q={question}"
    for question in QUESTIONS
    for path in (
        "/search/", "/search.json", "/search/rss.xml", "/search/suggest.json", "/search/opensearch.json",
    )
]  # fmt: skip


def answers(asking):
    return {path: everything_in(asking.get(path)) for path in ADDRESSES}


def test_search_shows_no_marker_of_anything_hidden(cast, public):
    planted = [*(plant(state, cast) for state in (*NEVER_PUBLIC, *ONCE_PUBLIC)), revise(public, cast)]
    narrowed = [
        f"/search/?section={one.section.slug}&tag={one.tag.slug}"
        for one in planted
        if one.section and one.tag
    ]
    found = walk(browser(), [*ADDRESSES, *narrowed], Watch(planted), methods=("get",))
    assert not found, "\n".join(found[:40])


def test_hidden_stories_change_no_byte_of_any_search(cast, public, time_machine):
    asking = browser()
    before = answers(asking)
    assert any("ferry" in text for text in before.values())
    for state in NEVER_PUBLIC:
        plant(state, cast, beside=public)
    after = answers(asking)
    assert [path for path in ADDRESSES if before[path] != after[path]] == []
