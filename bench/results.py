"""Writes what was measured as a table for people: `bench/RESULTS.md`."""

import os
import platform
import re
from pathlib import Path
from typing import Any

from django.utils import timezone

FILE = Path(__file__).parent / "RESULTS.md"
MB = 1_000_000


def written(runs: list[dict[str, Any]], *, corpus: str) -> str:
    """Return the whole file for runs of archives of several sizes, the smallest first."""
    lines = [
        "# What was measured",
        "",
        f"`manage.py bench` on {timezone.localdate().isoformat()}: {_machine()}; load 1, 5, 15 min: {_busy()}. {corpus}",
        "",
        "Every page was looked at first, and showed the right stories, judged by the rows themselves: all of them, in their",
        "order, and no others; of the front page the newest, and the newest of each section; of a search and of suggestions that",
        "each one is what was asked for. Each kind",
        "was then loaded by `wrk` on the same machine (16 connections, several addresses of the kind in turn), a second at a",
        "time, and the floor in the second before each: a bare Django view with one look-up by primary key, served alike. A",
        "share is the middle one of those seconds, so that it says little of how fast the machine was. Each page was **made",
        "anew** for each request (no page cache, no standing pages). **Share** is requests a second as a share of the floor's, and the same of",
        "the workers' processor time a request, which says more where the machine has other work. The last two shares are of",
        "processor time too: **standing**, without the page cache, asks the database at each request all that the page is",
        "made of and prints it again if the answers are the same (decision 22); **kept** comes from the page cache. Memory is",
        "that of workers with all of it, after the load.",
        "",
    ]
    for run in runs:
        lines += _of_run(run)
    if len(runs) > 1:
        lines += _against(runs[0], runs[-1])
    return "\n".join(lines) + "\n"


def _of_run(run: dict[str, Any]) -> list[str]:
    stored = run["database"] + run["index"]
    return [
        f"## {run['stories']:,} stories, {run['engine']}",
        "",
        "| page | requests/s | share | p50 ms | p99 ms | processor ms | its share | standing | kept | queries | bytes |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *(
            f"| {row['name']} | {row['rate']:,.0f} | {row['share']:.1%} | {row['p50']:.1f} | {row['p99']:.1f} "
            f"| {row['processor']:.2f} | {row['processor_share']:.1%} "
            f"| {row['standing']:.0%} | {row['kept']:.0%} | {row['queries']} | {row['bytes']:,} |"
            for row in run["pages"]
        ),
        "",
        (
            f"Publishing one story: {run['publishing']:.0f} ms by the clock, {run['publishing_processor']:.0f} ms of the"
            " processor, with index, counts and announcements, the commit left out."
        ),
        *(
            f"Facets alone, {one['name'].removeprefix('search, ')} ({one['questions']} questions, none asked before):"
            f" p50 {one['p50']:.1f} ms, p95 {one['p95']:.1f} ms, {one['processor']:.1f} ms of the processor."
            for one in run["facets"]
        ),
        f"Memory of {run['workers']} workers (PSS): {run['memory']} MB.",
        *(
            f"{one['stories']:,} stories in turn, {one['name']}: {one['first']['rate']:.0%} of the floor's requests"
            f" ({one['first']['processor']:.0%} by processor time) when nobody had asked for them,"
            f" {one['again']['rate']:.0%} ({one['again']['processor']:.0%}) when all had been asked for;"
            f" {one['memory']} MB then."
            for one in run["many"]
        ),
        (
            f"Raw text {run['raw'] / MB:,.1f} MB; database {run['database'] / MB:,.1f} MB and index"
            f" {run['index'] / MB:,.1f} MB: together {stored / max(1, run['raw']):.1f} times the text."
        ),
        "",
    ]


def _against(small: dict[str, Any], large: dict[str, Any]) -> list[str]:
    """Return how the shares of the largest archive compare with those of the smallest."""
    of_small = {_alike(row["name"]): row for row in small["pages"]}
    rows = [(row, of_small[_alike(row["name"])]) for row in large["pages"] if _alike(row["name"]) in of_small]
    return [
        f"## {large['stories']:,} stories beside {small['stories']:,}",
        "",
        "Shares of the floor by processor time, each measured in its own run: 100 % is as quick as in the small archive.",
        "The bytes say where a page holds more there: a day of a few stories or of hundreds, a rare tag's list of five or twenty.",
        "",
        "| page | made anew | standing | bytes then and now |",
        "|---|---|---|---|",
        *(
            f"| {row['name']} | {row['processor_share'] / other['processor_share']:.0%} |"
            f" {row['standing'] / other['standing']:.0%} | {other['bytes']:,} {row['bytes']:,} |"
            for row, other in rows
        ),
        "",
    ]


def _alike(name: str) -> str:
    return re.sub(r", page [\d,]+", ", deep page", name)


def _machine() -> str:
    try:
        cpu = next(
            line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")
        )
        named = cpu.partition(":")[2].strip()
    except (OSError, StopIteration):
        named = platform.machine()
    return f"{os.cpu_count()} × {named}, Python {platform.python_version()}"


def _busy() -> str:
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())
