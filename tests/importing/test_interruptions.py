"""An import that is killed or stopped leaves whole stories, and the next run ends where one run would have."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.importing.archive import BAKERS, FERRY, LAMPS, OPENING, save, story, teaser

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = 24
# One undisturbed run to compare with, for all of these tests.
pytestmark = pytest.mark.xdist_group("interruptions")

# What readers see, whatever numbers the rows have: every edition's text and filing, and what hangs from it.
SEEN = """
    SELECT e.headline, e.number, e.body, e.byline, e.section_as_printed, e.completeness, e.published_on,
        e.dated_earliest, e.dated_latest, e.dated_reason, e.live_until IS NULL, e.filed_tags,
        (SELECT count(*) FROM articles_editionbyline b WHERE b.edition_id = e.id),
        (SELECT count(*) FROM articles_editiontag t WHERE t.edition_id = e.id),
        (SELECT group_concat(p.media_id) FROM articles_editionpicture r JOIN media_picture p ON p.id = r.picture_id
            WHERE r.edition_id = e.id)
    FROM articles_edition e ORDER BY e.headline, e.body, e.number
"""
HALF = """
    SELECT s.id FROM articles_story s WHERE NOT EXISTS (SELECT 1 FROM articles_edition e WHERE e.story_id = s.id)
        OR NOT EXISTS (SELECT 1 FROM articles_provenance p WHERE p.story_id = s.id)
        OR NOT EXISTS (SELECT 1 FROM articles_event v WHERE v.story_id = s.id)
    UNION ALL SELECT g.id FROM articles_sourcepage g WHERE g.outcome IN ('created', 'updated')
        AND NOT EXISTS (SELECT 1 FROM articles_provenance p WHERE p.source_id = g.id)
"""


def make_archive(folder):
    """Save pages of which some are joined: a list before the pages it shows, and one after."""
    source = random.Random(7)
    for number in range(PAGES):
        words = (OPENING + " " + FERRY).replace(",", "").split()
        source.shuffle(words)
        opening = f"Story {number} begins so: " + " ".join(words)
        kind = number % 6
        if kind == 0:
            last = opening
            listed = teaser(opening, on=f"Aug {number + 1}, 2014") + teaser(f"{BAKERS} {LAMPS} {number}")
            save(folder, f"{number:02}", listed, f"/tag/topic-{number}")
            continue
        above = (f"Media ID: 5536{number:04}", "Caption:", "") if kind == 2 else ()
        page = story(f"Headline {number}", opening=last if kind == 1 else opening, above=above)
        save(folder, f"{number:02}", page, f"/nadia-farouk/opinion/headline-{number}")


def command(var, *arguments, **options):
    environment = {**os.environ, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    environment.pop("DATABASE_URL", None)
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def finish(process):
    said, erred = process.communicate(timeout=300)
    assert process.returncode == 0, erred.decode()
    return said.decode()


def rows(var, query):
    with sqlite3.connect(var / "newsroom.sqlite3") as database:
        found = database.execute(query).fetchall()
    database.close()
    return found


@pytest.fixture(scope="module")
def archive(tmp_path_factory, set_up):
    """Return a folder of pages, what one undisturbed run makes of it, and how long that took."""
    folder = tmp_path_factory.mktemp("archive")
    make_archive(folder / "pages")
    whole = set_up(tmp_path_factory.mktemp("whole"))
    began = time.monotonic()
    finish(command(whole, "import_archive", folder / "pages"))
    return folder / "pages", rows(whole, SEEN), time.monotonic() - began


# Twenty-five all told by `make test-weekly`; one in every run.
@pytest.mark.deep
@pytest.mark.parametrize(
    ("attempts", "seed"), [(10, 11), pytest.param(15, 12, marks=(pytest.mark.long, pytest.mark.weekly))]
)
def test_killed_at_any_moment_it_leaves_whole_stories_and_goes_on(
    archive, set_up, tmp_path, long_series, attempts, seed
):
    pages, expected, seconds = archive
    assert len(expected) > PAGES
    source = random.Random(seed)
    for attempt in range(attempts if long_series else 1):
        site = tmp_path / str(attempt)
        site.mkdir()
        set_up(site)
        for _ in range(3):
            process = command(site, "import_archive", pages)
            time.sleep(source.uniform(0.3, 1.0) * seconds)
            process.kill()
            process.communicate(timeout=60)
            assert rows(site, HALF) == []
        finish(command(site, "import_archive", pages))
        assert rows(site, SEEN) == expected
        assert finish(command(site, "verify_archive"))


def test_ctrl_c_ends_cleanly_and_the_next_run_goes_on(archive, set_up, tmp_path):
    pages, expected, _ = archive
    set_up(tmp_path)
    report = tmp_path / "report.jsonl"
    process = command(tmp_path, "import_archive", pages, "--report", report)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not (report.exists() and report.read_text().count("\n") >= 2):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said = finish(process)
    assert "stopped before the end" in said
    done = [json.loads(line) for line in report.read_text().splitlines()]
    assert 2 <= len(done) < PAGES
    assert rows(tmp_path, "SELECT count(*) FROM articles_sourcepage") == [(len(done),)]
    finish(command(tmp_path, "import_archive", pages))
    assert rows(tmp_path, SEEN) == expected
