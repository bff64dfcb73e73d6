"""A body says only what the table allows, whoever wrote it, and loses none of its words on the way."""

import json
import random
import re
from html.parser import HTMLParser
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import prose
from newsroom.nesting import LOOSE_BLOCKS

REAL = Path(__file__).resolve().parents[2] / "shared" / "real" / "html"


class Seen(HTMLParser):
    """Collects every tag and attribute of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def cleaned_again(once):
    """Clean a body that is clean, past what was kept of the last one."""
    prose.clean("")
    return prose.clean(once)


def assert_harmless(html):
    for tag, attributes in Seen(html).tags:
        assert tag in prose.MARKUP
        allowed = prose.MARKUP[tag] | {"rel"}
        assert set(attributes) <= allowed, (tag, attributes)
        href = attributes.get("href", "/")
        assert href.startswith(("/", "#", "http://", "https://", "mailto:"))
        assert not href.startswith("//")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p onclick=x>Hi</p>", "<p>Hi</p>"),
        ("<script>alert(1)</script><p>Hi</p>", "<p>Hi</p>"),
        ("<b>bold</b> and <i>italic</i>", "<strong>bold</strong> and <em>italic</em>"),
        ("<h1>Head</h1>", "<h2>Head</h2>"),
        (
            '<p class="question other" data-speaker="Q">Why?</p>',
            '<p class="question" data-speaker="Q">Why?</p>',
        ),
        ('<blockquote class="pull">Said</blockquote>', '<blockquote class="pull">Said</blockquote>'),
        ('<figure data-media-id="55361435"></figure>', '<figure data-media-id="55361435"></figure>'),
        ('<figure data-media-id="55361435 x"></figure>', "<figure></figure>"),
        ("<p></p><p>&nbsp;</p><p>Text</p>", "<p>Text</p>"),
        ("\x00\x08<p>Hi\ufffe</p>", "<p>Hi</p>"),
        ('<ol start="4"><li>Four</li></ol>', '<ol start="4"><li>Four</li></ol>'),
        ('<ol start="-1" type="a"><li>One</li></ol>', "<ol><li>One</li></ol>"),
        ('<p class="note">Ask</p>', '<p class="note">Ask</p>'),
    ],
)
def test_body_keeps_what_the_table_allows(typed, kept):
    assert prose.clean(typed) == kept


@pytest.mark.parametrize(
    "href",
    [
        "//evil.example/x",
        "javascript:alert(1)",
        "\\\\evil.example",
        "data:text/html,x",
        "/\\evil.example",
        "x:y",
    ],
)
def test_links_elsewhere_by_trickery_lose_their_address(href):
    assert "href" not in prose.clean(f'<a href="{href}">text</a>')


@pytest.mark.parametrize(
    "href", ["/story/12345678/x/", "https://example.org/a?b=1", "mailto:desk@example.org"]
)
def test_plain_links_stay(href):
    assert f'href="{href}"' in prose.clean(f'<a href="{href}">text</a>')


@given(st.text())
def test_any_text_becomes_harmless_and_settles(text):
    once = prose.clean(text)
    assert_harmless(once)
    assert cleaned_again(once) == once


TAGS = sorted(
    {*prose.MARKUP, *prose.SAME_AS, *LOOSE_BLOCKS, "caption", "tfoot", "span", "button", "marquee", "select"}
)


@settings(max_examples=500, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["<{}>", "</{}>", "<{} class='note'>", "w "]), st.sampled_from(TAGS)),
        max_size=14,
    )
)
def test_any_tags_become_harmless_and_settle(parts):
    once = prose.clean("".join(shape.format(tag) for shape, tag in parts))
    assert_harmless(once)
    assert cleaned_again(once) == once
    assert prose.word_count(prose.plain(once)) == prose.words_in(once)


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<figure data-media-id='1234'>", "<a href=", "'", '"', ">", "<svg>", "x"]
        )
    )
)
def test_broken_markup_becomes_harmless(parts):
    assert_harmless(prose.clean("".join(parts)))


DEEP = [
    "<blockquote>",
    "<ul><li>",
    "<strong>",
    "<table><tr><td>",
    "<div>",
    '<p class="note"><button>',
    "<b><ul></b>",
    "<ul><object></ul></object>",
    "<ul><svg><foreignObject></ul></foreignObject></svg>",
    "<!-- <p>",
    "<p title='",
    "<<",
]


@pytest.mark.parametrize("nested", DEEP)
def test_markup_nested_beyond_any_reason_stays_harmless_and_bounded(nested):
    """Without the bound on depth the worst of these take minutes, which the suite's own limit would tell."""
    once = prose.clean(f"<p>Before</p>{nested * 100_000}x")
    assert once.count("<blockquote") <= prose.DEEPEST
    assert prose.plain(once).startswith("Before")
    assert "Before" in prose.render(once, {})
    assert prose.printed(once).startswith("<p>Before</p>")


