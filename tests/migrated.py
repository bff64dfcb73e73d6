"""The database of a site that is set up: made once for all processes of a test run, then copied."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import zlib
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.laws.tree import ROOT

NAME = "newsroom.sqlite3"


def made_in(folder: Path) -> Path:
    """Return the database made in `folder` by `manage.py migrate`; whoever comes second waits for the first."""
    made = folder / NAME
    with alone(folder):
        if not made.exists():
            site = folder / "site"
            shutil.rmtree(site, ignore_errors=True)
            migrate(site)
            with sqlite3.connect(site / NAME) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.close()
            (site / NAME).rename(made)
    return made


@contextmanager
def made_on(url: str, folder: Path):
    """Give the name of a database on this PostgreSQL that others are made after; the last process of the run drops it.

    `folder` is where the processes of one run count each other.
    """
    name = f"set_up_{zlib.crc32(str(folder).encode()):08x}"
    users = folder / "users"
    with alone(folder), psycopg.connect(url, autocommit=True) as server:
        if not users.exists():
            server.execute(f"DROP DATABASE IF EXISTS {name}")
            server.execute(f"CREATE DATABASE {name}")
            migrate(folder / "site", DATABASE_URL=of_this_name(url, name))
        users.write_text(users.read_text() + "+" if users.exists() else "+")
    yield name
    with alone(folder), psycopg.connect(url, autocommit=True) as server:
        users.write_text(users.read_text()[1:])
        if not users.read_text():
            users.unlink()
            server.execute(f"DROP DATABASE {name}")


def of_this_name(url: str, name: str) -> str:
    """Return the address of another database on the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@contextmanager
def alone(folder: Path):
    """Keep the other processes of the run waiting."""
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate(site: Path, **given: str) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    settings = {"VAR_DIR": str(site), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=kept | settings | given, check=True
    )
