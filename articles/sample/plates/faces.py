"""Portraits in silhouette, as a cutter of profiles would make them."""

import math

from PIL import Image

from articles.sample.plates import plate as p
from articles.sample.plates.plate import Colour, Plate, Point

SIZE = (1200, 1500)
# The profile, looking right, from the top of the brow to the throat, in units of a head's height.
PROFILE: list[Point] = [
    (0.30, -0.36), (0.335, -0.22), (0.33, -0.12), (0.36, -0.06), (0.43, 0.07), (0.435, 0.10), (0.37, 0.125), (0.36, 0.15),
    (0.385, 0.19), (0.37, 0.215), (0.378, 0.245), (0.345, 0.275), (0.355, 0.33), (0.33, 0.385), (0.25, 0.42), (0.14, 0.40),
    (0.10, 0.47), (0.11, 0.62),
]  # fmt: skip


def harbour_master(scale: float = 1.0) -> Image.Image:
    """A man in a peaked cap, the sea behind."""
    on = _ground("master", p.SEA, scale)
    on.fade(1000, 500, 200, 120, colours=(p.SEA, p.DEEP))
    on.waves(1010, 1490, count=36, tone=245, colour=p.PAPER)
    at = _bust(on, 600, 690, 640, p.NIGHT)
    on.shape([at(-0.40, -0.30), at(0.40, -0.36), at(0.40, -0.44), at(-0.40, -0.40)], p.PAPER, 240)
    on.shape(
        [at(-0.46, -0.40), at(-0.38, -0.60), at(0.24, -0.62), at(0.44, -0.46), at(0.40, -0.42)], p.NIGHT, 10
    )
    on.shape([at(0.22, -0.37), at(0.56, -0.28), at(0.52, -0.25), at(0.26, -0.30)], p.INK, 0)
    beard = [at(0.30, 0.30), at(0.36, 0.40), at(0.30, 0.56), at(0.10, 0.56), at(-0.04, 0.30), at(0.10, 0.26)]
    on.shape(beard, p.STONE, 190)
    return on.finish(period=8, angle=18)


def composer(scale: float = 1.0) -> Image.Image:
    """An old man with a great deal of hair, staves behind."""
    on = _ground("composer", p.OCHRE, scale)
    for row in range(4):
        for n in range(5):
            on.line([(90, 200 + row * 300 + n * 26), (1110, 176 + row * 300 + n * 26)], 3, p.INK, 20)
        for n in range(9):
            x, y = 150 + n * 112, 196 + row * 300 + on.chance.randrange(5) * 26
            on.disc(x, y, 18, p.INK, 0, ry=13)
            on.line([(x + 16, y), (x + 16, y - 90)], 5, p.INK, 0)
    at = _bust(on, 600, 740, 620, p.INK)
    for n in range(64):
        turn = math.pi * (0.34 + 1.22 * n / 63)
        long = on.chance.uniform(0.52, 0.72)
        on.line(
            [
                at(-0.08 + 0.3 * math.cos(turn), -0.16 - 0.3 * math.sin(turn)),
                at(-0.08 + long * math.cos(turn + 0.16), -0.16 - long * math.sin(turn + 0.16)),
            ],
            26,
            p.INK,
            0,
        )
    return on.finish(period=8, angle=-12)


def mayor(scale: float = 1.0) -> Image.Image:
    """A woman with her hair up and a chain of office, roofs behind."""
    on = _ground("mayor", p.ROSE, scale)
    for n in range(9):
        high = on.chance.uniform(150, 420)
        on.box(90 + n * 116, 1410 - high, 104, high, p.BRICK if n % 2 else p.SLATE, 110)
    at = _bust(on, 600, 720, 620, p.NIGHT)
    on.disc(*at(-0.36, -0.36), 112, p.NIGHT, 0)
    on.line(
        [at(-0.30, 0.70), at(-0.02, 0.98), at(0.12, 1.02), at(0.26, 0.92), at(0.32, 0.72)], 17, p.LAMP, 240
    )
    on.disc(*at(0.12, 1.06), 36, p.LAMP, 250)
    on.disc(*at(-0.02, 0.18), 13, p.LAMP, 255)
    return on.finish(period=8, angle=8)


def boatbuilder(scale: float = 1.0) -> Image.Image:
    """A woman in a headscarf with an adze on her shoulder."""
    on = _ground("builder", p.LEAF, scale)
    for n in range(7):
        on.line([(70, 260 + n * 190), (1130, 200 + n * 190)], 70, p.SAND, 200)
        on.line([(70, 300 + n * 190), (1130, 240 + n * 190)], 4, p.INK, 10)
    at = _bust(on, 600, 720, 620, p.DEEP)
    scarf = [
        at(0.32, -0.34),
        at(0.20, -0.56),
        at(-0.14, -0.60),
        at(-0.42, -0.40),
        at(-0.50, -0.02),
        at(-0.44, 0.40),
        at(-0.20, 0.56),
        at(0.04, 0.40),
        at(-0.02, 0.06),
        at(0.16, -0.20),
    ]
    on.shape(scarf, p.BRICK, 150)
    for n in range(6):
        on.line([at(0.26 - n * 0.07, -0.46 + n * 0.02), at(-0.10 - n * 0.05, 0.0 + n * 0.07)], 4, None, 20)
    on.line([at(-0.62, 1.1), at(-0.30, -0.86)], 26, p.OCHRE, 90)
    on.shape([at(-0.30, -0.90), at(-0.02, -0.84), at(0.00, -0.74), at(-0.30, -0.78)], p.INK, 0)
    return on.finish(period=8, angle=-20)


def _ground(seed: str, colour: Colour, scale: float) -> Plate:
    """A framed ground of one colour."""
    on = Plate(seed, size=SIZE, scale=scale)
    on.box(60, 60, 1080, 1380, colour, 220)
    on.glow(600, 640, 700, 0.5)
    return on


def _bust(on: Plate, x: float, y: float, head: float, coat: Colour) -> "At":
    """Draw head and shoulders in ink, and return where a point given in heads lies."""
    at = At(x, y, head)
    back = [
        at(0.36 * math.cos(a) - 0.06, 0.40 * math.sin(a) - 0.12)
        for a in [math.pi * (1.72 - n / 14) for n in range(14)]
    ]
    front = [at(*point) for point in PROFILE]
    on.shape([*front, at(-0.30, 0.66), at(-0.28, 0.32), *reversed(back)], p.INK, 0)
    shoulders = [
        at(0.12, 0.56),
        at(0.30, 0.70),
        at(0.62, 0.84),
        at(0.74, 1.2),
        at(-0.82, 1.2),
        at(-0.70, 0.86),
        at(-0.32, 0.66),
    ]
    on.shape(shoulders, coat, 26)
    on.line([at(0.14, 0.60), at(0.02, 0.86), at(-0.30, 0.68)], 16, p.PAPER, 240)
    for edge in ((0, 0, 1200, 60), (0, 1440, 1200, 60), (0, 0, 60, 1500), (1140, 0, 60, 1500)):
        on.box(*edge, p.PAPER, 255)
    return at


class At:
    """Turns a point in heads into one on the plate."""

    def __init__(self, x: float, y: float, head: float) -> None:
        self.x, self.y, self.head = x, y, head

    def __call__(self, dx: float, dy: float) -> Point:
        return self.x + dx * self.head, self.y + dy * self.head
