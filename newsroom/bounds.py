"""What a process that reads strangers' files is started with, and the limits it sets itself; kept light: it is loaded in there."""

import json
import resource
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# Nothing of the site's surroundings. glibc gives back at once what was large: else it keeps what is done with.
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072"}
RESULT = "result.json"


def limit(*, memory: int, seconds: int, largest_file: int) -> None:
    """Bound what this process may take, so that a hostile file hurts nobody else: address space in bytes, CPU, bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def leave(folder: Path, found: Mapping[str, Any]) -> None:
    """Leave what was found where the process that waits for it reads it."""
    (folder / RESULT).write_text(json.dumps(found), encoding="utf-8")
