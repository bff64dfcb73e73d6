"""A teaser and a full text are one story, or not."""

import pytest

from articles.importing.reading import fingerprint, same_story
from tests.importing.pages import BAKERS, FERRY, LAMPS

BODY = f"{FERRY} {BAKERS} {LAMPS}"
LEAD = "Muscat, Asharq Al-Awsat—"


@pytest.mark.parametrize(
    "teaser",
    [
        f"{LEAD}{FERRY[:90]}...",
        f"{FERRY[:88]}…",
        f"{FERRY} {BAKERS[:30]}(...)",
        FERRY[:77],
        FERRY.replace("’", "'").upper(),
        f"“{FERRY}”",
    ],
)
@pytest.mark.parametrize("body", [BODY, LEAD + BODY, FERRY + BAKERS[:0]])
def test_teaser_joins_its_story(teaser, body):
    assert same_story(teaser, body) or len(body) < len(teaser)
    assert fingerprint(teaser) == fingerprint(body) != None  # noqa: E711


@pytest.mark.parametrize(
    "teaser",
    [
        f"{BAKERS[:80]}...",
        f"{FERRY[:60]} every week...",
        "The ferry to the...",
        "",
        "...",
        FERRY.replace("twice", "once"),
    ],
)
def test_other_teasers_do_not(teaser):
    assert not same_story(teaser, BODY)


def test_stories_that_begin_alike_share_a_key_and_are_told_apart():
    other = FERRY[:70] + " nobody knows why that is so."
    assert fingerprint(other) == fingerprint(BODY)
    assert not same_story(other, BODY)


def test_copies_of_the_caption_in_front_do_not_count():
    caption = "The ferry at its pier, June 3, 2014. (AFP)"
    assert same_story(f"{caption} {LEAD}{FERRY[:90]}...", BODY, captions=[caption])
    assert not same_story(f"{caption} {LEAD}{FERRY[:90]}...", BODY)


def test_text_too_short_for_a_key_has_none():
    assert fingerprint("Muscat – The ferry sails again...") is None
