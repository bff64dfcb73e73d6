"""Stories that come in by the thousand are in the index when they are here, as if it had been made of them afterwards."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction

from articles import prose, workflow
from articles.index import arriving, ask, disk, find, intake, keep_index, keeping_index, reindex
from articles.index.postgres_rows import are_searched
from articles.models import Contents, Dating, Edition, IndexDue, IndexState
from articles.workflow.editions import Filing
from articles.workflow.withdrawing import withdraw
from tests.builders import make_archived

pytestmark = pytest.mark.skipif(are_searched(), reason="the index is in the database")
ROOT = Path(__file__).resolve().parent.parent.parent
LOOK = """
import json, django
django.setup()
from articles.index import Order, ask, find, reindex
from articles.models import IndexDue, IndexWord
from newsroom import hands

def look():
    found = {}
    for text in QUESTIONS:
        for order in Order:
            answer = find(ask(text), order=order, most=40)
            found[f"{text} {order}"] = [answer.total, [one.pk for one in answer.editions]]
    rows = IndexWord.objects.order_by("word").values_list("word", "editions", "seen", "capitals", "alike")
    return [found, list(rows), IndexDue.objects.count()]

first = look()
hands.available = lambda: 0
assert reindex()
print(json.dumps([first, look()]))
"""
QUESTIONS = [
    "ferry", '"the ferry"', "fer*", "الميناء", "ميناء", "byline:farouk", "headline:harbour", "tag:sea", "keeper’s", "caption:quay",
    "ferries AND harbour", "2014",
]  # fmt: skip


def line(number):
    """Return one story of a corpus: every third in Arabic, every fifth with a picture, some filed nowhere."""
    is_arabic = number % 3 == 0
    english = f"The ferry number {number} left; it can’t be the keeper’s. Harbour-side FERRIES wait, {number % 97} in all."
    arabic = f"غادرت العبّارة رقم {number} الميناءَ، ولم يرها أحد في ٢٠١٤."
    picture = {"media_id": f"5536{number % 40:04}", "caption": f"A quay at {number % 7}", "credit": "Jo Orr"}
    return {
        "story_id": str(number),
        "headline": f"الميناء {number}" if is_arabic else f"Harbour {number}",
        "body_text": f"{arabic}\nثانية."
        if is_arabic
        else f"{english}\nDéjà vu: Sidon’s “quay”, again and again.",
        "language": "ar" if is_arabic else "en",
        "published_at": f"20{10 + number % 9}-0{1 + number % 9}-11",
        "bylines": ["Nadia Farouk", "Jo Orr"][: number % 3],
        "tags": [{"name": "Sea"}, {"name": "Sidon", "kind": "place"}][: number % 4],
        "pictures": [picture] if number % 5 == 0 else [],
    }


def test_index_made_as_stories_come_in_is_the_one_that_is_made_of_them_by_one_process(set_up, tmp_path):
    site = set_up(tmp_path)
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(f"{json.dumps(line(number))}\n" for number in range(1_300)))
    run(site, "manage.py", "import_archive", str(corpus))
    beside, after = json.loads(run(site, "-c", f"QUESTIONS = {QUESTIONS!r}\n{LOOK}"))
    assert beside == after
    found, words, due = beside
    assert due == 0
    assert found["ferry relevance"][0] == 866
    assert found["الميناء newest"][0] == 434
    assert len(words) > 1_300


def run(site, *arguments):
    environment = {**os.environ, "VAR_DIR": str(site), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def free(monkeypatch):
    """Let the way into the index not see that a test is a transaction: here nobody undoes anything before its end."""
    monkeypatch.setattr(arriving, "connection", SimpleNamespace(in_atomic_block=False))


class Crash(BaseException):
    pass


def crash(*_given, **_named):
    raise Crash


def found(text):
    answer = find(ask(text), most=100)
    assert answer.total == len(answer.editions)
    return sorted(edition.headline for edition in answer.editions)


def print_off(*headlines):
    """Print stories off as a command does that brings thousands; return the galley and what is due."""
    arrivals = [
        workflow.Arrival(Contents(language="en", headline=one, body=prose.paragraphs(["A quay."])), Dating())
        for one in headlines
    ]
    numbers, filing = workflow.Numbers.taken(len(arrivals)), Filing.of([one.contents for one in arrivals])
    galley = workflow.set_up(arrivals, numbers, filing, is_typed=True)
    with transaction.atomic():
        due = workflow.print_off(galley)
    return galley.typed, due


@pytest.mark.usefixtures("db", "free")
def test_story_is_found_once_and_due_until_the_disk_has_it():
    with intake() as taking:
        assert taking.is_open
        taking.take(*print_off("Ferry 1", "Ferry 2"))
        assert found("ferry") == ["Ferry 1", "Ferry 2"]
        assert IndexDue.objects.count() == 2
    assert not IndexDue.objects.exists()
    assert found("ferry") == ["Ferry 1", "Ferry 2"]
    assert found("quay") == ["Ferry 1", "Ferry 2"]


@pytest.mark.usefixtures("db", "free")
@pytest.mark.parametrize("step", ["write", "settle", "editions_of", "of_stories"])
def test_run_that_ends_at_any_step_loses_and_doubles_nothing(monkeypatch, step):
    def bring():
        with intake() as taking:
            taking.take(*print_off("Ferry 1", "Ferry 2"))
            make_archived(headline="Ferry 3", body="<p>A quay.</p>")

    with monkeypatch.context() as patch:
        patch.setattr(arriving, step, crash)
        with pytest.raises(Crash):
            bring()
    expected = ["Ferry 1", "Ferry 2"] if step == "write" else ["Ferry 1", "Ferry 2", "Ferry 3"]
    assert found("ferry") == expected
    keep_index()
    assert found("ferry") == expected
    assert not IndexDue.objects.exists()


@pytest.mark.usefixtures("db", "free")
def test_what_changes_or_comes_meanwhile_is_found_as_it_is_then(monkeypatch):
    monkeypatch.setattr(arriving, "A_COMMIT", 2)
    with intake() as taking:
        make_archived(headline="Ferry 0", body="<p>A quay.</p>")
        typed, due = print_off("Ferry 1", "Ferry 2")
        gone = Edition.objects.get(headline="Ferry 1").story_id
        withdraw(story_id=gone, by=None, reason="Not true.")
        taking.take(typed, due)
        # On the disk as it was typed, and due again since: what readers see is what stands now.
        assert found("ferry") == ["Ferry 0", "Ferry 2"]
        assert list(IndexDue.objects.values_list("story", flat=True)) == [gone]
        taking.take(*print_off("Ferry 3", "Ferry 4"))
        assert not IndexDue.objects.exists()
    assert found("ferry") == ["Ferry 0", "Ferry 2", "Ferry 3", "Ferry 4"]


@pytest.mark.django_db
def test_nothing_goes_to_the_disk_within_a_transaction_that_may_be_undone():
    assert reindex()
    with intake() as taking:
        assert not taking.is_open
        taking.take(*print_off("Ferry 1"))
    assert IndexDue.objects.count() == 1
    assert found("ferry") == ["Ferry 1"]


@pytest.mark.usefixtures("db", "free")
def test_beside_another_writer_and_where_the_index_is_lost_stories_are_due():
    with keeping_index.alone(), intake() as taking:
        assert not taking.is_open
        taking.take(*print_off("Ferry 1"))
    assert IndexDue.objects.count() == 1
    call_command("keep_index")
    assert found("ferry") == ["Ferry 1"]
    assert disk.path_of(IndexState.objects.get().folder).is_dir()