def test_a_long_text_keeps_its_structure_to_the_end():
    """Depth is bounded, length is not: paragraphs, lists and tables one after the other lose nothing."""
    part = "<ul><li>One<li>Two</ul><p>And <b>bold</b><p>open<table><tr><td>Cell</table><blockquote>Said</blockquote>"
    cleaned = prose.clean(part * 500)
    assert [cleaned.count(f"<{tag}>") for tag in ("li", "strong", "td", "blockquote")] == [
        1000,
        500,
        500,
        500,
    ]


def test_text_of_a_paragraph_survives_as_typed():
    said = "SALOMON INC <SB> Q1 NET & {{ 7*7 }}"
    assert prose.plain(prose.clean(prose.paragraphs([said]))) == said


def test_speaker_turns_are_numbered_and_named():
    body = prose.turn("question", "The Courier", "Why now?") + prose.turn("answer", "Mayor <b>", "Because.")
    html = prose.render(body, {})
    assert 'id="turn-1"><b class="speaker">The Courier</b> Why now?' in html
    assert 'id="turn-2"><b class="speaker">Mayor &lt;b&gt;</b> Because.' in html


def test_figure_without_a_picture_is_left_out():
    body = prose.figure("55361435") + prose.figure("55361436")
    assert prose.render(body, {"55361435": "<figure>here</figure>"}) == "<figure>here</figure>"


def test_words_are_counted_in_any_script():
    assert prose.word_count("The mayor’s well-kept harbour") == 4
    assert prose.word_count("قال المجلس إن الخطة جاهزة") == 5


PIECES = [
    "<p>", "</p>", "</p>\n", "<p>a</p>", "Ab c", "it's", "x-y", " ", "  ", "\n", "\t", "\r", "&amp;", "&", "<", "<b>", "é", "\u00a0",
    "\u2028", "\x0b", "\x00", "-", "_", "'", "…", "\u200b",
]  # fmt: skip


def test_plain_paragraphs_are_read_quickly_and_no_otherwise(monkeypatch):
    chance = random.Random(7)
    tame = ["Ab c", "it's", "x-y", " ", "  ", "é", "-", "</p><p>", "</p>\n<p>"]
    made = [
        "".join(chance.choices(PIECES if number % 2 else tame, k=chance.randrange(7)))
        for number in range(6_000)
    ]
    bodies = [f"<p>{text}</p>" for text in made]
    quickly = [prose._cleaned(body) for body in bodies]
    assert sum(prose._PARAGRAPHS.fullmatch(body) is not None for body in bodies) > 500
    told = [prose.plain(body) for body in quickly]
    monkeypatch.setattr(prose, "_PARAGRAPHS", re.compile(r"(?!)"))
    assert [prose._cleaned(body) for body in bodies] == quickly
    assert [prose.plain(body) for body in quickly] == told


def test_words_in_plain_letters_are_counted_quickly_and_no_otherwise():
    chance = random.Random(8)
    for _ in range(6_000):
        text = "".join(chance.choices(PIECES, k=chance.randrange(9)))
        # A sign that is no letter and joins nothing, so that the text is in no plain letters any more.
        assert prose.word_count(text) == prose.word_count(f"{text} …")


def test_excerpt_breaks_between_words():
    text = "The council met on Thursday and put off the vote until the river has gone down."
    assert prose.excerpt(text, 40) == "The council met on Thursday and put off…"
    assert prose.excerpt("Short.", 40) == "Short."


