"""Reads pictures that strangers send, in a bounded process of its own that may die of a hostile file.

`bounded` starts it as [python, "-I", "-c", START, ROOT, mode, file, folder, order]. Nothing of the site is imported in
there: no settings, no database, no secrets in reach. What it found is in `result.json` in the folder.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from media.decoding import child; child.main(*sys.argv[2:])"
)
# Nothing of the site's surroundings. glibc gives back at once what was large: else it keeps pictures that are done with.
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072"}
