"""Measures the archive at hand: every kind of page checked, then loaded beside the floor; publishing, sizes, memory."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from statistics import mean, median
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.index import waiting_for_index
from articles.index.disk import FOLDER
from articles.models import Edition
from bench import addresses, asking_facets, checking, loading, many_addresses, publishing
from bench.loading import QUIET, served

Row = dict[str, Any]
# What is set ahead while something is loaded would take the processor from it.
NOT_AHEAD = {"PAGE_FORMES_AHEAD": "0"}


def measured(*, port: int, seconds: int, only: list[str], say: Callable[[str], None]) -> dict[str, Any]:
    """Return what was measured, in plain values. Raises `SystemExit` where a page shows the wrong stories."""
    anew, standing, kept, floor = (f"127.0.0.1:{port + number}" for number in range(4))
    key = Edition.objects.at().values_list("pk", flat=True)[0]
    kinds = [kind for kind in addresses.kinds() if not only or any(one in kind.name for one in only)]
    serve = [sys.executable, "manage.py", "serve", *QUIET, "--bind"]
    rows = []
    with (
        served([*serve, anew], anew, "/healthz", PAGE_CACHE="0", PAGE_FORMES="0", CLIENT_BUDGET="0"),
        served([*serve, standing], standing, "/healthz", PAGE_CACHE="0", CLIENT_BUDGET="0", **NOT_AHEAD),
        served([*serve, kept], kept, "/healthz", CLIENT_BUDGET="0", **NOT_AHEAD),
        served([sys.executable, "bench/floor.py", floor], floor, f"/{key}/"),
    ):
        sizes = _checked(anew, kinds)
        loading.load(floor, [f"/{key}/"], 2)
        say(
            f"{'page':26}{'a second':>10}{'of floor':>10}{'p50 ms':>9}{'p99 ms':>9}{'cpu ms':>9}{'of floor':>10}"
            f"{'standing':>10}{'kept':>10}{'queries':>9}{'bytes':>9}"
        )
        for kind in kinds:
            row = _loaded((anew, standing, kept, floor), kind, key, seconds) | {"bytes": sizes[kind.name]}
            rows.append(row)
            say(
                f"{kind.name:26}{row['rate']:10.0f}{row['share']:10.1%}{row['p50']:9.1f}{row['p99']:9.1f}"
                f"{row['processor']:9.2f}{row['processor_share']:10.1%}{row['standing']:10.1%}{row['kept']:10.1%}"
                f"{row['queries']:9}{row['bytes']:9,}"
            )
        taken, workers = loading.memory(port + 2)
    many = [] if only else _in_turn(serve, kept, floor, key, seconds, say)
    clock, processor = publishing.published()
    facets = [] if only else asking_facets.asked()
    return {
        "stories": Edition.objects.at().count(),
        "engine": connection.vendor,
        "waiting": waiting_for_index(),
        "pages": rows,
        "memory": taken,
        "workers": workers,
        "facets": facets,
        "many": many,
        "publishing": clock,
        "publishing_processor": processor,
        **_sizes(),
    }


def _checked(site: str, kinds: list[addresses.Kind]) -> dict[str, int]:
    """Ask for every page once and look whether it shows the right stories; return the bytes of each kind's first."""
    sizes: dict[str, int] = {}
    for kind in kinds:
        for page in kind.pages:
            answer = loading.answer(site, page.path)
            sizes.setdefault(kind.name, answer.size)
            if fault := checking.wrong(page, answer):
                raise SystemExit(f"{page.path} is wrong: {fault}. Nothing was measured.")
    return sizes


def _loaded(servers: tuple[str, ...], kind: addresses.Kind, key: int, seconds: int) -> Row:
    """Load a kind of page on each server, a second at a time, each time the floor right before it.

    What else the machine does, and how fast it is at the moment, falls on both: a share is the middle one of those seconds.
    """
    *sites, floor = servers
    paths, floor_paths = [page.path for page in kind.pages], [f"/{key}/"]
    for site in sites:
        loading.load(site, paths, 1)
    rounds = [
        [(loading.load(floor, floor_paths, 1), loading.load(site, paths, 1)) for site in sites]
        for _ in range(seconds)
    ]
    anew, standing, kept = zip(*rounds, strict=True)
    beside = loading.share(anew)
    return {
        "name": kind.name,
        "rate": mean(made.rate for _, made in anew),
        "share": beside.rate,
        "p50": median(made.p50 for _, made in anew),
        "p99": median(made.p99 for _, made in anew),
        "processor": mean(made.processor for _, made in anew),
        "processor_share": beside.processor,
        "standing": loading.share(standing).processor,
        "kept": loading.share(kept).processor,
        "queries": _queries(paths[-1]),
    }


def _in_turn(
    serve: list[str], site: str, floor: str, key: int, seconds: int, say: Callable[[str], None]
) -> list[Row]:
    """Load servers that were asked for nothing yet with many stories in turn: as it is, without page cache, with pages set ahead."""
    some, newest = many_addresses.paths(), many_addresses.newest_paths()
    rows = []
    for name, every, settings_of in (
        ("as it is, nothing set ahead", some, NOT_AHEAD),
        ("without page cache, nothing set ahead", some, NOT_AHEAD | {"PAGE_CACHE": "0"}),
        ("the newest, without page cache, set ahead", newest, {"PAGE_CACHE": "0"}),
    ):
        if not every:
            continue
        with (
            served([*serve, site], site, "/healthz", CLIENT_BUDGET="0", **settings_of),
            served([sys.executable, "bench/floor.py", floor], floor, f"/{key}/"),
        ):
            if "PAGE_FORMES_AHEAD" not in settings_of:
                many_addresses.wait_until_set(site)
            found = many_addresses.in_turn(site, floor, f"/{key}/", seconds, every)
        rows.append({"name": name, **asdict(found)})
        say(
            f"{found.stories:,} stories in turn, {name}: asked for first {found.first.processor:.1%} of the floor,"
            f" again {found.again.processor:.1%}; {found.memory} MB."
        )
    return rows


def _queries(path: str) -> int:
    """Return how many queries a page costs, as it is asked for the second time."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def _sizes() -> dict[str, int]:
    """Return the bytes of the raw text, of the database and of the index beside it."""
    rows = Edition.objects.order_by("pk").only("headline", "standfirst", "byline", "body")
    raw = sum(
        len(f"{row.headline}{row.standfirst}{row.byline}{row.body_text}".encode())
        for row in rows.iterator(chunk_size=2_000)
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            database = int(cursor.fetchone()[0])
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
            database = int(cursor.fetchone()[0])
    index = sum(
        file.stat().st_size for file in (Path(settings.VAR_DIR) / FOLDER).rglob("*") if file.is_file()
    )
    return {"raw": raw, "database": database, "index": index}
