"""How fast stories are made for measurements, and whether pace and memory hold as they become many.

    python bench/making_stories.py [100000]

Prints the pace of the last tenth as a share of the first tenth's, and the memory at the end as a share of that
after the first tenth: both are measured in this one run, on a database of its own that is thrown away.
"""

import io
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
_folder = tempfile.TemporaryDirectory(prefix="newsroom-bench-")
os.environ |= {"VAR_DIR": _folder.name, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from articles.sample import bulk  # noqa: E402
from newsroom import progress  # noqa: E402


def memory() -> int:
    """Return this process's own memory in MB, the database file mapped into it left out."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in status if line.startswith("RssAnon"))


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    tenth = count // 10
    paces, sizes = [], []
    began = started = time.monotonic()

    def note(done: int) -> None:
        nonlocal started
        counted(done)
        if bar.done >= tenth * (len(paces) + 1):
            now = time.monotonic()
            paces.append(tenth / (now - started))
            sizes.append(memory())
            started = now
            print(f"{bar.done:>9,} stories  {paces[-1]:7,.0f} a second  {sizes[-1]:5,} MB", flush=True)

    with progress.bar("Making stories", total=count, stream=io.StringIO()) as bar:
        counted, bar.step = bar.step, note
        bulk.make(tenth * 10, seed=1, bar=bar)
    took = time.monotonic() - began
    print(f"{tenth * 10:,} stories in {progress.in_words(took)} ({tenth * 10 / took:,.0f} a second)")
    print(f"pace, last tenth to first: {paces[-1] / paces[0]:.2f}")
    print(f"memory, last tenth to first: {sizes[-1] / sizes[0]:.2f}")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
