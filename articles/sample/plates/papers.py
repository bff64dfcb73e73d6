"""Drawings on paper: a map, two charts, a boat's lines, a pattern, a bell, a letter."""

import math
from itertools import pairwise

from PIL import Image

from articles.sample.plates import plate as p
from articles.sample.plates.plate import Colour, Plate, Point

CREAM: Colour = (243, 236, 214)


COAST: list[Point] = [
    (0, 760), (160, 720), (300, 770), (420, 742), (560, 800), (700, 770), (830, 820), (980, 772), (1120, 800),
    (1290, 742), (1430, 780), (1600, 720),
]  # fmt: skip
RIVER: list[Point] = [
    (860, 0), (820, 110), (900, 210), (840, 320), (760, 400), (800, 500), (900, 590), (860, 690), (812, 812),
]  # fmt: skip
HILLS = [
    (620, 130), (560, 220), (660, 240), (1020, 120), (1110, 190), (1210, 130), (1190, 260), (480, 140), (1320, 200),
]  # fmt: skip
TOWNS = [(430, 520), (1180, 470), (700, 620), (1000, 660), (250, 640), (1400, 600)]
DAMS = [(762, 398), (898, 596)]


def river_map(scale: float = 1.0) -> Image.Image:
    """Two countries, a river between them and its mouth, hills hatched."""
    on = Plate("map", paper=CREAM, scale=scale)
    on.box(0, 0, 1600, 1067, (232, 222, 190), 255)
    west_coast = [one for one in reversed(COAST) if one[0] < 820]
    on.shape([(0, 0), *RIVER, *west_coast], (214, 222, 178), 255)
    on.shape([*COAST, (1600, 1067), (0, 1067)], p.SEA, 214)
    for n in range(4):
        on.line([(x, y + 16 + n * 17) for x, y in COAST], 2.5, None, 90)
    on.line(RIVER, 24, p.DEEP, 255)
    on.line(RIVER, 15, p.SEA, 255)
    for x, y in HILLS:
        _hill(on, x, y)
    for (x1, y1), (x2, y2) in pairwise(RIVER):
        for n in range(4):
            on.disc(x1 + (x2 - x1) * n / 4 + 34, y1 + (y2 - y1) * n / 4, 5, p.BRICK, 0)
    for x, y in TOWNS:
        on.box(x - 10, y - 10, 20, 20, p.INK, 0)
        on.disc(x, y, 5, p.PAPER, 255)
    for x, y in DAMS:
        on.box(x - 44, y - 12, 88, 24, p.BRICK, 40)
    _rose(on, 1400, 890, 110)
    for inset, width in ((20, 8), (36, 3)):
        right, foot = 1600 - inset, 1067 - inset
        on.line(
            [(inset, inset), (right, inset), (right, foot), (inset, foot), (inset, inset)], width, p.INK, 0
        )
    return on.finish(period=7, wobble=2)


def _hill(on: Plate, x: float, y: float) -> None:
    on.shape([(x - 62, y + 60), (x, y - 46), (x + 66, y + 60)], p.SAND, 255)
    on.shape([(x, y - 46), (x + 66, y + 60), (x + 10, y + 60)], None, 110)
    on.line([(x - 62, y + 60), (x, y - 46), (x + 66, y + 60)], 5, p.INK, 0)


def _rose(on: Plate, x: float, y: float, r: float) -> None:
    for n in range(8):
        a = math.tau * n / 8
        long = r if n % 2 == 0 else r * 0.6
        tip = (x + long * math.sin(a), y - long * math.cos(a))
        for side, tone in ((-1, 0), (1, 255)):
            b = a + side * math.pi / 8
            on.shape(
                [(x, y), (x + r * 0.24 * math.sin(b), y - r * 0.24 * math.cos(b)), tip],
                p.INK if tone == 0 else p.PAPER,
                tone,
            )
        on.line([(x, y), tip], 2, p.INK, 0)


