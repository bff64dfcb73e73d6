"""How long bulk loading takes beside what it cannot do without: the same rows inserted bare, and the engine's own indexing.

    python bench/making_stories.py [20000]

Makes stories and their index on a database of its own that is thrown away, as `manage.py demo --stories` does. Then it puts
the same rows into an empty copy of the same tables, in one process without a line of ours between, and gives the same
documents to the bare engine. Printed is the ratio, measured in one run; on PostgreSQL there is none to measure.
"""

import io
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
_folder = tempfile.TemporaryDirectory(prefix="newsroom-bench-")
os.environ |= {"VAR_DIR": _folder.name, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}

import django  # noqa: E402

django.setup()

import tantivy  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from articles.index import disk, reindex  # noqa: E402
from articles.index.typed import of_editions  # noqa: E402
from articles.models import Edition  # noqa: E402
from articles.sample import bulk  # noqa: E402
from newsroom import progress  # noqa: E402

A_BATCH = 1_000


def timed(what: str, count: int, work: Callable[[], Any]) -> float:
    """Run `work`, print its pace, and return the seconds it took by the clock."""
    began = time.monotonic()
    work()
    took = time.monotonic() - began
    print(f"{what:44}{took:8.1f} s {count / took:9,.0f} stories a second", flush=True)
    return took


def made(count: int) -> None:
    with progress.bar("Making stories", total=count, stream=io.StringIO()) as bar:
        bulk.make(count, seed=1, bar=bar)


def inserted(count: int) -> float:
    """Insert every row of a table that grew with the stories into an empty copy, a batch a transaction; return the seconds."""
    source = sqlite3.connect(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory(prefix="newsroom-bare-") as folder:
        bare = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
        bare.create_function("REGEXP", 2, lambda _pattern, _text: 1, deterministic=True)
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        laid = source.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        for kind in ("table", "index"):
            for _, _, sql in (one for one in laid if one[0] == kind):
                bare.execute(sql)
        rows = {}
        for _, name, _ in (one for one in laid if one[0] == "table"):
            found = source.execute(f'SELECT * FROM "{name}"').fetchall()
            if len(found) >= count // 2:
                rows[name] = found
        batches = -(-count // A_BATCH)

        def all_of_them() -> None:
            for batch in range(batches):
                bare.execute("BEGIN IMMEDIATE")
                for name, every in rows.items():
                    part = every[len(every) * batch // batches : len(every) * (batch + 1) // batches]
                    if part:
                        bare.executemany(
                            f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(part[0]))})', part
                        )
                bare.execute("COMMIT")

        took = timed("the same rows, inserted bare", count, all_of_them)
        bare.close()
    source.close()
    return took


def engine(count: int) -> float:
    """Give the bare engine the documents of every edition, typed already; return the seconds it took."""
    keys = list(Edition.objects.order_by("pk").values_list("pk", flat=True))
    cuts = [0, *keys[A_BATCH - 1 :: A_BATCH], keys[-1]]
    typed = [of_editions((after, upto)).fields for after, upto in pairwise(cuts)]
    with tempfile.TemporaryDirectory(prefix="newsroom-bare-") as folder:
        writer = tantivy.Index(disk.SCHEMA, path=folder).writer(128_000_000, 2)

        def build() -> None:
            for fields in (one for some in typed for one in some):
                writer.add_document(tantivy.Document.from_dict(fields, disk.SCHEMA))
            writer.commit()
            writer.wait_merging_threads()

        return timed("the same documents, indexed bare", count, build)


def main(count: int) -> None:
    if connection.vendor != "sqlite":
        raise SystemExit("This compares with SQLite's own inserts. Run it without DATABASE_URL.")
    call_command("migrate", verbosity=0)
    made(1)
    ours = timed("made: rows, record, shelves", count, lambda: made(count))
    ours += timed("made: the index", count, reindex)
    bare = inserted(count) + engine(count)
    print(f"bulk loading takes {ours / bare:.2f} times its bare inserts and bare indexing")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
