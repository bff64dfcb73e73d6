"""The index on disk: whatever ends a run, wherever, what is found afterwards is right, and two at once are one."""

import fcntl
import shutil
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from articles.index import Busy, Taken, ask, disk, find, keep_index, keeping_index, reindex, small
from articles.index.postgres_rows import are_searched
from articles.models import IndexDue, IndexState, IndexWord
from tests.builders import make_archived

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(are_searched(), reason="the index is in the database"),
]
STEPS = ["editions_of", "of_stories", "add_counted", "_note_missed", "count_words", "random_token"]


class Crash(BaseException):
    pass


def found(text):
    answer = find(ask(text), most=100)
    assert answer.total == len(answer.editions)
    return sorted(edition.headline for edition in answer.editions)


@pytest.fixture
def three():
    for number in range(3):
        make_archived(date(2014, 8, 1 + number), headline=f"Ferry {number}", body="<p>A quay.</p>")
    return ["Ferry 0", "Ferry 1", "Ferry 2"]


def crash(*_given, **_named):
    raise Crash


def ends(run, step, monkeypatch):
    """Let `run` end at a step as a process does that is killed there."""
    with monkeypatch.context() as patch:
        patch.setattr(keeping_index, step, crash)
        with pytest.raises(Crash):
            run()


@pytest.mark.parametrize("step", STEPS)
def test_fold_that_ends_at_any_step_loses_and_doubles_nothing(three, monkeypatch, step):
    assert reindex()
    make_archived(headline="Ferry 3", body="<p>A quay.</p>")
    ends(keep_index, step, monkeypatch)
    assert found("ferry") == [*three, "Ferry 3"]
    keep_index()
    assert found("ferry") == [*three, "Ferry 3"]
    assert not IndexDue.objects.exists()


@pytest.mark.parametrize("step", ["_keep_progress", "_swap", "count_words", "of_editions"])
def test_new_index_that_ends_at_any_step_leaves_the_old_one_answering(three, monkeypatch, step):
    assert reindex()
    make_archived(headline="Ferry 3")
    ends(reindex, step, monkeypatch)
    assert found("ferry") == [*three, "Ferry 3"]
    assert reindex()
    assert found("ferry") == [*three, "Ferry 3"]
    assert {row.word: row.editions for row in IndexWord.objects.all()}["ferry"] == 4


def test_new_index_goes_on_where_it_was_stopped_and_knows_what_changed_since(three, monkeypatch):
    assert reindex()
    monkeypatch.setattr(keeping_index, "AT_ONCE", 1)
    steps = []
    assert not reindex(is_stopped=lambda: len(steps) > 2, step=steps.append)
    make_archived(headline="Ferry 3")
    keep_index()
    assert found("ferry") == [*three, "Ferry 3"]
    again = []
    assert reindex(step=again.append)
    assert again[0] == 2
    keep_index()
    assert found("ferry") == [*three, "Ferry 3"]


def test_what_was_due_before_a_new_index_is_in_it_and_due_no_more(three, monkeypatch):
    monkeypatch.setattr(keeping_index, "AT_ONCE", 2)
    assert IndexDue.objects.count() == 3
    assert reindex()
    assert not IndexDue.objects.exists()
    assert found("ferry") == three


def test_only_one_process_writes_and_the_other_says_so(three):
    assert reindex()
    with (disk.path_of("") / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Taken):
            keep_index()
        with pytest.raises(CommandError, match="Another process"):
            call_command("reindex")
    make_archived(headline="Ferry 3")
    assert keep_index() == 1


def test_lost_index_is_answered_without_and_made_anew(three):
    assert reindex()
    for path in disk.path_of("").iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    assert found("ferry") == three
    keep_index()
    assert found("ferry") == three
    assert disk.path_of(IndexState.objects.get().folder).is_dir()


def test_damaged_index_is_answered_without_and_made_anew(three):
    assert reindex()
    folder = disk.path_of(IndexState.objects.get().folder)
    (folder / "meta.json").write_text("{")
    IndexState.objects.update(generation="another")
    assert found("ferry") == three
    keep_index()
    assert found("ferry") == three


def test_lost_index_of_a_large_archive_is_a_sentence_not_a_wait(three, monkeypatch):
    monkeypatch.setattr(small, "MOST_PLAIN", 2)
    with pytest.raises(Busy, match="few minutes"):
        find(ask("ferry"))


def test_where_very_much_is_due_nothing_stale_is_shown_and_readers_are_told(three, monkeypatch):
    assert reindex()
    monkeypatch.setattr("articles.index.due.MOST_READ", 2)
    for number in range(3, 8):
        make_archived(headline=f"Ferry {number}")
    answer = find(ask("ferry"), most=100)
    assert answer.total == len(answer.editions) < 8
    assert answer.sentences
    keep_index()
    assert len(found("ferry")) == 8


def test_commands_say_what_they_did(three, capsys):
    call_command("reindex")
    assert "answers from the new index" in capsys.readouterr().out
    make_archived(headline="Ferry 3")
    call_command("keep_index")
    assert "taken into the search index" in capsys.readouterr().out
