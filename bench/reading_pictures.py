"""What it costs to read a picture's metadata and to make its copies, against bare Pillow calls that do the same.

    python bench/reading_pictures.py            the ratio for a 24-megapixel JPEG
    python bench/reading_pictures.py --memory   the most memory that reading the largest pictures takes

Ours is all that a site does with a file before it stores it: starting the bounded process, checking the file's structure,
reading it to its end, IPTC, XMP and EXIF weighed, the likeness, the copies that are made at once. Pillow's is the same
work in a process of its own without any of the care: open, getexif, getxmp, getiptcinfo, decode, turn, convert, resize,
save. Each is run in turn, and the best of each counts.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from media import decoding, geometry  # noqa: E402

RUNS = 5
BARE = """
import sys
from io import BytesIO
from PIL import Image, ImageCms, ImageOps, IptcImagePlugin, PngImagePlugin, WebPImagePlugin, AvifImagePlugin, GifImagePlugin, TiffImagePlugin
import defusedxml.ElementTree
picture = Image.open(sys.argv[1])
picture.getexif(), picture.getxmp(), IptcImagePlugin.getiptcinfo(picture)
picture.load()
picture = ImageOps.exif_transpose(picture).convert("RGB")
for width in sorted(map(int, sys.argv[3:]), reverse=True):
    picture = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    picture.save(f"{sys.argv[2]}/{width}.jpg", quality=82, optimize=True, progressive=True)
"""
SPY = """
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""
# What is measured at the limits: name, format, size, how it is saved.
LARGEST = (
    ("JPEG, 24 megapixels", "JPEG", (6000, 4000), {}),
    ("JPEG, 48 megapixels", "JPEG", (8064, 6048), {}),
    ("JPEG, 61 megapixels", "JPEG", (9504, 6336), {}),
    ("JPEG, 109 megapixels", "JPEG", (12_000, 9_000), {}),
    ("progressive, 24 megapixels", "JPEG", (6000, 4000), {"progressive": True}),
    ("progressive, 50 megapixels", "JPEG", (8160, 6120), {"progressive": True}),
    ("progressive 4:4:4, 24 megapixels", "JPEG", (6000, 4000), {"progressive": True, "subsampling": 0}),
    ("PNG, 24 megapixels", "PNG", (6000, 4000), {"compress_level": 1}),
    ("TIFF, 24 megapixels", "TIFF", (6000, 4000), {"compression": "tiff_lzw"}),
    ("WebP, 12 megapixels", "WEBP", (4032, 3024), {"method": 0}),
    ("AVIF, 12 megapixels", "AVIF", (4032, 3024), {"speed": 10}),
    ("AVIF, 20 megapixels", "AVIF", (5464, 3640), {"speed": 10}),
    ("HEIC, 24 megapixels", "HEIF", (5712, 4284), {}),
    ("HEIC, 48 megapixels", "HEIF", (8064, 6048), {}),
)


def photograph(size: tuple[int, int]) -> Image.Image:
    """Return something with the shades and the grain of a photograph."""
    width, height = size
    soft = Image.effect_noise((width // 8, height // 8), 80).resize(size, Image.Resampling.BICUBIC)
    shade = Image.linear_gradient("L").resize(size)
    grain = Image.effect_noise(size, 12)
    return Image.merge(
        "RGB", [Image.blend(one, grain, 0.1) for one in (soft, shade, Image.blend(soft, shade, 0.5))]
    )


def words() -> bytes:
    """Return an XMP packet as an agency writes it."""
    keywords = "".join(f"<rdf:li>keyword {number}</rdf:li>" for number in range(20))
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag>'
        f"{keywords}</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def timed(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def taking(file: Path, folder: str, behind: str = "") -> list[str]:
    return [
        sys.executable, "-I", "-c", decoding.START + behind, str(decoding.ROOT), "take", str(file), folder,
        json.dumps({"creator": "A Photographer"}),
    ]  # fmt: skip


def ratio() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "original"
        picture = photograph((6000, 4000))
        exif = Image.Exif()
        exif[0x010E] = "A picture to be measured"
        picture.save(file, "JPEG", quality=88, exif=exif, xmp=words())
        wanted = [str(width) for width, _ in geometry.sizes("whole", geometry.box("whole", 6000, 4000, None))]
        bare = [sys.executable, "-I", "-c", BARE, str(file), folder, *wanted]
        ours, theirs = [], []
        for _ in range(RUNS):
            ours.append(timed(taking(file, folder)))
            theirs.append(timed(bare))
    found = json.dumps([round(one, 2) for one in (min(ours), min(theirs))])
    print(f"24 megapixels, {file.name}: ours and bare Pillow, seconds: {found}")
    print(f"ours to bare Pillow: {min(ours) / min(theirs):.2f}")


def memory() -> None:
    for name, kind, size, how in LARGEST:
        with tempfile.TemporaryDirectory() as folder:
            file, held = Path(folder) / "original", io.BytesIO()
            picture = photograph(size)
            try:
                picture.save(held, kind, **({"quality": 88} if kind == "JPEG" else {}) | how)
            except KeyError:
                print(f"{name:34} not tried: Pillow cannot write it here")
                continue
            file.write_bytes(held.getvalue())
            del picture, held
            done = subprocess.run(taking(file, folder, SPY), check=True, capture_output=True, text=True)
            result = json.loads((Path(folder) / "result.json").read_text())
            print(f"{name:34} {int(done.stdout) // 1024:4} MB  {result.get('refused', 'taken')}", flush=True)


if "--memory" in sys.argv:
    try:
        import pillow_heif
    except ImportError:
        pass
    else:
        pillow_heif.register_heif_opener()
    memory()
else:
    ratio()
