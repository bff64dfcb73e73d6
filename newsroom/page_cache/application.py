"""The page cache as a layer around the site: what is kept is answered before Django sees that anybody asked."""

import io
import logging
import threading
import time
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus, unquote_to_bytes, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.http.response import HttpResponseBase

from newsroom import guard, validators
from newsroom.away import NO_DATABASE
from newsroom.clients import CLIENT, client_of
from newsroom.page_cache import ledger as ledgers
from newsroom.page_cache import turns
from newsroom.page_cache.answering import StartResponse, answer, may_be_kept, whole
from newsroom.page_cache.asking import ACTS
from newsroom.page_cache.formes import Formes, days
from newsroom.page_cache.ledger import Ledger, Unknown
from newsroom.page_cache.shelf import Kept, Shelf

# So long is a page taken for good without having been rendered anew, whatever nobody told.
LIFE = 300
# So old may one be that is shown because the database is away.
DAY = 24 * 3600
# So long does one wait for somebody else's rendering of the same page; then it renders for itself.
PATIENCE = 10
MANY = 40
# In the environment of a request that nobody sent.
_AHEAD = "newsroom.ahead"

Environ = dict[str, Any]
Address = tuple[str, str]
# WSGI's.
Application = Callable[..., Iterable[bytes]]
_log = logging.getLogger(__name__)


class _Rendering:
    """A page that somebody renders just now; `is_everybodys` once it is known that one answer serves all."""

    def __init__(self) -> None:
        self.is_over = threading.Event()
        self.is_everybodys = True


