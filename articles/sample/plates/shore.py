"""Scenes of the sea: harbour, ferry, lighthouse, storm, island."""

import math

from PIL import Image

from articles.sample.plates import plate as p
from articles.sample.plates.plate import Plate, Point


def harbour(scale: float = 1.0) -> Image.Image:
    """The old harbour at dawn: sun over the water, cranes, a ferry leaving."""
    on = Plate("harbour", scale=scale)
    on.fade(0, 620, 150, 250, colours=(p.SKY, p.DUSK))
    on.disc(1060, 560, 150, (250, 226, 170), 255)
    on.glow(1060, 560, 620, 0.8)
    on.shape(on.ridge(560, 16, peaks=[(300, 120), (520, 60)]), p.SLATE, 96)
    on.fade(600, 467, 236, 60, colours=((208, 180, 150), p.DEEP))
    for step in range(26):
        y = 612 + step * 17
        half = 150 - step * 3 + on.chance.uniform(-30, 30)
        on.line([(1060 - half, y), (1060 + half, y)], 6 + step * 0.25, (250, 222, 168), 250)
    on.waves(640, 1040, count=46, tone=40)
    for x, height in ((150, 420), (330, 360), (1430, 300)):
        crane(on, x, 640, height)
    on.shape([(1600, 628), (1330, 640), (1300, 668), (1330, 700), (1600, 730)], p.STONE, 60)
    on.line([(1600, 628), (1330, 640), (1300, 668)], 6, tone=255)
    ferry(on, 640, 655, 1.15)
    on.shape([(0, 640), (470, 640), (560, 700), (560, 760), (0, 820)], p.STONE, 70)
    on.line([(0, 640), (470, 640), (560, 700)], 7, tone=255)
    for x in range(30, 520, 80):
        on.box(x, 628, 12, 26, tone=0)
    gulls(on, [(840, 250), (910, 220), (700, 310), (1260, 200), (1330, 240)])
    return on.finish(period=8.5)


def crane(on: Plate, x: float, base: float, height: float) -> None:
    """A dock crane with its arm up."""
    top = base - height
    for side in (-34, 34):
        on.line([(x + side, base), (x + side * 0.45, top + 90)], 9, p.INK, 10)
    for n in range(5):
        y = base - n * (height - 90) / 5
        on.line([(x - 34 + n * 4, y), (x + 34 - n * 4, y - (height - 90) / 5)], 4, p.INK, 10)
    on.box(x - 30, top + 50, 60, 44, p.BRICK, 30)
    on.line([(x - 90, top + 70), (x, top), (x + 250, top - 60)], 8, p.INK, 10)
    on.line([(x, top + 60), (x + 250, top - 60)], 5, p.INK, 10)
    on.line([(x + 235, top - 56), (x + 235, top + 110)], 2.5, p.INK, 10)
    on.box(x + 222, top + 108, 26, 16, p.INK, 10)


def ferry(on: Plate, x: float, y: float, s: float) -> None:
    """A small double-ended ferry, seen from the side, its waterline at `y`."""

    def at(dx: float, dy: float) -> Point:
        return x + dx * s, y + dy * s

    on.shape([at(-190, -46), at(190, -46), at(160, 8), at(-160, 8)], p.BRICK, 60)
    on.shape([at(-190, -46), at(190, -46), at(186, -34), at(-186, -34)], p.PAPER, 255)
    on.shape([at(-140, -100), at(140, -100), at(150, -46), at(-150, -46)], p.PAPER, 235)
    for n in range(9):
        px, py = at(-126 + n * 30, -88)
        on.box(px, py, 18 * s, 22 * s, p.DEEP, 20)
    on.shape([at(-60, -142), at(60, -142), at(66, -100), at(-66, -100)], p.PAPER, 215)
    px, py = at(-50, -134)
    on.box(px, py, 100 * s, 18 * s, p.DEEP, 20)
    on.shape([at(-16, -206), at(22, -206), at(28, -142), at(-22, -142)], p.OCHRE, 90)
    on.shape([at(-16, -206), at(22, -206), at(23, -190), at(-18, -190)], p.INK, 0)
    smoke = [
        at(0, -212),
        at(40, -250),
        at(110, -262),
        at(170, -300),
        at(120, -286),
        at(50, -276),
        at(16, -236),
    ]
    on.shape(smoke, None, 150)
    on.line([at(-190, 10), at(-270, 18)], 5, None, 245)
    on.line([at(190, 10), at(290, 20)], 5, None, 245)


