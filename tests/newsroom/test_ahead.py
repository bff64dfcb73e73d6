"""Pages that are set before anybody asks stand for every worker, and are worth no more than those that somebody asked for."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from articles import workflow
from articles.models import Article, Section, newest
from media import reads
from newsroom.page_cache import ahead, formes
from newsroom.page_cache.formes import Formes
from newsroom.page_cache.rack import Rack
from newsroom.page_cache.together import Together
from tests import builders
from tests.builders import make_archived, make_picture
from tests.newsroom.cached_site import CachedSite

pytestmark = pytest.mark.django_db
NOON = "2027-03-02 12:00:00"


@pytest.fixture
def workers(tmp_path, time_machine, monkeypatch):
    """(who sets ahead, a worker): two sites that have standing pages together; the database seems to be written to by nobody."""
    monkeypatch.setattr(settings, "SITE_URL", "http://testserver")
    monkeypatch.setattr(formes, "_written", lambda: "nothing was written")
    time_machine.move_to(NOON, tick=True)
    together = Together(Rack(2**21, tmp_path))
    return [
        CachedSite(
            tmp_path,
            room=0,
            site=get_wsgi_application(),
            formes=Formes(20_000, settings.FORMES_OF, settings.FORMES_TOLD, together),
        )
        for _ in range(2)
    ]


def test_what_was_set_ahead_stands_for_a_worker_until_an_answer_is_another(workers):
    setter, worker = workers
    editor = builders.make_person("editor", "editor", builders.make_desk())
    killed = builders.make_published(editor, headline="Wolves seen")
    paths = [killed.get_absolute_url(), make_archived(headline="Bears").get_absolute_url(), "/"]
    assert setter.set_ahead(paths) == 3
    assert [worker.get(path).body for path in paths] == [worker.fresh(path).body for path in paths]
    assert worker.rendered == []
    # Nothing is set that stands.
    assert setter.set_ahead(paths) == 0
    token = Article.objects.get(pk=killed.story_id).token
    workflow.kill(by=editor, story_id=killed.story_id, token=token, reason="made up")
    assert [worker.get(path).status for path in paths] == [410, 200, 200]
    assert b"Wolves" not in worker.get("/").body
    assert killed.get_absolute_url() in worker.rendered


def test_nobody_has_seen_a_picture_because_its_page_was_set(workers, monkeypatch):
    setter, worker = workers
    counted = []
    monkeypatch.setattr(reads, "note", counted.extend)
    path = make_archived(pictures=[make_picture(media_id="70000001")]).get_absolute_url()
    assert setter.set_ahead([path]) == 1
    assert counted == []
    worker.get(path)
    assert set(counted) == {"70000001"}
    assert worker.rendered == []


def test_address_of_other_letters_is_the_one_that_readers_ask_for(workers):
    setter, worker = workers
    path = make_archived(headline="ذئاب", slug="ذئاب", language="ar").get_absolute_url()
    assert setter.set_ahead([path]) == 1
    assert worker.get(path).status == 200
    assert worker.rendered == []


def test_no_more_is_set_than_there_is_room_for(workers):
    setter, _ = workers
    paths = [make_archived(headline=f"Bears {number}").get_absolute_url() for number in range(20)]
    set_first = setter.set_ahead(paths, 20_000)
    assert 2 <= set_first <= 8
    # What stands takes its room too: the same are looked at, and no further ones are set.
    assert setter.set_ahead(paths, 20_000) == 0


def test_nobody_goes_on_setting_pages_that_cannot_be_kept(workers, monkeypatch):
    setter, _ = workers
    monkeypatch.setattr(ahead, "IN_VAIN", 3)
    paths = [make_archived(headline=f"Bears {number}").get_absolute_url() for number in range(8)]
    monkeypatch.setattr(setter.cache.formes, "lock_up", lambda *_: None)
    assert setter.set_ahead(paths) == 3


def test_search_and_pages_of_other_kinds_are_left_to_those_who_ask(workers):
    setter, _ = workers
    assert setter.set_ahead(["/search/", "/healthz", "/admin/"]) == 0
    assert setter.rendered == []


def test_pages_are_named_newest_first_and_nothing_hidden_is(monkeypatch):
    monkeypatch.setattr(newest, "AT_A_TIME", 3)
    Section.objects.get_or_create(slug="city", name="City", is_in_masthead=True)
    Section.objects.get_or_create(slug="attic", name="Attic", is_in_masthead=False)
    stories = [make_archived(date(2014, 8, day), headline=f"Bears {day}") for day in range(1, 8)]
    make_archived(headline="Later", live_from=timezone.now() + timedelta(hours=1))
    named = list(newest.pages())
    assert named[0] == "/"
    assert "/section/city/" in named
    assert "/section/attic/" not in named
    assert [one for one in named if one.startswith("/story/")] == [
        one.get_absolute_url() for one in reversed(stories)
    ]


def test_there_is_something_to_set_with_the_day_and_when_something_was_announced(workers, time_machine):
    setter, _ = workers
    first = setter.cache.state()
    assert setter.cache.state() == first
    setter.ledger.touch(["story-1"])
    assert setter.cache.state() != first
    second = setter.cache.state()
    time_machine.shift(timedelta(days=1))
    assert setter.cache.state() != second
