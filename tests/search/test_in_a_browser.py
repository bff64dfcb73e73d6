"""The search in Chromium: nothing wrong in any look, suggestions by keyboard, and the form without a script."""

import json
from contextlib import contextmanager
from datetime import date
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.utils import translation
from playwright.sync_api import sync_playwright

from tests.archive.test_in_a_browser import SITE, too_small
from tests.axe import LOOKS, sticks_out, wrong_in_each_look
from tests.builders import make_archived, make_picture, make_tag
from tests.journeys.conftest import FLAGS

pytestmark = pytest.mark.django_db
PAGES = [
    "/search/?q=quay",
    "/search/?q=quay&section=world&from=2014&to=2016-11&pictures=yes",
    "/search/?q=quayy",
    "/search/?q=رصيف",
    "/search/?q=%22",
    "/search/how/",
    "/no/such-quay/",
]


@pytest.fixture
def stories():
    make_tag("Old Quay", "place")
    picture = make_picture(media_id="70000001", alt="A quay")
    for number in range(30):
        make_archived(
            date(2000 + number % 20, 1 + number % 12, 3), headline=f"Quay number {number}", section=("World", "City")[number % 2],
            body="<p>A ferry left the quay.</p>", kicker="Harbour", tags=("Old Quay",) if number % 3 else (),
            pictures=[picture] if number % 2 else [], bylines=["Nadia Farouk", "Leila Haddad"],
        )  # fmt: skip
    make_archived(date(2014, 8, 28), headline="الرصيف القديم", body="<p>عاد إلى الرصيف.</p>", language="ar")


def whole(address):
    parts = urlsplit(address)
    return unquote_plus(f"{parts.path}?{parts.query}" if parts.query else parts.path)


@contextmanager
def search_in(chromium, client, addresses, **look):
    """A browser's page that gets our answers, fetched beforehand: the database is not asked while Chromium runs."""
    given = {}
    for address in addresses:
        answer = client.get(address)
        given[whole(address)] = (answer.status_code, dict(answer.headers), answer.content)

    def answer(route):
        path = urlsplit(route.request.url).path
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if found:
            route.fulfill(body=Path(found).read_bytes(), content_type=guess_type(found)[0])
        else:
            status, headers, body = given.get(whole(route.request.url.removeprefix(SITE)), (404, {}, b""))
            route.fulfill(status=status, headers=headers, body=body)

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_context(**look).new_page()
        page.route("**/*", answer)
        yield page
        browser.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_nothing_is_blocked(chromium, client, stories, settings, language):
    settings.LANGUAGE_CODE = language
    faults = []
    with translation.override(language), search_in(chromium, client, PAGES, bypass_csp=False) as page:
        page.on("console", lambda said: faults.append(said.text) if "Security Policy" in said.text else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        for address in PAGES:
            page.goto(SITE + address)
            faults += wrong_in_each_look(page, LOOKS[:2], colours=language == "en")
            page.set_viewport_size({"width": 320, "height": 900})
            faults += [f"{address} at 320 px: sticks out"] if sticks_out(page) else []
            for width in (390, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                faults += [f"{address} at {width} px: {one}" for one in too_small(page, width)]
    assert not faults, "\n".join(faults)


def test_suggestions_are_chosen_with_the_keyboard(chromium, client, stories):
    first = client.get("/search/suggest.json?q=old").json()["items"]
    assert first[0]["text"] == "Old Quay"
    addresses = ["/search/", "/search/suggest.json?q=old", "/tag/old-quay/", "/search/?q=old&from=&to="]
    with search_in(chromium, client, addresses) as page:
        page.goto(SITE + "/search/")
        field = page.get_by_role("combobox", name="Words to look for")
        field.press_sequentially("old")
        options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
        options.first.wait_for()
        assert field.get_attribute("aria-expanded") == "true"
        assert not wrong_in_each_look(page)
        field.press("ArrowDown")
        assert options.first.get_attribute("aria-selected") == "true"
        assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
        field.press("Escape")
        assert options.count() == 0
        assert field.input_value() == "old"
        assert field.get_attribute("aria-expanded") == "false"
        field.press("ArrowDown")
        options.first.wait_for()
        field.press("ArrowUp")
        assert options.last.get_attribute("aria-selected") == "true"
        field.press("ArrowDown")
        assert field.get_attribute("aria-activedescendant") is None
        field.press("ArrowDown")
        field.press("Enter")
        page.wait_for_url("**/tag/old-quay/")


def test_enter_without_a_choice_searches_for_what_was_typed(chromium, client, stories):
    addresses = ["/search/", "/search/suggest.json?q=old", "/search/?q=old&from=&to="]
    with search_in(chromium, client, addresses) as page:
        page.goto(SITE + "/search/")
        page.get_by_role("combobox").press_sequentially("old")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=old&from=&to=")
        assert page.get_by_text("Quay number 1").first.is_visible()


def test_form_works_without_a_script_and_keeps_what_narrows_it(chromium, client, stories):
    begun, asked = (
        "/search/?q=quay&section=world&sort=oldest",
        "/search/?q=ferry&from=2010&to=&section=world&sort=oldest",
    )
    with search_in(chromium, client, [begun, asked], java_script_enabled=False) as page:
        page.goto(SITE + begun)
        page.get_by_label("Words to look for").fill("ferry")
        page.get_by_label("From").fill("2010")
        page.get_by_role("button", name="Search").click()
        given = parse_qs(urlsplit(page.url).query)
        assert given == {"q": ["ferry"], "from": ["2010"], "section": ["world"], "sort": ["oldest"]}
        assert page.get_by_role("heading", level=2).first.is_visible()
        assert json.dumps(page.get_by_role("status").first.inner_text())


def test_page_that_is_not_there_offers_the_search_for_the_words_of_its_address(chromium, client, stories):
    with search_in(chromium, client, ["/2014/ferry-returns-%D8%AD%D9%84%D8%A8.html", "/2016/13/45/"]) as page:
        for address, words in (
            ("/2014/ferry-returns-%D8%AD%D9%84%D8%A8.html", "ferry returns حلب"),
            ("/2016/13/45/", ""),
        ):
            page.goto(SITE + address)
            assert page.get_by_role("combobox").input_value() == words
