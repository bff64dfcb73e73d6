"""What changed between two texts is found by paragraphs, then by words, and nothing of either text is lost."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.redline import redline
from articles.redline.long import compared

LINES = st.lists(st.text("ab ,.é\u0627", min_size=1, max_size=12).filter(str.strip), max_size=6).map(
    "\n".join
)


def joined(spans):
    return "".join(span.text for span in spans)


@given(LINES, LINES)
@settings(max_examples=150, deadline=None)
def test_both_texts_can_be_read_back(before, after):
    lines = redline(before, after)
    assert [joined(line.before) for line in lines if line.before] == before.splitlines()
    assert [joined(line.after) for line in lines if line.after] == after.splitlines()


def test_only_the_words_that_changed_are_marked():
    (line,) = redline("The ferry left at six.", "The ferry left at seven.")
    assert [(span.kind, span.text) for span in line.spans] == [
        ("same", "The ferry left at "),
        ("gone", "six"),
        ("new", "seven"),
        ("same", "."),
    ]


def test_paragraph_put_between_two_others_leaves_them_alone():
    lines = redline(
        "First words here.\nLast words there.", "First words here.\nQuite another thing.\nLast words there."
    )
    assert [line.is_same for line in lines] == [True, False, True]


def test_long_and_hostile_texts_take_no_time():
    started = time.monotonic()
    redline("a " * 50_000, "b " * 50_000)
    redline(
        "\n".join(f"line {n} of it" for n in range(2_000)), "\n".join(f"row {n} of it" for n in range(2_000))
    )
    assert time.monotonic() - started < 10


@given(LINES, LINES)
@settings(max_examples=150, deadline=None)
def test_both_texts_can_be_read_back_whatever_their_length(before, after):
    lines = compared(before, after).lines
    assert [joined(line.before) for line in lines if line.before] == before.splitlines()
    assert [joined(line.after) for line in lines if line.after] == after.splitlines()


def test_paragraphs_that_stayed_far_apart_are_found_where_most_changed():
    old = [f"stays {n}" if n % 500 == 0 else f"old {n}" for n in range(5_000)]
    new = [text.replace("old", "quite other words of") for text in old]
    found = compared("\n".join(old), "\n".join(new))
    assert [joined(line.before) for line in found.lines if line.is_same] == [
        f"stays {n}" for n in range(0, 5_000, 500)
    ]
