"""Makes the copies that readers get: upright sRGB at fixed widths, with nothing of what the file said but who made it."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from media import geometry
from media.decoding import encoding, opening, reading, shrinking
from media.decoding.notice import Notice
from media.decoding.refusing import DAMAGE, DAMAGED, Refused

# Tried on photographs 900 pixels wide, by SSIM, size and time: AVIF 65 at speed 9 looks like WebP 80 and is 14 % smaller in
# 45 ms; speed 6 saves a further 9 % and takes ten times as long. WebP by method 2 takes half of method 4's time for 3 %.
FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "jpg": ("JPEG", {"quality": 82, "optimize": True, "progressive": True}),
    "webp": ("WEBP", {"quality": 80, "method": 2}),
    "avif": ("AVIF", {"quality": encoding.QUALITY, "speed": encoding.SPEED, "max_threads": 1}),
}
# AVIF's encoder holds 20 bytes for each pixel, Pillow 7 more: what is larger waits for a process of its own (`encoding`).
# Of what is taller than two to three, as nothing that is printed is, the widest copy is made in the others only.
MOST_OF_AVIF, TALLEST_OF_AVIF = 3_000_000, 5_800_000
_STRIPE = 256


def widest(upright: Image.Image) -> Image.Image:
    """Return the widest copy of the whole of an upright picture, for readers."""
    box = geometry.box("whole", *upright.size, None)
    return for_readers(_resized(upright, geometry.sizes("whole", box)[-1], box))


def at_once(largest: Image.Image, folder: Path, notice: Notice) -> Iterator[dict[str, Any]]:
    """Write what no story waits for: the whole picture as JPEG at each width; yield slot, width, height and formats."""
    # What the file's format says beside the pixels stays behind.
    largest.info = {}
    sizes = geometry.sizes("whole", geometry.box("whole", *largest.size, None))
    yield from _saved("whole", largest, sizes, ("jpg",), folder, notice)


def ordered(file: Path, folder: Path, order: Mapping[str, Any]) -> dict[str, Any]:
    """Write every copy that `order` names: `size` of the upright original, `boxes` by slot, `formats`, and who made it.

    The file was read to its end when it was taken in; of a JPEG only as much is read now as the copies need. The largest
    copy of each slot waits on disk until all are cut: the picture and an encoder are never in memory together.
    """
    boxes = {str(slot): tuple(box) for slot, box in order["boxes"].items()}
    notice = Notice(order["creator"], order["credit"], order["copyright"])
    try:
        _cut_all(file, folder, tuple(order["size"]), boxes)
        made: list[dict[str, Any]] = []
        for slot, box in boxes.items():
            sizes = geometry.sizes(slot, box)
            waiting = folder / f"{slot}.raw"
            largest = Image.frombytes("RGB", sizes[-1], waiting.read_bytes())
            waiting.unlink()
            made += _saved(slot, largest, sizes, tuple(order["formats"]), folder, notice)
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage
    return {"copies": made}


def _cut_all(file: Path, folder: Path, size: tuple[int, int], boxes: Mapping[str, geometry.Box]) -> None:
    """Write the pixels of the largest copy of each box, out of one reading where that shows enough of it."""
    upright, _ = reading.upright(opening.opened(file), file)
    across, down = upright.width / size[0], upright.height / size[1]
    tight = []
    for slot, box in boxes.items():
        wanted = geometry.sizes(slot, box)[-1]
        if upright.width < size[0] and box[2] * across < wanted[0]:
            tight.append((slot, box, wanted))
            continue
        left, top, width, height = box
        part = (left * across, top * down, width * across, height * down)
        _put_aside(folder, slot, _resized(upright, wanted, part))
    del upright
    for slot, box, wanted in tight:
        _put_aside(folder, slot, reading.cut(opening.opened(file), file, box, wanted))


def _put_aside(folder: Path, slot: str, largest: Image.Image) -> None:
    _write_pixels(folder / f"{slot}.raw", for_readers(largest))


def _write_pixels(file: Path, picture: Image.Image) -> None:
    """Write what `tobytes` gives, of which no more than a stripe is held."""
    with file.open("wb") as opened:
        for top in range(0, picture.height, _STRIPE):
            stripe = (0, top, picture.width, min(top + _STRIPE, picture.height))
            opened.write(picture.crop(stripe).tobytes())


def _saved(
    slot: str,
    largest: Image.Image,
    sizes: list[tuple[int, int]],
    formats: tuple[str, ...],
    folder: Path,
    notice: Notice,
) -> Iterator[dict[str, Any]]:
    """Write the copies of a slot in all sizes, of which `largest` is the last, and yield what each is."""
    exif, xmp = notice.exif(), notice.xmp()
    for one in sizes:
        copy = largest if one == largest.size else _resized(largest, one, (0, 0, *largest.size))
        kinds = [kind for kind in formats if kind != "avif" or one[0] * one[1] <= TALLEST_OF_AVIF]
        for kind in kinds:
            name, how = FORMATS[kind]
            if kind == "avif" and one[0] * one[1] > MOST_OF_AVIF:
                _write_pixels(folder / f"{slot}-{one[0]}{encoding.WAITING}", copy)
            else:
                copy.save(folder / f"{slot}-{one[0]}.{kind}", name, exif=exif, xmp=xmp, **how)
        yield {"slot": slot, "width": one[0], "height": one[1], "formats": kinds}


def _resized(
    picture: Image.Image, size: tuple[int, int], part: tuple[float, float, float, float]
) -> Image.Image:
    """Return `part` (left, top, width, height) of a picture in `size`."""
    left, top, width, height = part
    inside = (max(left, 0), max(top, 0), min(left + width, picture.width), min(top + height, picture.height))
    return shrinking.resized(picture, size, inside)


def for_readers(picture: Image.Image) -> Image.Image:
    """Return the picture, which is L, RGB or CMYK, as sRGB: by its profile where it has one."""
    profile = picture.info.get("icc_profile")
    if profile:
        picture = _to_srgb(picture, profile)
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Return the picture as its profile means it, changed stripe by stripe, in its own place where that goes."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        screen = ImageCms.createProfile("sRGB")
        change = ImageCms.buildTransform(source, screen, picture.mode, "RGB")
        changed = picture if picture.mode == "RGB" else Image.new("RGB", picture.size)
        for top in range(0, picture.height, _STRIPE):
            stripe = picture.crop((0, top, picture.width, min(top + _STRIPE, picture.height)))
            changed.paste(ImageCms.applyTransform(stripe, change) or stripe, (0, top))
    except (ImageCms.PyCMSError, *DAMAGE):
        return picture
    return changed
