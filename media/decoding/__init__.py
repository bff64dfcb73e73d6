"""Reads pictures that strangers send, in a bounded process of its own that may die of a hostile file.

`bounded` starts it as [python, "-I", "-c", START, ROOT, mode, file, folder, order]. Nothing of the site is imported in
there: no settings, no database, no secrets in reach. What it found is in `result.json` in the folder.
"""

from newsroom.bounds import ENVIRONMENT, ROOT

START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from media.decoding import child; child.main(*sys.argv[2:])"
)
__all__ = ["ENVIRONMENT", "ROOT", "START"]