def gulls(on: Plate, places: list[Point]) -> None:
    """Birds, two strokes each."""
    for x, y in places:
        span = on.chance.uniform(22, 38)
        on.line([(x - span, y - span * 0.3), (x - span * 0.4, y - span * 0.42), (x, y)], 4, p.INK, 0)
        on.line([(x, y), (x + span * 0.4, y - span * 0.42), (x + span, y - span * 0.3)], 4, p.INK, 0)


def lighthouse(scale: float = 1.0) -> Image.Image:
    """A lighthouse at night, two beams, rocks and a heavy sea."""
    on = Plate("lighthouse", scale=scale)
    on.fade(0, 720, 20, 110, colours=(p.NIGHT, p.DEEP))
    for side in (-1, 1):
        far = 1120 + side * 1300
        on.shape(
            [(1120, 268), (far, 20 if side < 0 else 120), (far, 330 if side < 0 else 440)],
            (150, 160, 140),
            225,
        )
    on.glow(1120, 270, 300, 1.2)
    for _ in range(60):
        on.disc(
            on.chance.uniform(0, 1600), on.chance.uniform(0, 420), on.chance.uniform(1.2, 3), p.PAPER, 255
        )
    on.fade(700, 367, 90, 24, colours=(p.DEEP, p.NIGHT))
    on.waves(715, 1050, count=90, colour=(150, 180, 184), tone=235)
    rock = [
        (760, 1067),
        (800, 900),
        (880, 860),
        (930, 770),
        (1010, 730),
        (1230, 724),
        (1300, 780),
        (1400, 850),
        (1470, 940),
        (1600, 980),
        (1600, 1067),
    ]
    on.shape(rock, p.SLATE, 40)
    for n in range(9):
        x = 830 + n * 75
        on.line([(x, 1060), (x + 30, 900 - on.chance.uniform(0, 60)), (x + 90, 840)], 5, None, 150)
    lamp_tower(on)
    return on.finish(ink=p.NIGHT, period=8, angle=3)


def lamp_tower(on: Plate) -> None:
    """The striped tower and its lamp."""
    tower = [(1050, 730), (1190, 730), (1164, 330), (1076, 330)]
    on.shape(tower, p.PAPER, 205)
    for n in range(3):
        y = 640 - n * 130
        on.shape(
            [(1056 + n * 9, y), (1184 - n * 9, y), (1180 - n * 9, y - 62), (1060 + n * 9, y - 62)],
            p.BRICK,
            100,
        )
    on.box(1056, 318, 128, 16, p.INK, 0)
    on.box(1084, 232, 72, 88, p.LAMP, 255)
    for x in (1084, 1108, 1132, 1153):
        on.box(x, 232, 4, 88, p.INK, 0)
    on.shape([(1070, 234), (1170, 234), (1120, 176)], p.INK, 0)
    on.box(1104, 690, 34, 42, p.INK, 0)
    on.box(1112, 480, 18, 30, p.INK, 0)


def storm(scale: float = 1.0) -> Image.Image:
    """A roof coming off in a storm: sheets of iron in the air over a hall by the sea."""
    on = Plate("storm", scale=scale)
    on.fade(0, 760, 60, 190, colours=(p.SLATE, p.SKY))
    for _ in range(130):
        x, y = on.chance.uniform(-200, 1600), on.chance.uniform(-50, 800)
        long = on.chance.uniform(40, 150)
        on.line([(x, y), (x + long, y + long * 0.55)], 2.4, None, 24)
    on.fade(760, 307, 120, 40, colours=(p.SEA, p.DEEP))
    hall = [(260, 780), (260, 560), (560, 420), (860, 560), (860, 780)]
    on.shape(hall, p.OCHRE, 150)
    on.shape([(240, 566), (560, 414), (610, 438), (280, 592)], p.BRICK, 50)
    for x in range(300, 840, 90):
        on.shape([(x, 780), (x, 660), (x + 30, 630), (x + 60, 660), (x + 60, 780)], p.INK, 14)
    for x, y, turn, size in (
        (760, 360, 0.5, 120),
        (960, 250, -0.4, 150),
        (1170, 330, 0.9, 110),
        (1340, 180, 0.2, 130),
        (1080, 120, -0.8, 80),
    ):
        flying_sheet(on, x, y, turn, size)
    for n in range(5):
        breaker(on, 100 + n * 330, 850 + (n % 2) * 90, 190)
    on.waves(800, 1060, count=40, tone=245, colour=p.PAPER)
    return on.finish(period=9, angle=-24, wobble=8)


