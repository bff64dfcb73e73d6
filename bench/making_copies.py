"""What making every copy of a 24-megapixel JPEG costs on our path, against bare Pillow calls that do the same.

    python bench/making_copies.py [rounds]

Both decode the same file and write the same copies: every slot, every width, AVIF, WebP and JPEG with the same settings.
Ours is the bounded process that the site starts, with all its checks, starting included; bare Pillow runs here, once
loaded. Both are measured in turn in this one run, in seconds of processor time, and the ratio of the best is printed.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PIL import Image, ImageOps  # noqa: E402

from media import decoding, geometry  # noqa: E402
from media.decoding.copies import FORMATS  # noqa: E402

SIZE = (6000, 4000)
ALLOWED = 1.5


def draw(file: Path) -> None:
    """Draw a picture with something to see at every scale."""
    width, height = SIZE
    coarse = Image.effect_noise((width // 8, height // 8), 90).resize(SIZE, Image.Resampling.BICUBIC)
    fine = Image.effect_noise((width // 2, height // 2), 40).resize(SIZE, Image.Resampling.BICUBIC)
    slope = Image.linear_gradient("L").resize(SIZE)
    bands = Image.blend(coarse, slope, 0.5), Image.blend(fine, slope, 0.5), Image.blend(coarse, fine, 0.4)
    Image.merge("RGB", bands).save(file, "JPEG", quality=90)


def ours(file: Path, folder: Path) -> float:
    boxes = {slot: geometry.box(slot, *SIZE, None) for slot in geometry.SLOTS}
    named = {"creator": "Ana", "credit": "Staff", "copyright": "The paper"}
    order = {"size": SIZE, "boxes": boxes, "formats": list(FORMATS), **named}
    command = [sys.executable, "-I", "-c", decoding.START, str(ROOT), "copies", str(file), str(folder)]
    before = _of_children()
    subprocess.run([*command, json.dumps(order)], check=True)
    return _of_children() - before


def bare(file: Path, folder: Path) -> float:
    started = time.process_time()
    picture = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
    for slot in geometry.SLOTS:
        box = left, top, width, height = geometry.box(slot, *SIZE, None)
        sizes = geometry.sizes(slot, box)
        part = (left, top, left + width, top + height)
        largest = picture.resize(sizes[-1], Image.Resampling.LANCZOS, box=part, reducing_gap=2.0)
        for size in sizes:
            copy = largest.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
            for ending, (kind, how) in FORMATS.items():
                copy.save(folder / f"{slot}-{size[0]}.{ending}", kind, **how)
    return time.process_time() - started


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as made:
        folder = Path(made)
        draw(folder / "original.jpg")
        times: dict[str, list[float]] = {"ours": [], "bare": []}
        for number in range(rounds):
            for name, way in (("ours", ours), ("bare", bare)):
                place = folder / f"{name}-{number}"
                place.mkdir()
                times[name].append(way(folder / "original.jpg", place))
                print(f"{name:>5} {times[name][-1]:6.2f} s of processor time", flush=True)
        count = len(list((folder / "ours-0").glob("*-*.*")))
        assert count == len(list((folder / "bare-0").iterdir()))
    ratio = min(times["ours"]) / min(times["bare"])
    print(f"{count} copies; ours to bare Pillow: {ratio:.2f} (at most {ALLOWED})")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
