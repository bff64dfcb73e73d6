"""What the site has at hand is answered by the thread that takes in requests, as any other answer is, and holds up nothing."""

import http.client
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, closing

import pytest

from tests.laws.tree import ROOT
from tests.newsroom.at_hand import LARGE
from tests.newsroom.test_serve import free_port

ADDED = {"Server", "Date", "Connection", "Content-Length", "X-Path"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """(port, what it printed) of a server with one thread for readers."""
    port, printed = free_port(), tmp_path_factory.mktemp("at-hand") / "printed"
    with open(printed, "w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.newsroom.at_hand", f"127.0.0.1:{port}"], cwd=ROOT, stderr=file
        )
    try:
        for _ in range(300):
            try:
                with closing(connected(port)) as connection:
                    got(connection, "/")
                break
            except OSError:
                time.sleep(0.1)
        yield port, printed
    finally:
        process.terminate()
        process.wait(60)


def connected(port):
    return http.client.HTTPConnection("127.0.0.1", port, timeout=30)


@pytest.fixture
def connect(server):
    """Connects to the server as often as it is called, until the test is over."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(connected(server[0])))


def got(connection, path, method="GET"):
    connection.request(method, path)
    response = connection.getresponse()
    return response, response.read()


def test_answer_at_hand_needs_no_thread_and_its_connection_is_kept(connect):
    slow, quick = connect(), connect()
    slow.request("GET", "/slow/")
    time.sleep(0.3)
    began = time.monotonic()
    for _ in range(3):
        response, body = got(quick, "/quick/?a=b")
        assert (response.status, body) == (200, b"at hand")
    assert time.monotonic() - began < 3
    assert slow.getresponse().read() == b"by a thread"
    assert got(quick, "/other/")[1] == b"by a thread"
    assert got(quick, "/quick/")[1] == b"at hand"


def test_it_says_what_an_answer_by_a_thread_says(connect):
    connection = connect()
    by_hand, _ = got(connection, "/quick/")
    by_thread, _ = got(connection, "/other/")
    assert by_hand.headers.keys() == by_thread.headers.keys()
    assert set(by_hand.headers.keys()) == ADDED
    assert [by_hand.headers[name] for name in ("Server", "Connection")] == [
        by_thread.headers[name] for name in ("Server", "Connection")
    ]
    response, body = got(connection, "/quick/", "HEAD")
    assert (response.headers["Content-Length"], body) == ("7", b"")
    assert got(connection, "/quick/")[1] == b"at hand"


def test_requests_sent_at_once_are_answered_in_order(server):
    port, _ = server
    one = b"GET /%s/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as client:
        client.sendall(b"".join(one % path for path in (b"quick", b"other", b"quick")))
        said = b""
        while said.count(b"X-Path") < 3 or not said.endswith((b"at hand", b"by a thread")):
            said += client.recv(10_000) or pytest.fail(said.decode())
    assert [line for line in said.split(b"\r\n") if line.startswith(b"X-Path")] == [
        b"X-Path: /quick/", b"X-Path: /other/", b"X-Path: /quick/",
    ]  # fmt: skip


def test_who_takes_a_large_answer_slowly_holds_up_nobody(connect):
    slow, quick = connect(), connect()
    slow.request("GET", "/large/")
    time.sleep(0.3)
    assert got(quick, "/quick/")[1] == b"at hand"
    assert slow.getresponse().read() == LARGE
    assert got(slow, "/quick/")[1] == b"at hand"
    slow.request("GET", "/large/")
    slow.close()
    assert got(quick, "/other/")[1] == b"by a thread"


def test_what_fails_at_hand_is_answered_by_a_thread_and_is_told(server, connect):
    _, printed = server
    assert got(connect(), "/fails/")[1] == b"by a thread"
    assert "It is not at hand." in printed.read_text()
