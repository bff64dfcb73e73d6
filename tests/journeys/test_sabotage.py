"""Sixty sessions in which something goes wrong while somebody writes: not a word is lost, and nobody's is overwritten unseen."""

from functools import partial

import pytest

from tests.journeys.desk_page import ask, open_new, until
from tests.journeys.sabotages import DEATHS, FIELDS, SABOTAGES, Mortal, Session

pytestmark = pytest.mark.browser
# A dozen in every run, one of each kind among them; the rest by `make test-weekly`: they take three minutes and a half.
ORDINARY = {
    ("kill_tab", "body"), ("kill_server", "headline"), ("offline", "caption"), ("two_tabs", "body"), ("two_people", "body"),
    ("two_people", "headline"), ("expired_login", "standfirst"), ("invalid_row", "body"), ("type_at_once", "body"),
    ("slow_network", "byline"), ("clock_change", "tag"), ("kill_tab", "byline"),
}  # fmt: skip
REST = (pytest.mark.long, pytest.mark.weekly)
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


@pytest.fixture(scope="module")
def mortal(site):
    server = Mortal(site)
    yield server
    server.die()


# One in every run; the rest with the rest of the sixty.
DYING = [
    pytest.param(death, field, marks=() if (death, field) == ("while_one_types", "body") else REST)
    for death in DEATHS
    for field in ("body", "headline", "standfirst")
]


@pytest.mark.parametrize(("death", "field"), DYING)
def test_server_that_is_killed_loses_nothing_and_keeps_nothing_twice(site, somebody, mortal, death, field):
    mortal.live()
    session = Session(site, partial(somebody, base_url=mortal.url), a_story(site), field)
    DEATHS[death](session, mortal)
    session.all_reaches_the_desk()
    last = latest(site, session.story)
    for words in session.typed:
        assert last.count(words) == 1, words


@pytest.mark.long
@pytest.mark.weekly
def test_first_letter_that_the_server_died_of_starts_one_story(site, somebody, mortal):
    mortal.live()
    page = open_new(somebody("rana", base_url=mortal.url))
    page.once("request", lambda sent: mortal.die() if sent.url.endswith("/keep/") else None)
    page.keyboard.type("A story that began as the server died")
    page.wait_for_selector("[data-keeping=away]")
    mortal.live()
    page.wait_for_url("**/change/", timeout=40_000)
    begun = "found = Article.objects.filter(headline__startswith='A story that began as the ser').count()"
    until(lambda: ask(site, begun) == 1, "not one story began")


def latest(site, story):
    """Everything that the copy says now, as one text."""
    return ask(
        site,
        "import json\nfrom articles.workflow.copy import contents_of\n"
        f"found = json.dumps(contents_of(Article.objects.get(pk={story})).as_json(), ensure_ascii=False)",
    )


def a_story(site):
    return ask(
        site,
        "from tests.builders import *; from django.contrib.auth.models import User; from media.models import Picture\n"
        "rows = [Picture.objects.get(media_id='70000001')]\n"
        "found = make_article(User.objects.get(username='rana'), headline='Ferry', body='<p>One,</p><p>Two.</p>', pictures=rows).pk",
    )
