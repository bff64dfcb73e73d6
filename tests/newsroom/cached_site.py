"""The site as its server runs it, with a page cache around it, in the process and the transaction of a test."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory

from newsroom.page_cache import ahead, turns
from newsroom.page_cache.application import PageCache
from newsroom.page_cache.ledger import MappedLedger


@dataclass(frozen=True)
class Answer:
    """What a client gets: the status, the headers in order, the body."""

    status: int
    told: tuple
    body: bytes

    @property
    def headers(self):
        return dict(self.told)


class CachedSite:
    """Asks through the page cache (`get`), and past it (`fresh`); `rendered` counts what the site itself answered."""

    def __init__(self, folder, room=8 * 2**20, site=None, formes=None):
        self.rendered = []
        # What happens before an answer of the site arrives.
        self.meanwhile = None
        self.site = site or get_wsgi_application()
        self.between = turns.nothing if site else None
        self.ledger = MappedLedger(folder / "touched_pages")
        self.cache = PageCache(
            self._counted, room=room, ledger=self.ledger, between=self.between, formes=formes
        )

    def _counted(self, environ, start_response):
        self.rendered.append(environ["PATH_INFO"])
        answer = self.site(environ, start_response)
        if self.meanwhile:
            self.meanwhile()
        return answer

    def get(self, path, method="GET", **headers):
        """Ask as the server does; what is at hand for that must be what is answered otherwise."""
        at_hand = asked(self.cache.at_hand, path, method, headers)
        answer = asked(self.cache, path, method, headers)
        assert at_hand is None or at_hand == answer
        return answer

    def at_hand(self, path, method="GET", **headers):
        """Return what can be answered without waiting for anybody, or None."""
        return asked(self.cache.at_hand, path, method, headers)

    def set_ahead(self, paths, room=2**20):
        """Set pages that nobody has asked for; return how many had to be."""
        with _connected():
            return ahead.walk(self.cache, paths, room)

    def fresh(self, path, method="GET", **headers):
        return asked(self.site, path, method, headers)

    def is_kept(self, path):
        """Whether asking for a page once more renders nothing."""
        before = len(self.rendered)
        self.get(path)
        return len(self.rendered) == before

    def another_worker(self):
        """A second process's cache beside this one, with the same ledger."""
        other = object.__new__(CachedSite)
        other.rendered, other.site, other.meanwhile = [], self.site, None
        other.ledger = MappedLedger(self.ledger._path)
        other.cache = PageCache(other._counted, room=8 * 2**20, ledger=other.ledger, between=self.between)
        return other


@contextmanager
def _connected():
    """As Django's own client does: the connection is the test's, and is not closed with an answer."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    try:
        yield
    finally:
        request_started.connect(close_old_connections)
        request_finished.connect(close_old_connections)


def asked(site, path, method, headers):
    """Ask one application of WSGI; None where it has nothing to say."""
    sent = {"host": "testserver"} | {name.replace("_", "-"): said for name, said in headers.items()}
    environ = RequestFactory().generic(method, path, headers=sent).environ
    # The request has its path decoded there; a server leaves it as it came.
    environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")
    answered = {}

    def start_response(status, told, exc_info=None):
        answered["status"], answered["told"] = int(status[:3]), tuple(sorted(told))

    with _connected():
        response = site(environ, start_response)
        if response is None:
            return None
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
    return Answer(answered["status"], answered["told"], body)
