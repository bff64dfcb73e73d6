"""Two who send one file at the same moment: one gets in, the other is told; no number comes twice; a Ctrl-C leaves whole pictures."""

import json
import os
import signal
import subprocess
import sys
import time
from itertools import chain

import pytest

from tests.media.test_import_pictures import draw
from tests.workflow.test_concurrency import ROOT, Racer, at_once, environment

__all__ = ["environment"]

pytestmark = pytest.mark.xdist_group("races")


@pytest.fixture(scope="module")
def two(environment):
    """Two processes at work on the same library."""
    pair = [Racer(environment, "tests.media.racer") for _ in range(2)]
    assert {racer.do("begin") for racer in pair} <= {"sqlite", "postgresql"}
    yield pair
    for racer in pair:
        racer.close()


def test_of_many_who_send_one_file_at_once_one_gets_in(two):
    before = two[0].do("look")
    said = list(chain(*at_once(two, ("take_in", ["same"] * 3), ("take_in", ["same"] * 3))))
    assert sorted(outcome for outcome, _ in said) == ["here"] * 5 + ["taken"]
    kept = two[0].do("look")
    assert {number for _, number in said} == set(kept["ids"]) - set(before["ids"])
    assert (kept["captions"], kept["stray"]) == (before["captions"] + 1, [])


def test_of_many_files_at_once_each_gets_a_number_of_its_own(two):
    before = two[0].do("look")
    marks = [[f"{side} {number}" for number in range(4)] for side in ("left", "right")]
    said = list(chain(*at_once(two, *(("take_in", some) for some in marks))))
    assert {outcome for outcome, _ in said} == {"taken"}
    kept = two[1].do("look")
    assert len(set(kept["ids"])) == len(kept["ids"]) == len(before["ids"]) + 8
    assert kept["last"] == max(int(number) for number in kept["ids"] if number != "55361435")
    assert kept["stray"] == []


def test_of_two_files_for_one_lost_picture_one_is_attached(two):
    two[0].do("known", "55361435")
    said = list(chain(*at_once(two, ("take_in", ["one"], "55361435"), ("take_in", ["other"], "55361435"))))
    assert sorted(outcome for outcome, _ in said) == ["refused", "taken"]
    assert ["has its file already" in words for outcome, words in said if outcome == "refused"] == [True]
    kept = two[0].do("look")
    assert kept["versions"][kept["ids"].index("55361435")] == 2
    assert kept["stray"] == []


def test_ctrl_c_finishes_what_was_begun_and_the_next_run_goes_on(environment, tmp_path):
    count = 14
    for number in range(count):
        draw(tmp_path / "in" / f"{number:02}.jpg", 100 + number, size=(900, 600))
    report = tmp_path / "report.jsonl"
    command = [sys.executable, "manage.py", "import_pictures", str(tmp_path / "in"), "--report", str(report)]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    until = time.monotonic() + 120
    while time.monotonic() < until and not (report.exists() and report.read_text().count("\n") >= 2):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    said, erred = process.communicate(timeout=120)
    assert process.returncode == 0, erred.decode()
    assert "stopped before the end" in said.decode()
    done = [json.loads(line) for line in report.read_text().splitlines()]
    assert 2 <= len(done) < count
    assert {line["outcome"] for line in done} == {"created"}
    rest = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert f"{count - len(done)} were created, 0 were attached, {len(done)} were unchanged" in rest.stdout
