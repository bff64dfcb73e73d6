"""Several processes at work on one picture: one verb wins, no reader is shown what was killed, a killed process loses nothing."""

import pytest

from tests.workflow.test_concurrency import Racer, at_once, environment, pair

__all__ = ["environment", "pair"]
ROUNDS, MANY_ROUNDS = 6, 100
NEW = "The old harbour at dawn"

pytestmark = pytest.mark.xdist_group("races")


@pytest.fixture
def rounds(long_series):
    return range(MANY_ROUNDS if long_series else ROUNDS)


@pytest.fixture(scope="module")
def number():
    """A number for each picture's file that no other test of this module has."""
    return iter(range(1, 10**6))


def published(pair, number):
    story_id, token, picture_id = pair[0].do("draft_with_picture", next(number))
    assert pair[0].do("publish", story_id, token)[0] == "published"
    return story_id, picture_id


def test_of_two_who_kill_at_one_moment_one_does(pair, number, rounds):
    for _ in rounds:
        story_id, picture_id = published(pair, number)
        said = at_once(pair, ("kill_picture", picture_id, "1"), ("kill_picture", picture_id, "1"))
        assert sorted(one[0] for one in said) == ["done", "refused"]
        assert next(one[1] for one in said if one[0] == "done") == [story_id]
        kept = pair[0].do("look_at_picture", story_id, picture_id)
        assert (kept["killed"], kept["shown"], kept["due"]) == (True, [], False)
    assert pair[1].do("problems") == []


def test_of_two_captions_at_one_moment_one_is_printed_everywhere(pair, number, rounds):
    for _ in rounds:
        story_id, picture_id = published(pair, number)
        said = at_once(
            pair, ("recaption", picture_id, "1", "The first"), ("recaption", picture_id, "1", "The second")
        )
        assert sorted(one[0] for one in said) == ["done", "refused"]
        winner = "The first" if said[0][0] == "done" else "The second"
        kept = pair[0].do("look_at_picture", story_id, picture_id)
        assert (kept["caption"], kept["printed"]) == (winner, [winner])
    assert pair[1].do("problems") == []


def test_picture_killed_while_its_story_goes_out_is_shown_to_nobody(pair, number, rounds):
    for _ in rounds:
        story_id, token, picture_id = pair[0].do("draft_with_picture", next(number))
        killed, went = at_once(pair, ("kill_picture", picture_id, "1"), ("publish", story_id, token))
        assert killed[0] == "done"
        kept = pair[0].do("look_at_picture", story_id, picture_id)
        if went[0] == "published":
            assert killed[1] == [story_id]
            assert (kept["shown"], kept["due"]) == ([], False)
        else:
            assert "was withdrawn" in went[1]
            assert kept["shown"] is None
    assert pair[1].do("problems") == []


def test_caption_changed_while_its_story_is_updated_is_in_what_readers_see(pair, number, rounds):
    for turn in rounds:
        story_id, picture_id = published(pair, number)
        recaptioned, updated = at_once(
            pair, ("recaption", picture_id, "1", NEW), ("update", story_id, f"Later {turn}")
        )
        assert updated == ["updated"]
        assert recaptioned[0] == "done"
        kept = pair[0].do("look_at_picture", story_id, picture_id)
        assert (kept["printed"], kept["headline"]) == ([NEW], f"Later {turn}")
    assert pair[1].do("problems") == []


def test_process_killed_before_the_redrawing_leaves_it_to_the_timer(pair, environment, number):
    story_id, picture_id = published(pair, number)
    doomed = Racer(environment)
    assert doomed.do("stall_while_redrawing", picture_id, "1") == "inside"
    doomed.kill()
    left = pair[0].do("look_at_picture", story_id, picture_id)
    assert (left["killed"], left["due"], len(left["shown"])) == (True, True, 1)
    assert pair[1].do("redraw") == [picture_id]
    done = pair[0].do("look_at_picture", story_id, picture_id)
    assert (done["due"], done["shown"]) == (False, [])
    assert pair[0].do("problems") == []
