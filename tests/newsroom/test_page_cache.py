"""The page cache: what is kept, for whom, how long, and that one renders however many wait."""

import threading
import time

import pytest
from django.conf import settings
from django.db.utils import OperationalError
from django.http import HttpResponse

from newsroom import headers
from newsroom.page_cache import ledger as ledgers
from newsroom.page_cache.application import DAY, LIFE
from newsroom.page_cache.formes import Formes
from newsroom.page_cache.ledger import MappedLedger, SharedLedger, Unknown
from newsroom.page_cache.shelf import Kept, Shelf
from newsroom.page_cache.turns import Turns
from tests.builders import make_published
from tests.newsroom.cached_site import CachedSite

PAGE = b"<p>" + b"A page of the paper. " * 200 + b"</p>"


class Rendered(HttpResponse):
    """An answer for which no request of Django's began, and none ends."""

    def close(self):
        pass


class Small:
    """A site of WSGI that renders one page, as slowly as told, with the headers that our pages have."""

    def __init__(self):
        self.body, self.keys, self.delay, self.is_away, self.is_private = (
            PAGE,
            "paper story-1",
            0,
            False,
            False,
        )
        self.seen = []

    def __call__(self, environ, start_response):
        self.seen.append(environ)
        time.sleep(self.delay)
        response = Rendered(self.body)
        response["Cache-Control"] = headers.PRIVATE if self.is_private else headers.shared()
        response["Vary"] = "Cookie" if self.is_private else "Accept-Encoding"
        response["ETag"] = f'W/"{len(self.body)}"'
        if not self.is_private:
            response["Surrogate-Key"] = self.keys
        if self.is_away:
            environ["newsroom.no_database"] = True
            response = Rendered("Away", status=500)
        start_response(f"{response.status_code} OK", list(response.items()))
        return response


@pytest.fixture
def small():
    return Small()


@pytest.fixture
def site(tmp_path, small):
    return CachedSite(tmp_path, site=small)


def test_answer_is_rendered_once_and_given_in_each_coding(site, small):
    plain, packed, brotli = (site.get("/a/", accept_encoding=coding) for coding in ("", "gzip", "br, gzip"))
    assert [one.headers.get("Content-Encoding") for one in (plain, packed, brotli)] == [None, "gzip", "br"]
    assert plain.body == PAGE
    assert len(brotli.body) < len(packed.body) < len(PAGE)
    assert site.get("/a/").body == PAGE
    assert len(small.seen) == 1
    head = site.get("/a/", method="HEAD")
    assert (head.body, head.headers["Content-Length"]) == (b"", str(len(PAGE)))
    known = site.get("/a/", if_none_match=plain.headers["ETag"])
    assert (known.status, known.body) == (304, b"")
    assert len(small.seen) == 1


def test_parameters_that_nobody_knows_neither_change_nor_multiply(site, small):
    for query in ("", "?x=1", "?utm_source=mail&x=2", "?after=&x=3", "?x=4&after="):
        assert site.get(f"/a/{query}").status == 200
    assert [one["QUERY_STRING"] for one in small.seen] == ["", "after="]
    site.get("/a/%3Fafter=")
    assert len(small.seen) == 3


def test_page_is_rendered_for_nobody(site, small):
    site.get(
        "/a/", cookie="colour=red", x_preview="1", x_forwarded_host="evil.example", user_agent="Somebody"
    )
    asked = {name for name in small.seen[0] if name.startswith("HTTP_")}
    assert asked == {"HTTP_HOST"}
    assert site.get("/a/", host="evil.example").status == 200
    assert len(small.seen) == 2, "a host that is not ours is the site's to refuse"


def test_what_is_one_persons_is_asked_for_with_all_that_they_sent_and_never_kept(site, small):
    small.is_private = True
    for _ in range(2):
        assert site.get("/a/", x_thing="mine").headers["Cache-Control"] == headers.PRIVATE
    assert [("HTTP_X_THING" in one) for one in small.seen] == [False, True, False, True]
    small.is_private, small.seen = False, []
    for path in (settings.DESK_PATH, "/static/x.css", "/images/x.jpg", "/preview/x/"):
        site.get(path)
        site.get(path)
    assert len(small.seen) == 8
    for _ in range(2):
        site.get("/b/", cookie=f"{settings.SESSION_COOKIE_NAME}=x")
    assert len(small.seen) == 10
    site.get("/b/", method="POST")
    assert len(small.seen) == 11


