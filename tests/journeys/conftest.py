"""The site as a user starts it, in a process and a folder of its own, and a browser to use it with."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys import picture_form

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "a long pass-phrase"
CAST = """
from tests.builders import *
from django.contrib.auth.models import User
from media.models import Picture
desk = make_desk("Foreign")
make_person("rana", "reporter", desk, first_name="Rana", last_name="Haddad")
make_person("edwin", "editor", desk, first_name="Edwin", last_name="Cole")
make_person("chidi", "chief", first_name="Chidi", last_name="Obi")
make_section("World")
make_contributor("Nadia Farouk")
make_tag("Aleppo", "place")
make_picture(media_id="70000001", caption="Fishermen mend their nets.", credit="Nadia Farouk", alt="Two men on a quay")
"""


# Reads a script a line (as JSON) and answers with what it printed, so that one shell serves a whole run.
SHELL = """
import contextlib, io, json, sys, traceback
for line in sys.stdin:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        try:
            exec(json.loads(line), {})
        except Exception:
            said.write(traceback.format_exc())
    print(json.dumps(said.getvalue()), flush=True)
"""


@dataclass(frozen=True)
class Site:
    """A running site: its address, and a management shell on its database."""

    url: str
    management: subprocess.Popen

    def shell(self, script: str) -> str:
        """Run a few lines in the site's own management shell; returns what they print."""
        self.management.stdin.write(json.dumps(script) + "\n")
        self.management.stdin.flush()
        said = json.loads(self.management.stdout.readline())
        assert "Traceback" not in said, said
        return said


def manage(environment, *arguments, **settings):
    return subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, **settings)


@pytest.fixture(scope="session")
def site(tmp_path_factory, set_up):
    """Make the cast, serve, and stop at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    folder = set_up(tmp_path_factory.mktemp("site"))
    environment = {
        **kept,
        "VAR_DIR": str(folder),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
    }
    with open(folder / "log", "wb") as log:
        served = manage(
            environment,
            "serve",
            "--bind",
            f"127.0.0.1:{port}",
            "--workers",
            "1",
            "--without-copies",
            "--without-mail",
            "--without-links",
            "--without-related",
            stdout=log,
            stderr=log,
        )
        management = manage(
            environment,
            "shell",
            "-v",
            "0",
            "-c",
            SHELL,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        site = Site(f"http://127.0.0.1:{port}", management)
        try:
            site.shell(CAST)
            wait_for(site.url + "/healthz", served, folder / "log")
            yield site
        finally:
            management.stdin.close()
            served.terminate()
            served.wait(30)
            management.wait(30)
            management.stdout.close()


def wait_for(url, served, log):
    until = time.monotonic() + 90
    while time.monotonic() < until and served.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The site did not start: {log.read_text()}")


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def logged_in():
    """The cookies of each of the cast who has logged in."""
    return {}


@pytest.fixture
def somebody(site, browser, logged_in):
    """Open a page as one of the cast: `somebody("edwin")`; everything the console says of the policy is kept."""
    contexts = []

    def arrive(name=None, **settings):
        usual = {"viewport": {"width": 1280, "height": 900}, "base_url": site.url}
        context = browser.new_context(**(usual | settings), storage_state=logged_in.get(name))
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        if name and name not in logged_in:
            page.goto("/admin/login/")
            page.fill("#id_username", name)
            page.fill("#id_password", PASSWORD)
            page.click("input[type=submit]")
            page.wait_for_url("**/admin/")
            logged_in[name] = context.storage_state()
        return page

    yield arrive
    for context in contexts:
        context.close()


def is_complaint(said):
    return said.type == "error" and "Failed to load resource" not in said.text


@pytest.fixture
def form(site, somebody):
    """Open the form of a story with this text and these pictures, in a library that knows some."""
    site.shell(picture_form.PICTURES)

    def opened(body="<p>First words.</p><p>Last words.</p>", name="rana", pictures=(), **settings):
        return picture_form.open_story(site, somebody(name, **settings), body=body, pictures=pictures)

    return opened
