"""Makes the copies that readers get: upright sRGB at fixed widths, with nothing of what the file said but who made it."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageFile, ImageOps, JpegImagePlugin

from media import geometry
from media.decoding import opening
from media.decoding.notice import Notice
from media.decoding.refusing import DAMAGE, DAMAGED, Refused

# Tried on photographs 900 pixels wide, by SSIM, size and time: AVIF 65 at speed 9 looks like WebP 80 and is 14 % smaller in
# 45 ms; speed 6 saves a further 9 % and takes ten times as long. WebP by method 2 takes half of method 4's time for 3 %.
FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "jpg": ("JPEG", {"quality": 82, "optimize": True, "progressive": True}),
    "webp": ("WEBP", {"quality": 80, "method": 2}),
    "avif": ("AVIF", {"quality": 65, "speed": 9, "max_threads": 1}),
}
# Of a picture this many times wider than its widest copy, less may be read to begin with, and no eye sees it.
SPARE = 1.5
_SHRUNK_FIRST = frozenset({"RGB", "L", "CMYK"})


def at_once(upright: Image.Image, folder: Path, notice: Notice) -> Iterator[dict[str, Any]]:
    """Write what no story waits for: the whole picture as JPEG at each width; yield slot, width, height and formats."""
    whole = {"whole": geometry.box("whole", *upright.size, None)}
    yield from _cut(upright, upright.size, whole, ("jpg",), folder, notice)


def ordered(file: Path, folder: Path, order: Mapping[str, Any]) -> dict[str, Any]:
    """Write every copy that `order` names: `size` of the upright original, `boxes` by slot, `formats`, and who made it.

    The file was read to its end when it was taken in; of a JPEG only as much is read now as the copies need.
    """
    picture = opening.opened(file)
    across, down = order["size"]
    boxes = {str(slot): tuple(box) for slot, box in order["boxes"].items()}
    notice = Notice(order["creator"], order["credit"], order["copyright"])
    try:
        _read_less(picture, _spare(boxes))
        opening.read_whole(picture)
        upright = ImageOps.exif_transpose(picture)
        made = list(_cut(upright, (across, down), boxes, order["formats"], folder, notice))
    except DAMAGE as damage:
        raise Refused(DAMAGED) from damage
    return {"copies": made}


def _spare(boxes: Mapping[str, geometry.Box]) -> float:
    """Return how many times larger than its largest copy the tightest box is."""
    return min(box[2] / geometry.sizes(slot, box)[-1][0] for slot, box in boxes.items())


def _read_less(picture: ImageFile.ImageFile, spare: float) -> None:
    """Have a JPEG decoded at a half, a quarter or an eighth, where that is still more than enough."""
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        part = max(one for one in (1, 2, 4, 8) if one == 1 or one * SPARE <= spare)
        picture.draft(None, (picture.width // part, picture.height // part))


def _cut(
    upright: Image.Image,
    size: tuple[int, int],
    boxes: Mapping[str, geometry.Box],
    formats: tuple[str, ...],
    folder: Path,
    notice: Notice,
) -> Iterator[dict[str, Any]]:
    """Write the copies of each box (in pixels of `size`), the largest cut from the picture, the others from the largest."""
    exif, xmp = notice.exif(), notice.xmp()
    if upright.mode not in _SHRUNK_FIRST or "transparency" in upright.info:
        upright = for_readers(upright)
    across, down = upright.width / size[0], upright.height / size[1]
    for slot, (left, top, width, height) in boxes.items():
        wanted = geometry.sizes(slot, (left, top, width, height))
        part = (left * across, top * down, (left + width) * across, (top + height) * down)
        largest = for_readers(_resized(upright, wanted[-1], part))
        # Only the pixels go on: what a format says beside them is left behind with the object that held it.
        largest = Image.frombytes("RGB", largest.size, largest.tobytes())
        for one in wanted:
            copy = largest if one == largest.size else _resized(largest, one, (0, 0, *largest.size))
            for kind in formats:
                name, how = FORMATS[kind]
                copy.save(folder / f"{slot}-{one[0]}.{kind}", name, exif=exif, xmp=xmp, **how)
            yield {"slot": slot, "width": one[0], "height": one[1], "formats": list(formats)}


def _resized(
    picture: Image.Image, size: tuple[int, int], part: tuple[float, float, float, float]
) -> Image.Image:
    inside = (max(part[0], 0), max(part[1], 0), min(part[2], picture.width), min(part[3], picture.height))
    return picture.resize(size, Image.Resampling.LANCZOS, box=inside, reducing_gap=2.0)


def for_readers(picture: Image.Image) -> Image.Image:
    """Return the picture as opaque sRGB: profile applied, transparency on white, deep greys scaled down."""
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith(("I", "F")):
        picture = picture.point(lambda level: level / 256).convert("L")
    if picture.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if picture.mode == "RGBA":
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        picture = paper
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        picture = _to_srgb(picture, profile)
    return picture.convert("RGB")


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *DAMAGE):
        return picture
    return changed or picture
