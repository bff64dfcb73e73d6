"""Loads one server with requests for several addresses in turn, and looks at what it answers and what it takes."""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
QUIET = [f"--without-{what}" for what in ("copies", "mail", "links", "record", "related")]
CONNECTIONS = 16
_TIMES = {"us": 0.001, "ms": 1.0, "s": 1_000.0, "m": 60_000.0}
_STORY = re.compile(r"/story/(\d{8})/")
_IN_TURN = """
local paths = {%s}
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
"""


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
        process.wait(60)


@dataclass(frozen=True, slots=True)
class Load:
    """Requests answered a second, how long half and 99 of a hundred took, and what one took of the processor (ms)."""

    rate: float
    p50: float
    p99: float
    processor: float


@dataclass(frozen=True, slots=True)
class Share:
    """What a site answers beside the floor: its requests a second, and how many the processor does in the time of one of the floor."""

    rate: float
    processor: float


def share(loads: Sequence[tuple[Load, Load]]) -> Share:
    """Return the middle share of several loads, the floor's and the site's right after it."""
    return Share(
        median(site.rate / floor.rate for floor, site in loads),
        median(floor.processor / max(site.processor, 0.001) for floor, site in loads),
    )


def load(address: str, paths: list[str], seconds: int) -> Load:
    """Ask for each of `paths` in turn, over and over, on sixteen connections. Raises `SystemExit` where one was refused."""
    quoted = ", ".join(f'"{path}"' for path in paths)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_IN_TURN % quoted)
        script.flush()
        port = int(address.rpartition(":")[2])
        began = processor(port)
        told = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", script.name,
             "-H", "Accept-Encoding: gzip, br", f"http://{address}"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    if "Non-2xx" in told:
        raise SystemExit(f"{paths[0]} or one of its kind was refused:\n{told}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    count = re.search(r"(\d+) requests in", told)
    took = 1000 * (processor(port) - began) / max(1, int(count[1]) if count else 1)
    return Load(float(rate[1]) if rate else 0.0, _latency(told, "50"), _latency(told, "99"), took)


def _latency(told: str, share: str) -> float:
    found = re.search(rf"^\s+{share}%\s+([\d.]+)(us|ms|s|m)\s*$", told, re.MULTILINE)
    return float(found[1]) * _TIMES[found[2]] if found else 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: its text, the stories that it leads to, in order, each once, and its bytes over the line."""

    text: str
    shown: list[int]
    size: int


def read(text: str, size: int) -> Answer:
    """Return an answer as it is judged: of a page, what stands in its main part."""
    main = text.partition("<main")[2] or text
    return Answer(text, list(dict.fromkeys(int(story) for story in _STORY.findall(main))), size)


def answer(address: str, path: str) -> Answer:
    """Ask for a page twice: packed, for its bytes, and plain."""
    with urlopen(Request(f"http://{address}{path}", headers={"Accept-Encoding": "br"}), timeout=60) as packed:
        size = len(packed.read())
    with urlopen(f"http://{address}{path}", timeout=60) as plain:
        return read(plain.read().decode(), size)


def memory(port: int) -> tuple[int, int]:
    """Return what the workers that listen on a port take, in MB, shared pages shared out (PSS), and how many those are."""
    sizes = []
    for worker in _workers(port):
        pss = re.search(r"^Pss:\s+(\d+)", (worker / "smaps_rollup").read_text(), re.MULTILINE)
        sizes.append(int(pss[1]) if pss else 0)
    return sum(sizes) // 1024, len(sizes)


def processor(port: int) -> float:
    """Return the seconds of the processor that the workers that listen on a port took so far."""
    ticks = [sum(map(int, _stat(worker)[11:13])) for worker in _workers(port)]
    return sum(ticks) / os.sysconf("SC_CLK_TCK")


def _workers(port: int) -> list[Path]:
    """Return the processes that serve on a port and have their parent among them: all but the master."""
    serving = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and f":{port}" in (entry / "cmdline").read_text().replace("\0", " "):
                serving[entry.name] = (_stat(entry)[1], entry)
        except OSError:
            continue
    return [entry for parent, entry in serving.values() if parent in serving]


def _stat(process: Path) -> list[str]:
    return (process / "stat").read_text().rpartition(")")[2].split()