def salt_chart(scale: float = 1.0) -> Image.Image:
    """Columns of salt and oil, year by year, salt rising past oil."""
    salt, oil = (18, 20, 23, 27, 30, 36, 43, 52), (58, 57, 54, 50, 49, 44, 40, 37)
    on = _chart("salt chart", scale)
    for n, (high, low) in enumerate(zip(salt, oil, strict=True)):
        x = 190 + n * 165
        on.box(x, 900 - low * 12, 58, low * 12, p.SLATE, 60)
        on.box(x + 62, 900 - high * 12, 58, high * 12, p.ROSE, 214)
        on.line([(x + 62, 900 - high * 12), (x + 120, 900 - high * 12)], 7, p.INK, 0)
        on.line([(x, 900 - low * 12), (x + 58, 900 - low * 12)], 7, p.INK, 0)
        on.box(x + 20, 930, 80, 12, p.STONE, 130)
    return on.finish(period=8, angle=45, wobble=1)


def catch_chart(scale: float = 1.0) -> Image.Image:
    """A line that falls for eleven years, with one hesitation, over hatched ground."""
    catch = (70, 66, 58, 61, 52, 47, 40, 36, 31, 28, 26, 24)
    on = _chart("catch chart", scale)
    points = [(200 + n * 116, 900 - value * 9.6) for n, value in enumerate(catch)]
    on.shape([(200, 900), *points, (200 + 11 * 116, 900)], p.SEA, 170)
    on.line(points, 13, p.DEEP, 0)
    for x, y in points:
        on.disc(x, y, 15, p.PAPER, 255)
        on.disc(x, y, 9, p.BRICK, 30)
    return on.finish(period=8, angle=-45, wobble=1)


def _chart(seed: str, scale: float) -> Plate:
    on = Plate(seed, paper=CREAM, scale=scale)
    for n in range(7):
        on.line([(160, 900 - n * 116), (1520, 900 - n * 116)], 2, p.STONE, 150)
    on.line([(160, 160), (160, 900), (1540, 900)], 7, p.INK, 0)
    return on


def boat_lines(scale: float = 1.0) -> Image.Image:
    """The lines of a boat: side, half-breadth and sections, as a builder draws them."""
    on = Plate("lines", paper=(222, 230, 226), scale=scale)
    for n in range(21):
        on.line([(120 + n * 68, 120), (120 + n * 68, 960)], 1.5, p.STONE, 170)
    for y in (210, 290, 370, 450, 650, 730, 810, 890):
        on.line([(100, y), (1500, y)], 1.5, p.STONE, 170)
    for k in range(5):
        sheer = [
            (140 + n * 66, 450 - (190 - k * 44) + (70 - k * 22) * math.sin(math.pi * n / 20))
            for n in range(21)
        ]
        on.line(sheer, 7 if k == 0 else 3.5, p.DEEP, 0)
        half = [(140 + n * 66, 650 + (210 - k * 42) * math.sin(math.pi * n / 20) ** 0.7) for n in range(21)]
        on.line(half, 7 if k == 0 else 3.5, p.DEEP, 0)
    on.line([(140, 260), (190, 440), (250, 458), (1380, 458), (1430, 420), (1460, 262)], 8, p.DEEP, 0)
    on.line([(140, 650), (1460, 650)], 6, p.DEEP, 0)
    for k in range(6):
        reach = 200 - k * 30
        section: list[Point] = [
            (800 + reach * math.sin(math.pi / 2 * n / 9), 440 - 180 * (1 - math.cos(math.pi / 2 * n / 9)))
            for n in range(10)
        ]
        on.line(section, 4, p.BRICK, 0)
        on.line([(1600 - x, y) for x, y in section], 4, p.BRICK, 0)
    on.line([(70, 70), (1530, 70), (1530, 1000), (70, 1000), (70, 70)], 5, p.INK, 0)
    return on.finish(period=9, wobble=0)


def pattern(scale: float = 1.0) -> Image.Image:
    """Eight-pointed stars and crosses, as on tiles."""
    on = Plate("pattern", paper=(36, 74, 92), scale=scale)
    step = 200.0
    for row in range(7):
        for column in range(9):
            x, y = column * step, row * step
            on.shape(_star(x, y, 112, 8), p.PAPER, 250)
            on.shape(_star(x, y, 98, 8), (p.DEEP, p.OCHRE)[(row + column) % 2], 120)
            on.shape(_star(x, y, 60, 8), p.PAPER, 255)
            on.shape(_star(x, y, 46, 8), p.BRICK, 170)
            on.disc(x, y, 15, p.LAMP, 255)
            x, y = x + step / 2, y + step / 2
            on.shape(_star(x, y, 78, 4), p.LAMP, 230)
            on.shape(_star(x, y, 62, 4), p.LEAF, 110)
    return on.finish(period=8, angle=45, wobble=0)