def test_answers_without_keys_and_refusals_are_not_kept(site, small):
    small.keys = ""
    small.is_away = True
    assert [site.get("/a/").status for _ in range(2)] == [500, 500]
    assert len(small.seen) == 2
    assert len(site.cache.shelf) == 0


def test_touched_page_is_gone_at_once_in_every_worker(site, small):
    other = site.another_worker()
    for one in (site, other):
        one.get("/a/")
        assert one.is_kept("/a/")
    small.body = b"<p>Something else</p>"
    MappedLedger(site.ledger._path).touch(["story-1"])
    for one in (site, other):
        assert one.get("/a/").body == small.body
    MappedLedger(site.ledger._path).touch(["story-2"])
    assert site.is_kept("/a/")


def test_page_that_was_rendered_while_it_changed_is_not_kept(site, small):
    def change(environ, start_response):
        answer = small(environ, start_response)
        site.ledger.touch(["story-1"])
        return answer

    site.site = change
    site.get("/a/")
    site.site = small
    assert not site.is_kept("/a/")
    assert site.is_kept("/a/")


def test_kept_page_is_at_hand_as_long_as_nobody_needs_to_be_asked_whether_it_is_good(site, time_machine):
    time_machine.move_to("2026-03-02 12:00:00", tick=False)
    assert site.at_hand("/a/") is None
    answer = site.get("/a/")
    assert site.at_hand("/a/") == answer
    assert site.at_hand("/a/", "HEAD").body == b""
    assert site.at_hand("/a/", if_none_match=answer.headers["ETag"]).status == 304
    assert site.at_hand("/a/", "POST") is None
    assert site.at_hand("/a/", cookie=f"{settings.SESSION_COOKIE_NAME}=a") is None
    # What began or ended by itself since, only the database knows.
    time_machine.shift(1)
    assert site.at_hand("/a/") is None
    assert site.is_kept("/a/")
    assert site.at_hand("/a/") == answer
    site.ledger.touch(["story-1"])
    assert site.at_hand("/a/") is None
    site.get("/a/")
    # A ledger on another machine is asked over the network.
    site.cache.ledger.is_near = False
    assert site.at_hand("/a/") is None


def herd(site, paths):
    answers = []
    threads = [threading.Thread(target=lambda path=path: answers.append(site.get(path))) for path in paths]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def test_herd_of_two_hundred_makes_one_render_and_holds_up_no_other_address(site, small):
    small.delay = 0.3
    answers = herd(site, ["/a/"] * 200 + ["/b/"])
    assert {one.status for one in answers} == {200}
    assert sorted(one["PATH_INFO"] for one in small.seen) == ["/a/", "/b/"]


def test_page_that_is_old_and_nothing_more_is_given_while_one_renders(site, small, time_machine):
    time_machine.move_to("2026-03-02 12:00:00")
    site.get("/a/")
    time_machine.shift(LIFE + 1)
    small.delay = 0.2
    assert len(herd(site, ["/a/"] * 20)) == 20
    assert len(small.seen) == 2


def test_page_is_served_for_a_day_when_the_database_is_away_and_says_so(site, small, time_machine):
    time_machine.move_to("2026-03-02 12:00:00", tick=False)
    site.get("/a/")
    small.is_away = True
    time_machine.shift(LIFE + 60)
    answer = site.get("/a/")
    assert (answer.status, answer.body, answer.headers["Age"]) == (200, PAGE, str(LIFE + 60))
    assert answer.headers["Cache-Control"] == "no-store"
    assert "database is away" in answer.headers["Cache-Status"]
    asked = len(small.seen)
    site.get("/a/")
    assert len(small.seen) == asked, "a database that is away is not asked at each request"
    site.ledger.touch(["story-1"])
    assert site.get("/a/").status == 500, "what was withdrawn is not served, however it is with the database"
    time_machine.shift(DAY)
    assert site.get("/a/").status == 500


