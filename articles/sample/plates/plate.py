"""A woodcut in two blocks: flat colours, and a key block whose tone becomes lines that swell and thin."""

import math
import random
from collections.abc import Sequence
from functools import cache, lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]
Colour = tuple[int, int, int]

WIDTH, HEIGHT = 1600, 1067
# Drawn at twice the size and reduced, so that edges are smooth.
OVERSIZE = 2
# From the darkest to the lightest of the screen of lines.
_SPAN = 226
# Lines are bent in strips this wide, by this fraction of a pixel.
_STRIP, _FINE = 4, 8

PAPER: Colour = (246, 242, 229)
INK: Colour = (24, 34, 40)
NIGHT: Colour = (20, 28, 48)
SEA: Colour = (120, 160, 164)
DEEP: Colour = (58, 98, 112)
SKY: Colour = (196, 212, 208)
DUSK: Colour = (226, 164, 120)
ROSE: Colour = (214, 128, 110)
SAND: Colour = (222, 200, 158)
OCHRE: Colour = (206, 158, 84)
BRICK: Colour = (176, 92, 68)
LEAF: Colour = (118, 142, 96)
FIELD: Colour = (150, 172, 110)
LAMP: Colour = (250, 218, 134)
STONE: Colour = (190, 184, 168)
SLATE: Colour = (104, 116, 124)


