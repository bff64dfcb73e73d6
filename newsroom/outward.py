"""Asks other people's sites whether a page is there, and lets nothing lead it into a private network.

Never in a request. Each name is resolved once, here, each address it has must be one that the whole world may reach,
and the connection is made to that address and to no other: at every redirect again. Little is read and everything
ends in time.
"""

import contextlib
import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

IP = IPv4Address | IPv6Address
PORTS = frozenset({80, 443, 8080, 8443})
# Seconds for one address to answer, redirects and all, and for one step of it; how often it may send us on.
WHOLE, STEP, REDIRECTS = 20.0, 6.0, 5
LITTLE = 1_024
LONGEST = 2_000
# How many addresses of one name are tried.
TRIED = 3
# Sites that keep machines out answer so, and their pages are there for people: only these say that a page is gone.
FAILING = frozenset({404, 410, *range(500, 600)})
# Old and new networks with an IPv4 address inside an IPv6 one: the inner one is judged too.
_NAT64 = IPv6Network("64:ff9b::/96")
_HOST = re.compile(r"[\w.:\-]+")
_KEPT = "/%:@!$&'()*+,;=~-._"


class Outcome(StrEnum):
    """What came of asking: a page, no page, no answer at all, or not asked (or nothing to conclude from)."""

    THERE = "there"
    GONE = "gone"
    SILENT = "silent"
    UNASKED = "unasked"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for one address, and the same in words that follow "the site"."""

    outcome: Outcome
    said: str = ""


class _Unasked(Exception):
    """This address is not asked for, or its answer proves nothing."""


class _Silent(Exception):
    """Nobody answered in words that a browser would understand."""


def is_public(address: IP, port: int) -> bool:
    """Say whether the whole world may reach this address: no private, local or reserved one, and a port of the web."""
    return port in PORTS and all(one.is_global and not one.is_multicast for one in _meant(address))


def _meant(address: IP) -> list[IP]:
    """Return an address with those that it holds inside."""
    found: list[IP] = [address]
    if isinstance(address, IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        found += [one for one in inner if one is not None]
    return found


@dataclass(frozen=True, slots=True)
class Asker:
    """Whoever asks: the name it gives itself, and which addresses it may reach."""

    agent: str
    may_reach: Callable[[IP, int], bool] = is_public

    def ask(self, address: str) -> Answer:
        """Return whether a page is at `address`, an absolute one of http or https. Never raises for what it finds."""
        with _Deadline(WHOLE) as deadline:
            try:
                return self._follow(address, deadline)
            except _Unasked as said:
                return Answer(Outcome.UNASKED, str(said))
            except _Silent as said:
                return Answer(Outcome.SILENT, str(said))
            except (OSError, http.client.HTTPException, ValueError):
                return Answer(Outcome.SILENT, "does not answer as a site does")

    def _follow(self, address: str, deadline: "_Deadline") -> Answer:
        for _ in range(REDIRECTS + 1):
            parts, port = _read(address)
            status, sent_to = self._look(parts, port, deadline)
            if not sent_to:
                phrase = HTTPStatus(status).phrase if status in set(HTTPStatus) else ""
                outcome = Outcome.GONE if status in FAILING else Outcome.THERE
                return Answer(outcome, f"answers {status} {phrase}".strip())
            address = urljoin(urlunsplit(parts), sent_to)
        raise _Silent("sends from page to page without end")

    def _look(self, parts: SplitResult, port: int, deadline: "_Deadline") -> tuple[int, str]:
        """Return the status of a page and where it sends one on; a HEAD that fails is asked again with a GET."""
        try:
            status, sent_to = self._request("HEAD", parts, port, deadline)
        except http.client.HTTPException:
            status, sent_to = 0, ""
        if status and status < 400:
            return status, sent_to
        return self._request("GET", parts, port, deadline)

    def _request(self, method: str, parts: SplitResult, port: int, deadline: "_Deadline") -> tuple[int, str]:
        host = parts.hostname or ""
        connection = _Connection(host, port, timeout=STEP)
        deadline.check()
        addresses = _resolved(host, port, self.may_reach)
        target = quote(parts.path or "/", safe=_KEPT)
        if parts.query:
            target += "?" + quote(parts.query, safe=_KEPT + "?[]")
        headers = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
        if method == "GET":
            headers |= {"Range": f"bytes=0-{LITTLE - 1}", "Accept-Encoding": "identity"}
        with contextlib.closing(connection):
            connection.reach(addresses, is_secret=parts.scheme == "https", by=deadline)
            connection.request(method, target, headers=headers)
            answer = connection.getresponse()
            deadline.check()
            sent_to = _as_written(answer.headers.get("Location", "")) if 300 <= answer.status < 400 else ""
            if method == "GET" and not sent_to:
                with contextlib.suppress(http.client.HTTPException, OSError):
                    answer.read(LITTLE)
            return answer.status, sent_to


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was looked at before; the name only says who is meant."""

    def reach(self, addresses: list[str], *, is_secret: bool, by: "_Deadline") -> None:
        """Connect to the first of `addresses` that answers. Raises `_Silent`, `_Unasked`."""
        for place, address in enumerate(addresses, start=1):
            try:
                self.sock = socket.create_connection((address, self.port), timeout=STEP)
                break
            except TimeoutError as none:
                if place == len(addresses):
                    raise _Silent("does not answer") from none
            except ConnectionRefusedError as none:
                if place == len(addresses):
                    raise _Silent("refuses to be asked") from none
            except OSError as none:
                if place == len(addresses):
                    raise _Unasked("cannot be reached from here") from none
        by.watch(self.sock)
        if is_secret:
            self._keep_secret(by)

    def _keep_secret(self, by: "_Deadline") -> None:
        # As it is written in the name of the site: a browser says no port either.
        self.default_port = http.client.HTTPS_PORT
        held = _trust().wrap_socket(
            self.sock, server_hostname=self.host.strip("[]"), do_handshake_on_connect=False
        )
        self.sock = held
        by.watch(held)
        try:
            held.do_handshake()
        except ssl.SSLCertVerificationError as doubtful:
            raise _Unasked("has a certificate that is not trusted here") from doubtful

    def connect(self) -> None:
        """Connect to nothing by name: `reach` has done it."""
        raise http.client.NotConnected


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