def test_excerpt_of_a_huge_text_looks_at_its_opening_only():
    assert len(prose.excerpt("word " * 1_000_000)) <= 240


@pytest.mark.skipif(not REAL.exists(), reason="../shared/real is not here: hostile fragments not tried")
def test_hostile_fragments_of_others_become_harmless():
    cases = json.loads((REAL / "dompurify" / "expect.json").read_text())
    strings = json.loads((REAL / "blns" / "blns.json").read_text())
    for hostile in [case["payload"] for case in cases] + strings:
        assert_harmless(prose.clean(hostile))
        assert_harmless(prose.clean(prose.paragraphs([hostile])))
        in_a_note = prose.clean(f'<p>Kept</p><p class="note">zqnote {hostile}</p>')
        assert_harmless(in_a_note)
        assert_harmless(prose.printed(in_a_note))
        assert "zqnote" not in prose.printed(in_a_note)
        assert "zqnote" not in prose.plain(in_a_note)


PIECES = [
    "<p>alpha &amp; <strong>beta</strong></p>", "<ul><li>a</li><li><p>b</p><p>c</p></li></ul>", "<h2>T</h2>", "loose ",
    "<blockquote><p>q</p><p>r</p></blockquote>", '<p class="question" data-speaker="A">Q</p>', "<p>gamma</p>",
]  # fmt: skip
CAME = [
    "",
    "x",
    "<b>bold</b>",
    "<p>new</p>",
    "<script>alert(1)</script>",
    "</p><p>",
    "<ul><li>one</ul>",
    "<p>open",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=4, max_size=30), st.sampled_from(CAME), st.data())
def test_text_cleaned_where_it_changed_says_what_one_cleaned_whole_says(pieces, came, data):
    base = prose.clean("".join(pieces))
    ends = [place + 1 for place, letter in enumerate(base) if letter == ">"]
    at = data.draw(st.sampled_from([0, *ends]))
    typed = base[:at] + came + base[at:]
    with patch.object(prose, "LONG", 5):  # a short text is taken for a long one
        kept = prose.clean_onto(base, typed)
    assert prose.plain(kept) == prose.plain(prose.clean(typed))
    assert cleaned_again(kept) == kept


def test_text_full_of_ampersands_is_read_as_any_other(monkeypatch):
    text = (
        "a & b &lt;p&gt; &eacute; &#233; &#x1F388; &amp;amp; &nbsp; &bogus; &#0; AT&T"
        "<a href='java&#115;cript:alert(1)'>x</a> <a href='http&#58;//x/?a=1&amp;b=2&copy=3'>y</a>"
    )
    wanted = prose.clean(text)
    monkeypatch.setattr(prose, "_MOST_AMPERSANDS", -1)
    assert prose.clean(text) == wanted
    assert "javascript" not in wanted
    assert prose.plain(prose.clean("&" * 300_000)) == "&" * 300_000


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>a</p>after", "a\nafter"),
        ("<blockquote>a</blockquote>b", "a\nb"),
        ("<blockquote><p>a</p>b</blockquote>c", "a\nb\nc"),
        ("<ul><li>a</li><li>b</li></ul>x", "a\nb\nx"),
        ("<h2>a</h2>x<h3>b</h3>y", "a\nx\nb\ny"),
        (
            "<table><tbody><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></tbody></table>x",
            "a b\nc\nx",
        ),
        ("<p>a <strong>b</strong>c<br>d</p>\n<p>e</p>", "a bc\nd\ne"),
        ('<p class="answer" data-speaker="A">a</p>b', "A: a\nb"),
        ('a<p class="note">n</p><p class="note">m</p>b', "a\nb"),
        ('a<blockquote><p class="note">n</p></blockquote><em>b</em>', "a\nb"),
    ],
)
def test_words_of_two_blocks_never_touch(body, said):
    assert prose.clean(body) == body
    assert prose.plain(body) == said
    assert prose.word_count(prose.excerpt(said)) == len(said.split())
    assert prose.words_in(body) == prose.word_count(said.removeprefix("A: "))


