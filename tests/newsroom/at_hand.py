"""A server of one thread and a site that has some answers at hand: `python -m tests.newsroom.at_hand 127.0.0.1:8000`."""

import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

from newsroom.server import Server

LARGE = b"large " * 2_000_000


class Site:
    """Answers `/slow/` after some seconds; has `/quick/` and `/large/` at hand, and fails at `/fails/`."""

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == "/slow/":
            time.sleep(4)
        return _said(b"by a thread", environ, start_response)

    def at_hand(self, environ, start_response):
        if environ["PATH_INFO"] == "/fails/":
            raise ValueError("It is not at hand.")
        body = {"/quick/": b"at hand", "/large/": LARGE}.get(environ["PATH_INFO"])
        return None if body is None else _said(body, environ, start_response)


def _said(body, environ, start_response):
    start_response("200 OK", [("Content-Length", str(len(body))), ("X-Path", environ["PATH_INFO"])])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


class _OfSite(Server):
    def load(self):
        return Site()


if __name__ == "__main__":
    _OfSite(sys.argv[1], workers=1, threads=1).run()