def test_embargo_is_looked_for_once_a_second_and_what_turned_is_touched():
    asked, touched = [], []

    def between(first, last):
        asked.append((first.timestamp(), last.timestamp()))
        if len(asked) == 2:
            raise OperationalError("away")
        return {"story-1"} if len(asked) == 3 else ()

    turns = Turns(between, touched.append)
    said = [turns.look(now) for now in (100.0, 100.9, 101.2, 101.9, 102.0, 103.0, 107.5, 108.0)]
    assert said == [True, True, True, True, False, False, True, True]
    assert asked == [(100.0, 101.2), (101.2, 102.0), (101.2, 107.5), (107.5, 108.0)]
    assert touched == [frozenset({"story-1"})]


def test_room_is_bounded_and_a_crawler_pushes_out_nothing_that_people_read():
    shelf = Shelf(200_000)
    for number in range(10):
        shelf.put((f"/read/{number}", ""), Kept(200, [], b"x" * 5_000))
        shelf.asked_again((f"/read/{number}", ""), shelf.get((f"/read/{number}", "")))
    for number in range(1_000):
        shelf.put((f"/crawled/{number}", ""), Kept(200, [], b"x" * 5_000))
        assert shelf.bytes <= 200_000
    assert all(shelf.get((f"/read/{number}", "")) for number in range(10))
    assert shelf.get(("/crawled/999", ""))
    shelf.put(("/huge", ""), Kept(200, [], b"x" * 100_000))
    assert shelf.get(("/huge", "")) is None


def test_ledger_that_is_put_in_anothers_place_makes_all_unknown_once(tmp_path, time_machine):
    ledger = MappedLedger(tmp_path / "touched")
    ledger.touch(["story-1"])
    assert ledger.touched_at(ledgers.places_of(["story-1"])) == ledger.count() == 1
    (tmp_path / "touched").rename(tmp_path / "old")
    ledger._looked_at = float("-inf")
    with pytest.raises(Unknown):
        ledger.count()
    assert ledger.count() == 0


class Store(dict):
    """As much of a cache of Django's as a ledger asks for."""

    is_away = False

    def get_or_set(self, name, made, timeout):
        if self.is_away:
            raise ConnectionError("away")
        return self.setdefault(name, made())

    def incr(self, name):
        self[name] += 1
        return self[name]

    def set_many(self, found, timeout):
        self.update(found)

    def get_many(self, names):
        return {name: self[name] for name in names if name in self}


def test_whoever_asks_first_after_that_forgets_every_page(site, tmp_path, time_machine):
    time_machine.move_to("2026-03-02 12:00:00", tick=False)
    site.get("/a/")
    site.cache.formes = Formes(2**20, "/")
    (tmp_path / "touched_pages").unlink()
    site.ledger._looked_at = float("-inf")
    # Nobody has looked in this second whether anything turned: the page is not believed yet in any case.
    time_machine.shift(1)
    assert site.at_hand("/a/") is None
    assert not site.is_kept("/a/")


def test_so_does_who_asks_for_a_page_that_is_not_kept(site, tmp_path):
    site.get("/a/")
    (tmp_path / "touched_pages").unlink()
    site.ledger._looked_at = float("-inf")
    site.get("/b/")
    assert not site.is_kept("/a/")


def test_ledger_of_several_machines_tells_each_within_a_fifth_of_a_second(monkeypatch):
    store = Store()
    here, there = SharedLedger(store), SharedLedger(store)
    before, places = there.count(), ledgers.places_of(["story-1"])
    here.touch(["story-1"])
    there._read_at -= 1
    assert there.count() > before
    assert there.touched_at(places) > before
    time.sleep(0.001)
    store.clear()
    there._read_at -= 1
    with pytest.raises(Unknown):
        there.count()
    store.is_away = True
    there._read_at -= 1
    with pytest.raises(Unknown):
        there.count()


@pytest.mark.django_db
def test_pictures_of_a_kept_page_are_counted_each_time_people_read_it(tmp_path, editor, monkeypatch):
    counted = []
    monkeypatch.setattr("media.reads.note", counted.append)
    site = CachedSite(tmp_path)
    from_desk = make_published(editor, pictures=[])
    path = from_desk.get_absolute_url()
    for agent in ("Firefox", "Googlebot/2.1", "Firefox"):
        assert site.get(path, user_agent=agent).status == 200
    assert counted == []
