"""Makes the copies that readers get: upright sRGB at fixed widths, with nothing of what the file said."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from media.decoding.refusing import DAMAGE

WIDTHS = (320, 640, 1280, 1920)
QUALITY = 82


def make(upright: Image.Image, folder: Path) -> Iterator[dict[str, Any]]:
    """Write a JPEG a width, never wider than the picture and with no metadata; yield its name and size."""
    picture = for_readers(upright)
    widest = min(picture.width, WIDTHS[-1])
    for width in sorted({one for one in WIDTHS if one < picture.width} | {widest}, reverse=True):
        height = max(1, round(picture.height * width / picture.width))
        # From the copy just made: twice as fast, and no eye sees it.
        picture = (
            picture if picture.width == width else picture.resize((width, height), Image.Resampling.LANCZOS)
        )
        clean = Image.frombytes("RGB", picture.size, picture.tobytes())
        name = f"{width}.jpg"
        clean.save(folder / name, "JPEG", quality=QUALITY, optimize=True, progressive=width >= 640)
        yield {"name": name, "width": width, "height": height}


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
