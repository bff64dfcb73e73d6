"""Sixty sessions in which something goes wrong while somebody writes: not a word is lost, and nobody's is overwritten unseen."""

import pytest

from tests.journeys.desk_page import ask
from tests.journeys.sabotages import FIELDS, SABOTAGES, Session

pytestmark = pytest.mark.browser
# A dozen in every run, one of each kind among them; all sixty by `make test-sabotage`: they take three minutes and a half.
ORDINARY = {
    ("kill_tab", "body"), ("kill_server", "headline"), ("offline", "caption"), ("two_tabs", "body"), ("two_people", "body"),
    ("two_people", "headline"), ("expired_login", "standfirst"), ("invalid_row", "body"), ("type_at_once", "body"),
    ("slow_network", "byline"), ("clock_change", "tag"), ("kill_tab", "byline"),
}  # fmt: skip
REST = (pytest.mark.long, pytest.mark.sabotage)
SESSIONS = [
    pytest.param(sabotage, field, marks=() if (sabotage, field) in ORDINARY else REST)
    for sabotage in SABOTAGES
    for field in FIELDS
]


def test_there_are_sixty_of_them():
    assert len(SESSIONS) == 60
    assert set(SABOTAGES) == {sabotage for sabotage, _ in ORDINARY}


@pytest.mark.parametrize(("sabotage", "field"), SESSIONS)
def test_nothing_typed_is_lost(site, somebody, sabotage, field):
    session = Session(site, somebody, a_story(site), field)
    SABOTAGES[sabotage](session)
    session.all_reaches_the_desk()
    assert session.page.complaints == [] if hasattr(session.page, "complaints") else True


def a_story(site):
    return ask(
        site,
        "from tests.builders import *; from django.contrib.auth.models import User; from media.models import Picture\n"
        "rows = [Picture.objects.get(media_id='70000001')]\n"
        "found = make_article(User.objects.get(username='rana'), headline='Ferry', body='<p>One,</p><p>Two.</p>', pictures=rows).pk",
    )
