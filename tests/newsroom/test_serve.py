"""`manage.py serve` serves the site on loopback with hashed static files, and says what stops it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest

from tests.laws.tree import ROOT
from tests.newsroom.test_environment import manage

# One server for all of these tests, also where they run in several processes.
pytestmark = pytest.mark.xdist_group("server")

# gunicorn gives a worker 20 seconds, then a command beside it has 10; a busy machine adds its own.
LONGEST_END = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(port, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def wait_until_it_answers(port, process, printed):
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        try:
            ask(port, "/healthz")
            return
        except OSError:
            assert process.poll() is None, printed.read_text()
            time.sleep(0.1)
    pytest.fail("The server does not answer:\n" + printed.read_text())


@pytest.fixture(scope="module")
def server(tmp_path_factory, set_up):
    """(port, what it printed, its folder) of a site served from a folder with nothing but a database."""
    folder = set_up(tmp_path_factory.mktemp("served"))
    port = free_port()
    given = {"VAR_DIR": str(folder), "PATH": os.environ["PATH"], "BIND": f"127.0.0.1:{port}"}
    with open(folder / "printed", "w+") as printed:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--workers=1", "--without-copies"],
            env=given,
            cwd=ROOT,
            stdout=printed,
            stderr=printed,
        )
        try:
            wait_until_it_answers(port, process, folder / "printed")
            yield port, (folder / "printed").read_text, folder
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=LONGEST_END)


def test_served_site_is_alive_ready_and_says_where_it_is(server):
    port, printed, _ = server
    assert ask(port, "/healthz")[1] == b"ok\n"
    assert ask(port, "/readyz")[0].status == 200
    assert f"http://localhost:{port}/" in printed()
    assert f"http://localhost:{port}/admin/" in printed()
    assert "Only this machine can reach it" in printed()


def test_static_files_have_hashed_names_and_guards(server):
    port, _, _ = server
    response, page = ask(port, "/admin/login/")
    assert response.status == 200
    hashed = next(part for part in page.decode().split('"') if part.startswith("/static/admin/css/base."))
    response, _ = ask(port, hashed)
    assert response.status == 200
    assert "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    compressed, _ = ask(port, hashed, **{"Accept-Encoding": "br"})
    assert compressed.headers["Content-Encoding"] == "br"


@pytest.mark.parametrize("path", ["/healthz", "/nowhere/", "/admin/login/"])
def test_head_has_the_headers_of_get_and_no_body(server, path):
    port, printed, _ = server
    get, whole = ask(port, path)
    head, body = ask(port, path, "HEAD")
    assert head.headers["Content-Length"] == str(len(whole))
    assert "dropping" not in printed()
    assert body == b""
    assert head.status == get.status
    changing = ("Date", "Expires", "Set-Cookie", "Content-Length")
    assert {k: v for k, v in head.getheaders() if k not in changing} == {
        k: v for k, v in get.getheaders() if k not in changing
    }


def test_second_server_on_the_port_says_it_is_taken(server):
    port, _, folder = server
    result = manage("serve", f"--bind=127.0.0.1:{port}", VAR_DIR=str(folder))
    assert result.returncode == 1
    assert f"Port {port} is taken" in result.stderr
    assert f"BIND=127.0.0.1:{port + 1}" in result.stderr


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n",
        b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\n",
    ],
    ids=["silent", "half a head", "half of a second head"],
)
def test_forty_slow_clients_do_not_stop_the_paper(server, sent):
    port, _, _ = server
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(40)]
        for connection in slow:
            connection.sendall(sent)
        started = time.monotonic()
        assert ask(port, "/healthz")[0].status == 200
        assert time.monotonic() - started < 4


def test_slow_client_is_answered_when_its_head_is_whole(server):
    port, _, _ = server
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        for part in (b"GET /heal", b"thz HTTP/1.1\r\nHost: local", b"host\r\n\r", b"\n"):
            connection.sendall(part)
            time.sleep(0.1)
        assert connection.recv(15) == b"HTTP/1.1 200 OK"


def test_half_a_form_breaks_nothing(server):
    port, printed, _ = server
    before = len(printed())
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(
            b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\nusername=a"
        )
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(12) in (b"HTTP/1.1 400", b"HTTP/1.1 403")
    assert "Traceback" not in printed()[before:]


@pytest.mark.parametrize(
    "sent", [b"\x00\xff\r\n\r\n", b"GET  /\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"x" * 100_000]
)
def test_garbage_is_refused_and_the_next_is_served(server, sent):
    port, printed, _ = server
    before = len(printed())
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        try:
            connection.sendall(sent)
            assert b" 200 " not in connection.recv(100)
        except ConnectionError:
            pass
    assert ask(port, "/healthz")[0].status == 200
    assert "Traceback" not in printed()[before:]


def test_server_wants_the_migrations_first(tmp_path):
    result = manage("serve", f"--bind=127.0.0.1:{free_port()}", VAR_DIR=str(tmp_path))
    assert result.returncode == 1
    assert "Run `manage.py migrate` first" in result.stderr


@pytest.mark.parametrize("bind", ["8000x", "127.0.0.1", "localhost:99999", ":0"])
def test_address_that_is_none_is_refused(tmp_path, bind):
    result = manage("serve", f"--bind={bind}", VAR_DIR=str(tmp_path))
    assert result.returncode == 1
    assert "is no address to listen on" in result.stderr