@pytest.mark.parametrize("tag", sorted(LOOSE_BLOCKS))
def test_blocks_of_other_pages_become_paragraphs(tag):
    assert prose.clean(f"<{tag}>a</{tag}><{tag}>b</{tag}>") == "<p>a</p><p>b</p>"
    cut = prose.clean(f"x</{tag}>y<{tag}>a")
    assert prose.plain(cut) == "x\ny\na"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>Text</p><div>Related</div>", "<p>Text</p><p>Related</p>"),
        ("<div><div><p>a</p></div></div>", "<p>a</p>"),
        (
            "<div>a<p>b</p>c<ul><li>d</ul>e<b>f</b></div>",
            "<p>a</p><p>b</p><p>c</p><ul><li>d</li></ul><p>e<strong>f</strong></p>",
        ),
        ('<div class="note" dir="rtl" lang="ar">a</div>', '<p dir="rtl" lang="ar">a</p>'),
        ("<dl><dt>a<dd>b</dl>", "<p>a</p><p>b</p>"),
        (
            "<table><caption>a</caption><tr><td>b<tfoot><tr><td>c</table>",
            "<p>a</p><table><tbody><tr><td>b</td></tr></tbody><tbody><tr><td>c</td></tr></tbody></table>",
        ),
        ("<td>a</td><td>b</td>", "<p>a</p><p>b</p>"),
        ("<figure><img><figcaption>a</figcaption></figure>b", "<figure><p>a</p></figure>b"),
        ("<details><summary>a</summary>b</details>c", "<p>a</p>\n<p>b</p>\nc"),
        ("<form><fieldset><legend>a</legend>b</fieldset></form>", "<p>a</p>\n<p>b</p>"),
        ("<select><option>a<option>b</select>c", "<p>a</p><p>b</p>c"),
        ("<h2><div>a</div><div>b</div></h2>", "<h2>a\nb</h2>"),
        ("<ul><li> <div><div>a</div></div></li></ul>", "<ul><li> a</li></ul>"),
        (
            "<table><tr><td><div>a</div><td><div>b</div><div>c</div></table>",
            "<table><tbody><tr><td>a</td><td><p>b</p><p>c</p></td></tr></tbody></table>",
        ),
        ("a<p></p><p> </p>b", "a\nb"),
        ("<b>a<p></p></b>b", "<strong>a\n</strong>b"),
        ("<div><br></div>a", "a"),
        ('<p class="note">a<button><p>b</p></button>c</p>', '<p class="note">a\nb\nc</p>'),
    ],
)
def test_no_word_of_a_block_is_glued_to_the_next(typed, kept):
    assert prose.clean(typed) == kept
    assert cleaned_again(kept) == kept


def test_blocks_nested_beyond_any_reason_still_part_their_words():
    deep = prose.plain(prose.clean("<div>" * 150 + "a<div>b</div><div>c</div>d"))
    assert deep.split() == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("frabjoused<sup>1</sup> day", "frabjoused 1 day"),
        ('frabjoused<sup><a href="#n1">1</a></sup>', "frabjoused 1"),
        ('frabjoused<a href="#n1"><sup>[12]</sup></a>', "frabjoused [12]"),
        ("<b>frabjoused</b>.<sup>1</sup><sup>2</sup>", "frabjoused. 1 2"),
        ("said<sup>1,2</sup> “day”<sup>(3)</sup>", "said 1,2 “day” (3)"),
        ("day<sup>*</sup> day<sup>†</sup> day<sup>‡</sup>", "day * day † day ‡"),
        ("الخطة<sup>1</sup>", "الخطة 1"),
        ("CO<sub>2</sub> m<sup>2</sup> km<sup>2</sup>", "CO2 m2 km2"),
        ("10<sup>6</sup> 1<sup>st</sup> 20<sup>th</sup>", "106 1st 20th"),
        ("abc<sup>th</sup> &amp;<sup>2</sup> &nbsp;x<sup>2</sup>", "abcth &2 x2"),
    ],
)
def test_mark_of_a_footnote_is_no_part_of_its_word(typed, said):
    body = prose.clean(f"<p>{typed}</p>")
    assert prose.plain(body) == said
    assert prose.words_in(body) == prose.word_count(said)
