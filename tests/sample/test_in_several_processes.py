"""What comes in by the thousand is the same, byte for byte, however many processes made it ready."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Chance and the clock stand still, so that nothing but the number of processes differs.
RUN = """
import io, random, sys
from datetime import UTC, datetime
from django.utils import timezone
timezone.now = lambda: datetime(2026, 3, 1, 12, tzinfo=UTC)
import django
django.setup()
from django.core.management import call_command
from articles.importing import corpora
from articles.sample import bulk
from newsroom import hands

same = random.Random(5)
random.SystemRandom = lambda: same
many, what = int(sys.argv[1]), sys.argv[2]
hands.available = lambda: many
bulk.BATCH = corpora.BATCH = 40
if what == "demo":
    call_command("demo", stories=150, stderr=io.StringIO())
else:
    call_command("import_archive", what, stderr=io.StringIO())
"""
# What says when, or stands for a chance, that nobody reads.
OTHERS = ("articles_indexstate", "articles_indexdue", "django_migrations")


def line(number):
    return {
        "url": f"https://old.example/{number}",
        "headline": f"Story {number}",
        "body_html": f"<p>Number <b>{number}</b> of the ferries.</p>",
        "section": "City",
        "bylines": ["Layla Haddane"],
        "tags": ["Ferries", f"Quay {number % 7}"],
        "pictures": [{"media_id": f"5536{number % 50:04}", "caption": "The quay"}],
        "published_at": f"2012-05-{number % 28 + 1:02}",
    }


def rows(site):
    with sqlite3.connect(site / "newsroom.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {
            name: database.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()
            for name in names
            if name not in OTHERS and not name.startswith("sqlite_")
        }
    database.close()
    return found


@pytest.mark.parametrize("what", ["demo", "corpus"])
def test_several_processes_make_what_one_makes(set_up, tmp_path, what):
    lines = [json.dumps(line(number)) for number in range(150)]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join(lines))
    found, told = [], []
    for many in (0, 2):
        site = tmp_path / str(many)
        site.mkdir()
        set_up(site)
        environment = {**os.environ, "VAR_DIR": str(site), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-c", RUN, str(many), "demo" if what == "demo" else str(corpus)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        told.append(done.stdout)
        found.append(rows(site))
    assert told[0] == told[1]
    assert len(found[0]["articles_edition"]) == 150
    for name, some in found[0].items():
        assert some == found[1][name], name
