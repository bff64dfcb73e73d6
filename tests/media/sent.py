"""Has pictures taken as the site does, in a bounded process of its own, many of them in one."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from media import decoding

REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "images"
# The limit of processor time is that of one picture.
LOOP = """
import sys; sys.path.insert(0, sys.argv[1])
from media.decoding import child
child.PROCESSOR_SECONDS = {"take": int(sys.argv[3])}
for number in range(int(sys.argv[4])):
    child.main("take", f"{sys.argv[2]}/{number}.file", f"{sys.argv[2]}/{number}")
print(max(int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


class Taken(dict):
    """What the process said of one file; `copy` is the widest copy for readers, opened."""

    copy = None


def taken(*raws, seconds=4, memory=None):
    """Return a `Taken` for each of the files; a process that dies fails the test. `memory` gets its peak in MB."""
    with tempfile.TemporaryDirectory() as folder:
        for number, raw in enumerate(raws):
            (Path(folder) / f"{number}.file").write_bytes(raw)
            (Path(folder) / str(number)).mkdir()
        command = [sys.executable, "-I", "-c", LOOP, decoding.ROOT, folder, str(seconds), str(len(raws))]
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=300, env=decoding.ENVIRONMENT
        )
        assert done.returncode == 0, f"The process ended with {done.returncode}: {done.stderr[-800:]}"
        if memory is not None:
            memory.append(int(done.stdout))
        return [_result(Path(folder) / str(number)) for number in range(len(raws))]


def _result(folder):
    result = Taken(json.loads((folder / "result.json").read_text()))
    copies = sorted(folder.glob("whole-*.jpg"), key=lambda path: int(path.stem.split("-")[1]))
    if copies:
        result.copy = Image.open(copies[-1])
        result.copy.load()
    return result


def real(name):
    """A file or folder of real pictures, or a skip that says so."""
    if not (REAL / name).exists():
        pytest.skip(f"NO REAL PICTURES: {REAL / name} is absent, so only drawn ones were tried.")
    return REAL / name
