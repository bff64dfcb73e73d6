"""How long bulk loading takes beside what it cannot do without: the same rows inserted bare, and the engine's own indexing.

    python bench/making_stories.py [20000]

Makes stories and their index on a database of its own that is thrown away by `manage.py demo --stories`. Then it puts
the same rows into an empty copy of the same tables, in one process without a line of ours between, and gives the same
documents to the bare engine. It does it again with a corpus: the same stories as JSON Lines, as `import_archive` takes them in.
Printed are the ratios, measured in one run, by the clock and by the processor (of all processes: where others use the
machine too, only that can be compared); on PostgreSQL there is none to measure.
"""

import io
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
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

from articles.feeds import shapes  # noqa: E402
from articles.index import MOST_READ, disk, waiting_for_index  # noqa: E402
from articles.index.typed import of_editions  # noqa: E402
from articles.models import Edition  # noqa: E402

A_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock, and of the processor in all processes that have ended."""

    clock: float = 0.0
    processor: float = 0.0

    def __add__(self, other: "Took") -> "Took":
        return Took(self.clock + other.clock, self.processor + other.processor)


def timed(what: str, count: int, work: Callable[[], Any]) -> Took:
    """Run `work`, print its pace, and return what it took."""
    began, used = time.monotonic(), sum(os.times()[:4])
    work()
    took = Took(time.monotonic() - began, sum(os.times()[:4]) - used)
    print(
        f"{what:44}{took.clock:8.1f} s {count / took.clock:9,.0f} stories a second{took.processor:8.1f} s of the processor",
        flush=True,
    )
    return took


def made(count: int) -> None:
    call_command("demo", stories=count, stdout=io.StringIO(), stderr=io.StringIO())
    if Edition.objects.count() < count or waiting_for_index() > MOST_READ:
        raise SystemExit("Not all were made, or taken into the index.")


def inserted(count: int) -> Took:
    """Insert every row of a table that grew with the stories into an empty copy, a batch a transaction; return what that took."""
    source = sqlite3.connect(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory(prefix="newsroom-bare-") as folder:
        bare = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
        bare.create_function("REGEXP", 2, lambda _pattern, _text: 1, deterministic=True)
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        laid = source.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'"
            " AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow'))"
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


def engine(count: int) -> Took:
    """Give the bare engine the documents of every edition, typed already; return what that took."""
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


def written(folder: Path) -> Path:
    """Write every story as a line with the keys of its `.json`; return the file."""
    file = folder / "corpus.jsonl"
    rows = list(Edition.objects.order_by("pk").select_related("section"))
    with file.open("w", encoding="utf-8") as lines:
        for start in range(0, len(rows), A_BATCH):
            some = rows[start : start + A_BATCH]
            shapes.name_contributors(some)
            lines.writelines(f"{json.dumps(shapes.story(row, ()), ensure_ascii=False)}\n" for row in some)
    return file


def emptied() -> None:
    """Begin anew with an empty database and no index."""
    connection.close()
    shutil.rmtree(disk.path_of(""))
    for left in Path(_folder.name).glob("newsroom.sqlite3*"):
        left.unlink()
    call_command("migrate", verbosity=0)


def imported(file: Path) -> None:
    call_command("import_archive", str(file), stdout=io.StringIO(), stderr=io.StringIO())
    if Edition.objects.count() == 0 or waiting_for_index() > MOST_READ:
        raise SystemExit("Not all was imported, or taken into the index.")


def said(what: str, ours: Took, bare: Took) -> None:
    """Print one ratio."""
    print(
        f"{what} takes {ours.clock / bare.clock:.2f} times its bare inserts and bare indexing by the clock,"
        f" {ours.processor / bare.processor:.2f} times by the processor",
        flush=True,
    )


def main(count: int) -> None:
    if connection.vendor != "sqlite":
        raise SystemExit("This compares with SQLite's own inserts. Run it without DATABASE_URL.")
    call_command("migrate", verbosity=0)
    made(1)
    ours = timed("made and indexed", count, lambda: made(count))
    said("making", ours, inserted(count) + engine(count))
    with tempfile.TemporaryDirectory(prefix="newsroom-corpus-") as folder:
        file = written(Path(folder))
        emptied()
        ours = timed("a corpus, imported and indexed", count, lambda: imported(file))
        said("importing", ours, inserted(count) + engine(count))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