class _Deadline:
    """Ends whatever is asked when its time is over, however slowly the other side goes on answering."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds
        self._watched: Any = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._timer.cancel()

    def watch(self, sock: socket.socket) -> None:
        """Shut this socket at the end."""
        self._watched = sock
        self.check()

    def check(self) -> None:
        """Raise `_Silent` where the time is over."""
        if time.monotonic() >= self._ends_at:
            raise _Silent("does not answer in time")

    def _end(self) -> None:
        if self._watched is not None:
            with contextlib.suppress(OSError):
                # Past what TLS adds: the thread that reads is still in it.
                socket.socket.shutdown(self._watched, socket.SHUT_RDWR)


def _read(address: str) -> tuple[SplitResult, int]:
    """Return the parts of an address that may be asked for, its host as the network writes it, and its port."""
    if len(address) > LONGEST:
        raise _Unasked("has too long an address to be asked for")
    try:
        parts = urlsplit(address.strip())
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = parts.hostname or ""
        plain = host if ":" in host else host.encode("idna").decode("ascii")
    except ValueError as wrong:
        raise _Unasked("has an address that cannot be read") from wrong
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(plain):
        raise _Unasked("is not on the web")
    if parts.username is not None or parts.password is not None:
        raise _Unasked("asks for a login")
    written = f"[{plain}]" if ":" in plain else plain
    return parts._replace(netloc=f"{written}:{port}", fragment=""), port


def _as_written(header: str) -> str:
    """Return a header that somebody wrote in UTF-8, past the rules, as it was meant."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except ValueError:
        return header


def _resolved(host: str, port: int, may_reach: Callable[[IP, int], bool]) -> list[str]:
    """Return where a name leads, as numbers; `_Unasked` if any of them is none that may be reached."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as none:
        if none.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}:
            raise _Silent("is not known by that name") from none
        raise _Unasked("could not be looked up") from none
    except (UnicodeError, OSError) as wrong:
        raise _Unasked("could not be looked up") from wrong
    numbers = list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))
    if not numbers or not all(may_reach(ip_address(one), port) for one in numbers):
        raise _Unasked("is in a private network, or at a port that is not asked")
    return numbers[:TRIED]
