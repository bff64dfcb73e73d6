"""Follows every link of the paper that a reader or a machine can follow, and says which lead nowhere."""

from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import signals
from django.db import close_old_connections, connection

from tests.markup import Page

# A list goes on for ever; so many of its pages are as good as all.
MOST = 5_000


def close(answer):
    """Close an answer that nobody reads, but not the connection in whose transaction the test is, as the client does."""
    signals.request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        signals.request_finished.connect(close_old_connections)


def steps_of(client, address):
    """Return about how many times ten steps SQLite takes for a page that is asked for the second time."""
    client.get(address)
    counted = []
    connection.connection.set_progress_handler(lambda: counted.append(1), 10)
    try:
        assert client.get(address).status_code == 200, address
    finally:
        connection.connection.set_progress_handler(None, 0)
    return len(counted)


class Crawl:
    """A walk along all links of our own from `starts` on: `pages` are those that are HTML, by their address.

    With `is_short` only the pages that the first ones lead to are opened, and nothing from there.
    """

    def __init__(self, client, starts=("/",), most=MOST, *, is_short=False):
        self.client, self.most = client, most
        self._starts = frozenset(starts) if is_short else None
        self.pages, self.answers, self.faults = {}, {}, []
        self._wanted = dict.fromkeys(starts, "the start")
        self._fragments = []
        self._walk()

    def follow_from(self, address, text):
        """Follow the links of a page that is no good answer itself: a refusal, which offers the way on."""
        page = Page(text)
        for link in [one for one in (*page.links, *page.sheets) if not one.startswith("#")]:
            self._note(address, link)
        self._walk()

    def _walk(self):
        while self._wanted and len(self.answers) < self.most:
            address = next(iter(self._wanted))
            self._open(address, self._wanted.pop(address))
        self._judge_fragments()

    def _open(self, address, whence):
        if address.startswith("/static/"):
            self.answers[address] = 200 if finders.find(unquote(address.removeprefix("/static/"))) else 404
        else:
            self.answers[address] = self._status(address, whence)
        if self.answers[address] != 200:
            self.faults.append(f"{whence} → {address}: {self.answers[address]}")

    def _status(self, address, whence):
        answer = self.client.get(address)
        if answer.status_code in (301, 302):
            # One redirect is allowed where an address is permanent and its slug is not; never in our own links to pages.
            target = urljoin(address, answer.headers["Location"])
            answer = self.client.get(target.removeprefix(settings.SITE_URL))
            if answer.status_code in (301, 302):
                self.faults.append(f"{whence} → {address}: redirected more than once")
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            self._read(address, answer.content.decode())
        elif answer.streaming:
            close(answer)
        return answer.status_code

    def _read(self, address, text):
        page = self.pages[address] = Page(text)
        if self._starts is not None and address not in self._starts:
            return
        if address.startswith(("/at/", "/timegate/")):
            # The whole paper again, as it stood: what stands there is looked at, and its links are those of the present.
            return
        for link in [*page.links, *page.files, *page.sheets]:
            self._note(address, link)

    def _note(self, address, link):
        whole, fragment = urldefrag(urljoin(settings.SITE_URL + address, link))
        parts = urlsplit(whole)
        if f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL or parts.path.startswith("/admin/"):
            return
        if (
            self._starts is not None
            and not parts.path.endswith("/")
            and not parts.path.startswith("/static/")
        ):
            return
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if fragment:
            self._fragments.append((address, path, fragment))
        if path not in self.answers:
            self._wanted.setdefault(path, address)

    def _judge_fragments(self):
        for whence, path, fragment in self._fragments:
            page = self.pages.get(path)
            if page is not None and unquote(fragment) not in page.ids and fragment != "top":
                self.faults.append(f"{whence} → {path}#{fragment}: there is no such place")
