"""How large a picture of each kind may be, and what memory that takes: one run, one table (Markdown), for docs/limits.md.

    python bench/largest_pictures.py            every kind
    python bench/largest_pictures.py TIFF …     the kinds whose name begins so

A picture three to two, with the grain of a photograph, is taken and copied in the bounded process. It begins at the size
that the site names when it refuses a large flat one of its kind, or just under the most of all kinds; refused once more, it
is drawn at the size that is named then; where its file is larger than one may be, or reading it took too much processor time,
smaller. Memory is the most that was resident. The kinds that Pillow does not write are made by the tests' own hand.
"""

import io
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from media.decoding import limits, opening, refusing  # noqa: E402
from tests.media import large  # noqa: E402
from tests.media.test_decoding_memory import done, grain, ordered  # noqa: E402
from tests.media.test_decoding_rare import in_tiles  # noqa: E402

Size = tuple[int, int]
# As `media.renditions` has it, which needs the site's settings (bytes).
LARGEST_FILE = 40 * 1024**2


def saved(kind: str, mode: str = "RGB", **how: Any) -> Callable[[Image.Image], bytes]:
    def save(picture: Image.Image) -> bytes:
        held = io.BytesIO()
        picture.convert(mode).save(held, kind, **how)
        return held.getvalue()

    return save


def grey(kind: str) -> Callable[[Image.Image], bytes]:
    def save(picture: Image.Image) -> bytes:
        plain = picture.convert("L")
        deep = Image.frombytes("I;16", plain.size, bytes(2 * plain.width * plain.height))
        deep.paste(plain.convert("I").convert("I;16"))
        return saved(kind, "I;16")(deep)

    return save


def tiled(picture: Image.Image) -> bytes:
    """As phones do: tiles of 512."""
    across, down = -(-picture.width // 512), -(-picture.height // 512)
    found: bytes = in_tiles(across, down, 512, picture.size)
    return found


KINDS: dict[str, Callable[[Image.Image], bytes]] = {
    "JPEG": saved("JPEG", quality=85),
    "JPEG, CMYK": saved("JPEG", "CMYK", quality=85),
    "JPEG, progressive 4:2:0": saved("JPEG", quality=85, progressive=True),
    "JPEG, progressive 4:4:4": saved("JPEG", quality=85, progressive=True, subsampling=0),
    "PNG": saved("PNG", compress_level=1),
    "PNG, with clear parts": saved("PNG", "RGBA", compress_level=1),
    "PNG, grey of 16 bits": grey("PNG"),
    "PNG, 48 bits": lambda picture: large.png(picture, is_deep=True),
    "PNG, interlaced": lambda picture: large.png(picture, is_interlaced=True),
    "TIFF, in strips": saved("TIFF", compression="tiff_lzw"),
    "TIFF, in tiles": large.tiled_tiff,
    "TIFF, 48 bits in strips": large.deep_tiff,
    "TIFF, one packed piece": saved("TIFF", compression="tiff_lzw", strip_size=2**31 - 1),
    "WebP": saved("WEBP", method=0),
    "WebP, lossless": saved("WEBP", method=0, lossless=True),
    "AVIF, 4:2:0": saved("AVIF", speed=10),
    "AVIF, 4:4:4": saved("AVIF", speed=10, subsampling="4:4:4"),
    "GIF": saved("GIF", "P"),
    "HEIC, one piece": saved("HEIF", quality=60),
    "HEIC, in tiles": tiled,
}


def named(sentence: str) -> float:
    """Return the megapixels that a refusal names."""
    found = re.search(r"(\d+) million pixels are the most", sentence)
    if found is None:
        raise ValueError(sentence)
    return float(found[1])


def beginning(save: Callable[[Image.Image], bytes], kind: str) -> float:
    """Return the megapixels at which to begin, from what a flat picture is refused for."""
    most = (limits.MOST_OF_JPEG if kind.startswith("JPEG") else limits.MOST_PIXELS) / limits.MILLION
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "original"
        file.write_bytes(save(Image.new("RGB", three_to_two(most), "teal")))
        try:
            opening.opened(file)
        except refusing.Refused as refused:
            return named(str(refused))
    return most


def three_to_two(million: float) -> Size:
    height = int((million * limits.MILLION / 1.5) ** 0.5)
    return int(height * 1.5), height


def measured(save: Callable[[Image.Image], bytes], kind: str) -> str:
    pixels, note = beginning(save, kind), ""
    while True:
        size = three_to_two(pixels)
        raw = save(grain(size))
        if len(raw) > LARGEST_FILE:
            pixels, note = (
                pixels * 0.97 * LARGEST_FILE / len(raw),
                " (larger ones are files of more than 40 MB)",
            )
            continue
        try:
            facts, taking, _ = done("take", raw)
        except AssertionError:
            pixels, note = pixels * 7 / 8, " (larger ones take more than 4 s of processor time)"
            continue
        if "refused" in facts:
            pixels = named(facts["refused"])
            continue
        _, copying, _ = done("copies", raw, ordered(size))
        return f"{size[0] * size[1] / limits.MILLION:.0f}{note} | {len(raw) / limits.MILLION:.0f} | {taking} | {copying}"


def main() -> None:
    Image.MAX_IMAGE_PIXELS = None
    print(
        "| kind | million pixels | MB of the file | MB to take | MB for all copies |\n|---|---|---|---|---|"
    )
    for kind, save in KINDS.items():
        if sys.argv[1:] and not kind.startswith(tuple(sys.argv[1:])):
            continue
        try:
            told = measured(save, kind)
        except (KeyError, ModuleNotFoundError):
            told = "not tried: the extra is not installed | | |"
        print(f"| {kind} | {told} |", flush=True)


if __name__ == "__main__":
    try:
        import pillow_heif
    except ImportError:
        pass
    else:
        pillow_heif.register_heif_opener()
    main()
