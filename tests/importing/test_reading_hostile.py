"""Whatever the bytes, a page or a refusal comes out, in time; and no line and no repair is lost."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing.reading import Page, Unreadable, read_page
from articles.importing.reading.accounting import lines_of
from articles.importing.reading.decoding import decode
from articles.importing.reading.repairs import undo
from tests.importing.pages import ARCHIVE, BAKERS, FERRY, LAMPS, SLOGAN, SUFFIX

PARTS = [
    SLOGAN, f"Ferry sails again{SUFFIX}", "Select Page", "Media ID: 55300001", "Media ID:", "Caption:", "Caption: Lamps. (AFP)",
    "A boat at sea, December 12, 2012. (Reuters/Ann Example)", "by Ann Example | Feb 31, 2014 | Gulf",
    "by Ann Example | Feb 3, 2014 | Gulf", "Muscat, Asharq Al-Awsat—", "Muscat-", "[Asharq Al-Awsat]", "[Rahbi] ", "Q) ",
    "(A) ", "Q: ", "TT", "20", "Sunday, 27 June, 2021 - 10:15", "Ann Rahbi (Muscat)", "...", "…", "(...)", " | ", " - ", "&#34",
    "&#3455555", "â€™", "”", "“", "(", ")", "[", "]", ":", "\u200b", "\u00a0", "\ufeff", "\u2028", "قال القبطان", FERRY, BAKERS,
    LAMPS, "<p>", "</p>", "<html>", "{", "30-02-1438 AH", "in 2014", "\x85", "\x0c", "", "", " ", "a", "A",
]  # fmt: skip
ADDRESSES = [
    None,
    ARCHIVE,
    f"{ARCHIVE}/a/b/c-2",
    f"{ARCHIVE}/category/gulf/page/3",
    f"{ARCHIVE}/author/ann-rahbi",
    f"{ARCHIVE}/a/b/c/attachment/d",
    "https://english.aawsat.com/home/article/123/x",
    "https://english.aawsat.com/home/writer/Ann%20Rahbi",
    "http://[bad",
]
fuzz = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def outcome(raw, address=None):
    try:
        page = read_page(raw, file="x", address=address)
    except Unreadable as refusal:
        return refusal.reason.endswith(".") or pytest.fail(f"no sentence: {refusal.reason}")
    return page if isinstance(page, Page) else pytest.fail(f"no page: {page!r}")


@fuzz
@given(st.binary(max_size=400))
def test_any_bytes(raw):
    outcome(raw)


@fuzz
@given(st.text(max_size=300), st.sampled_from(ADDRESSES))
def test_any_text(text, address):
    outcome(text.encode("utf-8", "replace"), address)


@fuzz
@given(
    st.lists(st.sampled_from(PARTS), max_size=30),
    st.sampled_from(["\n", "\n\n", " ", "", "\r\n"]),
    st.sampled_from(ADDRESSES),
)
def test_any_mixture_of_parts_loses_no_line(parts, glue, address):
    text = glue.join(parts)
    page = outcome(text.encode(), address)
    if isinstance(page, Page) and page.source == "text":
        check_whole(page, text.encode())


@fuzz
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div>", "<h1>", "<article>", "</article>", "<figure>", "<figcaption>", "<br>",
                                 "<meta property='og:type' content='article'>", "<html>", "<script>", "</script>",
                                 '<script type="application/ld+json">{"@type":"Article","author":[[]]}</script>',
                                 "<img class='wp-image-55300001'>", FERRY, BAKERS, "&amp;#34", "<time>", "<table><tr>"]), max_size=40))  # fmt: skip
def test_any_markup(parts):
    outcome(("<!DOCTYPE html>" + "".join(parts)).encode())


def check_whole(page, raw):
    """Every line that is not empty is found again, and undoing its repairs gives the line as it was saved."""
    decoded = decode(raw, file="x").text.split("\n")
    taken = lines_of(page)
    steps = {}
    for repair in page.repairs:
        steps.setdefault(repair.line, []).append(repair)
    for number, line in enumerate(decoded, 1):
        mended = line
        for step in steps.get(number, []):
            assert mended[step.column :].startswith(step.was)
            mended = mended[: step.column] + step.now + mended[step.column + len(step.was) :]
        assert undo(mended, steps.get(number, [])) == line
        assert not mended.strip() or number in taken


HOSTILE = {
    "one long word": lambda size: "a" * size,
    "spaces": lambda size: f"Ferry{' ' * size}sails",
    "brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "parentheses": lambda size: "(" * size,
    "captions": lambda size: "Media ID: 55300001\nCaption:\n" + "(a" * (size // 2),
    "labels": lambda size: "Media ID: 55300001\nCaption:\n" * (size // 28),
    "colons": lambda size: "Ann: " * (size // 5),
    "turns": lambda size: "Q) a\n\nA) b\n\n" * (size // 12),
    "dashes": lambda size: "Muscat - " * (size // 9),
    "bylines": lambda size: "by Ann | Feb 3, 2014 | Gulf\n" * (size // 28),
    "pipes": lambda size: "by |" * (size // 4),
    "teasers": lambda size: "The ferry sails again...\n" * (size // 25),
    "glued": lambda size: "end...Caption:" * (size // 14),
    "entities": lambda size: "&#34" * (size // 4),
    "mojibake": lambda size: "â€™" * (size // 7),
    "apostrophes": lambda size: "a”s" * (size // 5),
    "dates": lambda size: "3 March 2015 " * (size // 13),
    "digits": lambda size: "1" * size,
    "empty lines": lambda size: FERRY + "\n" * size + BAKERS,
    "quotes": lambda size: "“" * (size // 3),
    "buttons": lambda size: "TT\n20\n" * (size // 6),
    "signatures": lambda size: "Ann Rahbi (Muscat)\n" * (size // 19),
    "tags": lambda size: "<html>" + "<div>" * (size // 5),
    "breaks": lambda size: "<html><p>" + "a<br>" * (size // 5),
    "paragraphs": lambda size: "<html><h1>Ferry</h1>" + f"<p>{FERRY}</p>" * (size // 120),
    "attributes": lambda size: "<html><p " + "a='b' " * (size // 6),
    "short lines": lambda size: "ab\n" * (size // 3),
    "stops": lambda size: f"Media ID: 55300001\nCaption:\n{'. ' * (size // 2)}",
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("address", [None, f"{ARCHIVE}/a/b/c", f"{ARCHIVE}/tag/x"])
def test_time_grows_with_the_bytes_and_not_faster(kind, address):
    """A hundredth of the largest file in the suite; a quadratic step would show in minutes, not in the second allowed."""
    for _ in range(3):
        # A process that others hold up may take long once; a quadratic step takes long each time.
        started = time.process_time()
        outcome(HOSTILE[kind](50_000).encode(), address)
        if time.process_time() - started < 2:
            return
    pytest.fail("It took two seconds each time.")


@pytest.mark.long
@pytest.mark.parametrize("kind", HOSTILE)
def test_five_megabytes_of_anything_take_seconds(kind):
    started = time.process_time()
    outcome(HOSTILE[kind](4_900_000).encode(), f"{ARCHIVE}/a/b/c")
    assert time.process_time() - started < 60
