"""How long the related stories of one story take to work out, and whether that grows with the archive.

    python bench/relating_stories.py [20000]

Makes a tenth of the stories, works some out, makes the rest, works some out again, all in one run on a database of its
own that is thrown away; prints the time of one story's work, and its query on the story's page, as shares of those in the
small archive.
"""

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
_folder = tempfile.TemporaryDirectory(prefix="newsroom-bench-")
os.environ |= {"VAR_DIR": _folder.name, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from articles.index import keep_related  # noqa: E402
from articles.index.nearness import nearest  # noqa: E402
from articles.models import Edition, neighbours  # noqa: E402
from articles.sample import bulk  # noqa: E402
from newsroom import progress  # noqa: E402

TRIED = 100


def taken(work: Callable[[Edition], object], editions: list[Edition]) -> float:
    """Return the median of this processor's time, in milliseconds, of `work` on each edition."""
    times = []
    for edition in editions:
        began = time.process_time()
        work(edition)
        times.append((time.process_time() - began) * 1000)
    return statistics.median(times)


def measured(count: int) -> tuple[float, float]:
    """Make stories until there are `count`, and return the times of working one out and of reading what is around it."""
    with progress.bar("Making stories", total=count, stream=io.StringIO()) as bar:
        bulk.make(count, seed=1, bar=bar)
    step = max(1, count // TRIED)
    keys = list(Edition.objects.at().order_by("story_id").values_list("pk", flat=True)[::step])
    editions = list(Edition.objects.filter(pk__in=keys))
    keep_related(most=TRIED)
    near, page = taken(nearest, editions), taken(neighbours.of, editions)
    print(
        f"{count:>9,} stories  {near:6.2f} ms to work one out  {page:6.2f} ms to read what is around it",
        flush=True,
    )
    return near, page


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    few, many = measured(count // 10), measured(count)
    print(f"to work one out, ten times the stories to a tenth of them: {many[0] / few[0]:.2f}")
    print(f"to read what is around one, likewise: {many[1] / few[1]:.2f}")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
