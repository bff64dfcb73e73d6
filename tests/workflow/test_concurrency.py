"""Several processes on one database: nothing is lost, nothing happens twice, and a killed one leaves the record whole.

These run on a database of their own, of the kind the suite runs on, in processes of their own: a transaction of the
test would hide what is to be seen, and the record refuses the deletions by which Django cleans up after such tests.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from tests.migrated import of_this_name

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, MANY_ROUNDS = 12, 200

pytestmark = pytest.mark.xdist_group("races")


class Racer:
    """A process that does what it is told, one act after the other."""

    def __init__(self, environment, acts="tests.workflow.racer"):
        self.process = subprocess.Popen(
            [sys.executable, "-m", acts], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def tell(self, act, *arguments):
        self.process.stdin.write(json.dumps([act, arguments]) + "\n")
        self.process.stdin.flush()

    def hear(self):
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()
        return json.loads(line)

    def do(self, act, *arguments):
        self.tell(act, *arguments)
        return self.hear()

    def kill(self):
        """End it as the kernel does when memory runs out: now, whatever it is doing. Returns what it still said."""
        self.process.send_signal(signal.SIGKILL)
        rest = self.process.stdout.read()
        self.close()
        return [json.loads(line) for line in rest.splitlines() if line.endswith(("]", '"'))]

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
        self.process.wait(30)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()


@pytest.fixture(scope="module")
def environment(tmp_path_factory, request):
    """The environment of a site with a database of its own, migrated and with its people."""
    folder = tmp_path_factory.mktemp("races")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    named = os.environ.get("DATABASE_URL", "")
    drop = None
    if named.startswith("postgres"):
        name = f"races_{os.getpid()}"
        with psycopg.connect(named, autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('set_up_on_server')}")
        drop = f"DROP DATABASE {name} WITH (FORCE)"
        kept["DATABASE_URL"] = of_this_name(named, name)
    else:
        request.getfixturevalue("set_up")(folder)
    made = {
        **kept,
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "PYTHONPATH": str(ROOT),
    }
    yield made
    if drop:
        with psycopg.connect(named, autocommit=True) as server:
            server.execute(drop)


@pytest.fixture(scope="module")
def pair(environment):
    """Two processes at work on the same database."""
    first, second = Racer(environment), Racer(environment)
    assert first.do("begin") in ("sqlite", "postgresql")
    yield first, second
    for racer in (first, second):
        racer.close()


def at_once(pair, *acts):
    """Tell both before hearing either."""
    for racer, act in zip(pair, acts, strict=True):
        racer.tell(*act)
    return [racer.hear() for racer in pair]


@pytest.fixture
def rounds(long_series):
    return range(MANY_ROUNDS if long_series else ROUNDS)


def test_of_two_writers_at_one_moment_one_wins_and_neither_text_is_lost(pair, rounds):
    for number in rounds:
        story_id, token = pair[0].do("draft")
        said = at_once(
            pair,
            ("save", "rana", story_id, token, f"Rana's {number}"),
            ("save", "edwin", story_id, token, f"Edwin's {number}"),
        )
        assert sorted(outcome for outcome, _ in said) == ["conflict", "saved"]
        names = {"saved": [], "conflict": []}
        for (outcome, _), name in zip(said, ("Rana's", "Edwin's"), strict=True):
            names[outcome] = f"{name} {number}"
        kept = pair[0].do("look", story_id)
        assert kept["headline"] == names["saved"]
        assert sorted(kept["revisions"][1:]) == sorted(
            [["save", names["saved"]], ["conflict", names["conflict"]]]
        )
    assert pair[1].do("problems") == []


def test_page_that_says_goodbye_while_its_save_goes_on_is_gone(pair):
    story_id, _ = pair[0].do("draft")
    assert pair[0].do("goodbye_while_saving", story_id) == [True, "Word 2"]


def test_of_many_threads_of_one_process_one_wins(pair):
    story_id, token = pair[0].do("draft")
    headlines = [f"Thread {number}" for number in range(8)]
    said = pair[0].do("save_in_threads", story_id, token, headlines)
    winners = [headline for headline, outcome, _ in said if outcome == "saved"]
    kept = pair[0].do("look", story_id)
    assert winners == [kept["headline"]]
    assert sorted(headline for _, headline in kept["revisions"][1:]) == headlines


def test_of_two_who_publish_at_one_moment_one_does(pair, rounds):
    for _ in rounds:
        story_id, token = pair[0].do("draft")
        said = at_once(pair, ("publish", story_id, token), ("publish", story_id, token))
        assert sorted(one[0] for one in said) == ["published", "refused"]
        assert pair[0].do("look", story_id)["editions"] == 1
    assert pair[0].do("problems") == []


def test_scheduled_story_is_public_at_its_second_with_nothing_running(pair):
    # A process's first page reads all addresses in: on a busy machine that takes longer than the wait below.
    at_once(pair, ("ask", "/story/10000009.json"), ("ask", "/story/10000009.json"))
    story_id, token = pair[0].do("draft")
    _, due = pair[0].do("publish", story_id, token, 1.5)
    address, moment = f"/story/{story_id}.json", datetime.fromisoformat(due)
    before = (moment - timedelta(milliseconds=400)).isoformat()
    early, late = at_once(pair, ("ask", address, before), ("ask", address, due))
    assert early[0] == 404 or early[1] >= due
    assert late[0] == 301
    assert story_id not in pair[0].do("released")


def test_two_processes_announce_each_story_once(pair):
    waiting = []
    for _ in range(10):
        story_id, token = pair[0].do("draft")
        pair[0].do("publish", story_id, token, 0.6)
        waiting.append(story_id)
    time.sleep(1)
    first, second = at_once(pair, ("release",), ("release",))
    announced = [one for one in first + second if one in waiting]
    assert sorted(announced) == sorted(waiting)
    assert sorted(one for one in pair[0].do("released") if one in waiting) == sorted(waiting)
    assert at_once(pair, ("release",), ("release",)) == [[], []]


def test_process_killed_in_the_middle_of_a_transaction_leaves_nothing_of_it(pair, environment):
    story_id, token = pair[0].do("draft")
    doomed = Racer(environment)
    assert doomed.do("stall_while_publishing", story_id, token) == "inside"
    doomed.kill()
    assert pair[0].do("look", story_id)["editions"] == 0
    assert pair[0].do("problems") == []
    assert pair[0].do("publish", story_id, token)[0] == "published"
    assert pair[0].do("problems") == []


@pytest.mark.deep
def test_no_acknowledged_save_is_lost_however_a_process_ends(pair, environment, long_series):
    chance = random.Random(7)
    for _ in range(40 if long_series else 2):
        story_id, _ = pair[0].do("draft")
        doomed = Racer(environment)
        doomed.tell("write_for_ever", story_id)
        acknowledged = [doomed.hear()]
        time.sleep(chance.uniform(0.01, 0.4))
        acknowledged += doomed.kill()
        kept = [headline for _, headline in pair[0].do("look", story_id)["revisions"]]
        assert [headline for outcome, headline in acknowledged if headline not in kept] == []
        assert {outcome for outcome, _ in acknowledged} == {"saved"}
        assert pair[0].do("problems") == []