def _star(x: float, y: float, r: float, points: int) -> list[Point]:
    inner = r * (0.77 if points == 8 else 0.42)
    turns = [
        (math.tau * n / (2 * points) + math.pi / 8 * (points == 8), r if n % 2 == 0 else inner)
        for n in range(2 * points)
    ]
    return [(x + far * math.sin(a), y - far * math.cos(a)) for a, far in turns]


def bell(scale: float = 1.0) -> Image.Image:
    """A tram's bell and the hand that is about to ring it."""
    on = Plate("bell", scale=scale)
    on.fade(0, 1067, 190, 90, colours=(p.OCHRE, p.BRICK))
    on.glow(760, 430, 620, 0.9)
    dome = [(760 + 330 * math.cos(a), 560 - 400 * math.sin(a)) for a in [math.pi * n / 30 for n in range(31)]]
    on.shape([*dome, (390, 640), (1130, 640)], p.LAMP, 210)
    shade = [
        (760 + 330 * math.cos(a), 560 - 400 * math.sin(a))
        for a in [math.pi * (0.5 + n / 60) for n in range(31)]
    ]
    on.shape([*shade, (390, 640), (620, 640), (600, 420), (700, 240)], None, 84)
    on.box(380, 630, 760, 52, p.OCHRE, 120)
    on.box(380, 630, 760, 10, None, 250)
    on.disc(760, 150, 40, p.INK, 0)
    on.line([(760, 682), (760, 760)], 22, p.INK, 0)
    on.disc(760, 790, 56, p.INK, 0)
    rope: list[Point] = [(760, 842), (790, 900), (740, 960), (770, 1067)]
    on.line(rope, 16, p.PAPER, 250)
    hand = [
        (1600, 780),
        (1240, 800),
        (1120, 760),
        (980, 800),
        (830, 880),
        (800, 930),
        (900, 940),
        (1010, 900),
        (960, 980),
        (1060, 1000),
        (1240, 980),
        (1600, 1067),
    ]
    on.shape(hand, p.SAND, 196)
    for n in range(4):
        on.line([(830 + n * 40, 900 + n * 14), (960 + n * 34, 856 + n * 26)], 5, None, 30)
    on.shape([(1600, 760), (1340, 770), (1330, 1000), (1600, 1067)], p.NIGHT, 14)
    return on.finish(period=8.5, angle=-8)


def letter(scale: float = 1.0) -> Image.Image:
    """A letter and its envelope on a table, the stamp torn off."""
    on = Plate("letter", paper=p.OCHRE, scale=scale)
    on.fade(0, 1067, 110, 150)
    on.shape([(160, 300), (900, 170), (1010, 820), (270, 950)], p.PAPER, 250)
    for n in range(13):
        x, y = 236 + n * 7.2, 340 + n * 42
        wide = 560 if n not in (5, 12) else 300
        script = [
            (
                x + k * wide / 60,
                y - k * wide / 60 * 0.176 + 7 * math.sin(k * 1.9 + n) * on.chance.uniform(0.5, 1),
            )
            for k in range(61)
        ]
        on.line(script, 3.4, p.NIGHT, 0)
    on.shape([(860, 520), (1470, 600), (1410, 980), (800, 900)], p.SAND, 226)
    on.line([(860, 520), (1110, 780), (1470, 600)], 5, p.INK, 0)
    on.line([(860, 520), (1470, 600), (1410, 980), (800, 900), (860, 520)], 5, p.INK, 0)
    on.shape([(1330, 610), (1430, 624), (1412, 740), (1340, 720)], p.STONE, 150)
    for n in range(3):
        on.line([(1180, 640 + n * 22), (1320, 656 + n * 22), (1440, 690 + n * 22)], 4, p.DEEP, 0)
    return on.finish(period=9, angle=84)
