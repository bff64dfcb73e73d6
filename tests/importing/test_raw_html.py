"""Raw HTML in Markdown stays HTML where its lines are set in behind a blank line, and a listing stays a listing."""

import gzip
import json
import re
from pathlib import Path

import pytest

from articles import prose
from articles.importing.markdown import as_markup

STORIES = Path(__file__).resolve().parents[3] / "shared" / "real" / "stories" / "digitalgov_news.jsonl.gz"
LITERAL = re.compile(r"</?(?:td|tr|table|div|p|span|ul|li)\b")


def read(text):
    return prose.clean(as_markup(text))


def lines(text):
    return prose.plain(read(text)).split("\n")


def test_table_with_blank_lines_stays_a_table():
    body = read(
        "Before.\n\n<table border=1>\n  <tr>\n    <td>\n      <b>Type</b>\n    </td>\n    \n    <td>\n      Format\n"
        "    </td>\n  </tr>\n\n  <tr>\n    <td>GET</td>\n\n    <td>\n\n      json, *xml*\n    </td>\n  </tr>\n</table>\n\nAfter."
    )
    assert body.count("<td>") == 4
    assert prose.plain(body) == "Before.\nType\nFormat\nGET\njson, xml\nAfter."
    assert "<em>xml</em>" in body


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<div>\n\n    <div>\n\n        words\n\n    </div>\n\n</div>\n\nx", ["words", "x"]),
        ("<ul>\n  <li>a\n\n    <p>b</p>\n\n\t<p>c</p></li>\n</ul>\n\nx", ["a", "b", "c", "x"]),
        ("  1. <p>\n      one\n    </p>\n\n  2. <p>\n      two\n    </p>\n\nx", ["one", "two", "x"]),
        ("x\n\n  1. one\n  \n    <span>more</span> of it\n  2. two", ["x", "one", "more of it", "two"]),
        (
            "<li>\n  a\n\n    <p>\n    b</p></li> \n    \n    <li>\n      c\n    </li>\n\nx",
            ["a", "b", "c", "x"],
        ),
        ("<div>\n    one\n    <b>two</b>\n</div>", ["one", "two"]),
    ],
)
def test_lines_set_in_within_raw_html_are_no_listing(text, said):
    assert lines(text) == said


@pytest.mark.parametrize(
    ("text", "listing"),
    [
        ("x\n\n    <div>\n\n    </div>\n\ny", "&lt;div&gt;"),
        ("x\n\n    code\n    <table>\n\n    <td>", "code<br>&lt;table&gt;<br><br>&lt;td&gt;"),
        (
            "```\n<div>\n\n    <p>a</p>\n</div>\n```",
            "&lt;div&gt;<br><br>    &lt;p&gt;a&lt;/p&gt;<br>&lt;/div&gt;",
        ),
        ("<div>\n\n    ```\n    <p>a</p>\n      b\n    ```\n\n</div>", "&lt;p&gt;a&lt;/p&gt;<br>  b"),
        ("<p>So:</p>\n\n    <div>\n\ny", "&lt;div&gt;"),
        ("<p>never ended\n\n    <td>\n\ny", "&lt;td&gt;"),
        ("1. one\n\n       <td>\n\ny", "&lt;td&gt;"),
        ("<div>a</div>\n\nx\n\n    <td>", "&lt;td&gt;"),
        ("<!-- <div>\n\n -->\n\n    <td> </div>", "&lt;td&gt;"),
    ],
)
def test_listing_stays_a_listing(text, listing):
    assert listing in as_markup(text)


def test_pre_keeps_its_lines():
    text = "<pre>\na\n\n    <p>b\n</pre>"
    assert as_markup(text) == text


def test_raw_html_without_end_is_read_quickly():
    """Counted from the start for each tag, this takes minutes, which the suite's own limit would tell."""
    for text in (
        "<div>" * 100_000,
        "<div>\n\n" * 20_000,
        "<div>" * 100_000 + "</div>" * 100_000,
        "<ul>\n\n    <li>" * 20_000,
    ):
        as_markup(f"**x**\n\n{text}")


@pytest.mark.skipif(
    not STORIES.exists(), reason="../shared/real is not here: stories of another newsroom not read"
)
def test_stories_of_another_newsroom_show_no_tags():
    """One of them has tags for words: they are escaped in its source."""
    with gzip.open(STORIES) as told:
        texts = [text for line in told if re.search(r"\n\s+<", text := json.loads(line)["body"])]
    assert len(texts) > 100
    assert sum(LITERAL.search(prose.plain(read(text))) is not None for text in texts) <= 1
