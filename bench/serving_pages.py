"""Loads the site with requests, page by page, made anew, from formes, from the page cache: as shares of the floor.

    VAR_DIR=… python bench/serving_pages.py [--seconds 4] [--rounds 3] [--port 8140] [--only story,front]

Wants an installation with stories (`manage.py migrate`, `manage.py demo --stories 20000`) and `wrk`. Four servers run at
once, as `serve` runs them, and take turns: in each round each page is loaded made anew for each request, printed from its
forme (the database is asked all that the page is made of, decision 22), from the page cache, and the floor right after,
so that whatever else the machine does falls on all alike. Printed is the median of the rounds' ratios.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings"}

import django  # noqa: E402

django.setup()

from articles.models import Edition  # noqa: E402

QUIET = [f"--without-{what}" for what in ("copies", "mail", "links", "record", "related")]
DEEP = 2_000


def pages() -> dict[str, str]:
    """Return one page of each kind, of a story in the middle of the archive."""
    every = Edition.objects.at().dated().order_by("-listed_at", "-story_id").select_related("section")
    row = every[min(500, every.count() - 1)]
    section = f"/section/{row.section.slug}/" if row.section else "/undated/"
    shelf = Edition.objects.at().filter(section=row.section).order_by("-listed_at", "-story_id")
    deep = shelf[min(DEEP, shelf.count() - 21)].cursor
    story, day = row.get_absolute_url(), f"{row.published_on:/%Y/%m/%d/}"
    found = {
        "story": story,
        "story .json": f"{story[:-1]}.json",
        "front": "/",
        "section": section,
        f"section, after {DEEP:,}": f"{section}?after={quote(str(deep))}",
        "tag": f"/tag/{row.filed_tags[0]['slug']}/" if row.filed_tags else "",
        "contributor": f"/by/{row.bylines[0]['contributor']}/" if row.bylines else "",
        "day": day,
        "month": day[:-3],
        "feed": f"{section}rss.xml",
        "search": f"/search/?q={quote(row.headline.split()[0])}",
        "sitemap": f"{row.published_on:/sitemap-%Y-%m.xml}",
    }
    return {name: path for name, path in found.items() if path}


@contextmanager
def served(command: list[str], address: str, ready: str, **environment: str) -> Iterator[None]:
    """Run a server until the block ends."""
    env = {**os.environ, "SITE_URL": f"http://{address}", "ALLOWED_HOSTS": "127.0.0.1", **environment}
    process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                urlopen(f"http://{address}{ready}", timeout=5).read()
                break
            except HTTPError as refused:
                refused.close()
                break
            except (URLError, OSError):
                time.sleep(0.3)
        yield
    finally:
        process.terminate()
        process.wait(30)


def loaded(address: str, path: str, seconds: int) -> float:
    """Return how many requests a second were answered with 200."""
    command = [
        shutil.which("wrk") or "wrk", "-t1", "-c16", f"-d{seconds}s", "-H", "Accept-Encoding: gzip, br", f"http://{address}{path}",
    ]  # fmt: skip
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise SystemExit(f"{path} was refused:\n{told}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return float(found[1]) if found else 0.0


def memory(port: int) -> str:
    """Return the resident memory of the workers that listen on a port, in megabytes."""
    told = subprocess.run(["ps", "-eo", "rss,args"], capture_output=True, text=True, check=True).stdout
    sizes = [int(line.split()[0]) for line in told.splitlines() if f":{port}" in line and "python" in line]
    return f"{sum(sizes) // 1024} MB in {len(sizes)} processes"


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--seconds", type=int, default=4)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--port", type=int, default=8140)
    asked.add_argument("--only", default="")
    options = asked.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("This loads the server with wrk, which is not installed.")
    addresses = [f"127.0.0.1:{options.port + number}" for number in range(4)]
    anew, formes, kept, floor = addresses
    serve = [sys.executable, "manage.py", "serve", *QUIET, "--bind"]
    key = Edition.objects.at().values_list("pk", flat=True)[0]
    chosen = {
        name: path for name, path in pages().items() if not options.only or name in options.only.split(",")
    }
    with (
        served([*serve, anew], anew, "/healthz", PAGE_CACHE="0", PAGE_FORMES="0"),
        served([*serve, formes], formes, "/healthz", PAGE_CACHE="0"),
        served([*serve, kept], kept, "/healthz"),
        served([sys.executable, "bench/floor.py", floor], floor, f"/{key}/"),
    ):
        print(f"{Edition.objects.count():,} editions, {options.rounds} rounds of {options.seconds} s")
        told = "".join(f"{what:>14}{'of the floor':>14}" for what in ("made anew", "from its forme", "kept"))
        print(f"{'page':24}{told}{'floor':>10}")
        for name, path in chosen.items():
            asked_for = [*((where, path) for where in (anew, formes, kept)), (floor, f"/{key}/")]
            for where, what in asked_for:
                loaded(where, what, 2)
            rounds = [
                [loaded(where, what, options.seconds) for where, what in asked_for]
                for _ in range(options.rounds)
            ]
            rates = [statistics.median(one[which] for one in rounds) for which in range(4)]
            shares = [statistics.median(one[which] / one[3] for one in rounds) for which in range(3)]
            line = "".join(
                f"{rate:14.0f}{share:14.1%}" for rate, share in zip(rates[:3], shares, strict=True)
            )
            print(f"{name:24}{line}{rates[3]:10.0f}", flush=True)
        for number, what in enumerate(("made anew", "from formes", "kept")):
            print(f"memory, {what}: {memory(options.port + number)}")


if __name__ == "__main__":
    main()