class PageCache:
    """A WSGI application around another: answers by address alone, each rendered by one however many wait for it.

    What is kept was rendered for nobody: of the asker's headers the site is shown the host, of the parameters those
    it knows. An answer that then says it depends on who asks is asked for again, with all that they sent.
    """

    def __init__(
        self,
        site: Callable[..., Any],
        *,
        room: int,
        ledger: Ledger | None = None,
        between: turns.Between | None = None,
        formes: Formes | None = None,
    ) -> None:
        self._site: Application = site
        self.ledger = ledger or ledgers.ours()
        self.shelf: Shelf[Kept] = Shelf(room)
        # Without room for pages that are believed for a while, each is judged by its forme alone.
        self._is_for_formes = room <= 0
        self.formes = formes or Formes(0, r"\Z.")
        self._turns = turns.Turns(between or _between, self.ledger.touch)
        self._renderings: dict[Address, _Rendering] = {}
        self._lock = threading.Lock()
        self._apart = (
            settings.DESK_PATH,
            settings.STATIC_URL,
            settings.MEDIA_URL,
            *settings.PAGE_CACHE_APART,
        )

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, or let the site answer and keep that."""
        address = self._address(environ)
        if address is None:
            return self._site(environ, start_response)
        if self._is_for_formes:
            if not self.formes.takes(address):
                return self._site(environ, start_response)
            return self._rendered(address, None, environ, start_response, _Rendering())
        now = time.time()
        try:
            is_known = self._turns.look(now)
            kept = self._good(address)
        except Unknown:
            self.shelf.clear()
            return self._site(environ, start_response)
        if kept is not None:
            age = now - kept.rendered_at
            if is_known and 0 <= age < LIFE:
                self.shelf.asked_again(address, kept)
                return _given(kept, environ, start_response)
            if age >= DAY:
                kept = None
            elif not is_known:
                return _given_old(kept, environ, start_response, age)
        return self._rendered_once(address, kept, environ, start_response)

    def at_hand(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes] | None:
        """Answer where nobody needs to be waited for to know what is good: by what is kept or stands; else None."""
        address = self._address(environ) if self.ledger.is_near else None
        if address is None:
            return None
        now = time.time()
        has_looked = self._turns.have_been_seen(now)
        if not has_looked and not self._is_for_formes:
            # Who comes first in a second looks what began or ended: then what is kept is known to be good, which costs less than to ask.
            return None
        try:
            kept = None if self._is_for_formes else self._good(address)
        except Unknown:
            self.shelf.clear()
            return None
        if kept is not None and 0 <= now - kept.rendered_at < LIFE:
            self.shelf.asked_again(address, kept)
        elif self.formes.takes(address):
            count = self._counted()
            kept = self._standing(address, at_once=True, is_known=has_looked)
            if kept is not None:
                self._put(address, kept, count, _Rendering())
        else:
            kept = None
        return None if kept is None else _given(kept, environ, start_response)

    def set_ahead(self, path: str) -> tuple[bool, int]:
        """See that the page at `path` stands, before anybody asks; return whether it was set, and its bytes, 0 where it does not stand."""
        address = (unquote_to_bytes(path).decode("latin-1"), "")
        found, is_set = self.formes.again(address), False
        if not self.formes.takes(address) or self.formes.must_be_told(address):
            return False, 0
        # One of the first that ask so has to be set twice, to prove what it asks.
        for _ in range(2):
            if found is not None:
                break
            self._rendered(address, None, _by_ourselves(address), _unsent, _Rendering())
            found, is_set = self.formes.again(address), True
        return is_set, sum(map(len, found.bodies.values())) if found else 0

    def state(self) -> Hashable:
        """Return what is another value with the day, and once anything was announced."""
        return days(), self._counted()

    def _address(self, environ: Environ) -> Address | None:
        """Return by which name an answer is kept, None for what is never kept."""
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("SCRIPT_NAME"):
            return None
        if (
            path.startswith(self._apart)
            or len(path) > guard.LONGEST_PATH
            or not _is_ours(environ.get("HTTP_HOST", ""))
        ):
            return None
        if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
            return None
        query = environ.get("QUERY_STRING", "")
        if len(query) > guard.LONGEST_PATH or "%00" in query:
            return None
        return path, _known(query) if query else ""

    def _good(self, address: Address) -> Kept | None:
        """Return what is kept for an address if nothing that it shows was touched since before it was rendered."""
        kept = self.shelf.get(address)
        if kept is None:
            return None
        count = self.ledger.count()
        if kept.checked != count:
            if self.ledger.touched_at(kept.places) > kept.count:
                self.shelf.drop(address, kept)
                return None
            kept.checked = count
        return kept

    def _rendered_once(
        self, address: Address, old: Kept | None, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Render a page, or wait for who does. One that is old and nothing more is given to those who would wait."""
        for _ in range(MANY):
            with self._lock:
                rendering = self._renderings.get(address)
                if rendering is None:
                    mine = self._renderings[address] = _Rendering()
                    break
            if old is not None:
                return _given(old, environ, start_response)
            if not rendering.is_over.wait(PATIENCE) or not rendering.is_everybodys:
                return self._site(environ, start_response)
            try:
                kept = self._good(address)
            except Unknown:
                kept = None
            if kept is not None:
                return _given(kept, environ, start_response)
        else:
            return self._site(environ, start_response)
        try:
            return self._rendered(address, old, environ, start_response, mine)
        finally:
            with self._lock:
                del self._renderings[address]
            mine.is_over.set()

    def _rendered(
        self,
        address: Address,
        old: Kept | None,
        environ: Environ,
        start_response: StartResponse,
        mine: _Rendering,
    ) -> Iterable[bytes]:
        mine.is_everybodys = False
        now, must_be_told = time.time(), self.formes.must_be_told(address)
        is_known = not must_be_told or self._turns.look(now)
        count = self._counted()
        found = self._standing(address, is_known=is_known)
        if found is not None:
            self._put(address, found, count, mine)
            return _given(found, environ, start_response)
        asked = _for_nobody(environ, address)
        with self.formes.setting(address) as setting:
            response: Any = self._site(asked, _unsent)
        found = whole(response) if isinstance(response, HttpResponseBase) else None
        if found is None:
            _close(response)
            return self._site(environ, start_response)
        found.places = ledgers.places_of(str(response.headers.get("Surrogate-Key", "")).split())
        is_kept = may_be_kept(found, response)
        _close(response)
        if asked.get(NO_DATABASE):
            self._turns.is_away(now)
            if old is not None:
                return _given_old(old, environ, start_response, now - old.rendered_at)
        found.acts, found.rendered_at = tuple(asked[ACTS]), now
        sent = _given(found, environ, start_response)
        if is_kept:
            found.count = found.checked = count or 0
            if is_known and (count is not None or not must_be_told):
                self.formes.lock_up(address, found, setting)
            self._put(address, found, count, mine)
        return sent

    def _standing(self, address: Address, *, is_known: bool, at_once: bool = False) -> Kept | None:
        """Return a page that stands as it was set; `is_known` where somebody asked what began or ended until now."""
        must_be_told = self.formes.must_be_told(address)
        found = self.formes.again(address, at_once=at_once) if is_known or not must_be_told else None
        return found if found is not None and (not must_be_told or self._is_untouched(found)) else None

    def _put(self, address: Address, found: Kept, count: int | None, mine: _Rendering) -> None:
        """Keep an answer that is good as of `count`, if anybody could say what that is."""
        if count is None:
            return
        found.count = found.checked = count
        if self._is_for_formes:
            return
        self.shelf.put(address, found)
        mine.is_everybodys = True

    def _is_untouched(self, found: Kept) -> bool:
        """Say whether nothing that an answer shows was announced since it was rendered."""
        try:
            return self.ledger.touched_at(found.places) <= found.count
        except Unknown:
            self.shelf.clear()
            return False

    def _counted(self) -> int | None:
        try:
            return self.ledger.count()
        except Unknown:
            # It may be said but once that what is kept is no more to be trusted.
            self.shelf.clear()
            return None


