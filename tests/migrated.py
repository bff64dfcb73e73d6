"""The database of a site that is set up: made once for all processes of a test run, then copied."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.laws.tree import ROOT

NAME = "newsroom.sqlite3"


def made_in(folder: Path) -> Path:
    """Return the database made in `folder` by `manage.py migrate`; whoever comes second waits for the first."""
    folder.mkdir(exist_ok=True)
    made = folder / NAME
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            site = folder / "site"
            shutil.rmtree(site, ignore_errors=True)
            kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
            settings = {"VAR_DIR": str(site), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=kept | settings, check=True
            )
            with sqlite3.connect(site / NAME) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.close()
            (site / NAME).rename(made)
    return made