def flying_sheet(on: Plate, x: float, y: float, turn: float, size: float) -> None:
    """A sheet of corrugated iron in the wind."""
    cos, sin = math.cos(turn), math.sin(turn)

    def at(dx: float, dy: float) -> Point:
        return x + dx * cos - dy * sin, y + dx * sin + dy * cos

    on.shape(
        [
            at(-size, -size * 0.3),
            at(size, -size * 0.42),
            at(size * 0.9, size * 0.3),
            at(-size * 0.9, size * 0.36),
        ],
        p.BRICK,
        110,
    )
    for n in range(-4, 5):
        on.line([at(n * size / 5, -size * 0.36), at(n * size / 5.2, size * 0.33)], 4, None, 10)


def breaker(on: Plate, x: float, y: float, size: float) -> None:
    """A wave that leans over, foam along its edge."""
    back = [
        (x - size * 1.7 + n * size * 0.17, y + size * 0.5 - size * 1.1 * (n / 10) ** 2.2) for n in range(11)
    ]
    tip = (x + size * 0.5, y - size * 0.34)
    face = [
        (x + size * (0.16 - 0.34 * math.sin(math.pi * n / 9)), y - size * (0.42 - 0.1 * n)) for n in range(10)
    ]
    on.shape([*back, tip, *face, (x + size * 1.5, y + size * 0.62)], p.DEEP, 64)
    on.line([*back, tip], 10, p.PAPER, 255)
    on.line([tip, *face], 6, p.PAPER, 255)
    for k in range(1, 4):
        on.line([(px + k * size * 0.16, py + k * size * 0.13) for px, py in back[3:]], 4, None, 205)
    for _ in range(14):
        on.disc(
            tip[0] + on.chance.gauss(0, size * 0.22),
            tip[1] + on.chance.gauss(0, size * 0.14),
            on.chance.uniform(3, 9),
            p.PAPER,
            255,
        )


def island(scale: float = 1.0) -> Image.Image:
    """An island with two hills and two flags, seen from a boat."""
    on = Plate("island", scale=scale)
    on.fade(0, 640, 240, 205, colours=(p.SKY, p.PAPER))
    for x, y, r in ((300, 170, 90), (390, 150, 120), (520, 190, 80), (1240, 120, 90), (1340, 140, 70)):
        on.disc(x, y, r, p.PAPER, 255, ry=r * 0.42)
    land = [
        (160, 640),
        (260, 560),
        (420, 470),
        (520, 400),
        (620, 372),
        (740, 420),
        (850, 500),
        (960, 452),
        (1080, 340),
        (1180, 300),
        (1290, 352),
        (1400, 500),
        (1480, 640),
    ]
    on.shape(land, p.LEAF, 165)
    on.shape([(520, 400), (620, 372), (740, 420), (690, 520), (610, 640), (470, 640)], None, 96)
    on.shape([(1080, 340), (1180, 300), (1290, 352), (1260, 500), (1180, 640), (1010, 640)], None, 96)
    for n in range(16):
        left = 420 + n * 52 + on.chance.uniform(-10, 10)
        high = on.chance.uniform(34, 62)
        on.box(left, 640 - high, 40, high, p.PAPER if n % 3 else p.OCHRE, 245 if n % 3 else 190)
        on.box(left + 12, 640 - high + 14, 10, 14, p.INK, 10)
    flag(on, 622, 372, p.BRICK)
    flag(on, 1182, 300, p.DEEP)
    on.fade(636, 431, 190, 84, colours=(p.SEA, p.DEEP))
    on.waves(650, 1040, count=70, tone=245, colour=(206, 222, 218))
    on.shape([(560, 870), (1010, 870), (960, 950), (620, 950)], p.INK, 8)
    on.line([(770, 870), (770, 600)], 9, p.INK, 0)
    on.shape([(782, 616), (782, 852), (980, 852)], p.PAPER, 236)
    on.shape([(758, 640), (758, 852), (600, 852)], p.DUSK, 190)
    return on.finish(period=8.5, angle=-4)


def flag(on: Plate, x: float, y: float, colour: p.Colour) -> None:
    """A flag in the wind, its pole's foot at (x, y)."""
    on.line([(x, y + 6), (x, y - 190)], 6, p.INK, 0)
    top = [(x + 4 + n * 16, y - 186 + 9 * math.sin(n * 0.9)) for n in range(9)]
    foot = [(px, py + 84) for px, py in reversed(top)]
    on.shape([*top, *foot], colour, 120)
