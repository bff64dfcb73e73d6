"""Standing pages: printed again while the database answers what they were set from, and never a moment longer."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from articles.models import Edition, Tag
from media import reads
from newsroom import headers
from newsroom.page_cache import formes
from newsroom.page_cache.forme import Forme, Question
from newsroom.page_cache.formes import LIFE, Formes
from newsroom.page_cache.rack import Rack
from newsroom.page_cache.together import Together
from newsroom.page_cache.turns import Turns
from tests.builders import make_archived
from tests.laws.tree import ROOT
from tests.newsroom.cached_site import CachedSite

ROOM = 2**20
# With the day every page is set anew: a test that runs into midnight would see that.
NOON = "2026-03-02 12:00:00"


class Headlines:
    """A site of WSGI that prints what a query set says."""

    def __init__(self, rows):
        self.rows = rows

    def __call__(self, environ, start_response):
        response = HttpResponse(", ".join(self.rows()))
        named = {"Cache-Control": headers.shared(), "Vary": "Accept-Encoding", "Surrogate-Key": "paper"}
        for name, value in named.items():
            response[name] = value
        response.close = lambda: None
        start_response("200 OK", list(response.items()))
        return response


def made(folder, rows, room=ROOM):
    return CachedSite(folder, room=0, site=Headlines(rows), formes=Formes(room, "/"))


def two_workers(folder, rows):
    """Two sites that have standing pages together, each with little memory of its own."""
    together = Together(Rack(2**20, folder))
    return [
        CachedSite(folder, room=0, site=Headlines(rows), formes=Formes(5_000, "/", together=together))
        for _ in range(2)
    ]


def asked(site, clock, times=3):
    """What is answered each time, and how often the site had to."""
    before = len(site.rendered)
    said = []
    for _ in range(times):
        clock.shift(timedelta(milliseconds=10))
        said.append(site.get("/a/").body.decode())
    return said, len(site.rendered) - before


def headlines():
    return Edition.objects.at().order_by("pk").values_list("headline", flat=True)


@pytest.mark.django_db
def test_page_is_set_twice_and_then_printed_until_an_answer_is_another(tmp_path, time_machine):
    time_machine.move_to(NOON, tick=False)
    first = make_archived(headline="First")
    site = made(tmp_path, headlines)
    assert asked(site, time_machine, 5) == (["First"] * 5, 2)
    make_archived(headline="Second")
    assert asked(site, time_machine) == (["First, Second"] * 3, 1)
    Edition.objects.filter(pk=first.pk).update(suppressed_at=timezone.now(), suppressed_because="legal")
    assert asked(site, time_machine) == (["Second"] * 3, 1)


@pytest.mark.django_db
def test_page_that_one_worker_set_stands_for_the_others_until_an_answer_is_another(
    tmp_path, time_machine, monkeypatch
):
    monkeypatch.setattr(formes, "_written", lambda: "nothing was written")
    time_machine.move_to(NOON, tick=False)
    make_archived(headline="First")
    one, other = two_workers(tmp_path, headlines)
    assert asked(one, time_machine) == (["First"] * 3, 2)
    assert asked(other, time_machine) == (["First"] * 3, 0)
    # What the first proved of its wording holds for the second.
    assert [other.get("/b/").body, other.is_kept("/b/"), one.is_kept("/b/")] == [b"First", True, True]
    make_archived(headline="Second")
    assert asked(other, time_machine) == (["First, Second"] * 3, 1)
    assert asked(one, time_machine) == (["First, Second"] * 3, 0)


@pytest.mark.django_db
def test_more_pages_stand_than_one_workers_memory_holds(tmp_path, time_machine):
    time_machine.move_to(NOON, tick=False)
    make_archived(headline="First")
    site, _ = two_workers(tmp_path, headlines)
    pages = [f"/{number}/" for number in range(20)]
    for _ in range(2):
        time_machine.shift(timedelta(milliseconds=10))
        assert {site.get(page).body for page in pages} == {b"First"}
    assert len(site.cache.formes._shelf) < 5
    before = len(site.rendered)
    assert {site.get(page).body for page in pages} == {b"First"}
    assert len(site.rendered) == before


@pytest.mark.django_db
def test_what_is_done_each_time_is_done_by_every_worker(tmp_path, time_machine, monkeypatch):
    time_machine.move_to(NOON, tick=False)
    make_archived(headline="First")
    counted = []
    monkeypatch.setattr(reads, "note", counted.extend)
    one, other = two_workers(tmp_path, headlines)
    for site in (one, other):
        site.site = Pictured(site.site)
    assert asked(one, time_machine) == (["First"] * 3, 2)
    assert asked(other, time_machine) == (["First"] * 3, 0)
    # Each is asked twice: at hand, and with a thread.
    assert counted.count("70000001") == len(counted) >= 6


class Pictured:
    """A site whose pages show a picture."""

    def __init__(self, site):
        self.site = site

    def __call__(self, environ, start_response):
        reads.note_read(WSGIRequest(environ), ["70000001"])
        return self.site(environ, start_response)


def test_without_room_on_the_disk_pages_are_set_as_ever(tmp_path, monkeypatch, caplog):
    (tmp_path / "file").write_text("")
    assert Together.within(2**20, tmp_path / "file" / "below") is None
    assert "keeps its own standing pages alone" in caplog.text
    assert Together.within(0, tmp_path) is None
    together = Together.within(2**20, tmp_path)
    monkeypatch.setattr(Rack, "put", full)
    forme = Forme((Question("SELECT 1", ()),), timezone.now())
    for _ in range(2):
        together.put(("/a/", ""), forme)
    assert caplog.text.count("No space left") == 1


def full(*_args):
    raise OSError("No space left on device")


@pytest.mark.django_db
def test_what_begins_at_an_hour_shows_at_that_hour(tmp_path, time_machine):
    time_machine.move_to(NOON, tick=False)
    make_archived(headline="First")
    due = timezone.now() + timedelta(minutes=2)
    make_archived(headline="Later", live_from=due)
    site = made(tmp_path, headlines)
    assert asked(site, time_machine) == (["First"] * 3, 2)
    time_machine.move_to(due - timedelta(microseconds=10_001), tick=False)
    assert asked(site, time_machine, 1) == (["First"], 0)
    time_machine.move_to(due - timedelta(milliseconds=10), tick=False)
    assert asked(site, time_machine) == (["First, Later"] * 3, 1)


@pytest.mark.django_db
def test_what_begins_while_a_page_of_a_proven_wording_is_set_is_not_missing_afterwards(
    tmp_path, time_machine, monkeypatch
):
    time_machine.move_to(NOON, tick=False)
    monkeypatch.setattr(formes, "_written", lambda: "nothing was written")
    make_archived(headline="First")
    due = timezone.now() + timedelta(minutes=2)
    make_archived(headline="Later", live_from=due)
    site = made(tmp_path, headlines)
    assert asked(site, time_machine) == (["First"] * 3, 2)
    # Its wording is proven: another page stands when it was set once.
    assert [site.get("/b/").body, site.is_kept("/b/")] == [b"First", True]
    site.meanwhile = lambda: time_machine.move_to(due, tick=False)
    assert site.get("/c/").body == b"First"
    site.meanwhile = None
    assert site.get("/c/").body == b"First, Later"


@pytest.mark.django_db
def test_page_that_asks_for_another_moment_than_the_present_is_never_kept(tmp_path, time_machine):
    time_machine.move_to(NOON, tick=False)
    make_archived(headline="First")

    def lately():
        since = timezone.now() - timedelta(days=1)
        return headlines().filter(made_at__gte=since)

    site = made(tmp_path, lately)
    assert asked(site, time_machine, 5) == (["First"] * 5, 5)


@pytest.mark.django_db
def test_statement_that_begins_with_with_can_be_asked_again_unless_it_writes(tmp_path, time_machine):
    time_machine.move_to(NOON, tick=False)
    make_archived(headline="First")

    def said(sql):
        def rows():
            with connection.cursor() as cursor:
                cursor.execute(sql, [])
                return [one for (one,) in cursor.fetchall()] if cursor.description else ["Done"]

        return rows

    named = "WITH named AS (SELECT headline FROM articles_edition) "
    site = made(tmp_path, said(f"{named}SELECT headline FROM named"))
    assert asked(site, time_machine) == (["First"] * 3, 2)
    site = made(tmp_path, said(f"{named}UPDATE articles_tag SET name = '' WHERE id = -1"))
    assert asked(site, time_machine) == (["Done"] * 3, 3)


@pytest.mark.django_db
def test_page_that_writes_or_asks_nothing_is_never_kept(tmp_path, time_machine):
    time_machine.move_to(NOON, tick=False)

    def written():
        Tag.objects.filter(pk=-1).update(name="")
        return headlines()

    for rows in (written, lambda: ["Nothing"]):
        site = made(tmp_path, rows)
        assert asked(site, time_machine, 4)[1] == 4


@pytest.mark.django_db
def test_with_a_new_day_a_page_is_set_anew_and_one_of_more_than_the_database_after_a_while(
    tmp_path, time_machine
):
    time_machine.move_to(NOON, tick=False)
    make_archived(headline="First")
    told = made(tmp_path, headlines)
    told.cache.formes = Formes(ROOM, "/", "/a")
    assert asked(told, time_machine)[1] == 2
    time_machine.shift(LIFE)
    assert asked(told, time_machine)[1] == 1
    site = made(tmp_path, headlines)
    assert asked(site, time_machine)[1] == 2
    time_machine.shift(LIFE)
    assert asked(site, time_machine)[1] == 0
    time_machine.move_to("2026-03-02 23:59:00", tick=False)
    assert asked(site, time_machine)[1] == 0
    time_machine.shift(timedelta(minutes=1))
    assert asked(site, time_machine)[1] == 1


@pytest.mark.django_db
def test_page_that_must_be_told_is_void_with_what_is_announced_too(tmp_path, time_machine):
    """What an index beside the database says may change with the hour alone, and no answer of the database with it."""
    time_machine.move_to(NOON, tick=False)
    make_archived(headline="First")
    found, turned = ["First"], []

    def searched():
        list(headlines())
        return found

    for is_told in (True, False):
        site = made(tmp_path, searched)
        site.cache.formes = Formes(ROOM, "/", "/a" if is_told else "/b")
        site.cache._turns = Turns(lambda first, last: [turned.pop()] if turned else (), site.ledger.touch)
        found[:] = ["First"]
        assert asked(site, time_machine) == (["First"] * 3, 2)
        found[:] = ["Second"]
        site.ledger.touch(["story-1"])
        assert asked(site, time_machine) == (["First"] * 3, 0)
        turned.append("paper")
        time_machine.shift(timedelta(seconds=1))
        said, is_set = asked(site, time_machine)
        assert (said, is_set) == ((["Second"] * 3, 1) if is_told else (["First"] * 3, 0))


@pytest.mark.django_db
def test_no_more_is_kept_than_there_is_room_for(tmp_path, time_machine):
    time_machine.move_to(NOON, tick=False)
    make_archived(headline="First")
    site = made(tmp_path, headlines, room=100_000)
    for number in range(40):
        for _ in range(3):
            time_machine.shift(timedelta(milliseconds=10))
            site.get(f"/{number}/")
    assert 0 < site.cache.formes._shelf.bytes <= 100_000


@pytest.mark.django_db
def test_page_is_at_hand_where_to_ask_is_known_to_take_no_time(tmp_path, time_machine, monkeypatch):
    time_machine.move_to(NOON, tick=False)
    make_archived(headline="First")
    site = made(tmp_path, headlines)
    asked(site, time_machine)
    # Within a transaction of this thread's own nobody else sees what was written.
    assert site.at_hand("/a/") is None
    monkeypatch.setattr(formes, "_has_a_file", lambda connection: True)
    asker = FakeReader()
    monkeypatch.setattr(formes, "_reader", asker)
    forme = site.cache.formes._shelf.get(("/a/", ""))
    forme.said = hash(tuple(asker.rows))
    assert site.at_hand("/a/").body == b"First"
    assert asker.waited == [False]
    forme.took = 1
    assert site.at_hand("/a/") is None
    forme.took, asker.rows = 0, None
    assert site.at_hand("/a/") is None


@pytest.mark.django_db
def test_once_a_second_somebody_looks_and_then_a_page_that_is_kept_asks_nothing(
    tmp_path, time_machine, monkeypatch
):
    time_machine.move_to(NOON, tick=False)
    make_archived(headline="First")
    site = CachedSite(tmp_path, site=Headlines(headlines), formes=Formes(ROOM, "/"))
    for _ in range(2):
        assert site.get("/a/").body == b"First"
        # Set anew, and so proven: the page is kept, and stands as well.
        site.ledger.touch(["paper"])
        time_machine.shift(timedelta(milliseconds=10))
    site.get("/a/")
    forme = site.cache.formes._shelf.get(("/a/", ""))
    asker = FakeReader()
    monkeypatch.setattr(formes, "_has_a_file", lambda connection: True)
    monkeypatch.setattr(formes, "_reader", asker)
    forme.said = hash(tuple(asker.rows))
    time_machine.shift(timedelta(seconds=1))
    assert site.at_hand("/a/") is None
    assert site.get("/a/").body == b"First"
    asker.waited.clear()
    assert site.at_hand("/a/").body == b"First"
    assert asker.waited == []


class FakeReader:
    """A reader of rows that are always the same; without any, somebody else is asking."""

    def __init__(self):
        self.rows, self.waited = [1], []

    def answers(self, name, questions, moment, *, waits):
        self.waited.append(waits)
        return self.rows


def test_on_a_file_of_sqlite_a_kill_is_seen_by_the_next_request(set_up, tmp_path):
    folder = set_up(tmp_path)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env = kept | {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    command = [sys.executable, "-m", "tests.newsroom.formes_on_disk", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["first"] == told["second"] == [[200, True, True]] * 3
    assert told["third"] == [[200, True, False]] * 3
    assert all(is_set for _, _, is_set in told["corrected"][:1])
    assert told["from the forme"] == [[200, True, False]] * 3
    assert told["at hand"] == [True] * 3
    # Its wording was proven by the other story: it stands once it was set, unless something was written meanwhile.
    assert told["another story"] == [True, False]
    assert told["a third, written to meanwhile"] == [True, True, False]
    assert told["killed"] == [[410, False, True], [200, False, True], [200, False, True]]