_between: turns.Between = turns.nothing


def ask_of_turns(between: turns.Between) -> None:
    """Have the page cache ask `between` what began or ended by itself: it returns the keys of what shows it."""
    global _between  # noqa: PLW0603 - wired once, where the site is set up
    _between = between


def _given(kept: Kept, environ: Environ, start_response: StartResponse) -> list[bytes]:
    for act in kept.acts if _AHEAD not in environ else ():
        act(environ)
    return answer(kept, environ, start_response)


def _given_old(kept: Kept, environ: Environ, start_response: StartResponse, age: float) -> list[bytes]:
    """Answer with what was rendered before the database went away, and say so (RFC 9111, 5.1; RFC 9211)."""
    further = [
        ("Age", str(int(max(age, 0)))),
        ("Cache-Status", 'newsroom; hit; detail="the database is away"'),
    ]
    return answer(kept, environ, start_response, further)


def _for_nobody(environ: Environ, address: Address) -> Environ:
    """Return a request for an address that says nothing of who asks."""
    asked = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
    asked |= {
        "HTTP_HOST": environ["HTTP_HOST"],
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": address[1],
        ACTS: [],
        CLIENT: client_of(environ),
    }
    return asked


def _by_ourselves(address: Address) -> Environ:
    """Return a request that nobody sent, for a page packed as nearly everybody takes it."""
    site = urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address[0],
        "QUERY_STRING": address[1],
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or 80),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "HTTP_ACCEPT_ENCODING": "br",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        _AHEAD: True,
    }


def _known(query: str) -> str:
    """Return the parameters of a query that make another page, in one order, as they were written."""
    named = [(unquote_plus(pair.partition("=")[0]), pair) for pair in query.split("&")]
    return "&".join(
        pair for name, pair in sorted(named, key=lambda one: one[0]) if name in validators.PARAMETERS
    )


@lru_cache(maxsize=256)
def _is_ours(host: str) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)


def _unsent(status: str, headers: Any, exc_info: Any = None) -> Any:
    return None


def _close(response: Any) -> None:
    if hasattr(response, "close"):
        response.close()
