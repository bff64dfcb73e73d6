"""Ways to disturb somebody who writes, and ways to look afterwards for every word: the sabotage sessions are made of these."""

import contextlib
import os
import signal
import socket
import time
from pathlib import Path

from playwright.sync_api import Error

from tests.journeys import conftest
from tests.journeys.desk_page import DOOR, JOURNAL, at_the_end, every_text, noted, open_story, ready, until

CLOCK = """(days) => {
    const real = Date.now.bind(Date)
    const Was = Date
    window.Date = class extends Was { constructor(...a) { a.length ? super(...a) : super(real() + days * 86400000) } }
    window.Date.now = () => real() + days * 86400000
}"""


def headline(page, words):
    page.click("#id_headline")
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def standfirst(page, words):
    page.click("#id_standfirst")
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def body(page, words):
    at_the_end(page, 0)
    page.keyboard.type(words)


def byline(page, words):
    page.click("button:text-is('Add a name')")
    page.keyboard.type(words)


def tag(page, words):
    page.click("#id_tags_add")
    page.keyboard.press("End")
    page.keyboard.type(words)


def caption(page, words):
    page.click("#id_pictures-0-caption")
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


FIELDS = {one.__name__: one for one in (headline, standfirst, body, byline, tag, caption)}


class Session:
    """One person's page on one story, and all that may be done to it."""

    def __init__(self, site, somebody, story, field):
        self.site, self.somebody, self.story = site, somebody, story
        self.type_in = FIELDS[field]
        self.page = open_story(somebody("rana"), story)
        self.typed = []

    def type(self, words, page=None):
        self.type_in(page or self.page, words)
        self.typed.append(words.strip())

    def again(self, page=None):
        """Open the story once more in the same browser, when the page is gone."""
        self.page = open_story(page or self.page.context.new_page(), self.story)

    def is_kept(self, words):
        return words in every_text(self.site, self.story)

    def is_offered(self, words):
        with contextlib.suppress(Error):
            return words in str(self.page.evaluate(JOURNAL, "unsent"))
        return False

    def nothing_is_lost(self):
        """Whatever was typed is at the desk, in the copy or in a revision, or this browser offers it."""
        for words in self.typed:
            until(lambda w=words: self.is_kept(w) or self.is_offered(w), f"“{words}” is lost", seconds=8)

    def all_reaches_the_desk(self):
        """When the trouble is over everything typed is at the desk: by itself, or taken from what this browser offers."""
        self.nothing_is_lost()
        take = self.page.locator("button:text-is('Take all of mine')")
        for words in self.typed:
            if not self.is_kept(words) and take.count():
                take.first.click()
            until(lambda w=words: self.is_kept(w), f"“{words}” is not at the desk", seconds=40)


def crash(page):
    """End the page's process at once, as a full memory does; nothing of the page runs after this."""
    with contextlib.suppress(Error):
        page.goto("chrome://crash", timeout=3000)


def kill_tab(session):
    session.type(" begun before the end,")
    noted(session.page, "begun before the end,")
    crash(session.page)
    session.again()


def kill_server(session):
    session.page.route(DOOR, lambda route: route.abort())
    session.type(" said to nobody,")
    session.page.wait_for_selector("[data-keeping=away]")
    session.type(" and more,")
    noted(session.page, "and more,")
    session.page.unroute(DOOR)


def offline(session):
    session.page.context.set_offline(True)
    session.type(" without a line,")
    session.page.wait_for_selector("[data-keeping=away]")
    session.page.context.set_offline(False)
    session.type(" with one again,")


def two_tabs(session):
    other = open_story(session.page.context.new_page(), session.story)
    session.type(" in the first tab,")
    session.type(" in the second tab,", other)
    session.page.bring_to_front()
    session.type(" first again,")


def two_people(session):
    other = open_story(session.somebody("edwin"), session.story)
    session.type(" by Rana,")
    session.type(" by Edwin,", other)
    session.type(" Rana again,")
    session.type(" Edwin again,", other)


