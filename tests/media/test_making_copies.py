"""`make_renditions` in processes of its own: two share the work, one that is stopped or killed leaves nothing half done."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time

import pytest

from tests.laws.tree import ROOT

PICTURES = 3
pytestmark = pytest.mark.xdist_group("copies")


@pytest.fixture(scope="module")
def site(tmp_path_factory, set_up):
    """A site of its own with a few pictures."""
    folder = set_up(tmp_path_factory.mktemp("copies"))
    (folder / "tmp").mkdir()
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    made = kept | {
        "VAR_DIR": str(folder),
        "TMPDIR": str(folder / "tmp"),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "PYTHONPATH": str(ROOT),
    }
    ask(made, "take", str(PICTURES))
    return made


def ask(site, *act):
    done = subprocess.run(
        [sys.executable, "-m", "tests.media.maker", *act],
        cwd=ROOT, env=site, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(done.stdout) if done.stdout else None


def maker(site, *options):
    return subprocess.Popen(
        [sys.executable, "manage.py", "make_renditions", *options],
        cwd=ROOT, env=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def begin(site):
    """Start a maker and return it when it has begun its first picture; what killed ones left is not its own."""
    left = set(os.listdir(site["TMPDIR"]))
    one = maker(site)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any(name.startswith("newsroom-copies-") for name in set(os.listdir(site["TMPDIR"])) - left):
            return one
        time.sleep(0.02)
    one.kill()
    pytest.fail("No picture was begun.")


def check_whole(found):
    """Every file in the store is named by a row, and every row's file is there."""
    assert (found["due"], found["claimed"]) == (0, 0)
    assert found["files"] == found["named"]
    assert found["present"] * 3 == len(found["files"])


def test_two_processes_share_the_pictures_and_do_none_twice(site):
    ask(site, "order")
    both = [maker(site), maker(site)]
    said = [one.communicate(timeout=120) for one in both]
    counts = [int(re.search(r"Copies of (\d+) pictures were made", out)[1]) for out, _ in said]
    assert sum(counts) == PICTURES
    check_whole(ask(site, "tell"))


# Twenty-five all told by `make test-weekly`; two in every run.
@pytest.mark.deep
@pytest.mark.parametrize("attempts", [10, pytest.param(15, marks=(pytest.mark.long, pytest.mark.weekly))])
def test_killed_process_leaves_nothing_half_done(site, long_series, attempts):
    for _ in range(attempts if long_series else 2):
        ask(site, "order")
        one = begin(site)
        time.sleep(random.random() * 1.5)
        one.kill()
        one.communicate()
        ask(site, "free")
        last = maker(site)
        out, err = last.communicate(timeout=120)
        assert last.returncode == 0, out + err
        check_whole(ask(site, "tell"))


def test_ctrl_c_finishes_what_was_begun_and_says_what_waits(site):
    ask(site, "order")
    one = begin(site)
    one.send_signal(signal.SIGINT)
    out, err = one.communicate(timeout=120)
    found = ask(site, "tell")
    assert found["claimed"] == 0
    assert found["files"] == found["named"]
    if found["due"]:
        assert one.returncode == 1
        assert f"Stopped; {found['due']:,} pictures wait" in err
    assert "Traceback" not in out + err
    last = maker(site)
    last.communicate(timeout=120)
    check_whole(ask(site, "tell"))


def test_watch_makes_what_becomes_due_and_ends_when_its_input_does(site):
    ask(site, "order")
    one = subprocess.Popen(
        [sys.executable, "manage.py", "make_renditions", "--watch", "--until-closed"],
        cwd=ROOT, env=site, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while ask(site, "tell")["due"] and time.monotonic() < deadline:
        time.sleep(0.5)
    out, err = one.communicate(timeout=60)
    assert (one.returncode, out, err) == (0, "", "")
    check_whole(ask(site, "tell"))
