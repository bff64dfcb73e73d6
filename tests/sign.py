"""Draws the paper's sign as a picture of dots, for those who read no drawing: `python -m tests.sign` writes it anew."""

import io
import re
from pathlib import Path

from lxml import etree
from PIL import Image, ImageDraw

DRAWING = Path(__file__).parents[1] / "static/icon.svg"
PICTURE = DRAWING.with_suffix(".png")
SIZE, FINER = 512, 4


def drawn():
    """The sign, from the drawing beside it: its outlines have straight sides only (M, L, H, V, h, v, z)."""
    tree = etree.fromstring(DRAWING.read_bytes())
    scale = SIZE * FINER / float(tree.get("viewBox").split()[2])
    picture = Image.new("RGB", (SIZE * FINER, SIZE * FINER), tree[0].get("fill"))
    pen = ImageDraw.Draw(picture)
    for outline in tree:
        pen.polygon([(x * scale, y * scale) for x, y in _corners(outline.get("d"))], fill=outline.get("fill"))
    return picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS).quantize(32)


def _corners(outline):
    x = y = 0.0
    for sign, numbers in re.findall(r"([MLHVlhv])([^A-Za-z]*)", outline):
        steps = [float(one) for one in re.findall(r"-?[0-9.]+", numbers)]
        while steps:
            across = steps.pop(0) if sign not in "Vv" else None
            down = steps.pop(0) if sign not in "Hh" else None
            is_near = sign.islower()
            x = x if across is None else across + x * is_near
            y = y if down is None else down + y * is_near
            yield x, y


def as_file():
    """The bytes of the picture as it stands in `static`."""
    out = io.BytesIO()
    drawn().save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    PICTURE.write_bytes(as_file())
