"""How long a search takes, by kind of question, as a multiple of the floor: one row looked up by its key, in the same run.

    python bench/searching.py [100000] [path of a site's folder that has the stories already]
    .ci/with-postgres python bench/searching.py 20000

Makes the stories in a database of its own that is thrown away, makes the index, and asks each kind of question many times,
each time for other words. What is timed is the whole of the door: resolving words and names, hits, count, editions, snippets.
"""

import io
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
_folder = tempfile.TemporaryDirectory(prefix="newsroom-bench-")
os.environ["VAR_DIR"] = sys.argv[2] if len(sys.argv) > 2 else _folder.name
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from articles.index import Order, ask, facets, find, keep_index, marking, reindex, suggest  # noqa: E402
from articles.models import Edition, IndexState  # noqa: E402
from articles.sample import bulk  # noqa: E402
from bench.addresses import questions  # noqa: E402
from newsroom import progress  # noqa: E402

TRIED = 60


def prepare(count: int) -> None:
    call_command("migrate", verbosity=0)
    with progress.bar("Making stories", total=count, stream=io.StringIO()) as bar:
        bulk.make(count, seed=1, bar=bar)
    began = time.monotonic()
    if not IndexState.objects.exists():
        reindex()
        keep_index()
        print(
            f"index made in {time.monotonic() - began:,.0f} s, {count / (time.monotonic() - began):,.0f} a second"
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def whole(text: str, order: Order = Order.RELEVANCE) -> int:
    asked = ask(text)
    found = find(asked, order=order)
    mark = marking(asked)
    for edition in found.editions:
        mark(edition)
    return found.total


def told(what: str, questions: list[str], work: Callable[[str], object], floor: float) -> None:
    times, processor = [], time.process_time()
    for text in questions:
        began = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - began) * 1000)
    processor = (time.process_time() - processor) * 1000 / len(questions)
    middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[18]
    print(
        f"{what:<24} p50 {middle:8.2f} ms  p95 {slow:8.2f} ms  {middle / floor:7.1f} floors"
        f"  {processor:8.2f} ms of this processor",
        flush=True,
    )


def main(count: int) -> None:
    prepare(count)
    chance = random.Random(7)
    asked = questions(chance, TRIED)
    rare, common = asked["search, rare word"], asked["search, common word"]
    keys = list(Edition.objects.values_list("pk", flat=True)[:TRIED])
    times = []
    for key in keys * 5:
        began = time.perf_counter()
        Edition.objects.get(pk=key)
        times.append((time.perf_counter() - began) * 1000)
    floor = statistics.median(times)
    print(
        f"{count:,} stories on {connection.vendor}; the floor is {floor:.3f} ms; {len(common)} questions of each kind"
    )
    for name, some in asked.items():
        told(name, some, whole, floor)
    told("common word, newest", common, lambda text: whole(text, Order.NEWEST), floor)
    told("prefix of 2 letters", [f"{word[:2]}*" for word in rare if len(word) > 2], whole, floor)
    told("common, less rare", [f"{one} -{two}" for one, two in zip(common, rare, strict=False)], whole, floor)
    told("facets, rare word", rare, lambda text: facets(ask(text)), floor)
    told("facets, common word", common, lambda text: facets(ask(text)), floor)
    told("suggestions", [word[:3] for word in rare if len(word) > 3], suggest, floor)
    long = [" ".join(chance.sample([*common, *rare], 40)) for _ in range(TRIED)]
    told("forty words", long, whole, floor)
    told("forty words, any", [text.replace(" ", " OR ") for text in long], whole, floor)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
