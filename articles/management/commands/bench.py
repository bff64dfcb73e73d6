"""Measures the site under load, page by page, as shares of a bare Django view in the same run."""

import json
import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.models import Edition
from bench import results, whole_site
from newsroom.migrated import need_migrated


class Command(BaseCommand):
    """`manage.py bench`: the archive at hand; `--stories 1000,100000`: archives of these sizes, made for it."""

    help = (
        "Load a server with wrk, look whether every page shows the right stories, and write bench/RESULTS.md. "
        "With --stories it makes archives of these sizes in folders of their own under VAR_DIR, once, and measures those."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the options."""
        parser.add_argument(
            "--stories", default="", metavar="N,N", help="make and measure archives of these sizes"
        )
        parser.add_argument(
            "--seconds",
            type=int,
            default=4,
            help="how often each kind of page is loaded for a second, the floor before it (4)",
        )
        parser.add_argument(
            "--only", default="", metavar="NAME,NAME", help="only kinds of pages with this in their name"
        )
        parser.add_argument("--port", type=int, default=8150, help="the first of four free ports (8150)")
        parser.add_argument(
            "--into", metavar="FILE", help="write the figures here as JSON, and no RESULTS.md"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, and write the results."""
        if shutil.which("wrk") is None:
            raise CommandError(
                "The site is loaded with `wrk`, which is not installed here. Install it and try again."
            )
        if options["stories"]:
            runs = [self._of_size(size, options) for size in _sizes(options["stories"])]
            corpus = "The archives are made up (`manage.py demo --stories N`): some 300 words a story."
        else:
            need_migrated()
            if not Edition.objects.exists():
                raise CommandError("There is no story here. `manage.py demo --stories 1000` makes some.")
            only = [name.strip() for name in options["only"].split(",") if name.strip()]
            runs = [
                whole_site.measured(
                    port=options["port"], seconds=options["seconds"], only=only, say=self.stdout.write
                )
            ]
            corpus = f"The archive is that of {settings.SITE_NAME}."
        if options["into"]:
            Path(options["into"]).write_text(
                json.dumps(runs[0] if len(runs) == 1 else runs), encoding="utf-8"
            )
            return
        if options["only"]:
            return
        results.FILE.write_text(results.written(runs, corpus=corpus), encoding="utf-8")
        self.stdout.write(f"Written to {results.FILE.relative_to(settings.BASE_DIR)}.")

    def _of_size(self, size: int, options: dict[str, Any]) -> dict[str, Any]:
        """Make an archive where it is not there yet, and measure it, each by a command of its own."""
        folder = Path(settings.VAR_DIR) / f"bench-{size}"
        folder.mkdir(parents=True, exist_ok=True)
        figures = folder / "figures.json"
        self.stdout.write(f"{size:,} stories:")
        for command in (
            ["migrate", "--verbosity", "0"],
            ["demo", "--stories", str(size)],
            ["reindex"],
            ["bench", "--seconds", str(options["seconds"]), "--only", options["only"], "--port", str(options["port"]), "--into", str(figures)],
        ):  # fmt: skip
            if command == ["reindex"] and (folder / "index").is_dir():
                continue
            _run(command, folder)
        found: dict[str, Any] = json.loads(figures.read_text(encoding="utf-8"))
        return found


def _sizes(said: str) -> list[int]:
    try:
        sizes = sorted({int(one) for one in said.split(",")})
    except ValueError:
        sizes = [0]
    if sizes[0] < 1:
        raise CommandError("--stories takes numbers of stories with commas between, as in 1000,100000.")
    return sizes


def _run(command: list[str], folder: Path) -> None:
    """Run a command on an archive of its own; what is made for measuring lies in SQLite, whatever this site uses."""
    environment = {**os.environ, "VAR_DIR": str(folder)}
    environment.pop("DATABASE_URL", None)
    whole = [sys.executable, "manage.py", *command]
    done = subprocess.run(whole, cwd=settings.BASE_DIR, env=environment, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise CommandError(f"`manage.py {command[0]}` did not end well on {folder}: see above.")
