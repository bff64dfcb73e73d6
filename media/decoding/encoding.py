"""Writes the AVIF of tall copies in a process that holds nothing else: its encoder takes 20 bytes for each pixel.

It comes in the place of the one that drew the copies (`child` gives its own up to it), within the same limits. What is
drawn lies in the folder as bare pixels: Pillow's picture and the bytes it hands on would take 7 more for each.
"""

import json
import sys
from pathlib import Path
from typing import Any

from PIL import AvifImagePlugin

from media.decoding.notice import Notice

START = "import sys; sys.path.insert(0, sys.argv[1]); from media.decoding import encoding; encoding.main(*sys.argv[2:])"
QUALITY, SPEED = 65, 9
WAITING = ".pixels"
_SAMPLING, _THREADS, _CODEC, _RANGE = "4:2:0", 1, "auto", "full"
# Of libaom alone: it looks at what no still picture needs, in 2 bytes for each pixel.
_LEAN = (("enable-tpl-model", "0"),)
_UPRIGHT = 1


def command(root: Path, folder: Path, order: str) -> list[str]:
    """Return the command for what waits in `folder`."""
    return [sys.executable, "-I", "-c", START, str(root), str(folder), order]


def main(folder: str, order: str) -> None:
    """Write each AVIF that waits, and take it out of `result.json` where Pillow's encoder is another one."""
    said: dict[str, Any] = json.loads(order)
    notice = Notice(said["creator"], said["credit"], said["copyright"])
    found = Path(folder) / "result.json"
    result: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    for one in result["copies"]:
        pixels = Path(folder) / f"{one['slot']}-{one['width']}{WAITING}"
        if pixels.exists() and not _written(pixels, (one["width"], one["height"]), notice):
            one["formats"].remove("avif")
    found.write_text(json.dumps(result), encoding="utf-8")


def _written(pixels: Path, size: tuple[int, int], notice: Notice) -> bool:
    """Write one as Pillow's plugin does, but of bytes; say whether that went."""
    module: Any = AvifImagePlugin
    for lean in (_LEAN, ()):
        try:
            encoder = module._avif.AvifEncoder(
                size, _SAMPLING, QUALITY, SPEED, _THREADS, _CODEC, _RANGE, 0, 0, False, True, b"", notice.exif(),
                _UPRIGHT, notice.xmp(), lean,
            )  # fmt: skip
            encoder.add(pixels.read_bytes(), 0, size, "RGB", True)
            pixels.with_suffix(".avif").write_bytes(encoder.finish())
        except (AttributeError, TypeError, ValueError, RuntimeError):
            continue
        return True
    return False
