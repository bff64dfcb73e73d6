"""A site on loopback that answers as the worst of the web does, and notes what it was asked."""

import contextlib
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from newsroom.outward import Asker

AGENT = "Newsroom test (+http://paper.example)"


class Answers(BaseHTTPRequestHandler):
    """The path says how to answer: a status, a redirect, or one of the ways to misbehave."""

    def do_HEAD(self):
        self._answer("HEAD")

    def do_GET(self):
        self._answer("GET")

    def _answer(self, method):
        self.server.asked.append((method, self.path, dict(self.headers)))
        path, _, sent_to = self.path.partition("?to=")
        part = path.strip("/").split("/")[-1]
        if part == "no-head":
            self._say(404 if method == "HEAD" else 200)
        elif part == "round":
            self._say(302, Location=self.path)
        elif part == "to":
            self._say(302, Location=sent_to)
        elif part == "garbage":
            self.wfile.write(b"what?\r\n\r\n")
        elif part == "hang-up":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif part == "trickle":
            self._trickle()
        elif part == "endless":
            self._endless(method)
        else:
            self._say(int(part) if part.isdigit() else 200)

    def _say(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _trickle(self):
        self.server.trickles.set()
        with contextlib.suppress(OSError):
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.server.over.wait(0.05):
                self.wfile.write(b"X: y\r\n")

    def _endless(self, method):
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            while method == "GET" and not self.server.over.is_set():
                self.wfile.write(b"x" * 65_536)
                self.server.sent += 65_536

    def log_message(self, *args):
        pass


class Site(ThreadingHTTPServer):
    """The site; `url` is where it is, `asked` what it was asked."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked, self.sent = [], 0
        self.over, self.trickles = threading.Event(), threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"

    def reachable(self, address, port):
        """Let the tests reach this site, and nothing else anywhere."""
        return str(address) == "127.0.0.1" and port == self.server_port

    @property
    def asker(self):
        return Asker(AGENT, may_reach=self.reachable)


@contextlib.contextmanager
def running():
    """Run the site for a test."""
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield site
        finally:
            site.over.set()
            site.shutdown()
            thread.join()