class Plate:
    """Something to draw on, 1600 wide whatever its real size; tones run from 0 (solid ink) to 255 (bare paper)."""

    def __init__(
        self, seed: str, *, paper: Colour = PAPER, size: tuple[int, int] = (WIDTH, HEIGHT), scale: float = 1.0
    ) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same picture each time
        self.width, self.height = size
        self._k = scale * OVERSIZE
        real = (round(size[0] * self._k), round(size[1] * self._k))
        self._flat = Image.new("RGB", real, paper)
        self._tone = Image.new("L", real, 255)
        self._on_flat, self._on_tone = ImageDraw.Draw(self._flat), ImageDraw.Draw(self._tone)

    def shape(self, points: Sequence[Point], colour: Colour | None = None, tone: int | None = None) -> None:
        """Fill a polygon."""
        laid = [(x * self._k, y * self._k) for x, y in points]
        if colour is not None:
            self._on_flat.polygon(laid, fill=colour)
        if tone is not None:
            self._on_tone.polygon(laid, fill=tone)

    def box(
        self, x: float, y: float, w: float, h: float, colour: Colour | None = None, tone: int | None = None
    ) -> None:
        """Fill an upright rectangle from its top left corner."""
        self.shape([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], colour, tone)

    def disc(
        self,
        x: float,
        y: float,
        r: float,
        colour: Colour | None = None,
        tone: int | None = None,
        ry: float = 0,
    ) -> None:
        """Fill a circle round (x, y), or an ellipse `ry` high."""
        laid = [(x - r) * self._k, (y - (ry or r)) * self._k, (x + r) * self._k, (y + (ry or r)) * self._k]
        if colour is not None:
            self._on_flat.ellipse(laid, fill=colour)
        if tone is not None:
            self._on_tone.ellipse(laid, fill=tone)

    def line(
        self, points: Sequence[Point], width: float, colour: Colour | None = None, tone: int | None = None
    ) -> None:
        """Draw a line through `points`."""
        laid = [(x * self._k, y * self._k) for x, y in points]
        thick = max(1, round(width * self._k))
        if colour is not None:
            self._on_flat.line(laid, fill=colour, width=thick, joint="curve")
        if tone is not None:
            self._on_tone.line(laid, fill=tone, width=thick, joint="curve")

    def fade(
        self, y: float, h: float, top: int, bottom: int, *, colours: tuple[Colour, Colour] | None = None
    ) -> None:
        """Lay a band across the picture whose tone goes from `top` to `bottom`, and its colour from one to the other."""
        real = (self._tone.width, max(1, round(h * self._k)))
        ramp = Image.linear_gradient("L").resize(real)
        at = (0, round(y * self._k))
        self._tone.paste(ramp.point(lambda v: top + (bottom - top) * v / 255), at)
        if colours:
            over, under = (Image.new("RGB", real, one) for one in colours)
            self._flat.paste(Image.composite(under, over, ramp), at)

    def glow(self, x: float, y: float, r: float, strength: float = 1.0) -> None:
        """Lighten the tone around a point, fading out at `r`."""
        side = round(2 * r * self._k)
        light = ImageChops.invert(Image.radial_gradient("L")).resize((side, side))
        light = light.point(lambda v: min(255, max(0, (v - 74)) * 1.4 * strength))
        left, top = round((x - r) * self._k), round((y - r) * self._k)
        where = (left, top, left + side, top + side)
        self._tone.paste(ImageChops.add(self._tone.crop(where), light), where)

    def ridge(
        self, base: float, rough: float, *, steps: int = 48, peaks: Sequence[Point] = ()
    ) -> list[Point]:
        """Return the outline of land: `base` high, `rough` uneven, with peaks (x, height), closed along the bottom."""
        phases = [(self.chance.uniform(0, math.tau), self.chance.uniform(2, 9), 1 / n) for n in range(1, 5)]
        outline = []
        for step in range(steps + 1):
            x = self.width * step / steps
            y = base - rough * sum(
                part * math.sin(turn + x / self.width * speed) for turn, speed, part in phases
            )
            y -= sum(height * math.exp(-(((x - at) / (self.width * 0.09)) ** 2)) for at, height in peaks)
            outline.append((x, y + self.chance.uniform(-1, 1) * rough * 0.08))
        return [*outline, (self.width, self.height), (0, self.height)]

    def waves(
        self, top: float, bottom: float, *, colour: Colour | None = None, count: int = 40, tone: int = 70
    ) -> None:
        """Scatter short strokes of water that grow towards the reader."""
        for _ in range(count):
            depth = self.chance.random() ** 1.4
            y = top + (bottom - top) * depth
            length = 16 + 150 * depth * self.chance.uniform(0.5, 1.2)
            x = self.chance.uniform(-40, self.width)
            bow = 2 + 7 * depth
            arc = [(x + length * n / 8, y - bow * math.sin(math.pi * n / 8)) for n in range(9)]
            self.line(arc, 1.5 + 3.5 * depth, colour, tone)

    def finish(
        self, *, ink: Colour = INK, period: float = 9.0, angle: float = 0.0, wobble: float = 5.0,
        waviness: float = 1.6,
    ) -> Image.Image:  # fmt: skip
        """Cut the key block and print it over the colours; `period` is the distance between lines in pixels."""
        size = (self._tone.width // OVERSIZE, self._tone.height // OVERSIZE)
        scale = self._k / OVERSIZE
        tone, flat = self._tone.reduce(OVERSIZE), self._flat.reduce(OVERSIZE)
        apart = max(period * scale, 4.0)
        screen = _screen(size, apart, angle, wobble * scale, waviness)
        # The edge of a line goes from ink to paper within one pixel.
        steep = 255 * apart / (2 * _SPAN)
        cut = ImageChops.add(tone, screen, scale=1 / steep, offset=round(128 - 255 * steep))
        printed = Image.composite(flat, Image.new("RGB", size, ink), cut)
        return Image.blend(printed, ImageChops.overlay(printed, _grain(size)), 0.5)


@cache
def _grain(size: tuple[int, int]) -> Image.Image:
    """Return the unevenness of printed paper."""
    specks = random.Random("grain").randbytes(size[0] * size[1])  # noqa: S311 - the same on every machine
    grain = Image.frombytes("L", size, specks).filter(ImageFilter.GaussianBlur(0.8))
    grain = grain.point(lambda v: 128 + (v - 128) * 0.35)
    return Image.merge("RGB", [grain] * 3)


@lru_cache(maxsize=4)
def _screen(
    size: tuple[int, int], period: float, angle: float, wobble: float, waviness: float
) -> Image.Image:
    """Return lines as a slope of tone, inverted, between black and white, bent a little, as a hand cuts them."""
    reach = round(math.hypot(*size)) + 2 if angle else max(size)
    margin = math.ceil(wobble) + 1
    # Never quite black nor white: bare paper stays bare, solid ink solid.
    rows = (abs(2 * ((y / _FINE / period) % 1) - 1) for y in range((reach + 2 * margin) * _FINE))
    column = Image.new("L", (1, (reach + 2 * margin) * _FINE))
    column.putdata([round(255 - 14 - _SPAN * row) for row in rows])
    strips: dict[int, Image.Image] = {}
    lines = Image.new("L", (reach, reach))
    for left in range(0, reach, _STRIP):
        top = round((margin + wobble * math.sin(math.tau * waviness * left / reach)) * _FINE)
        if top not in strips:
            narrow = column.crop((0, top, 1, top + reach * _FINE)).reduce((1, _FINE))
            strips[top] = narrow.resize((_STRIP, reach), Image.Resampling.NEAREST)
        lines.paste(strips[top], (left, 0))
    turned = lines.rotate(angle, Image.Resampling.BILINEAR) if angle else lines
    left, top = (turned.width - size[0]) // 2, (turned.height - size[1]) // 2
    return turned.crop((left, top, left + size[0], top + size[1]))