def expired_login(session):
    session.page.context.clear_cookies(name="sessionid")
    session.type(" after the end of the session,")
    session.page.wait_for_selector(".log-in-here")
    session.type(" typed on beside the login,")
    session.page.fill(".log-in-here [type=password]", "a long pass-phrase")
    session.page.press(".log-in-here [type=password]", "Enter")
    session.page.wait_for_selector(".log-in-here", state="detached")


def invalid_row(session):
    page = session.page
    page.click("button:text-is('Add a name')")
    page.keyboard.type("Nobody the paper knows")
    page.fill("#id_slug", "no slug at all !!")
    page.fill("#id_due_at", "some day perhaps")
    session.type(" in spite of the row,")
    session.typed.append("Nobody the paper knows")


def type_at_once(session):
    page = session.page
    page.goto("about:blank")
    page.goto(f"/admin/articles/article/{session.story}/change/", wait_until="commit")
    page.wait_for_selector("#id_headline")
    page.focus("#id_headline")
    page.keyboard.type("typed at once ")
    session.typed.append("typed at once")
    ready(page)
    session.type(" and then on,")


def slow_network(session):
    def late(route):
        time.sleep(0.7)
        route.continue_()

    session.page.route(DOOR, late)
    for words in (" slowly,", " word by word,", " line by line,"):
        session.type(words)
        time.sleep(0.4)
    session.page.unroute(DOOR)


def clock_change(session):
    session.page.evaluate(CLOCK, 400)
    session.type(" next year,")
    noted(session.page, "next year,")
    session.page.evaluate(CLOCK, -800)
    session.type(" last year,")


SABOTAGES = {
    one.__name__: one
    for one in (
        kill_tab, kill_server, offline, two_tabs, two_people, expired_login, invalid_row, type_at_once, slow_network, clock_change,
    )
}  # fmt: skip


class Mortal:
    """A second server on the site's own database: it can be killed as by a power cut, and comes back at its address."""

    def __init__(self, site):
        self.folder = Path(site.shell("from django.conf import settings; print(settings.VAR_DIR)").strip())
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.url = f"http://{self.address}"
        self.served = None

    def live(self):
        """Start, unless it runs, and wait until it answers."""
        if self.served is not None:
            return
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {"VAR_DIR": str(self.folder), "PYTHONPATH": str(conftest.ROOT)}
        environment = {**kept, **own, "DJANGO_SETTINGS_MODULE": "tests.journeys.settings"}
        alone = (
            "--workers",
            "1",
            "--without-copies",
            "--without-mail",
            "--without-links",
            "--without-related",
        )
        with open(self.folder / "log-of-the-mortal", "ab") as log:
            self.served = conftest.manage(
                environment,
                "serve",
                "--bind",
                self.address,
                *alone,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        conftest.wait_for(f"{self.url}/healthz", self.served, self.folder / "log-of-the-mortal")

    def die(self):
        """Kill its master and its worker at once: nothing of them runs after this."""
        if self.served is not None:
            os.killpg(self.served.pid, signal.SIGKILL)
            self.served.wait(30)
            self.served = None


def while_one_types(session, mortal):
    session.type(" before the end,")
    mortal.die()
    session.type(" into the void,")
    noted(session.page, "into the void,")
    session.page.wait_for_selector("[data-keeping=away]")
    mortal.live()
    session.type(" and after,")


def with_a_letter_on_its_way(session, mortal):
    session.page.once("request", lambda sent: mortal.die() if sent.url.endswith("/keep/") else None)
    session.type(" on its way,")
    session.page.wait_for_selector("[data-keeping=away]")
    mortal.live()


def as_the_page_ends(session, mortal):
    session.type(" begun before both ended,")
    noted(session.page, "begun before both ended,")
    mortal.die()
    crash(session.page)
    mortal.live()
    session.again()


def again_and_again(session, mortal):
    for words in (" once,", " twice,", " three times,"):
        session.type(words)
        mortal.die()
        noted(session.page, words.strip())
        mortal.live()


DEATHS = {
    one.__name__: one
    for one in (while_one_types, with_a_letter_on_its_way, as_the_page_ends, again_and_again)
}
