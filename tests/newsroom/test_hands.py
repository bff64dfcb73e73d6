"""Work is spread over processes: results in order, each hand with a connection of its own, a fault told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom import hands

ROOT = Path(__file__).resolve().parent.parent.parent
ASKING = """
import django
django.setup()
from django.db import connection
from newsroom import hands

def asked(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s + 0", [number])
        return os.getpid(), cursor.fetchone()[0]

def tasks():
    for number in range(40):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s + 0", [number])
            yield cursor.fetchone()[0]

found = list(hands.in_order(asked, tasks(), hands=2))
assert [number for _, number in found] == list(range(40)), found
assert os.getpid() not in {process for process, _ in found}
with connection.cursor() as cursor:
    cursor.execute("SELECT 1")
print(len({process for process, _ in found}))
"""


def double(number):
    if number == 7:
        raise ValueError("seven")
    return 2 * number


@pytest.mark.parametrize("count", [0, 2])
def test_results_come_in_the_order_of_the_tasks(count):
    # In a process of its own: whatever copies itself here takes the test run along.
    code = f"from newsroom import hands\nimport os\nprint(list(hands.in_order(abs, range(-9, 0), hands={count})))"
    assert said(code) == str(list(range(9, 0, -1)))


def test_what_went_wrong_in_a_hand_is_raised_here():
    with pytest.raises(ValueError, match="seven"):
        list(hands.in_order(double, range(20), hands=0))
    code = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom newsroom import hands\nfrom tests.newsroom.test_hands import double\n"
    assert (
        said(
            code
            + "try:\n    list(hands.in_order(double, range(20), hands=2))\nexcept ValueError as e:\n    print(e)"
        )
        == "seven"
    )


def test_hands_ask_the_database_each_for_itself(tmp_path):
    assert int(said(f"import os\n{ASKING}", VAR_DIR=str(tmp_path))) in {1, 2}


def test_no_task_asks_for_no_hand():
    assert list(hands.in_order(abs, [], hands=2)) == []


def test_single_task_is_not_worth_a_hand():
    code = "from newsroom import hands\nimport os\nprint(os.getpid() in hands.in_order(lambda _: os.getpid(), [1], hands=2))"
    assert said(code) == "True"


def test_hand_that_dies_is_told_in_a_sentence():
    # As the system does it where memory runs out.
    code = """
import os, signal
from newsroom import hands

def work(number):
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number

found = []
try:
    for one in hands.in_order(work, range(20), hands=2):
        found.append(one)
except hands.Lost as lost:
    print(found == list(range(len(found))) and len(found) < 6, lost)
"""
    assert said(code).startswith("True One of the processes that share the work ended before it was done")


def test_who_stops_before_the_end_waits_for_no_hand():
    code = """
import time
from contextlib import closing
from multiprocessing import active_children
from newsroom import hands

began = time.monotonic()
with closing(hands.in_order(lambda number: time.sleep(60 * number) or number, range(20), hands=2)) as made:
    assert next(made) == 0
print(time.monotonic() - began < 30, active_children())
"""
    assert said(code) == "True []"


def said(code, **environment):
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
