"""Commands that ask the database say so where it was never set up, and begin nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class

from newsroom import health
from newsroom.migrated import DatabaseCommand

ROOT = Path(__file__).resolve().parents[2]
# These look after themselves: one sets the database up, the other has databases of its own.
OTHERS = {"serve", "bench"}


@pytest.mark.parametrize("arguments", [["demo", "--stories", "3"], ["import_archive", "stories.jsonl"]])
def test_database_that_was_never_set_up_is_a_sentence_and_no_traceback(tmp_path, arguments):
    (tmp_path / "stories.jsonl").write_text('{"headline": "The ferry returns"}\n')
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Run `manage.py migrate` first." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.django_db
def test_command_begins_nothing_while_a_migration_is_missing(monkeypatch):
    call_command("release_due")
    known = health.known_migrations() | {("articles", "9999_of_tomorrow")}
    monkeypatch.setattr(health, "known_migrations", lambda: known)
    for name in ("release_due", "reindex"):
        with pytest.raises(CommandError, match=r"^1 migration is not applied"):
            call_command(name)


def test_every_command_of_ours_looks_first():
    ours = {name: app for name, app in get_commands().items() if app in ("newsroom", "articles", "media")}
    assert len(ours) > 10
    kinds = {name: load_command_class(app, name) for name, app in ours.items()}
    assert {name for name, one in kinds.items() if not isinstance(one, DatabaseCommand)} == OTHERS
