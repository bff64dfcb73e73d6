"""Times pages as they stood over a big archive: what an old moment costs beside the present, and TimeGates and TimeMaps.

    VAR_DIR=… python bench/as_it_stood.py [--times 10]

Wants an installation with stories in it (`manage.py migrate`, `manage.py demo --stories 100000`). Prints for each page
the median of the processor's time now, and as shares of it that of the same page at the archive's first tenth, its
middle and its end: an old moment must not cost what has come since. The goal is three times the present at most.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from articles.models import Edition, EditionByline, EditionTag  # noqa: E402
from articles.paper.asof import path_at  # noqa: E402

SHARES = (0.1, 0.5, 1.0)


def median(client: Client, path: str, times: int) -> float:
    """Return the median of the processor's time for a page, in milliseconds."""
    took = []
    for _ in range(times + 1):
        started = time.process_time()
        response = client.get(path)
        took.append((time.process_time() - started) * 1000)
        assert response.status_code in (200, 302), f"{path}: {response.status_code}"
    return statistics.median(took[1:])


def pages() -> list[str]:
    """Return one page of each kind, of the tag and the name with the most stories among the first."""
    tag = EditionTag.objects.order_by("pk").values_list("tag__slug", flat=True)[0]
    name = EditionByline.objects.order_by("pk").values_list("contributor__slug", flat=True)[0]
    row = Edition.objects.at().dated().order_by("listed_at")[0]
    day = f"{row.published_on:/%Y/%m/%d}"
    section = f"/section/{row.section.slug}/" if row.section else "/"
    story = row.get_absolute_url()
    return [
        "/",
        section,
        f"/tag/{tag}/",
        f"/by/{name}/",
        story,
        f"{day[:5]}/",
        f"{day}/",
        "/undated/",
        "/corrections/",
    ]


def main(times: int) -> None:
    """Print the table."""
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(headers={"host": "localhost"})
    begun = Edition.objects.at().order_by("live_from").values_list("live_from", flat=True)
    count = begun.count()
    moments: list[datetime] = [begun[int((count - 1) * share)] for share in SHARES]
    print(f"{count:,} stories; at {', '.join(f'{moment:%Y-%m-%d}' for moment in moments)}")
    for page in pages():
        now = median(client, page, times)
        then = []
        for moment in moments:
            path = path_at(moment, page)
            is_there = client.get(path).status_code == 200
            then.append(f"{median(client, path, times) / now:5.1f}" if is_there else "    –")
        gate, link = (median(client, f"{kind}{page}", times) / now for kind in ("/timegate", "/timemap/link"))
        print(
            f"{page[:44]:<44} {now:6.1f} ms  {' '.join(then)}  TimeGate {gate:4.1f}  TimeMap {link:4.1f}",
            flush=True,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10)
    main(parser.parse_args().times)
