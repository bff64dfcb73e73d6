"""`serve` keeps the maker of copies and the sender of notices beside it: started again when they die, ended with it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsroom.beside import SECONDS_TO_END, stop_all
from tests.laws.tree import ROOT
from tests.newsroom.test_serve import LONGEST_END, free_port, wait_until_it_answers

pytestmark = pytest.mark.xdist_group("server")
# Style sheets and scripts uncompressed: compressing them takes longer than these tests.
QUICK = {
    "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
    "PYTHONPATH": str(ROOT),
    "PAGE_FORMES_AHEAD": "1",
}


def watchers(folder, command="make_renditions"):
    """Return the numbers of the processes that make copies (or what `command` does) for the site in `folder`."""
    found = []
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            said = Path(f"/proc/{number}/cmdline").read_text()
            given = Path(f"/proc/{number}/environ").read_text()
        except OSError:
            continue
        if command in said and f"VAR_DIR={folder}\0" in given:
            found.append(int(number))
    return found


def setters(server):
    """Return the numbers of the processes that set pages ahead: the server's own that let all others go first."""
    found = []
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            told = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        # The state, the parent, and where it stands in line (proc_pid_stat(5)).
        if told[0] != "Z" and told[1] == str(server) and told[16] == "19":
            found.append(int(number))
    return found


def is_running(number):
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(told, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = told()
        if found:
            return found
        time.sleep(0.2)
    pytest.fail("It did not come to that.")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, set_up):
    """The folder of a site that is set up."""
    return set_up(tmp_path_factory.mktemp("beside"))


@pytest.fixture
def served(folder):
    """(process, folder) of a server with the maker of copies beside it."""
    port = free_port()
    given = {"VAR_DIR": str(folder), "PATH": os.environ["PATH"], "BIND": f"127.0.0.1:{port}", **QUICK}
    with open(folder / "printed", "w") as printed:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--workers=1"],
            env=given, cwd=ROOT, stdout=printed, stderr=printed,
        )  # fmt: skip
        try:
            wait_until_it_answers(port, process, folder / "printed")
            yield process, folder
        finally:
            process.kill()
            process.wait(LONGEST_END)


def test_maker_of_copies_is_started_again_and_ends_with_the_server(served):
    process, folder = served
    (first,) = until(lambda: watchers(folder))
    os.kill(first, signal.SIGKILL)
    (second,) = until(lambda: [one for one in watchers(folder) if one != first])
    assert second != first
    for other in ("send_notices", "check_links", "keep_record", "relate_stories", "keep_index"):
        assert len(until(lambda other=other: watchers(folder, other))) == 1
    (setter,) = until(lambda: setters(process.pid))
    os.kill(setter, signal.SIGKILL)
    (setter,) = until(lambda: [one for one in setters(process.pid) if one != setter])
    process.terminate()
    assert process.wait(LONGEST_END) == 0
    for one in (
        "make_renditions",
        "send_notices",
        "check_links",
        "keep_record",
        "relate_stories",
        "keep_index",
    ):
        assert watchers(folder, one) == []
    assert not is_running(setter)
    assert "Traceback" not in (folder / "printed").read_text()


def test_maker_of_copies_does_not_outlive_a_server_that_was_killed(served):
    process, folder = served
    until(lambda: watchers(folder) and watchers(folder, "send_notices"))
    (setter,) = until(lambda: setters(process.pid))
    process.kill()
    process.wait(LONGEST_END)
    until(lambda: not watchers(folder) and not watchers(folder, "send_notices") and not is_running(setter))


def test_all_are_asked_to_end_before_one_is_waited_for():
    happened = []

    class Told:
        def __init__(self, name):
            self.name = name

        def ask_to_end(self):
            happened.append(f"ask {self.name}")

        def stop(self, within):
            assert 0 <= within <= SECONDS_TO_END
            happened.append(f"wait {self.name}")

    stop_all([Told("a"), Told("b")])
    assert happened == ["ask a", "ask b", "wait a", "wait b"]
