"""How well importing pictures uses the machine: CPU time over wall time, and how much faster it is than on one core.

    python bench/importing_pictures.py [--count 60]

Draws pictures of six megapixels, imports them with `import_pictures`' own code, once two at a time and once one at a
time, and prints both in one run: on a machine of two cores that does nothing else, more than 1.7 cores are used. How much of
the time both bounded processes were at work is printed too: that says the same on a machine that is busy otherwise.
The issue's figure is for `--count 1000`.
"""

import argparse
import io
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
_folder = tempfile.TemporaryDirectory(prefix="newsroom-bench-")
os.environ |= {"VAR_DIR": _folder.name, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from PIL import Image  # noqa: E402

from media import bounded, importing, renditions  # noqa: E402
from newsroom import progress  # noqa: E402

# Seconds for which a bounded process was waited for, one a picture.
waits: list[float] = []


class Timed(bounded.Child):
    """A bounded process whose time is noted."""

    def waited(self) -> dict[str, Any]:
        """Wait as the import does."""
        began = time.monotonic()
        try:
            return super().waited()
        finally:
            waits.append(time.monotonic() - began)


def draw(folder: Path, count: int, seed: int) -> None:
    """Draw `count` pictures that compress like photographs, no two alike."""
    folder.mkdir()
    chance = random.Random(seed)
    for number in range(count):
        coarse = Image.frombytes("RGB", (48, 32), chance.randbytes(48 * 32 * 3))
        coarse.resize((3000, 2000), Image.Resampling.BICUBIC).save(folder / f"{number:05}.jpg", quality=88)


def spent() -> float:
    """Return the CPU seconds of this process and of the children that have ended."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def bring(folder: Path, count: int, at_once: int) -> tuple[float, float]:
    """Import a folder with `at_once` bounded processes; return wall seconds and CPU seconds."""
    importing.AT_ONCE = at_once
    waits.clear()
    tally = importing.Tally()
    wall, cpu = time.monotonic(), spent()
    with progress.bar(f"{at_once} at a time", total=count, units="pictures", stream=io.StringIO()) as bar:
        importing.Import([str(folder)], {}, tally, bar).go()
    took = time.monotonic() - wall, spent() - cpu
    if tally.outcomes != {"created": count}:
        raise SystemExit(f"Not every picture came in: {dict(tally.outcomes)} {dict(tally.reasons)}")
    print(
        f"{at_once} at a time: {count:,} pictures in {progress.in_words(took[0])}, {count / took[0]:.1f} a second, "
        f"{took[1] / took[0]:.2f} cores used, {sum(waits) / took[0]:.2f} processes at work",
        flush=True,
    )
    return took


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    few = max(8, count // 4)
    for name, how_many in (("two", count), ("one", few)):
        draw(Path(_folder.name) / name, how_many, seed=how_many)
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    renditions.Child = Timed
    two = bring(Path(_folder.name) / "two", count, 2)
    one = bring(Path(_folder.name) / "one", few, 1)
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"cores used: {two[1] / two[0]:.2f}")
    print(f"pictures a second, two at a time to one at a time: {(count / two[0]) / (few / one[0]):.2f}")
    print(f"CPU seconds a picture, two at a time to one at a time: {(two[1] / count) / (one[1] / few):.2f}")
    print(
        f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, the largest child {children} MB"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="How importing pictures uses the machine.")
    parser.add_argument("--count", type=int, default=60)
    main(parser.parse_args().count)
