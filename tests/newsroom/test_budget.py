"""A client that has had much dear work done is asked to wait; nobody else is, and the desk has threads of its own."""

import http.client
import socket
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom.budget import DEAR, BudgetMiddleware
from newsroom.clients import client_of
from tests.laws.tree import ROOT

DEARLY = "/at/20160101000000/section/world/"


def asked(budget, path=DEARLY, peer="192.0.2.1", **headers):
    return budget(RequestFactory().get(path, REMOTE_ADDR=peer, headers=headers))


@pytest.fixture
def budget(settings, monkeypatch, time_machine):
    """A budget of ten seconds, each page taking one."""
    settings.CLIENT_BUDGET = 10
    time_machine.move_to("2026-03-02 12:00:00", tick=False)
    took = iter(range(10_000))
    monkeypatch.setattr("newsroom.budget.time.thread_time", lambda: next(took))
    return BudgetMiddleware(lambda request: HttpResponse("A page"))


def test_who_spent_all_is_told_when_to_come_again_and_is_let_in_then(budget, time_machine):
    assert [asked(budget).status_code for _ in range(11)] == [200] * 10 + [429]
    answer = asked(budget)
    assert (answer.headers["Retry-After"], answer.headers["Cache-Control"]) == ("4", "no-store")
    assert "sitemap" in answer.content.decode()
    assert asked(budget, peer="192.0.2.2").status_code == 200
    assert asked(budget, "/section/world/").status_code == 200
    time_machine.shift(4)
    assert [asked(budget).status_code for _ in range(2)] == [200, 429]
    time_machine.shift(3600)
    assert [asked(budget).status_code for _ in range(11)] == [200] * 10 + [429]


def test_no_end_where_none_is_set(budget, settings):
    settings.CLIENT_BUDGET = 0
    assert {asked(budget).status_code for _ in range(30)} == {200}


def test_dear_are_searches_the_past_and_what_changed_between_two_versions():
    dear = [
        "/search/",
        "/search.json",
        DEARLY,
        "/timegate/x",
        "/timemap/link/",
        "/story/1/a/editions/1/2/",
        "/story/1/a/editions/1/2.json",
    ]
    cheap = [
        "/",
        "/at/",
        "/search/suggest.json",
        "/search/how/",
        "/story/1/a/editions/",
        "/story/1/a/editions/1/",
        "/section/at/",
        "/admin/at/x",
    ]
    assert [path for path in dear if not DEAR.match(path)] == []
    assert [path for path in cheap if DEAR.match(path)] == []


def test_client_behind_a_proxy_of_our_network_is_told_from_others_and_nobody_else_can_say_who_they_are():
    def who(peer, said=""):
        return client_of({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": said})

    assert who("127.0.0.1", "203.0.113.9, 198.51.100.7") == "198.51.100.7"
    assert who("", "198.51.100.7") == "198.51.100.7"
    assert who("172.18.0.2", "198.51.100.7") == who("fd00::2", "198.51.100.7") == "198.51.100.7"
    assert who("127.0.0.1", "nonsense") == who("127.0.0.1") == "127.0.0.1"
    assert who("192.0.2.1", "198.51.100.7") == "192.0.2.1"
    assert who("2001:db8:1:2:3::4") == who("2001:db8:1:2:5::6") == "2001:db8:1:2::/64"


SLOW_SITE = """
import sys, time
from django.conf import settings
settings.configure(DESK_PATH="/admin/")
from gunicorn.app.base import BaseApplication
from newsroom.patience import PatientWorker

class Site(BaseApplication):
    def load_config(self):
        for name, said in {"bind": sys.argv[1], "threads": 2, "worker_class": PatientWorker, "control_socket_disable": True}.items():
            self.cfg.set(name, said)
    def load(self):
        def site(environ, start_response):
            if environ["PATH_INFO"] == "/slow/":
                time.sleep(5)
            start_response("200 OK", [("Content-Length", "2")])
            return [b"ok"]
        return site

Site().run()
"""


def test_editor_waits_for_no_thread_that_readers_hold():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", SLOW_SITE, f"127.0.0.1:{port}"], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            try:
                got(port, "/admin/")
                break
            except OSError:
                time.sleep(0.1)
        readers = [http.client.HTTPConnection("127.0.0.1", port) for _ in range(4)]
        for one in readers:
            one.request("GET", "/slow/")
        time.sleep(0.5)
        assert got(port, "/admin/", timeout=3) == b"ok"
        with pytest.raises(TimeoutError):
            got(port, "/other/", timeout=1)
        for one in readers:
            one.close()
    finally:
        server.terminate()
        server.wait(30)


def got(port, path, timeout=30):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read()
