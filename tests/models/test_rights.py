"""Rights: the rule on a row, the same rule as a query, and what hinders a story say the same of every combination."""

import itertools
from datetime import date, timedelta

import pytest
from django.utils import timezone

from media.models import Picture, RightsClass, RightsState, Uses
from media.models.rights import hindrance, in_state, state_of
from tests import builders

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 3)
DAYS = (None, *(TODAY + timedelta(days=days) for days in (-1, 0, 1, 29, 30, 31)))
STORY, OTHER = 20000001, 20000002


def every_combination():
    for rights_class, uses, begins, ends, is_killed in itertools.product(
        (RightsClass.STAFF, RightsClass.UNKNOWN), Uses.values, DAYS, DAYS, (False, True)
    ):
        if begins is None or ends is None or begins <= ends:
            yield Picture(
                rights_class=rights_class,
                uses=uses,
                rights_begin_on=begins,
                rights_end_on=ends,
                killed_at=timezone.now() if is_killed else None,
                only_story=STORY if uses == Uses.ONE_STORY else None,
            )


def test_rule_and_query_agree_on_every_combination():
    Picture.objects.bulk_create(every_combination())
    by_query = {}
    for state in RightsState.values:
        for key in Picture.objects.filter(in_state(state, TODAY)).values_list("pk", flat=True):
            assert key not in by_query, "a picture stands in two states"
            by_query[key] = state
    by_rule = {picture.pk: str(state_of(picture, TODAY)) for picture in Picture.objects.all()}
    assert by_query == by_rule
    assert set(by_rule.values()) == set(RightsState.values)


def test_what_hinders_a_story_follows_from_the_state_and_the_uses():
    for picture in every_combination():
        state = state_of(picture, TODAY)
        for story_id, has_run in itertools.product((STORY, OTHER, None), (False, True)):
            told = hindrance(picture, story_id=story_id, on=TODAY, has_run=has_run)
            elsewhere = picture.uses == Uses.ONE_STORY and story_id != STORY
            stays = picture.uses == Uses.ARCHIVE and not has_run
            if state == RightsState.DENIED or elsewhere or stays:
                assert (told.state, told.needs_reason) == (RightsState.DENIED, False)
            elif state in {RightsState.EXPIRED, RightsState.NOT_BEGUN, RightsState.UNKNOWN}:
                assert (told.state, told.needs_reason) == (state, True)
            else:
                assert told is None
            assert told is None or told.sentence.endswith((".", "kept."))


def test_rights_end_and_begin_with_their_day():
    picture = builders.make_picture(rights_begin_on=TODAY, rights_end_on=TODAY)
    told = {days: state_of(picture, TODAY + timedelta(days=days)) for days in (-1, 0, 1)}
    assert told == {-1: RightsState.NOT_BEGUN, 0: RightsState.ENDING, 1: RightsState.EXPIRED}
