"""Merging two people's text: every word of both is in the merged text or among what is asked."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.threeway import blocks, merge_bodies

BASE = ["<p>one</p>", "<p>two two two</p>", "<p>three</p>", "<p>four</p>"]


def merged(mine, theirs, base=BASE):
    clashes = []
    body = merge_bodies("\n".join(base), "\n".join(mine), "\n".join(theirs), clashes)
    return body.split("\n"), clashes


@pytest.mark.parametrize(
    ("mine", "theirs", "wanted"),
    [
        (["<p>ONE</p>", *BASE[1:]], [BASE[0], "<p>2</p>", *BASE[2:]], ["<p>ONE</p>", "<p>2</p>", *BASE[2:]]),
        (["<p>one, more</p>", "<p>new</p>", *BASE[1:]], [*BASE[:3], "<p>4</p>"], ["<p>one, more</p>", "<p>new</p>", *BASE[1:3], "<p>4</p>"]),
        ([*BASE, "<p>mine</p>"], [*BASE, "<p>theirs</p>"], [*BASE, "<p>theirs</p>", "<p>mine</p>"]),
        (BASE[1:], [*BASE, "<p>end</p>"], [*BASE[1:], "<p>end</p>"]),
        ([*BASE[:2], *BASE[3:]], ["<p>new</p>", *BASE], ["<p>new</p>", *BASE[:2], *BASE[3:]]),
        ([*BASE, "<p>same</p>"], [*BASE, "<p>same</p>"], [*BASE, "<p>same</p>"]),
    ],
)  # fmt: skip
def test_paragraphs_that_one_of_them_touched_are_merged(mine, theirs, wanted):
    assert merged(mine, theirs) == (wanted, [])


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ([*BASE[:2], "<p>3 mine</p>", BASE[3]], [*BASE[:2], "<p>3 theirs</p>", BASE[3]]),
        ([*BASE[:2], BASE[3]], [*BASE[:2], "<p>three, more</p>", BASE[3]]),
        ([*BASE[:2], "<p>three, more</p>", BASE[3]], [*BASE[:2], BASE[3]]),
    ],
)
def test_paragraph_that_both_touched_is_asked_and_theirs_stands(mine, theirs):
    body, (clash,) = merged(mine, theirs)
    assert body == theirs
    assert clash.part == 2
    assert clash.base == "<p>three</p>"


LINES = st.lists(st.sampled_from([f"<p>{word} {word}x y</p>" for word in "abcdefgh"]), max_size=6)


@settings(max_examples=400, deadline=None)
@given(LINES, LINES, LINES)
def test_no_paragraph_of_either_is_lost(base, mine, theirs):
    clashes = []
    body = blocks(merge_bodies("\n".join(base), "\n".join(mine), "\n".join(theirs), clashes))
    asked = "".join(str(clash.mine) for clash in clashes)
    for line in set(mine) - set(base):
        assert line in body or line in asked
    for line in set(theirs) - set(base):
        assert line in body
    assert set(body) <= {*base, *mine, *theirs}


@given(LINES, LINES)
def test_who_alone_changed_it_has_it_as_they_wrote_it(base, mine):
    clashes = []
    assert merge_bodies("\n".join(base), "\n".join(mine), "\n".join(base), clashes) == "\n".join(mine)
    assert merge_bodies("\n".join(base), "\n".join(base), "\n".join(mine), clashes) == "\n".join(mine)
    assert clashes == []


def test_blocks_are_the_outermost_elements():
    body = '<ul><li>a<br>b</li></ul>loose<hr><figure data-media-id="55361435"></figure><p>a &lt; b > c</p>'
    found = blocks(body)
    assert [re.match(r"<?\w+", one)[0] for one in found] == ["<ul", "loose", "<hr", "<figure", "<p"]
    assert "".join(found) == body
